"""Any keys in any order: what has to be true of the till whatever a cashier does."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos.counter import State
from pos.domain.asking.upgrades import accept
from pos.domain.errors import Refused
from pos.domain.menu.items import Sku
from pos.domain.money import total
from pos.domain.order.order import everything_in, line_allergens
from pos.domain.order.questions import Offer, OfferKind
from pos.domain.prompts import PaymentPrompt, QuestionPrompt, TerminalPrompt
from pos.register.verbs import ringing, stock
from tests.builders import MENU
from tests.register.shops import again, new_folder, settle_questions, take_all_back
from tests.rig import Cashier, Clock, a_register

OFTEN = (
    *("b", "c", "e", "g", "enter", "enter", "right", "left"),
    *("1", "2", "3", "j", "n", "0", "+", "-", "escape", "backspace"),
)
SOMETIMES = (
    *("up", "down", "delete", "<", ">", "=", "space", ".", "*", "x", "u", "t", "tab", "y", "pagedown"),
    *("a", "s", "d", "k", "v", "!", "/", ",", "f9", "f10", "7", "4", "5", "h", "r", "ctrl+z"),
)
SELDOM = (*"fhilmopqrtuwz689", "f12", "?", "æ", "f5")
KEYS = (*OFTEN * 6, *SOMETIMES * 2, *SELDOM)
ERRANDS = (
    *(", s b 1", ", s right b m 2", ", s 1 escape", ", n x enter", ", n tab y enter", ", c F A N T A enter"),
    *(". 1 2", ". 2 3 escape", ". 3 .", "! 7 escape", ", u", ", p escape", ", w", "3 * b", "f9 f10", "f9 b f9 f10 1"),
    *("enter u 1", "enter u 2", "enter right n", "enter - j", "enter x 2", "enter 5 a backspace", "/ c o enter"),
)
CODES = ("11", "9520001000010", "9520001999999", "99")
OFFERED = sorted({*(path.steps[-1].sku or "bag" for path in MENU.paths.values()), "shake-m", "cola-m", "coffee-s"})
RUNG = st.lists(st.sampled_from([sku for sku, item in MENU.items.items() if item.tile]), min_size=1, max_size=4)
PAY = st.sampled_from(["a", "a", "s", "kj", "kn", "2a", "2kj", "vu"])
ALLERGENS = ("milk", "nuts", "mustard", "soybeans")


class Till(RuleBasedStateMachine):
    """One till, with another one on the same file."""

    @initialize()
    def open_the_shop(self) -> None:
        self.folder = new_folder()
        self.cashier = Cashier(a_register(self.folder, clock=(clock := Clock())), clock)
        self.other = a_register(self.folder, till="2", clock=clock)
        self.sales = 0

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.cashier.register.store.close()
            self.other.store.close()
            shutil.rmtree(self.folder)

    # what may happen

    @rule(keys=st.lists(st.sampled_from(KEYS), min_size=1, max_size=5))
    def keys(self, keys: list[str]) -> None:
        self.cashier.press(*keys)

    @rule(keys=st.sampled_from(ERRANDS))
    def an_errand(self, keys: str) -> None:
        self.cashier.press(*keys.split())

    @rule(keys=st.lists(st.sampled_from(OFTEN), min_size=2, max_size=5))
    def keys_in_a_hurry(self, keys: list[str]) -> None:
        for key in keys:
            self.cashier.clock.pass_(20)
            self.cashier.counter.press(key)
        self.cashier.clock.pass_(60)
        self.cashier.counter.settle()

    @rule(code=st.sampled_from(CODES))
    def a_scan(self, code: str) -> None:
        self.cashier.type_fast(code + "\n")

    @rule(rung=RUNG)
    def an_order_goes_to_its_first_question(self, rung: list[Sku]) -> None:
        self.ring(rung)

    @rule(rung=RUNG, answers=st.tuples(*[st.sampled_from("jn01")] * 2), pay=PAY)
    def a_customer_is_served_to_the_end(self, rung: list[Sku], answers: tuple[str, ...], pay: str) -> None:
        self.ring(rung)
        settle_questions(self.cashier, *answers)
        self.cashier.press(*pay)

    def ring(self, rung: list[Sku]) -> None:
        """Ring what can be rung, and go to checkout."""
        self.cashier.press("+" if self.cashier.counter.state is State.TERMINAL else "escape")
        for sku in rung:
            with suppress(Refused):
                self.cashier.register.do(ringing.ring, sku, onto=self.cashier.counter.chosen)
        self.cashier.press("enter")
        if self.cashier.counter.state is State.SERVING:
            self.cashier.press("2")

    @rule(sku=st.sampled_from(OFFERED))
    def another_till_sells_something_out(self, sku: Sku) -> None:
        self.other.do(stock.eighty_six, sku)
        self.cashier.register.catch_up()

    @rule(sku=st.sampled_from(OFFERED))
    def it_is_there_again(self, sku: Sku) -> None:
        self.other.do(stock.restore, sku)
        self.cashier.register.catch_up()

    @precondition(lambda self: not self.cashier.register.view.order.is_frozen)
    @rule(allergen=st.sampled_from(ALLERGENS))
    def an_allergy_is_noted(self, allergen: str) -> None:
        self.cashier.register.do(ringing.note_allergen, allergen)

    @rule(minutes=st.sampled_from([1, 60, 600]))
    def time_passes(self, minutes: int) -> None:
        self.cashier.clock.pass_(minutes * 60_000)
        self.cashier.register.catch_up()

    @rule()
    def the_till_is_killed_and_started_again(self) -> None:
        before, prompt = self.cashier.register.view.order, self.cashier.register.view.prompt
        self.cashier.register.store.close()
        self.cashier = again(self.cashier, self.folder)
        after = self.cashier.register.view.order
        if before.is_untouched():
            assert after.is_untouched()
        else:
            assert (after, self.cashier.register.view.prompt) == (before, prompt)

    @precondition(lambda self: not self.cashier.register.view.order.is_frozen)
    @rule()
    def everything_is_taken_back(self) -> None:
        register = self.cashier.register
        self.cashier.counter.panel = None
        take_all_back(register)
        assert replace(register.view.order, tenders=()).is_untouched()

    # what is always true

    @invariant()
    def the_money_adds_up(self) -> None:
        priced = self.cashier.register.view.priced
        assert priced.total == total(line.total for line in priced.lines) == total(row.gross for row in priced.tax_rows)
        assert priced.tax == total(row.amount for row in priced.tax_rows)
        assert total(line.discount for line in priced.lines) == priced.saved
        assert all(line.total.minor >= 0 for line in priced.lines)

    @invariant()
    def there_is_at_most_one_question_of_a_kind(self) -> None:
        kinds = Counter(question.kind for question in self.cashier.register.view.order.questions)
        assert all(count == 1 for count in kinds.values())

    @invariant()
    def payment_stands_on_two_decisions(self) -> None:
        register, prompt = self.cashier.register, self.cashier.register.view.prompt
        if isinstance(prompt, PaymentPrompt):
            assert [entry.kind for entry in prompt.decisions] == list(OfferKind)
        if register.view.order.is_frozen:
            assert isinstance(prompt, PaymentPrompt | TerminalPrompt)

    @invariant()
    def nothing_forbidden_is_shown(self) -> None:
        prompt = self.cashier.register.view.prompt
        if isinstance(prompt, QuestionPrompt):
            for offer in prompt.question.candidates:
                self.check_offer(offer)

    def check_offer(self, offer: Offer) -> None:
        register = self.cashier.register
        order, moment, menu = register.view.order, register.view.moment, register.view.menu
        assert not any(line.sku == offer.sku for line in order.lines if line.id in offer.lines)
        after = accept(order, offer, offer.units, moment)
        added = [line for line in after.lines if line.offered is offer.kind]
        assert added, offer
        for line in added:
            assert line_allergens(menu, line).is_safe_for(order.allergens), (offer, order.allergens)
        if offer.sku is None:
            return
        item = menu.items[offer.sku]
        assert not item.retired
        assert item.age_limit is None
        assert moment.in_daypart(item)
        assert not moment.is_sold_out(item)
        if offer.kind is OfferKind.CROSS_SELL:
            inside = {part.kin for line in order.lines for part in everything_in(menu, line)}
            assert item.kin not in inside

    @invariant()
    def what_fills_a_meal_fits_it(self) -> None:
        menu = self.cashier.register.view.menu
        for line in self.cashier.register.view.order.lines:
            slots = {slot.id: slot for slot in menu.meal_slots(menu.items[line.sku])}
            assert {name for name, _ in line.fillings} <= set(slots)
            assert all(slots[name].choice(sku) for name, sku in line.fillings)
            assert line.quantity >= 1

    @invariant()
    def every_sale_is_covered_and_decided(self) -> None:
        store = self.cashier.register.store
        count = store.sales.count()
        for number in range(self.sales + 1, count + 1):
            sale = store.sales.by_number("K1", number)
            assert sale is not None, "a gap in the receipt numbers"
            assert sale.total == total(line.total for line in sale.lines) == total(row.gross for row in sale.tax_rows)
            assert sale.total == total(tender.amount for tender in sale.tenders)
            paid = total(tender.handed for tender in sale.tenders)
            assert paid - sale.change == sale.total + sale.rounding
            assert [row.kind for row in sale.ledger] == list(OfferKind)
            assert all(row.kept <= row.count <= max(row.units, row.count) for row in sale.ledger)
        self.sales = count

    @invariant()
    def the_paid_screen_shows_the_last_sale(self) -> None:
        if self.cashier.counter.state is State.PAID:
            assert self.cashier.counter.paid == self.cashier.register.store.sales.last(self.cashier.register.till.id)


FAST = settings(
    max_examples=14,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
SOAK = settings(FAST, max_examples=1500, stateful_step_count=60, derandomize=False, print_blob=True)

Till.TestCase.settings = FAST
TestTill = Till.TestCase


@pytest.mark.soak
class TestTillForLong(Till.TestCase):
    settings = SOAK
