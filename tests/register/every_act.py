"""Every verb that there is, with what leads to where it can be done; and more of what some of them may come to."""

from __future__ import annotations

import importlib
import pkgutil
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pos.practice.customer.register
import pos.register.verbs
from pos.country import Country, norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.asking.offers import propose
from pos.domain.errors import DeviceError, Refused
from pos.domain.menu.channels import Channel, PaidWhere
from pos.domain.menu.next_visit import CODE_DIGITS, with_check_digits
from pos.domain.order.discards import DiscardReason
from pos.domain.order.discounts import DiscountReason
from pos.domain.order.exchange import RefundReason, SaleNumber
from pos.domain.order.order import Purpose, TenderKind, TenderState
from pos.domain.order.questions import Outcome, Question, Reason
from pos.domain.order.tips import Tip
from pos.domain.people import Right, Role
from pos.domain.prompts import PaymentPrompt, QuestionPrompt, SlotPrompt, StopPrompt
from pos.domain.refunds.refund import CashReason, Refund, RefundPaper
from pos.domain.sale.finished import Paper
from pos.domain.sale.in_kitchen import PartKind, PartRef
from pos.domain.sale.sale import PaperKind, Sale
from pos.domain.sale.tickets import OwedTicket
from pos.domain.shift.shift import CountReason, DrawerReason, MoneyReason
from pos.domain.text import LocalText
from pos.office.people import enter_person, give_key
from pos.practice.customer.register import practice_setup
from pos.register import Register, ShopGate, Verb
from pos.register.verbs import (
    answering,
    aside,
    channels,
    checkout,
    exchanging,
    kitchen,
    next_visit,
    papers,
    paying,
    people,
    refunding,
    ringing,
    shift,
    stock,
    tipping,
)
from pos.store import KeyKind, open_store
from tests.builders import EAT_IN, NOW, PAIRINGS, TAKE_AWAY, UPSELL, kr, no_draws
from tests.office_acts import put_menu
from tests.register.visits import GIVING, a_code, giving_folder
from tests.rig import NORWAY, Clock, a_register
from tests.templates import PRACTICE, begin_file

FOODORA = Channel("foodora", LocalText("Foodora", "Foodora"), PaidWhere.PLATFORM, serving=TAKE_AWAY)
PHONE = Channel("phone", LocalText("Telefon", "Phone"), PaidWhere.HERE, deals=True)
WITH_CHANNELS = replace(GIVING, channels={"foodora": FOODORA, "phone": PHONE})

UNKNOWN_CODE = with_check_digits(10 ** (CODE_DIGITS - 3))

Step: TypeAlias = Callable[[], object]
Doing: TypeAlias = Callable[[Register], object]
"""Something that is done at a till, whichever process has it open."""


