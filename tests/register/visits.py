"""A shop that gives next-visit offers, and customers who come twice."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pos.devices import FakePrinter
from pos.domain.menu.items import Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.next_visit import NextVisit, NextVisitRules, Refusals
from pos.domain.order.order import LineItem
from pos.domain.prompts import PaymentPrompt, QuestionPrompt
from pos.domain.sale.sale import Sale
from pos.register import Register
from pos.register.verbs import answering, checkout, paying, ringing
from pos.store import Store
from tests.builders import MENU, NOW, PAIRINGS, TAKE_AWAY, UPSELL
from tests.office_acts import put_menu
from tests.register.shops import new_folder
from tests.rig import Clock, a_register, shop_file

HALF_FOR_TWO_WEEKS = NextVisitRules(14, 50)
GIVING = replace(MENU, next_visit=HALF_FOR_TWO_WEEKS)
FREE = replace(MENU, next_visit=NextVisitRules(14, 100))
ALL_DAY = replace(GIVING, refusals=Refusals.DAY)


@lru_cache(maxsize=4)
def _template(name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        store = shop_file(Path(folder))
        put_menu(store, {"giving": GIVING, "free": FREE, "all-day": ALL_DAY}[name], PAIRINGS, NOW)
        store.close()
        return store.path.read_bytes()


def giving_folder(name: str = "giving") -> Path:
    """A folder with the file of a shop that gives them."""
    folder = new_folder()
    (folder / "shop.db").write_bytes(_template(name))
    return folder


def a_till(folder: Path, till: str = "1", clock: Clock | None = None, printer: FakePrinter | None = None) -> Register:
    """A till of that shop."""
    return a_register(folder, till=till, clock=clock or Clock(), printer=printer)


def ring(register: Register, *skus: Sku) -> Register:
    """Ring one of each, to take away."""
    for sku in skus:
        register.do(ringing.ring, sku)
    register.do(ringing.serve, TAKE_AWAY)
    return register


def asked_until_payment(register: Register, *, first: str = "no") -> list[str]:
    """Go to payment: question 1 answered as said, no to question 2. The ids of what was asked."""
    register.do(checkout.checkout)
    seen = []
    while isinstance(prompt := register.view.prompt, QuestionPrompt):
        seen.append(prompt.question.offer.sku or prompt.question.offer.modifier or "")
        register.timeline._clock.pass_()  # type: ignore[attr-defined]  # the clock of tests
        register.do(getattr(answering, first if prompt.question.kind is UPSELL else "no"))
    assert isinstance(prompt, PaymentPrompt), prompt
    return seen


def sold(register: Register, *skus: Sku, first: str = "no") -> Sale:
    """Ring, answer, and take cash for it."""
    ring(register, *skus)
    asked_until_payment(register, first=first)
    register.do(paying.pay_cash)
    assert register.view.finished is not None
    return register.view.finished


def a_code(register: Register, sku: Sku = "fries-m") -> str:
    """A code for a larger one of something, from a sale that was paid just now."""
    return given(sold(register, sku)).code


def given(sale: Sale) -> NextVisit:
    """What a sale gives for the next visit."""
    assert sale.next_visit is not None
    return sale.next_visit


def the_line(register: Register) -> LineItem:
    """The one line of the order."""
    (line,) = register.view.order.lines
    return line


def row(store: Store, code: str) -> dict[str, object]:
    """What the file holds of a code."""
    cursor = store.file.conn.execute("SELECT * FROM next_visit WHERE code = ?", (store.next_visits.key(code),))
    (found,) = cursor.fetchall()
    return dict(zip([column[0] for column in cursor.description], found, strict=True))


def key_of(store: Store, order_id: str) -> object:
    """The number that tables know an order by."""
    ((key,),) = store.file.conn.execute("SELECT order_key FROM orders WHERE order_id = ?", (order_id,)).fetchall()
    return key


def menu_of(register: Register, menu: Menu) -> None:
    """Load another menu, as the next order finds it."""
    put_menu(register.store, menu, PAIRINGS, NOW)
