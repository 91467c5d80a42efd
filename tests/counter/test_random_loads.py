"""Menu loads, restarts, recalls, a second till, sold-out marks and keys at random: nothing crashes, money adds up."""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from pos.counter import Counter
from pos.domain.money import Money, total
from pos.domain.order.questions import OfferKind
from pos.plain.speech import hear, whole
from pos.ui.frame import look, look_at_shelf
from pos.ui.painting.bar.bar import bar
from pos.ui.painting.header import header
from pos.ui.painting.menu import menu as menu_pane
from pos.ui.painting.order import order_pane
from pos.ui.painting.panels import panel_pane
from tests.builders import NOW
from tests.counter.random_menus import another_menu
from tests.office_acts import put_menu
from tests.register.shops import new_folder
from tests.rig import Cashier, Clock, a_register, shop_file

RINGING = [*"bcegh+-.<>=!,/"]
RINGING += [
    "right",
    "left",
    "enter",
    "enter",
    "enter",
    "space",
    "up",
    "down",
    "backspace",
    "delete",
    "f9",
    "f10",
    "tab",
]
ANSWERS = ["j", "n", "n", "1", "2", "3", "+", "-", "right", "0", "x", "u", "escape", "backspace"]
PAYING = ["k", "v", "a", "a", "s", "d", "f", "+", "-", "u", "5", "0", "escape", "f9", "backspace"]
PANEL = ["g", "1", "2", "3", "4", "b", "c", "e", "s", "m", "escape", "escape", "enter", "pagedown", "pageup", "right"]
STEPS = 60

SUMS = {
    "lines": """
        SELECT order_id FROM sales
        WHERE total_minor <> (SELECT TOTAL(total_minor) FROM sale_lines WHERE sale_lines.order_id = sales.order_id)
    """,
    "tenders": """
        SELECT order_id FROM sales WHERE total_minor <> (
            SELECT TOTAL(amount_minor) FROM tenders WHERE tenders.order_id = sales.order_id AND state = 'approved'
        )
    """,
    "what was handed over": """
        SELECT order_id FROM sales WHERE total_minor + rounding_minor <> (
            SELECT TOTAL(handed_minor - change_minor) FROM tenders
            WHERE tenders.order_id = sales.order_id AND state = 'approved'
        )
    """,
    "taxes": """
        SELECT order_id FROM sales WHERE (total_minor, vat_minor) <> (
            SELECT TOTAL(gross_minor), TOTAL(vat_minor) FROM sale_line_taxes
            WHERE sale_line_taxes.order_id = sales.order_id
        )
    """,
    "decisions": """
        SELECT order_id FROM sales
        WHERE (2, 2) <> (SELECT COUNT(*), COUNT(DISTINCT kind) FROM offer_ledger WHERE order_id = sales.order_id)
    """,
    "platforms": """
        SELECT order_id FROM sales JOIN tenders USING (order_id) JOIN channel ON channel.id = kind
        WHERE sales.channel IS NOT kind OR tender_kinds <> kind OR sales.rounding_minor <> 0 OR sales.change_minor <> 0
    """,
    "who was not there": """
        SELECT sales.order_id FROM sales JOIN offer_ledger USING (order_id)
        WHERE sales.channel IS NOT NULL AND decision = 'not_applicable' AND reason <> 'not_present'
    """,
    "time": "SELECT order_id FROM offer_ledger WHERE seconds < 0",
    "receipt numbers": """
        SELECT series FROM sales GROUP BY series HAVING COUNT(*) <> MAX(receipt_number) OR MIN(receipt_number) <> 1
    """,
    "numbers that wait": """
        SELECT call_number FROM orders WHERE state IN ('open', 'held') AND call_number > 0
        GROUP BY call_number HAVING COUNT(*) > 1
    """,
    "money on discarded orders": """
        SELECT order_id FROM tenders
        WHERE order_state = 'abandoned' AND state IN ('intent', 'unknown', 'approved')
           OR order_state = 'held' AND state = 'intent'
    """,
    "discards": """
        SELECT discards.order_id FROM discards JOIN orders USING (order_id)
        WHERE recalled_at IS NULL AND orders.state <> 'abandoned'
    """,
}
"""What must find nothing in the file of any day."""


class Shop:
    """Two tills on a file, and what was on their screens when the first tender of their orders was keyed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.draws, self.clock = folder, random.Random(seed), Clock()
        self.office = shop_file(folder)
        self.tills = [self.a_till("1"), self.a_till("2")]
        self.painted: dict[str, Money] = {}
        self.loads = 0

    def a_till(self, name: str) -> Cashier:
        return Cashier(a_register(self.folder, till=name, clock=self.clock), self.clock)

    def run(self, steps: int) -> None:
        for _ in range(steps):
            dice = self.draws.random()
            if dice < 0.15:
                self.loads += 1
                put_menu(self.office, *another_menu(self.draws, self.loads), NOW)
            elif dice < 0.19:
                self.restart(self.draws.randrange(2))
            elif dice < 0.195:
                self.clock.set(timedelta(hours=-1))
            elif dice < 0.20:
                self.clock.pass_(self.draws.choice([1, 12, 30]) * 3_600_000)
            else:
                self.press(self.tills[self.draws.randrange(2)])
        for till in self.tills:
            till.register.store.close()
        for name, sql in SUMS.items():
            assert self.office.file.conn.execute(sql).fetchall() == [], name
        self.office.close()

    def restart(self, place: int) -> None:
        till = self.tills[place]
        till.register.store.close()
        self.tills[place] = self.a_till(till.register.till.name)
        paint(self.tills[place].counter)

    def press(self, till: Cashier) -> None:
        counter, register = till.counter, till.register
        keys = {"ringing": RINGING, "payment": PAYING, "terminal": PAYING, "paid": RINGING}.get(
            counter.state.value, ANSWERS if counter.panel is None else PANEL
        )
        order, was = register.view.order, register.view.priced.total
        frozen = order.is_frozen
        before = register.store.sales.last(register.till.id)
        till.press(self.draws.choice(keys))
        paint(counter)
        sale = register.store.sales.last(register.till.id)
        sold = sale is not None and (before is None or sale.order_id != before.order_id)
        if not frozen and (sold or (register.view.order.id == order.id and register.view.order.is_frozen)):
            self.painted[order.id] = was
        if sold and sale is not None:
            assert sale.total == self.painted[sale.order_id]
            assert total(line.total for line in sale.lines) == sale.total
            assert total(tender.amount for tender in sale.tenders) == sale.total
            assert {row.kind for row in sale.ledger} == set(OfferKind)
            assert len(sale.ledger) == 2
        elif register.view.order.is_frozen:
            assert register.view.priced.total == self.painted[register.view.order.id]
            assert register.view.order.paid <= register.view.priced.total


def paint(counter: Counter) -> None:
    """All that the screen and plain mode show."""
    for line in whole(hear(counter)):
        assert line
    view = look(counter, look_at_shelf(counter))
    for pane in (header, order_pane, bar):
        pane(view, 60, 16)
    (menu_pane if view.panel is None else panel_pane)(view, 60, 16)


def play(seed: int, steps: int = STEPS) -> None:
    folder = new_folder()
    try:
        Shop(folder, seed).run(steps)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_nothing_crashes_and_money_adds_up_whatever_is_loaded_pressed_and_restarted(first: int) -> None:
    for seed in range(first, first + 4):
        play(seed)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(10_000, 10_400, 20))
def test_thousands_of_loads_under_random_keys(first: int) -> None:
    for seed in range(first, first + 20):
        play(seed, 400)
