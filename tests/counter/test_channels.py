"""Orders by delivery and telephone: their price lists, their tenders, and nobody who could be asked."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.counter.printing import print_owed
from pos.devices import Devices, FakePrinter
from pos.domain.errors import Refused
from pos.domain.menu.channels import Channel, PaidWhere
from pos.domain.menu.items import ServingMode, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.menu.next_visit import NextVisitRules
from pos.domain.money import ZERO, Money
from pos.domain.order.order import TenderKind
from pos.domain.order.questions import Outcome, Reason
from pos.domain.prompts import PaymentPrompt, QuestionPrompt
from pos.domain.sale.sale import Style
from pos.domain.text import LocalText
from pos.office.report import bring_up_to_date, make_report
from pos.office.report.files import report_json
from pos.office.report.summary import heading, sentences
from pos.plain import run
from pos.register import Register
from pos.register.verbs import channels, checkout, next_visit, paying, ringing, stock
from pos.store import open_store
from pos.wording import wording
from pos.wording.receipt import receipt
from tests.builders import MENU, NOW, PAIRINGS, kr
from tests.office_acts import put_menu, set_shop
from tests.register.shops import again, asked, ledger, ring_tile, settle_questions
from tests.register.visits import a_code
from tests.rig import Cashier, a_cashier, ask_terminal

FOODORA = Channel(
    "foodora",
    LocalText("Foodora", "Foodora"),
    PaidWhere.PLATFORM,
    1000,
    (("cheeseburger", kr(129)),),
    ServingMode.TAKE_AWAY,
)
PHONE = Channel("phone", LocalText("Telefon", "Phone"), PaidWhere.HERE, deals=True)
WITH_CHANNELS = replace(MENU, channels={"foodora": FOODORA, "phone": PHONE}, kitchen_slip=True)


def load(cashier: Cashier, **changes: object) -> None:
    """Another process loads a menu."""
    replace_menu(cashier, replace(WITH_CHANNELS, **changes))  # type: ignore[arg-type]  # the fields of a menu
    cashier.register.catch_up()


def replace_menu(cashier: Cashier, menu: Menu) -> None:
    office = open_store(cashier.register.store.path)
    put_menu(office, menu, PAIRINGS, NOW)
    office.close()


@pytest.fixture
def cashier(folder: Path) -> Cashier:
    cashier = a_cashier(folder)
    load(cashier)
    return cashier


def total(cashier: Cashier) -> Money:
    return cashier.register.view.priced.total


def from_foodora(cashier: Cashier, *skus: str) -> Cashier:
    for sku in skus:
        ring_tile(cashier, sku)
    return cashier.press(",", "b", "1")


def view(register: Register, name: str) -> list[dict[str, object]]:
    cursor = register.store.file.conn.execute(f"SELECT * FROM {name}")
    return [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor.fetchall()]


def test_prices_follow_at_once_by_the_list_and_by_the_markup(cashier: Cashier) -> None:
    from_foodora(cashier, "cheeseburger", "fries-m")
    fries = MENU.items["fries-m"].price_in(ServingMode.TAKE_AWAY)
    assert total(cashier) == kr(129) + Money(fries.minor * 11 // 10)
    assert cashier.said == "channel-set"
    cashier.press("backspace")
    assert cashier.register.view.order.channel is None
    assert total(cashier) == kr(89) + MENU.items["fries-m"].price


def test_a_channel_without_deals_has_no_bundle_no_meal_and_no_coupon(cashier: Cashier) -> None:
    from_foodora(cashier, "cheeseburger", "fries-m", "cola-m")
    assert cashier.register.view.priced.discounts == ()
    ring_tile(cashier, "cheeseburger")
    ring_tile(cashier, "cheeseburger")
    assert cashier.register.view.priced.discounts == ()
    with pytest.raises(Refused, match="channel-no-deals"):
        cashier.register.do(ringing.add_code, "ANY")
    with pytest.raises(Refused, match="channel-no-deals"):
        cashier.register.do(next_visit.redeem, "1234567890")


def test_the_telephone_has_the_counter_s_prices_and_is_paid_as_usual(cashier: Cashier) -> None:
    for sku in ("cheeseburger", "fries-m", "cola-m"):
        ring_tile(cashier, sku)
    before = total(cashier)
    cashier.press(",", "b", "2")
    assert (total(cashier), cashier.said) == (before, "channel-same")
    cashier.press("enter", "2")
    assert isinstance(cashier.register.view.prompt, PaymentPrompt)
    cashier.press("k", "+")
    (sale,) = view(cashier.register, "sales")
    assert (sale["channel"], sale["tender_kinds"]) == ("phone", "card")


def test_nobody_is_asked_and_the_ledger_says_why(cashier: Cashier) -> None:
    from_foodora(cashier, "cheeseburger").press("enter")
    assert isinstance(cashier.register.view.prompt, PaymentPrompt)
    cashier.press("a")
    rows = [(row.outcome, row.reason) for row in ledger(cashier.register)]
    assert rows == [(Outcome.NOT_APPLICABLE, Reason.NOT_PRESENT)] * 2


def test_one_key_settles_what_the_platform_has_and_nothing_else_does(cashier: Cashier) -> None:
    from_foodora(cashier, "fries-m").press("enter")
    due = total(cashier)
    for key in ("s", "d", "f", "k", "v", "5", "/", "enter"):
        cashier.press(key)
        assert cashier.said == "platform-has-paid"
        assert cashier.register.view.order.tenders == ()
        assert cashier.counter.digits == ""
    for pay in (lambda: cashier.register.do(paying.pay_cash), lambda: ask_terminal(cashier.register, TenderKind.CARD)):
        with pytest.raises(Refused, match="platform-has-paid"):
            pay()
    cashier.press("a")
    (tender,) = view(cashier.register, "tenders")
    assert (tender["kind"], tender["kind_nb"], tender["kind_en"]) == ("foodora", "Foodora", "Foodora")
    assert (tender["amount_minor"], tender["handed_minor"]) == (due.minor, due.minor)
    assert (tender["rounding_minor"], tender["change_minor"]) == (0, 0)
    (sale,) = view(cashier.register, "sales")
    assert (sale["channel"], sale["tender_kinds"], sale["rounding_minor"]) == ("foodora", "foodora", 0)


def test_an_order_at_the_counter_has_no_platform(cashier: Cashier) -> None:
    ring_tile(cashier, "fries-m")
    cashier.press("enter", "2")
    settle_questions(cashier)
    with pytest.raises(Refused, match="no-platform"):
        cashier.register.do(paying.pay_by_platform)
    cashier.press("a")
    (sale,) = view(cashier.register, "sales")
    assert (sale["channel"], sale["tender_kinds"]) == (None, "cash")


def test_a_fixed_way_of_serving_is_not_asked_and_not_changed(cashier: Cashier) -> None:
    from_foodora(cashier, "fries-m").press("space")
    assert cashier.said == "channel-serves"
    assert cashier.register.view.order.serving_mode is ServingMode.TAKE_AWAY
    cashier.press(",", "b", "3")
    assert cashier.register.view.order.serving_mode is None
    cashier.press("enter", "1")
    assert asked(cashier) is not None


def test_a_question_that_is_open_rests_and_comes_back(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger")
    cashier.press("enter", "2")
    assert isinstance(cashier.register.view.prompt, QuestionPrompt)
    cashier.press(",", "b", "1")
    assert isinstance(cashier.register.view.prompt, PaymentPrompt)
    cashier.press("backspace")
    assert isinstance(cashier.register.view.prompt, QuestionPrompt)


def test_one_channel_is_one_key_and_no_channel_is_none(cashier: Cashier) -> None:
    load(cashier, channels={"foodora": FOODORA})
    cashier.press(",", "b")
    assert cashier.register.view.order.channel == "foodora"
    cashier.press(",", "b")
    assert cashier.register.view.order.channel is None
    load(cashier, channels={})
    cashier.press(",", "b")
    assert (cashier.register.view.order.channel, cashier.said) == (None, "wrong-key-in-panel")


def test_money_fixes_where_an_order_came_from(cashier: Cashier) -> None:
    ring_tile(cashier, "fries-m")
    cashier.press(",", "b", "2", "enter", "2", *"10", "a")
    assert cashier.register.view.order.is_frozen
    cashier.press(",", "b", "1")
    assert (cashier.register.view.order.channel, cashier.said) == ("phone", "order-frozen")


def test_a_held_order_and_a_restart_keep_channel_and_price(cashier: Cashier, folder: Path) -> None:
    from_foodora(cashier, "cheeseburger")
    cashier.press("f9")
    assert cashier.register.view.order.channel is None
    cashier.press("f10")
    assert (cashier.register.view.order.channel, total(cashier)) == ("foodora", kr(129))
    cashier = again(cashier, folder)
    assert (cashier.register.view.order.channel, total(cashier)) == ("foodora", kr(129))
    cashier.press("enter", "a")
    assert cashier.register.view.finished is not None
    assert cashier.register.view.finished.total == kr(129)


def test_a_held_order_that_comes_from_somewhere_else_has_no_price_that_was_said(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger")
    cashier.press("f9")
    dearer = replace(FOODORA, prices=(("cheeseburger", kr(150)),))
    load(cashier, channels={"foodora": dearer, "phone": PHONE})
    cashier.press("f10", ",", "b", "1")
    assert total(cashier) == kr(150)


def test_a_menu_that_drops_the_channel_leaves_the_order_as_it_is(cashier: Cashier, folder: Path) -> None:
    from_foodora(cashier, "cheeseburger")
    replace_menu(cashier, MENU)
    ring_tile(cashier, "fries-m")
    cashier.press("up", "down", ",", "escape", "!", "escape", "f9", "f10")
    cashier = again(cashier, folder)
    assert cashier.register.view.order.channel == "foodora"
    assert cashier.register.view.priced.lines[0].total == kr(129)
    cashier.press(",", "b")
    cashier.press("escape", "enter")
    assert isinstance(cashier.register.view.prompt, PaymentPrompt)
    cashier.press("a")
    (tender,) = view(cashier.register, "tenders")
    assert (tender["kind"], tender["kind_nb"]) == ("foodora", "Foodora")
    cashier.press("enter", ",", "b")
    assert cashier.register.view.order.channel is None


def test_a_menu_with_other_prices_is_followed_and_said(cashier: Cashier) -> None:
    from_foodora(cashier, "cheeseburger")
    load(cashier, channels={"foodora": replace(FOODORA, prices=(("cheeseburger", kr(139)),)), "phone": PHONE})
    cashier.press("enter")
    assert cashier.said == "new-price"
    assert total(cashier) == kr(139)


def test_a_noted_allergy_stops_a_delivery_too(cashier: Cashier) -> None:
    from_foodora(cashier, "cheeseburger").press("!", "7", "escape", "enter")
    assert cashier.counter.state.value == "stop"
    cashier.press("=", "a")
    assert cashier.register.view.finished is not None


def test_receipt_and_slip_name_the_channel_and_carry_the_platform_s_number(cashier: Cashier) -> None:
    printer = FakePrinter()
    cashier.register.devices = Devices(printer, cashier.register.devices.terminal)
    from_foodora(cashier, "fries-m")
    cashier.register.do(ringing.note, "F-4471")
    cashier.press("enter", "a")
    print_owed(cashier.register)
    (slip,) = [document for document in printer.printed if "kitchen" in document.name]
    assert any(line.left == "FOODORA" and line.style is Style.HEADING for line in slip.lines)
    assert any("F-4471" in line.left for line in slip.lines)
    sale = cashier.register.store.sales.last(cashier.register.till.id)
    assert sale is not None
    for language in ("nb", "en"):
        paper = receipt(replace(sale, language=language), cashier.register.country.headings)
        assert [line.left for line in paper.lines].count("Foodora") == 2
        assert any(line.left == "Foodora" and line.right == wording(language).money(sale.total) for line in paper.lines)


def test_no_delivery_is_in_the_denominator_of_uplift(cashier: Cashier) -> None:
    from_foodora(cashier, "cheeseburger").press("enter", "a", "enter")
    store = cashier.register.store
    bring_up_to_date(store)
    report = make_report(store, NOW.date())
    assert (report.orders.orders, report.kinds["upsell"].shown, report.kinds["upsell"].not_applicable) == (0, 0, 1)
    assert report.reasons["not_present", "upsell"] == 1
    assert (report.channels["foodora"].orders, report.channels["foodora"].total_minor) == (1, 12_900)
    assert any("Foodora" in sentence for sentence in sentences(report, wording("nb")))
    assert heading(report, wording("en")) == "In these days nothing was sold to customers who were present."
    told = json.loads(report_json(report, wording("en")))["channels"]
    assert told == [{"channel": "foodora", "orders": 1, "total_minor": 12_900}]
    ring_tile(cashier, "cheeseburger")
    cashier.press("enter", "2")
    settle_questions(cashier)
    cashier.press("a")
    bring_up_to_date(store)
    report = make_report(store, NOW.date())
    assert (report.orders.orders, report.orders.total_minor) == (1, 8_900)


def test_a_held_order_keeps_the_price_that_its_channel_said(cashier: Cashier) -> None:
    from_foodora(cashier, "cheeseburger").press("f9")
    load(cashier, channels={"foodora": replace(FOODORA, prices=(("cheeseburger", kr(150)),)), "phone": PHONE})
    cashier.press("f10")
    assert total(cashier) == kr(129)
    cashier.press("enter", "a")
    assert cashier.register.view.finished is not None
    assert cashier.register.view.finished.total == kr(129)


def test_a_delivered_beer_is_stopped_as_any_beer_to_take_away(cashier: Cashier) -> None:
    beer = replace(MENU.items["fries-m"], vat=VatClass.ALCOHOL)
    load(cashier, items={**MENU.items, "fries-m": beer})
    cashier.clock.pass_(8 * 3_600_000)
    from_foodora(cashier, "fries-m").press("enter")
    assert cashier.counter.state.value == "stop"
    cashier.press("=", "a")
    assert (cashier.register.view.finished, cashier.register.view.order.tenders) == (None, ())


def test_what_has_sold_out_meanwhile_stops_a_delivery(cashier: Cashier) -> None:
    from_foodora(cashier, "fries-m")
    cashier.register.do(stock.eighty_six, "fries-m")
    cashier.press("enter")
    assert cashier.counter.state.value == "stop"


def test_a_remake_of_a_delivery_costs_nothing_and_asks_no_platform(cashier: Cashier) -> None:
    from_foodora(cashier, "cheeseburger").press(",", "m", "2")
    assert total(cashier) == ZERO
    cashier.press("enter", "a")
    assert (view(cashier.register, "tenders"), view(cashier.register, "sales")) == ([], [])
    assert cashier.register.view.order.channel is None


def test_a_code_from_an_earlier_visit_goes_out_and_stays_good(cashier: Cashier) -> None:
    load(cashier, next_visit=NextVisitRules(14, 50))
    code = a_code(cashier.register)
    cashier.press("enter")
    ring_tile(cashier, "fries-m")
    cashier.register.do(next_visit.redeem, code)
    assert cashier.register.view.priced.saved
    cashier.press(",", "b", "1")
    assert (cashier.said, cashier.register.view.order.next_visit) == ("channel-code-gone", None)
    assert cashier.register.view.priced.saved == ZERO
    cashier.press("enter", "a", "enter")
    ring_tile(cashier, "fries-m")
    cashier.register.do(next_visit.redeem, code)
    assert cashier.register.view.priced.saved


def test_the_cashier_cannot_say_another_reason_and_no_control_group_has_it(cashier: Cashier) -> None:
    set_shop(cashier.register.store, "control-share", "10000")
    from_foodora(cashier, "cheeseburger").press("enter")
    with pytest.raises(Refused, match="channel-not-asked"):
        cashier.register.do(checkout.not_for_customer, Reason.CHILD)
    cashier.press("a")
    assert {row.reason for row in ledger(cashier.register)} == {Reason.NOT_PRESENT}


def test_line_by_line_it_is_said_and_paid(cashier: Cashier) -> None:
    counter = Cashier(cashier.register, cashier.clock, deliberate=True).counter
    out = io.StringIO()
    run(counter, [f"{line}\n" for line in ("b", ", b", "1", "", "k", "200a", "a")], out)
    said = out.getvalue()
    assert "Foodora har fått pengene. A Foodora." in said
    assert cashier.register.store.sales.count() == 1


def test_a_file_from_before_still_says_what_paid(cashier: Cashier) -> None:
    ring_tile(cashier, "fries-m")
    cashier.press("enter", "2")
    settle_questions(cashier)
    cashier.press("k", "+")
    sale = cashier.register.store.sales.last(cashier.register.till.id)
    assert sale is not None
    assert [tender.kind for tender in sale.tenders] == [TenderKind.CARD]
    assert sale.tenders[0].kind is TenderKind.CARD


KEYS = [
    "b",
    "c",
    "+",
    "-",
    "backspace",
    "delete",
    "up",
    "f9",
    "f10",
    "escape",
    "enter",
    "n",
    "2",
    "=",
    ",",
    "space",
    "k",
]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keys=st.lists(st.sampled_from(KEYS), max_size=12), channel=st.sampled_from(["foodora", "phone"]))
def test_whatever_was_pressed_before_an_order_costs_its_list_and_is_paid_whole(
    folder: Path, keys: list[str], channel: str
) -> None:
    cashier = a_cashier(folder, till=f"t{abs(hash((tuple(keys), channel))) % 10**6}")
    load(cashier)
    cashier.press(*keys, "escape", "escape", "escape")
    register = cashier.register
    if register.view.order.is_frozen or register.view.order.open_tender is not None:
        return
    register.do(channels.come_from, channel)
    register.do(ringing.ring, "cheeseburger")
    if channel == "foodora":
        menu = WITH_CHANNELS.on_channel("foodora")
        lines = register.view.priced.lines
        assert all(line.unit_price == menu.items[line.line.sku].price for line in lines if not line.line.fillings)
        assert total(cashier).minor == sum(line.unit_price.minor * line.line.quantity for line in lines)
    cashier.press("enter")
    for _ in range(6):
        settle_questions(cashier)
    if cashier.counter.state.value == "payment":
        cashier.press("a")
        sale = register.view.finished
        assert sale is not None
        assert sum(tender.amount.minor for tender in sale.tenders) == sale.total.minor
        assert {row.reason for row in sale.ledger if row.outcome is Outcome.NOT_APPLICABLE} <= {Reason.NOT_PRESENT}
        assert all(tender.kind == "foodora" for tender in sale.tenders) is (channel == "foodora")