class CountedClock(Clock):
    """Counts how often it is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    def __call__(self) -> datetime:
        self.looks += 1
        return super().__call__()


class Till:
    """A register whose customers take their time."""

    def __init__(
        self,
        folder: Path,
        *,
        till: str = "1",
        clock: CountedClock | None = None,
        is_practice: bool = False,
        country: Country = NORWAY,
    ) -> None:
        self.clock = clock or CountedClock()
        if not is_practice:
            self.register = a_register(folder, till=till, clock=self.clock, country=country)
            return
        self.register = Register(
            open_store(folder / "shop.db", practice=True),
            Devices(FakePrinter(), ManualTerminal()),
            norway(),
            self.clock,
            till=till,
            setup=practice_setup(),
            draws=lambda seed: no_draws,
        )

    def do(self, verb: Verb, *args: object, **kwargs: object) -> object:  # type: ignore[type-arg]  # any verb
        self.clock.pass_()
        return self.register.do(verb, *args, **kwargs).result

    def rung(self, sku: str = "cheeseburger", quantity: int = 1) -> int:
        """A line to take away."""
        self.do(ringing.serve, TAKE_AWAY)
        line = self.do(ringing.ring, sku, quantity)
        assert isinstance(line, int)
        return line

    def asked(self, sku: str = "cheeseburger", quantity: int = 1) -> None:
        """The first question of an order."""
        self.rung(sku, quantity)
        self.do(checkout.checkout)
        assert isinstance(self.register.view.prompt, QuestionPrompt)

    def at_payment(self, sku: str = "cheeseburger") -> None:
        """An order with both questions refused."""
        self.rung(sku)
        self.to_payment()

    def to_payment(self) -> None:
        """Refuse both questions of the order that was rung."""
        self.do(checkout.checkout)
        while isinstance(self.register.view.prompt, QuestionPrompt):
            self.do(answering.no)
        assert isinstance(self.register.view.prompt, PaymentPrompt)

    def sold(self, sku: str = "cheeseburger") -> Sale:
        """An order that was paid in cash."""
        return self.sold_of((sku, 1))

    def sold_of(self, *rows: tuple[str, int]) -> Sale:
        """An order of several items, with their quantities, that was paid in cash."""
        for sku, quantity in rows:
            self.rung(sku, quantity)
        self.to_payment()
        sale = self.do(paying.pay_cash)
        assert isinstance(sale, Sale)
        return sale


# what each verb needs before it, and what it is given


def begun(till: Till) -> None:
    """An order in which nothing has been rung yet."""
    till.do(ringing.speak, "nb")


def kids_meal(till: Till) -> int:
    return till.rung("kids-meal")


def cola(till: Till) -> int:
    return till.rung("cola-m")


def three_asked(till: Till) -> None:
    till.asked(quantity=3)


def cola_out(till: Till) -> None:
    till.do(stock.eighty_six, "cola-m")


def at_a_stop(till: Till) -> int:
    till.do(ringing.note_allergen, "nuts")
    line = till.rung("cookie")
    till.do(checkout.checkout)
    assert isinstance(till.register.view.prompt, StopPrompt)
    return line


def at_a_slot(till: Till) -> None:
    till.rung("kids-meal")
    till.do(checkout.checkout)
    assert isinstance(till.register.view.prompt, SlotPrompt)


def held(till: Till) -> str:
    """The id of an order that was set aside; another one is open."""
    till.rung()
    order_id = till.register.view.order.id
    till.do(aside.hold)
    till.rung("cola-m")
    return order_id


def brought(till: Till) -> str:
    """A code, and an order in which something takes it."""
    code = a_code(till.register)
    till.rung("fries-m")
    return code


def by_platform(till: Till) -> None:
    till.do(channels.come_from, "foodora")
    till.at_payment()


def at_the_terminal(till: Till) -> None:
    till.at_payment()
    till.do(paying.ask_terminal, TenderKind.CARD)


def part_paid(till: Till) -> None:
    till.at_payment()
    till.do(paying.pay_cash, kr(20))


def staff_meal(till: Till) -> None:
    till.rung()
    till.do(checkout.set_purpose, Purpose.STAFF)
    till.do(checkout.checkout)


def owed(till: Till) -> Paper:
    return Paper(PaperKind.RECEIPT, till.sold())


def copied(till: Till) -> Sale:
    sale = till.sold()
    till.do(papers.reserve_copy)
    return sale


def marked_later(till: Till) -> None:
    till.do(stock.eighty_six, "cola-m")
    till.clock.set(timedelta(hours=-1))


def by_hand(till: Till) -> Question:
    """What a trainee asked unprompted."""
    till.register.setup = practice_setup(by_hand=True)
    till.rung()
    till.do(checkout.checkout)
    view = till.register.view
    question = propose(view.order, UPSELL, view.moment, no_draws)
    assert isinstance(question, Question)
    return question


def another(till: Till, name: str = "2") -> Till:
    """Another till on the same file, at the same time of day."""
    return Till(till.register.store.path.parent, till=name, clock=till.clock)


def at_the_second_question(till: Till) -> None:
    till.asked()
    till.do(answering.no)
    assert isinstance(till.register.view.prompt, QuestionPrompt)


def yes_taken(till: Till) -> None:
    till.asked()
    till.do(answering.yes)


def three_at_a_slot(till: Till) -> None:
    till.rung("kids-meal", 3)
    till.do(checkout.checkout)
    assert isinstance(till.register.view.prompt, SlotPrompt)


def left_at_another_till(till: Till) -> str:
    """The id of an order with money on it that another till left open; one is open here, too."""
    other = another(till)
    part_paid(other)
    other.register.store.close()
    till.rung("cola-m")
    return other.register.view.order.id


def discarded_with_money_before(till: Till) -> str:
    """The id of a discarded order whose payment was given back: it has a call number."""
    part_paid(till)
    till.do(paying.give_back)
    order_id = till.register.view.order.id
    till.do(aside.abandon, DiscardReason.CHANGED_MIND)
    return order_id


def redeemed_at_payment(till: Till) -> None:
    """A sale that gives a code and uses one up."""
    till.do(next_visit.redeem, brought(till))
    till.do(checkout.checkout)
    while isinstance(till.register.view.prompt, QuestionPrompt):
        till.do(answering.no)
    assert isinstance(till.register.view.prompt, PaymentPrompt)


def ended_staff_meal(till: Till) -> Paper:
    staff_meal(till)
    till.do(paying.write_off)
    assert till.register.view.finished is not None
    return Paper(PaperKind.RECEIPT, till.register.view.finished)


def sale_number(till: Till) -> SaleNumber:
    """The number of a sale that was paid in cash."""
    return till.sold().number


def refunding_a_card(till: Till) -> str:
    """The id of a refund of which the terminal was asked."""
    at_the_terminal(till)
    sale = till.do(paying.terminal_says, TenderState.APPROVED)
    assert isinstance(sale, Sale)
    begun = till.do(refunding.refund, sale.number, ALL_OF_IT, RefundReason.NOT_GOOD)
    assert isinstance(begun, Refund)
    return begun.id


def refund_declined(till: Till) -> str:
    """The id of a refund that the terminal would not give."""
    begun = refunding_a_card(till)
    till.do(refunding.refund_says, begun, TenderState.DECLINED)
    return begun


def exchanged_at_payment(till: Till) -> None:
    """Something dearer in exchange for a sale, at payment."""
    till.do(exchanging.exchange, till.sold("cola-m").number, ALL_OF_IT, RefundReason.MADE_WRONG)
    till.do(ringing.ring, "cheeseburger", 1)
    till.do(checkout.checkout)
    assert isinstance(till.register.view.prompt, PaymentPrompt)


def exchanged_for_less(till: Till) -> None:
    """The terminal was asked to pay back what something cheaper leaves."""
    at_the_terminal(till)
    sale = till.do(paying.terminal_says, TenderState.APPROVED)
    assert isinstance(sale, Sale)
    till.do(exchanging.exchange, sale.number, ALL_OF_IT, RefundReason.MADE_WRONG)
    till.do(ringing.ring, "cola-m", 1)
    till.do(checkout.checkout)
    till.do(paying.ask_terminal, TenderKind.CARD)


def refunded(till: Till) -> RefundPaper:
    """The paper of a refund."""
    done = till.do(refunding.refund, sale_number(till), ALL_OF_IT, RefundReason.MADE_WRONG)
    assert isinstance(done, Refund)
    return RefundPaper(done)


def refund_printed(till: Till) -> Refund:
    """A refund whose paper is out."""
    paper = refunded(till)
    till.do(papers.begin_paper, paper)
    till.do(papers.paper_printed, paper)
    return paper.refund


def refund_copied(till: Till) -> Refund:
    """A refund with its one copy."""
    done = refund_printed(till)
    till.do(papers.reserve_copy)
    return done


ALL_OF_IT = ((1, 1),)
"""What a sale of one thing has to give back."""
IN_KITCHEN = (PartRef(PartKind.SALE, 1),)


def sold_for_kitchen(till: Till) -> str:
    """The id of the order of the only sale, which is open in the kitchen."""
    return till.sold().order_id


def done_in_kitchen(till: Till) -> None:
    till.do(kitchen.say_done, sold_for_kitchen(till), IN_KITCHEN)


def sent(till: Till) -> int:
    """The line of an order that the kitchen was sent."""
    line = till.rung()
    till.do(kitchen.send_to_kitchen)
    return line


def sent_and_changed(till: Till) -> None:
    till.do(ringing.modify, sent(till), "no-onion")


def sent_at_payment(till: Till) -> None:
    sent(till)
    till.at_payment("cola-m")


def owed_ticket(till: Till) -> OwedTicket:
    """A ticket that a printer in the kitchen owes."""
    till.register.setup = replace(till.register.setup, kitchen_slips=True)
    sent(till)
    (ticket,) = till.register.store.kitchen.owed(till.register.till.id)
    return ticket


def with_float(till: Till) -> None:
    """A till whose shift has its float."""
    till.do(shift.enter_float, kr(1000))


def counted(till: Till) -> None:
    """A shift with a sale, and its drawer counted to the krone."""
    with_float(till)
    sale = till.sold()
    till.do(shift.count_drawer, kr(1000) + sale.total + sale.rounding)


def counted_short(till: Till) -> None:
    """A shift whose drawer was counted twenty kroner short."""
    with_float(till)
    till.do(shift.count_drawer, kr(980))


def unknown_in_shift(till: Till) -> None:
    """A payment in a shift of which nobody knows what the terminal answered."""
    with_float(till)
    at_the_terminal(till)
    till.do(paying.terminal_says, TenderState.UNKNOWN)


def held_in_shift(till: Till) -> str:
    """The id of an order that was set aside in a shift; another one is open."""
    with_float(till)
    return held(till)


def sold_in_shift(till: Till) -> Sale:
    with_float(till)
    return till.sold()


def copied_in_shift(till: Till) -> Sale:
    sale = sold_in_shift(till)
    till.do(papers.reserve_copy)
    return sale


def rung_in_shift(till: Till) -> int:
    with_float(till)
    return till.rung(quantity=3)


IT = object()
"""Stands for what the preparation came to."""

CASHIER_KEY, LEAD_KEY = b"c" * 32, b"l" * 32
"""What is kept of two PINs: the real thing takes long to make."""


def discounting(till: Till) -> None:
    """A shop that gives discounts by hand, and an order."""
    put_menu(till.register.store, replace(WITH_CHANNELS, most_discount=2000), PAIRINGS, NOW)
    till.rung()


def discounted(till: Till) -> None:
    """An order with a discount by hand."""
    discounting(till)
    till.do(ringing.give_discount, 1000, DiscountReason.WAITED)


def taking_tips(till: Till) -> None:
    """A shop that takes tips, and an order at payment."""
    put_menu(till.register.store, replace(WITH_CHANNELS, most_tip=kr(200)), PAIRINGS, NOW)
    till.at_payment()


def tip_noted(till: Till) -> None:
    """A tip for the next payment."""
    taking_tips(till)
    till.do(tipping.note_tip, Tip(kr(20)))


def tip_at_the_terminal(till: Till) -> None:
    """A payment with a tip that the terminal is asked for."""
    tip_noted(till)
    till.do(paying.ask_terminal, TenderKind.CARD)


def staffed(till: Till) -> None:
    """A shop with a cashier and a shift lead; nobody is at the till."""
    gate = ShopGate(till.register.store, norway(), till.clock)
    for name, role, key in (("Kari", Role.CASHIER, CASHIER_KEY), ("Ola", Role.SHIFT_LEAD, LEAD_KEY)):
        gate.do(give_key, gate.do(enter_person, name, role).result, KeyKind.PIN, key)
    till.register.catch_up()


def signed_in(till: Till) -> None:
    """The cashier is at the till."""
    staffed(till)
    till.do(people.sign_in, CASHIER_KEY)


CASES: dict[str, tuple[Callable[[Till], object], tuple[object, ...]]] = {
    "ring": (begun, ("cheeseburger",)),
    "change_quantity": (Till.rung, (IT, 1)),
    "same_again": (Till.rung, (IT,)),
    "void": (Till.rung, (IT,)),
    "modify": (Till.rung, (IT, "no-onion")),
    "fill": (kids_meal, (IT, "drink-kids", "juice")),
    "step": (cola, (IT, 1)),
    "confirm_size": (cola, (IT,)),
    "note": (begun, ("no salt",)),
    "note_allergen": (begun, ("milk",)),
    "serve": (begun, (EAT_IN,)),
    "add_code": (Till.rung, ("HEI",)),
    "speak": (begun, ("en",)),
    "come_from": (begun, ("phone",)),
    "checkout": (Till.rung, ()),
    "go_back": (Till.asked, ()),
    "confirm": (at_a_stop, (IT,)),
    "choose": (at_a_slot, ("juice",)),
    "not_for_customer": (Till.rung, (Reason.CHILD,)),
    "set_purpose": (Till.rung, (Purpose.STAFF,)),
    "yes": (Till.asked, ()),
    "no": (Till.asked, ()),
    "not_asked": (Till.asked, ()),
    "change_offer_count": (three_asked, (-1,)),
    "next_candidate": (Till.asked, (1,)),
    "hold": (Till.rung, ()),
    "recall": (held, (IT,)),
    "abandon": (Till.rung, (DiscardReason.CHANGED_MIND,)),
    "redeem": (brought, (IT,)),
    "take_back": (Till.rung, ()),
    "pay_cash": (Till.at_payment, ()),
    "pay_by_platform": (by_platform, ()),
    "ask_terminal": (Till.at_payment, (TenderKind.CARD,)),
    "terminal_says": (at_the_terminal, (TenderState.APPROVED,)),
    "give_back": (part_paid, ()),
    "write_off": (staff_meal, ()),
    "refund": (sale_number, (IT, ALL_OF_IT, RefundReason.MADE_WRONG)),
    "refund_says": (refunding_a_card, (IT, TenderState.APPROVED)),
    "refund_again": (refund_declined, (IT,)),
    "refund_in_cash": (refund_declined, (IT, CashReason.CARD_GONE)),
    "drop_refund": (refund_declined, (IT,)),
    "exchange": (sale_number, (IT, ALL_OF_IT, RefundReason.MADE_WRONG)),
    "begin_paper": (owed, (IT,)),
    "paper_printed": (owed, (IT,)),
    "paper_failed": (owed, (IT, DeviceError("printer-failed", problem="paper"))),
    "reserve_copy": (Till.sold, ()),
    "release_copy": (copied, (IT,)),
    "eighty_six": (begun, ("cola-m",)),
    "give_discount": (discounting, (1000, DiscountReason.WAITED)),
    "drop_discount": (discounted, ()),
    "note_tip": (taking_tips, (Tip(kr(20)),)),
    "change_price": (begun, ("cola-m", kr(45))),
    "sign_in": (staffed, (LEAD_KEY,)),
    "sign_out": (signed_in, ()),
    "start_program": (begun, ("0.2.0",)),
    "stop_program": (begun, ()),
    "approve": (signed_in, (CASHIER_KEY, Right.REFUND)),
    "restore": (cola_out, ("cola-m",)),
    "begin_marks_again": (marked_later, ()),
    "set_rush": (begun, (True,)),
    "send_to_kitchen": (Till.rung, ()),
    "say_done": (sold_for_kitchen, (IT, IN_KITCHEN)),
    "take_done_back": (done_in_kitchen, ()),
    "enter_float": (begun, (kr(1000),)),
    "pay_in": (with_float, (kr(200), MoneyReason.CHANGE)),
    "pay_out": (with_float, (kr(200), MoneyReason.GOODS)),
    "drop": (with_float, (kr(200), MoneyReason.SAFE)),
    "count_drawer": (with_float, (kr(980),)),
    "explain_count": (counted_short, (CountReason.WRONG_CHANGE,)),
    "open_drawer": (with_float, (DrawerReason.LOOK,)),
    "drawer_failed": (with_float, ("out of paper",)),
    "x_report": (sold_in_shift, ()),
    "z_report": (counted, ()),
    "book_disputed": (unknown_in_shift, ()),
    "discard_held": (held_in_shift, (IT, DiscardReason.LEFT)),
    "settle_by_hand": (by_hand, (IT, Outcome.DECLINED)),
    "set_the_scene": (begun, (frozenset({"cola-m"}),)),
}
"""By its name, what leads to where a verb can be done, and the arguments that it is then given."""

MORE: dict[str, tuple[str, Callable[[Till], object], tuple[object, ...]]] = {
    "change_quantity in a shift": ("change_quantity", rung_in_shift, (IT, -1)),
    "take_back in a shift": ("take_back", rung_in_shift, ()),
    "reserve_copy in a shift": ("reserve_copy", sold_in_shift, ()),
    "release_copy in a shift": ("release_copy", copied_in_shift, (IT,)),
    "ring the first thing": ("ring", lambda till: None, ("cheeseburger",)),
    "void the last line": ("void", cola, (IT,)),
    "note on a line": ("note", Till.rung, ("no salt", IT)),
    "yes to the second question": ("yes", at_the_second_question, ()),
    "change_offer_count of a choice": ("change_offer_count", three_at_a_slot, (1,)),
    "choose for some": ("choose", three_at_a_slot, ("juice",)),
    "take_back a yes": ("take_back", yes_taken, ()),
    "hold at the terminal": ("hold", at_the_terminal, ()),
    "hold with money": ("hold", part_paid, ()),
    "recall elsewhere": ("recall", left_at_another_till, (IT,)),
    "recall what was discarded": ("recall", discarded_with_money_before, (IT,)),
    "redeem what is unknown": ("redeem", Till.rung, (UNKNOWN_CODE,)),
    "pay_cash with a code": ("pay_cash", redeemed_at_payment, ()),
    "send_to_kitchen a correction": ("send_to_kitchen", sent_and_changed, ()),
    "abandon what the kitchen has": ("abandon", sent, (DiscardReason.CHANGED_MIND,)),
    "pay_cash what the kitchen has": ("pay_cash", sent_at_payment, ()),
    "begin_paper of a ticket": ("begin_paper", owed_ticket, (IT,)),
    "paper_printed of a ticket": ("paper_printed", owed_ticket, (IT,)),
    "pay_cash in part": ("pay_cash", Till.at_payment, (kr(20),)),
    "terminal_says no": ("terminal_says", at_the_terminal, (TenderState.DECLINED,)),
    "terminal_says nothing": ("terminal_says", at_the_terminal, (TenderState.UNKNOWN,)),
    "paper_printed of a write-off": ("paper_printed", ended_staff_meal, (IT,)),
    "pay_cash for an exchange": ("pay_cash", exchanged_at_payment, ()),
    "ask_terminal for an exchange": ("ask_terminal", exchanged_at_payment, (TenderKind.CARD,)),
    "terminal_says of a difference": ("terminal_says", exchanged_for_less, (TenderState.APPROVED,)),
    "terminal_says no of a difference": ("terminal_says", exchanged_for_less, (TenderState.DECLINED,)),
    "refund_says no": ("refund_says", refunding_a_card, (IT, TenderState.DECLINED)),
    "refund_says nothing": ("refund_says", refunding_a_card, (IT, TenderState.UNKNOWN)),
    "begin_paper of a refund": ("begin_paper", refunded, (IT,)),
    "paper_failed of a refund": ("paper_failed", refunded, (IT, DeviceError("printer-failed", problem="paper"))),
    "reserve_copy of a refund": ("reserve_copy", refund_printed, ()),
    "release_copy of a refund": ("release_copy", refund_copied, (IT,)),
    "reserve_copy once too often": ("reserve_copy", copied, ()),
    "note_tip on the terminal": ("note_tip", tip_at_the_terminal, (Tip(kr(15)),)),
    "pay_cash with a tip": ("pay_cash", tip_noted, (kr(200),)),
    "ask_terminal with a tip": ("ask_terminal", tip_noted, (TenderKind.CARD,)),
    "terminal_says with a tip": ("terminal_says", tip_at_the_terminal, (TenderState.APPROVED,)),
    "terminal_says no with a tip": ("terminal_says", tip_at_the_terminal, (TenderState.DECLINED,)),
    "eighty_six what is offered": ("eighty_six", at_the_second_question, ("shake-m",)),
}
"""Other things that verbs come to: the verb, and the rest as in `CASES`."""

KEYWORDS: dict[str, dict[str, object]] = {
    "set_the_scene": {"rush": True},
    "recall elsewhere": {"elsewhere": True},
}
REFUSED_AND_KEPT = ("approve",)
"""Verbs that write only what they refuse."""

OF_PRACTICE = ("settle_by_hand", "set_the_scene")


OF_THE_OFFICE = ("pos.register.verbs.accepting", "pos.register.verbs.publishing", "pos.register.verbs.tills")
"""Their verbs need no till."""


@cache
def every_verb() -> dict[str, Verb]:  # type: ignore[type-arg]  # any verb
    """All the verbs of a till that there are, by name."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.iter_modules(pos.register.verbs.__path__, "pos.register.verbs.")
        if found.name not in OF_THE_OFFICE
    ]
    rooms = (*modules, pos.practice.customer.register)
    found = [one for module in rooms for one in vars(module).values() if isinstance(one, Verb)]
    return {one.name: one for one in found}


