"""The shop as it is now, read from the till."""

from __future__ import annotations

from pathlib import Path

from pos.counter import State
from pos.domain.people import Role
from pos.register.verbs import people
from pos.store import KeyKind
from tests.builders import kr
from tests.register.shops import ring, settle_questions
from tests.rig import Cashier, a_register
from tests.staff import PINS, at_the_till, digest


def told(cashier: Cashier) -> list[tuple[str, dict[str, object]]]:
    """The texts of the panel's rows."""
    cashier.press(",", "y")
    panel = cashier.counter.panel
    assert panel is not None
    assert cashier.counter.state is State.SHOP_NOW
    rows = [(entry.label.message_id, entry.label.values) for entry in panel.entries(cashier.counter)]
    cashier.press("1", "escape")
    assert cashier.counter.panel is None
    return rows


def test_what_the_day_has_come_to_at_all_tills(cashier: Cashier, folder: Path) -> None:
    assert told(cashier)[0] == ("today-sales", {"count": 0, "total": kr(0), "average": kr(0)})
    for _ in range(2):
        ring(cashier, "cheeseburger")
        settle_questions(cashier)
        cashier.press("a", "enter")
    assert told(cashier)[0] == ("today-sales", {"count": 2, "total": kr(178), "average": kr(89)})
    cashier.clock.pass_(24 * 3_600_000)
    assert told(cashier)[0][1]["count"] == 0


def test_who_is_at_which_till(cashier: Cashier, folder: Path) -> None:
    at_the_till(cashier)
    other = a_register(folder, till="2", clock=cashier.clock)
    other.do(people.sign_in, digest(KeyKind.PIN, PINS["Ola"]))
    rows = [values for message_id, values in told(cashier) if message_id == "today-person"]
    assert rows == [
        {"till": "1", "name": "Kari", "role": Role.CASHIER},
        {"till": "2", "name": "Ola", "role": Role.SHIFT_LEAD},
    ]
