"""A small menu, an order with everything in it, and its sale."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta, timezone

from pos.domain.menu.allergens import AllergenCard
from pos.domain.menu.incentives import Bundle, BundlePart, Threshold
from pos.domain.menu.items import (
    Category,
    Daypart,
    Machine,
    Meal,
    MenuItem,
    Modifier,
    ModifierGroup,
    ServingMode,
    Slot,
    SlotChoice,
    VatClass,
)
from pos.domain.menu.menu import Menu, Shop
from pos.domain.menu.paths import Origin, Pairing, Step, UpgradePath, Words
from pos.domain.money import Money
from pos.domain.order.discounts import DiscountReason, ManualDiscount
from pos.domain.order.exchange import Exchange, RefundReason, SaleNumber
from pos.domain.order.order import LineItem, Order, SaidPrice, Tender, TenderKind, TenderState
from pos.domain.order.questions import NotApplicable, Offer, OfferKind, Outcome, Question, Reason
from pos.domain.order.sent import FirstTicket, KitchenLine, Sent
from pos.domain.order.tips import Tip
from pos.domain.pricing.price import Discount
from pos.domain.sale.ledger import EventName, LedgerRow, OfferEvent
from pos.domain.sale.sale import Sale, SaleLine
from pos.domain.text import LocalText
from tests.builders import tax_row, taxed

OSLO_WINTER = timezone(timedelta(hours=1))
NOON = datetime(2026, 11, 20, 12, 0, 0, 250_000, tzinfo=OSLO_WINTER)


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def both(text: str) -> LocalText:
    return LocalText(f"{text} på norsk", f"{text} in English")


def words(text: str = "Shake") -> Words:
    return Words(both(f"{text}? {{more}}."), after_no=both(f"Da kanskje {text}? {{more}}."))


ALL_WORDS = Words(
    both("{more}"), both("{count} {more}"), both("rush {more}"), both("no {more}"), (words("Heller"), words("Hva med"))
)


def item(sku: str, price: int = 100, cost: int = 30, category: str = "burgers", **more: object) -> MenuItem:
    plain = MenuItem(sku, both(sku), category, Money.of(price), Money.of(cost), VatClass.FOOD, AllergenCard())
    return replace(plain, **more)  # type: ignore[arg-type]


def items() -> tuple[MenuItem, ...]:
    return (
        item("burger", 89, 24, allergens=AllergenCard(frozenset({"gluten:wheat", "milk"}), frozenset({"sesame"}))),
        item("meal-m", 119, 38, "meals", meal=Meal("burger", ("drink",)), family="meal", size=both("medium")),
        item(
            "meal-l", 134, 44, "meals", meal=Meal("burger", ("drink",)), family="meal", size=both("large"), tile=False
        ),
        item("cola", 35, 6, "drinks", price_take_away=Money.of(32), plu="11", barcode="7038010009876"),
        item("beer", 95, 30, "drinks", vat=VatClass.ALCOHOL, age_limit=18, dayparts=("evening",)),
        item("shake", 49, 12, "drinks", made_on="shakes", modifiers=("flavour",)),
        item("sundae", 39, 10, "drinks", made_on="shakes", allergens=AllergenCard(unknown=frozenset({"nuts:almond"}))),
    )


def modifier(name: str, price: int = 0) -> Modifier:
    sets = (frozenset({"milk"}), frozenset({"eggs"}))
    return Modifier(name, both(name), Money.of(price), Money.of(price, 50), *sets, maximum=2)


def by_id(*entries: Category | Daypart | ModifierGroup | Slot | UpgradePath | Bundle | Threshold) -> dict[str, object]:
    return {entry.id: entry for entry in entries}


def menu(*sold: MenuItem, **more: object) -> Menu:
    full = Menu(
        Shop("Bølgen Burger", "Storgata 1", "0155", "Oslo", "999888777", "22 33 44 55"),
        {entry.sku: entry for entry in sold or items()},
        {name: Category(name, both(name)) for name in ("meals", "burgers", "drinks")},
        {"evening": Daypart("evening", both("evening"), time(18), time(2, 30))},
        {"flavour": ModifierGroup("flavour", both("flavour"), 1, 1, (modifier("vanilla"), modifier("mango", 5)))},
        {"drink": Slot("drink", both("drink"), (SlotChoice("cola"), SlotChoice("shake", Money.of(20))), "cola")},
        {
            "burger": UpgradePath(
                "burger", (Step("burger"), Step("meal-m", words=words()), Step("meal-l", words=ALL_WORDS)), 3
            ),
            "mango": UpgradePath("mango", (Step(category="drinks"), Step(modifier="mango", words=words("Mango")))),
        },
        {
            "two": Bundle(
                "two", both("two"), (BundlePart(("burger",), quantity=2), BundlePart((), "drinks")), Money.of(180)
            ),
            "off": Bundle("off", both("off"), (BundlePart(("cola",)),), off=Money.of(5), code="COLA"),
            "free": Threshold("free", both("free"), Money.of(250), free="cola"),
            "less": Threshold("less", both("less"), Money.of(300), off=Money.of(25), code="LESS"),
        },
        {name: Machine(name, both(name)) for name in ("shakes", "grill")},
    )
    return replace(full, **more)  # type: ignore[arg-type]


def pairing(name: str, offered: str = "shake", priority: int = 0, **more: str | None) -> Pairing:
    return Pairing(name, offered, words(), more.get("sku"), more.get("category"), priority)


def pairings() -> tuple[Pairing, ...]:
    return (
        pairing("burger-shake", sku="burger"),
        pairing("burgers-cola", "cola", 10, category="burgers"),
        Pairing("anything-sundae", "sundae", ALL_WORDS, origin=Origin.LEARNED),
    )


def order(name: str = "order-1", call_number: int = 1, **more: object) -> Order:
    return replace(Order(name, call_number, NOON), **more)  # type: ignore[arg-type]


def rung(name: str, *skus: str, call_number: int = 1) -> Order:
    lines = tuple(LineItem(number, sku) for number, sku in enumerate(skus, 1))
    return order(name, call_number, lines=lines, next_line=len(lines) + 1)


KITCHEN_LINE = KitchenLine(2, both("meal-l"), (both("cola"),), (both("uten løk"),), "uten is", ("milk",), ("milk",))


def full_order(name: str = "order-1") -> Order:
    offer = Offer(OfferKind.UPSELL, "burger:2", (1,), ALL_WORDS, "meal-l", None, 2, 3, Money.of(9), 0.25)
    answered = Question(
        OfferKind.UPSELL,
        (offer,),
        NOON,
        later(1),
        0,
        2,
        Outcome.ACCEPTED,
        later(2.5),
        Money.of(30),
        "many",
        5,
        Money.of(9),
        Money.of(299),
    )
    asked = Question(OfferKind.CROSS_SELL, (replace(offer, kind=OfferKind.CROSS_SELL, modifier="mango"),), NOON, NOON)
    return order(
        name,
        lines=(
            LineItem(1, "meal-l", 2, (), (("drink", "cola"),), ("drink",), "uten is [no ice]", True, OfferKind.UPSELL),
            LineItem(2, "shake", 1, ("vanilla",)),
        ),
        next_line=3,
        serving_mode=ServingMode.TAKE_AWAY,
        allergens=frozenset({"nuts", "eggs", "celery"}),
        note="ved døra",
        language="en",
        codes=("COLA",),
        checking_out=True,
        questions=(answered, asked),
        answer_count=2,
        menu_version=4,
        said=SaidPrice(3, NOON.date()),
        frozen_at=later(8),
        exempt=Reason.CHILD,
        settled=(NotApplicable(OfferKind.CROSS_SELL, Reason.TOP_STEP),),
        tenders=(
            Tender(1, TenderKind.CARD, Money.of(100), Money.of(100), TenderState.DECLINED, NOON),
            Tender(
                2,
                TenderKind.CASH,
                Money(21_720),
                Money.of(500),
                TenderState.APPROVED,
                later(9),
                Money(-20),
                Money.of(278),
            ),
        ),
        ordinal=7,
        channel="phone",
        remakes=FirstTicket(both("Nr. 7"), later(1)),
        sent=Sent(both("Bord 4"), later(3), (KITCHEN_LINE,), ServingMode.EAT_IN, ("milk",), "ved vinduet"),
        discount=ManualDiscount(1000, DiscountReason.WAITED),
        tip=Tip(Money.of(5)),
        exchange=Exchange("r-1", SaleNumber("K1", 3), ((1, 2),), RefundReason.MISSING, Money.of(40)),
    )


def events() -> tuple[OfferEvent, ...]:
    kind = OfferKind.UPSELL
    return (
        OfferEvent(EventName.SHOWN, kind, "burger:2", NOON),
        OfferEvent(EventName.PASSED, kind, "burger:2", later(1)),
        OfferEvent(EventName.ANSWERED, kind, "burger:1", later(2), Outcome.ACCEPTED, None, 2, 5),
        OfferEvent(EventName.WITHDRAWN, OfferKind.CROSS_SELL, "burger-shake", later(3), reason=Reason.SOLD_OUT),
    )


def ledger() -> tuple[LedgerRow, ...]:
    asked = LedgerRow(
        OfferKind.UPSELL, Outcome.ACCEPTED, None, "burger:2", "meal-l", 5, 2, 1, Money.of(15), NOON, later(2.5),
        "many", 9, 0.25, Money.of(8), Money.of(199), "0a1b2c3d4e",
    )  # fmt: skip
    return (asked, LedgerRow(OfferKind.CROSS_SELL, Outcome.NOT_APPLICABLE, Reason.SOLD_OUT))


def sale(paid: Order | str = "order-1", at: datetime = NOON, **more: object) -> Sale:
    name = paid if isinstance(paid, str) else paid.id
    line = SaleLine(
        "meal-l", both("meal-l"), (both("cola"), both("no ice")), "uten is", 2, Money.of(134), Money.of(268),
        Money.of(18), Money.of(250), (taxed(15, Money.of(250), Money(3261)),),
    )  # fmt: skip
    parts = (taxed(25, Money.of(49), Money(980)),)
    shake = replace(line, sku="shake", details=(), note="", quantity=1, total=Money.of(49), parts=parts)
    plain = Sale(
        name, "Till 1", "", 0, 42, at, "Kari", "nb", ServingMode.TAKE_AWAY, menu().shop, (line, shake),
        (Discount("two", both("two"), Money.of(18)), Discount("free", both("free"), Money.of(35), True)),
        (tax_row(25, Money.of(49), Money(980)), tax_row(15, Money.of(250), Money(3261))),
        full_order().tenders, ledger(), Money.of(299), Money(4241), Money(-20), Money(20_100), "ved døra",
        goods=("burger", "cola-l", "fries-l", "shake"),
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]