def a_shop(name: str) -> Till:
    """A till in a shop, or in practice, where a verb can be done."""
    is_practice = name in OF_PRACTICE
    folder = giving_folder()
    (folder / "shop.db").write_bytes(_file_with_channels(is_practice))
    return Till(folder, is_practice=is_practice)


@cache
def _file_with_channels(is_practice: bool) -> bytes:
    """The file of a shop that gives codes and has channels, or of its practice."""
    path = giving_folder() / "shop.db"
    if is_practice:
        path.unlink()
        begin_file(path, PRACTICE)
    with closing(open_store(path, practice=is_practice)) as store:
        put_menu(store, WITH_CHANNELS, PAIRINGS, NOW)
    content = path.read_bytes()
    shutil.rmtree(path.parent)
    return content


def prepared(name: str) -> tuple[Till, Doing]:
    """A till at which something of `CASES` or `MORE` can be done, and the doing of it at any register on its file."""
    till = a_shop(name)
    verb, prepare, arguments = MORE[name] if name in MORE else (name, *CASES[name])
    it = prepare(till)
    filled = [it if one is IT else one for one in arguments]
    done, keywords = every_verb()[verb], KEYWORDS.get(name, {})
    till.clock.pass_()
    return till, lambda register: register.do(done, *filled, **keywords)


def ready(name: str) -> tuple[Till, Step]:
    """A till at which a verb can be done, and the doing of it."""
    till, doing = prepared(name)

    def act() -> None:
        with suppress(*((Refused,) if name in REFUSED_AND_KEPT else ())):
            doing(till.register)

    return till, act
