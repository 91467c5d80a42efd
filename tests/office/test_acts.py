"""An act in words: what was refused is told as refused, and nothing is named twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from pos.domain.errors import Refused
from pos.domain.order.order import Order
from pos.office.acts import ActWords
from pos.register import Register
from pos.register.verbs import next_visit, paying, ringing, undoing
from pos.store import Store
from pos.store.journal.act_log import ActLog
from pos.wording import wording
from tests.durability.scenery import a_folder, scenery
from tests.register.every_act import UNKNOWN_CODE
from tests.register.visits import GIVING, a_code, a_till, asked_until_payment, giving_folder, menu_of, ring
from tests.rig import Clock

DAY = 86_400_000
"""In milliseconds."""

LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def last_told(store: Store, language: str = "en") -> str:
    """What is said of the last act of a file."""
    orders: dict[str, Order] = {}
    said = ""
    for row in ActLog(store.file).since(LONG_AGO):
        said = ActWords(store.menu.load(), wording(language), {1: "Kari", 2: "Ola"}).sentence(
            row, orders.get(row.order_id or "")
        )
        if row.order is not None:
            orders[row.order.id] = row.order
    return said


@pytest.mark.parametrize(
    ("name", "english", "norwegian"),
    [
        (
            "reserve_copy once too often",
            "asked for a second copy of the receipt, and did not get it",
            "ba om en kopi til av kvitteringen, og fikk den ikke",
        ),
        ("reserve_copy", "took a copy of the receipt", "tok en kopi av kvitteringen"),
        ("paper_printed of a write-off", "printed the slip that is no receipt", "skrev ut bilaget"),
        ("paper_printed", "printed the receipt", "skrev ut kvitteringen"),
        ("step", "changed the size cola-m, m → cola-l, l", "byttet størrelse cola-m, m → cola-l, l"),
        (
            "redeem",
            "redeemed the next-visit code fries-m, m → fries-l, l",
            "løste inn koden for neste besøk fries-m, m → fries-l, l",
        ),
    ],
)
def test_an_act_in_words(name: str, english: str, norwegian: str) -> None:
    with a_folder() as folder:
        way = scenery(name)
        till = way.begin(folder)
        way.act(till.register)
        store = till.register.store
        assert (last_told(store), last_told(store, "nb")) == (english, norwegian)
        store.close()


@pytest.mark.parametrize("name", ["pay_cash for an exchange", "ask_terminal for an exchange"])
@pytest.mark.parametrize(("language", "once"), [("en", "Exchange "), ("nb", "Bytte ")])
def test_what_pays_for_an_exchange_is_told_once(name: str, language: str, once: str) -> None:
    with a_folder() as folder:
        way = scenery(name)
        till = way.begin(folder)
        way.act(till.register)
        said = last_told(till.register.store, language)
        assert said.count(once) == 1
        assert "tender-" not in said
        till.register.store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def till(clock: Clock) -> Iterator[Register]:
    register = a_till(giving_folder(), clock=clock)
    yield register
    register.store.close()


def used(till: Register, clock: Clock) -> str:
    code = a_code(till)
    ring(till, "fries-m")
    till.do(next_visit.redeem, code)
    asked_until_payment(till)
    till.do(paying.pay_cash)
    return code


def ended(till: Register, clock: Clock) -> str:
    code = a_code(till)
    clock.pass_(15 * DAY)
    return code


def in_use(till: Register, clock: Clock) -> str:
    code = a_code(till)
    other = a_till(till.store.path.parent, "2", clock=clock)
    ring(other, "fries-m")
    other.do(next_visit.redeem, code)
    other.store.close()
    return code


def gone(till: Register, clock: Clock) -> str:
    code = a_code(till)
    items = {sku: item for sku, item in GIVING.items.items() if sku not in ("fries-l", "cheeseburger-meal-l")}
    paths = {name: path for name, path in GIVING.paths.items() if name not in ("fries", "meal")}
    slots = {name: slot for name, slot in GIVING.slots.items() if not name.endswith("-l")}
    menu_of(till, replace(GIVING, items=items, paths=paths, slots=slots))
    return code


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda till, clock: UNKNOWN_CODE, "that no receipt has"),
        (used, "that has been used"),
        (ended, "that was no longer good"),
        (in_use, "that is in use in another order"),
        (gone, ", for something that is not sold any more"),
    ],
)
def test_a_code_that_was_refused_is_not_told_as_redeemed(
    till: Register, clock: Clock, prepare: Callable[[Register, Clock], str], said: str
) -> None:
    code = prepare(till, clock)
    ring(till, "fries-m")
    with pytest.raises(Refused):
        till.do(next_visit.redeem, code)
    told = last_told(till.store)
    assert told.startswith("tried a code for the next visit")
    assert told.endswith(said)


def test_a_code_that_waits_for_something_to_give_it_on_names_it(till: Register) -> None:
    code = a_code(till)
    till.do(ringing.ring, "cola-m")
    till.do(next_visit.redeem, code)
    assert last_told(till.store) == "redeemed the next-visit code fries-l, l"
    till.do(undoing.take_back)
    assert last_told(till.store).startswith("took back")
