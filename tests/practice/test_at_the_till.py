"""Practice opens from the till's More and is left in one key; the till's order is as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pos.cli import main
from pos.counter import Counter, State
from pos.domain.errors import Refused
from pos.domain.order.order import WRITE_OFF_PURPOSES, Purpose
from pos.practice import PracticeCounter
from pos.register.verbs import checkout, ringing
from tests.practice.rigs import a_rig, shipped_shop
from tests.rig import a_cashier

PRACTICE = ("practice_on", "practice_off")


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a database, by table."""
    with sqlite3.connect(path) as conn:
        names = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: conn.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def test_practice_at_an_open_till_leaves_its_order_and_its_file_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shipped_shop(folder).path
    seen: list[object] = []
    before: dict[str, list[tuple[object, ...]]] = {}

    def at_the_till(counter: Counter) -> int:
        counter.deliberate = False
        if not seen:
            counter.register.do(ringing.ring, "cheeseburger-meal-m", 2)
            before.update(rows_of(path))
            counter.tap(",")
            counter.tap("t")
            assert (counter.closing, counter.practising) == (True, True)
        else:
            assert (counter.closing, counter.message) == (False, None)
            assert counter.state is State.RINGING
            seen.append([(line.sku, line.quantity) for line in counter.register.view.order.lines])
        return 0

    def in_practice(counter: PracticeCounter, *, speaks: bool = False) -> int:
        seen.append(counter.register.cashier)
        counter.register.do(ringing.ring, "cheeseburger")
        counter.tap("f10")
        assert counter.closing
        return 0

    monkeypatch.setattr("pos.cli.commands.counter.is_terminal", lambda *_: True)
    monkeypatch.setattr("pos.ui.run", at_the_till)
    monkeypatch.setattr("pos.ui.practice.run", in_practice)
    assert main(["--db", str(path), "--cashier", "Kari", "--lang", "en"]) == 0
    assert seen == ["Kari", [("cheeseburger-meal-m", 2)]]
    after = rows_of(path)
    changed = {name for name, rows in after.items() if rows != before[name]}
    assert changed <= {"training_period", "sqlite_sequence", "asking_state", "journal", "order_body"}
    assert len(after["training_period"]) == 1
    verbs = [verb for row in after["journal"][len(before["journal"]) :] for verb in row if verb in PRACTICE]
    assert verbs == list(PRACTICE)


def test_there_is_no_practice_while_a_card_is_at_the_terminal(folder: Path) -> None:
    cashier = a_cashier(folder)
    cashier.counter.register.do(ringing.ring, next(sku for sku in cashier.counter.register.view.menu.items))
    cashier.press("enter")
    while cashier.counter.state is not State.PAYMENT:
        cashier.press({State.SERVING: "1"}.get(cashier.counter.state, "0"))
    cashier.press("k", ",", "t")
    assert (cashier.said, cashier.counter.closing) == ("tender-open", False)


@pytest.mark.parametrize("opened", [[], [","], [",", "c"], ["!"]])
def test_one_key_leaves_practice_whatever_is_open(folder: Path, opened: list[str]) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    rig.press(*opened, "f10")
    assert rig.counter.closing


@pytest.mark.parametrize("purpose", WRITE_OFF_PURPOSES)
def test_practice_has_no_staff_meal_remake_or_waste(folder: Path, purpose: Purpose) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    rig.press(",")
    panel = rig.counter.panel
    assert panel is not None
    assert "m" not in {entry.key for entry in panel.entries(rig.counter)}
    with pytest.raises(Refused, match="no-write-offs"):
        rig.counter.register.do(checkout.set_purpose, purpose)
    assert rig.counter.register.view.order.is_sale
