"""The words of the counter for tests: a small menu with one of everything, and orders that read like speech."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from pos.country.norway.taxes import mva
from pos.domain.asking.offers import propose
from pos.domain.menu.allergens import AllergenCard
from pos.domain.menu.incentives import Bundle, BundlePart, Incentive, Threshold
from pos.domain.menu.items import (
    Category,
    Daypart,
    Machine,
    Meal,
    MenuItem,
    Modifier,
    ModifierGroup,
    ServingMode,
    Sku,
    Slot,
    SlotChoice,
    VatClass,
)
from pos.domain.menu.menu import Menu, Shop
from pos.domain.menu.paths import Pairing, Step, UpgradePath, Words
from pos.domain.moment import Chances, Moment
from pos.domain.money import ZERO, Money
from pos.domain.order.order import LineItem, Order, new_line
from pos.domain.order.questions import NotApplicable, OfferKind, Outcome, Question, Reason
from pos.domain.pricing.taxes import TaxAmount, Taxed, Taxes, TaxRow
from pos.domain.text import LocalText

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 23, 12, 41, tzinfo=OSLO)
TODAY = NOW.date()
BREAKFAST = NOW.replace(hour=8)

EAT_IN, TAKE_AWAY = ServingMode.EAT_IN, ServingMode.TAKE_AWAY
UPSELL, CROSS_SELL = OfferKind.UPSELL, OfferKind.CROSS_SELL


def kr(kroner: int, ore: int = 0) -> Money:
    """`kr(119)` is 119 kroner."""
    return Money.of(kroner, ore)


def text(nb: str, en: str = "") -> LocalText:
    """A text in both languages."""
    return LocalText(nb, en or nb)


def words(name: str) -> Words:
    """What is said to sell a thing, in every wording there is."""
    return Words(
        text(f"Vil du ha {name}? {{more}} ekstra.", f"Would you like {name}? {{more}} more."),
        many=text(f"{name} på alle {{count}}? {{more}} ekstra.", f"{name} for all {{count}}? {{more}} more."),
        rush=text(f"{name}? {{more}}."),
        after_no=text(f"Helt i orden. {name}? {{more}}.", f"No problem. {name}? {{more}}."),
    )


def card(contains: str = "", may_contain: str = "", unknown: str = "") -> AllergenCard:
    """An allergen card from names with spaces between them."""
    return AllergenCard(frozenset(contains.split()), frozenset(may_contain.split()), frozenset(unknown.split()))


# the menu


def item(sku: Sku, category: str, price: int, cost: int, allergens: AllergenCard | None = None) -> MenuItem:
    """An item of food with prices in kroner; `replace` gives it the rest."""
    return MenuItem(sku, text(sku), category, kr(price), kr(cost), VatClass.FOOD, allergens or card())


def sizes(family: str, category: str, prices: Mapping[str, int], cost: int, allergens: AllergenCard) -> list[MenuItem]:
    """The sizes of one thing; only the medium one, or the first, has a tile."""
    shown = "m" if "m" in prices else next(iter(prices))
    return [
        replace(
            item(f"{family}-{size}", category, price, cost, allergens),
            family=family,
            size=text(size),
            tile=size == shown,
        )
        for size, price in prices.items()
    ]


def ladder(path: str, *steps: str, priority: int = 0) -> UpgradePath:
    """A path over SKUs; `+name` is a modifier, `*name` a category."""
    rungs = []
    for place, step in enumerate(steps):
        said = words(step.strip("+*")) if place else None
        mark, name = step[0], step[1:]
        if mark == "+":
            rungs.append(Step(modifier=name, words=said))
        else:
            rungs.append(Step(category=name) if mark == "*" else Step(sku=step, words=said))
    return UpgradePath(path, tuple(rungs), priority)


def slot(slot_id: str, *choices: Sku, default: Sku | None = None, dearer: Mapping[Sku, int] | None = None) -> Slot:
    """A slot; `dearer` names choices with a supplement in kroner."""
    free = [SlotChoice(sku) for sku in choices]
    paid = [SlotChoice(sku, kr(more)) for sku, more in (dearer or {}).items()]
    return Slot(slot_id, text(slot_id), (*free, *paid), default)


BUN = card("gluten:wheat milk", may_contain="sesame")
CHANGES = ModifierGroup(
    "burger-changes",
    text("Endringer", "Changes"),
    0,
    3,
    (
        Modifier("no-onion", text("Uten løk", "No onion"), leaves_out=True),
        Modifier("no-cheese", text("Uten ost", "No cheese"), removes=frozenset({"milk"}), leaves_out=True),
        Modifier("extra-bacon", text("Bacon"), kr(20), kr(6), adds=frozenset({"mustard"})),
        Modifier("extra-cheese", text("Ekstra ost", "Extra cheese"), kr(10), kr(3), adds=frozenset({"milk"})),
    ),
)
FLAVOURS = ModifierGroup(
    "flavour",
    text("Smak", "Flavour"),
    1,
    1,
    (
        Modifier("vanilla", text("Vanilje", "Vanilla")),
        Modifier("chocolate", text("Sjokolade", "Chocolate"), adds=frozenset({"soybeans"})),
    ),
)

BURGERS = [
    replace(item("cheeseburger", "burgers", 89, 24, BUN), modifiers=("burger-changes",), made_on="grill", plu="11"),
    replace(item("double", "burgers", 119, 34, BUN), made_on="grill"),
]
MEALS = [
    replace(
        item(f"cheeseburger-meal-{size}", "meals", price, cost),
        family="cheeseburger-meal",
        size=text(size),
        tile=size == "m",
        modifiers=("burger-changes",),
        meal=Meal("cheeseburger", (f"side-{size}", f"drink-{size}")),
    )
    for size, price, cost in (("m", 119, 38), ("l", 134, 42))
]
KIDS_MEAL = replace(item("kids-meal", "meals", 79, 25), meal=Meal("nuggets-4", ("side-kids", "drink-kids")))
SNACKS = [
    *sizes("fries", "sides", {"s": 29, "m": 35, "l": 42}, 8, card()),
    *sizes("nuggets", "sides", {"4": 39, "6": 55, "9": 75}, 15, card("gluten:wheat", may_contain="eggs")),
    replace(item("salad", "sides", 79, 26, card("mustard")), price_take_away=kr(72)),
    item("brownie", "treats", 32, 9, card("nuts:walnut eggs milk")),
    item("muffin", "treats", 29, 8, card("gluten:wheat eggs", may_contain="nuts:almond")),
    item("cookie", "treats", 19, 5, card("gluten:wheat", unknown="nuts")),
    replace(item("egg-roll", "breakfast", 49, 12, card("gluten:wheat eggs")), dayparts=("breakfast",)),
]
DRINKS = [
    *sizes("cola", "drinks", {"s": 29, "m": 34, "l": 39}, 4, card()),
    *sizes("fanta", "drinks", {"m": 34, "l": 39}, 4, card()),
    replace(item("juice", "drinks", 25, 7), barcode="9520001000010"),
    *[
        replace(entry, modifiers=("flavour",))
        for entry in sizes("shake", "shakes", {"m": 45, "l": 55}, 10, card("milk"))
    ],
    *sizes("coffee", "coffee", {"s": 29, "m": 34, "l": 39}, 3, card()),
    item("latte", "coffee", 46, 7, card("milk")),
    *[
        replace(entry, age_limit=18, vat=VatClass.ALCOHOL)
        for entry in sizes("beer", "drinks", {"m": 89, "l": 119}, 30, card("gluten:barley"))
    ],
]
REST = [
    *[
        replace(item(f"club-{tier}", "club", price, 0), vat=VatClass.SERVICE, tile=tier == "free")
        for tier, price in (("free", 0), ("basic", 49), ("premium", 99))
    ],
    replace(item("bag", "club", 4, 1), vat=VatClass.GOODS),
]
SLOTS = [
    slot("side-m", "fries-m", "nuggets-4", default="fries-m"),
    slot("drink-m", "cola-m", "fanta-m", default="cola-m", dearer={"latte": 15}),
    slot("side-l", "fries-l", "nuggets-6", default="fries-l"),
    slot("drink-l", "cola-l", "fanta-l", default="cola-l", dearer={"latte": 10}),
    slot("side-kids", "fries-s", default="fries-s"),
    slot("drink-kids", "juice", "cola-s"),
]
PATHS = [
    ladder("meal", "cheeseburger", "cheeseburger-meal-m", "cheeseburger-meal-l", priority=5),
    ladder("double", "cheeseburger", "double"),
    ladder("bacon", "*burgers", "+extra-bacon", priority=-1),
    ladder("fries", "fries-s", "fries-m", "fries-l"),
    ladder("cola", "cola-s", "cola-m", "cola-l"),
    ladder("nuggets", "nuggets-4", "nuggets-6", "nuggets-9"),
    ladder("shake", "shake-m", "shake-l"),
    ladder("coffee", "coffee-s", "coffee-m", "coffee-l"),
    ladder("latte", "coffee-l", "latte"),
    ladder("beer", "beer-m", "beer-l"),
    ladder("club", "club-free", "club-basic", "club-premium"),
]
INCENTIVES = [
    Bundle("two-burgers", text("To burgere"), (BundlePart(("cheeseburger",), quantity=2),), price=kr(159)),
    Bundle(
        "coffee-break", text("Kaffepause"), (BundlePart(category="coffee"), BundlePart(category="treats")), off=kr(10)
    ),
    Bundle("fanta-deal", text("Kupong"), (BundlePart(("fanta-l",)),), price=kr(20), code="FANTA"),
    Threshold("coffee-free", text("Gratis kaffe over 250"), kr(250), free="coffee-s"),
    Threshold("forty-off", text("40 av over 500"), kr(500), off=kr(40)),
    Threshold("welcome", text("Velkommen"), kr(100), off=kr(25), code="HEI"),
]
CATEGORIES = ("meals", "burgers", "sides", "treats", "breakfast", "drinks", "shakes", "coffee", "club")


def menu_of(items: Iterable[MenuItem], **parts: Iterable[object]) -> Menu:
    """A menu from lists; `parts` are paths, slots, groups, incentives, dayparts and machines."""
    keyed = {name: {entry.id: entry for entry in entries} for name, entries in parts.items()}
    categories = {name: Category(name, text(name)) for name in CATEGORIES}
    shop = Shop("Bølgen Burger", "Bølgekaia 1", "9999", "Havbukta", "999999999")
    return Menu(shop, {entry.sku: entry for entry in items}, categories, **keyed)


MENU = menu_of(
    [*MEALS, KIDS_MEAL, *BURGERS, *SNACKS, *DRINKS, *REST],
    slots=SLOTS,
    groups=[CHANGES, FLAVOURS],
    paths=PATHS,
    incentives=INCENTIVES,
    dayparts=[Daypart("breakfast", text("Frokost"), time(6), time(10, 30))],
    machines=[Machine("grill", text("grillen", "the grill"))],
)


def menu_with(*incentives: Incentive) -> Menu:
    """The menu with these bundles and thresholds in place of its own."""
    return replace(MENU, incentives={entry.id: entry for entry in incentives})


DEPOSITS = {"cola-m": kr(2), "cola-l": kr(3), "fanta-l": kr(3), "beer-m": kr(2), "juice": kr(2), "coffee-s": kr(1, 50)}


def with_deposits(menu: Menu, deposits: Mapping[Sku, Money] = DEPOSITS) -> Menu:
    """A menu with these deposits on its items."""
    items = {sku: replace(entry, deposit=deposits.get(sku, Money())) for sku, entry in menu.items.items()}
    return replace(menu, items=items)


BOTTLED = with_deposits(MENU)
"""The menu with some of its drinks in bottles and cans."""


def pairing(trigger: str, offered: Sku, priority: int = 0) -> Pairing:
    """`*burgers` triggers by category, `anything` always, all else by SKU."""
    by_category = trigger[1:] if trigger[0] == "*" else None
    by_sku = None if by_category or trigger == "anything" else trigger
    return Pairing(f"{trigger.strip('*')}-{offered}", offered, words(offered), by_sku, by_category, priority)


PAIRINGS = (
    pairing("*burgers", "shake-m", priority=10),
    pairing("cheeseburger", "nuggets-6", priority=3),
    pairing("cheeseburger", "beer-m", priority=20),
    pairing("*sides", "cola-m"),
    pairing("latte", "muffin", priority=5),
    pairing("*coffee", "brownie", priority=4),
    pairing("*coffee", "cookie"),
    pairing("*coffee", "egg-roll", priority=8),
    pairing("anything", "coffee-s", priority=-1),
)


def pairings_of(menu: Menu, pairings: Iterable[Pairing]) -> dict[Sku, tuple[Pairing, ...]]:
    """What each item of a menu calls for, best first."""
    best_first = sorted(pairings, key=lambda entry: -entry.priority)
    return {
        trigger.sku: tuple(
            entry
            for entry in best_first
            if entry.sku == trigger.sku or entry.category == trigger.category or not (entry.sku or entry.category)
        )
        for trigger in menu.items.values()
    }


# the moment


UNTAXED, FOOD_TAKEN_AWAY, GENERAL = (mva(0),), (mva(15),), (mva(25),)


def taxes(vat: VatClass, mode: ServingMode | None) -> Taxes:
    """The Norwegian taxes of the day: food to take away has the lower one, and a deposit none to speak of."""
    if vat is VatClass.DEPOSIT:
        return UNTAXED
    return FOOD_TAKEN_AWAY if vat is VatClass.FOOD and mode is ServingMode.TAKE_AWAY else GENERAL


def tax_row(percent: int, gross: Money, tax: Money) -> TaxRow:
    """What a Norwegian tax takes of an amount that it is in."""
    return TaxRow(mva(percent), gross - tax, tax)


def taxed(percent: int, price: Money, tax: Money = ZERO) -> Taxed:
    """Goods with one Norwegian tax."""
    return Taxed(price, (TaxAmount(mva(percent), tax),))


def by_percent(rows: Iterable[TaxRow]) -> list[tuple[int, Money]]:
    """The amount with tax at each rate, in percent."""
    return [(row.tax.ppm // 10_000, row.gross) for row in rows]


def moment(
    now: datetime = NOW,
    sold_out: Collection[Sku] = (),
    *,
    rush: bool = False,
    menu: Menu = MENU,
    pairings: Iterable[Pairing] = PAIRINGS,
    chances: Chances | None = None,
) -> Moment:
    """A Monday at 12:41, with everything to be had, unless said otherwise."""
    return Moment(menu, taxes, now, frozenset(sold_out), pairings_of(menu, pairings), chances or {}, rush)


def no_draws() -> float:
    """A source of numbers that always gives the middle."""
    return 0.5


# the order


def line(sku: Sku, quantity: int = 1, *modifiers: str, note: str = "", menu: Menu = MENU) -> LineItem:
    """A line as its tile rings it, then changed; `order` gives it its id."""
    row = new_line(menu, menu.items[sku], quantity)
    return replace(row, modifiers=modifiers or row.modifiers, note=note)


burger = line("cheeseburger")
double = line("double")
meal = line("cheeseburger-meal-m")
large_meal = line("cheeseburger-meal-l")
kids_meal = line("kids-meal")
fries = line("fries-m")
cola = line("cola-m")
fanta = line("fanta-m")
nuggets = line("nuggets-6")
shake = line("shake-m", 1, "vanilla")
coffee = line("coffee-m")
latte = line("latte")
beer = line("beer-m")
brownie = line("brownie")
salad = line("salad")
bag = line("bag")


def times(quantity: int, row: LineItem) -> LineItem:
    """So many of it."""
    return replace(row, quantity=quantity)


def in_size(row: LineItem, size: str) -> LineItem:
    """The same thing in another size, its slots at their defaults."""
    family = MENU.items[row.sku].family
    return replace(line(f"{family}-{size}", row.quantity, *row.modifiers, note=row.note), size_said=row.size_said)


def small(row: LineItem) -> LineItem:
    """The small one."""
    return in_size(row, "s")


def large(row: LineItem) -> LineItem:
    """The large one."""
    return in_size(row, "l")


def said(row: LineItem) -> LineItem:
    """The customer said this size."""
    return replace(row, size_said=True)


def having(row: LineItem, *modifiers: str) -> LineItem:
    """With modifiers on it."""
    return replace(row, modifiers=(*row.modifiers, *modifiers))


def noted(row: LineItem, note: str) -> LineItem:
    """With a note for the kitchen."""
    return replace(row, note=note)


def with_filling(row: LineItem, slot_id: str, sku: Sku) -> LineItem:
    """A meal with something the customer chose in a slot."""
    return row.filled(slot_id, sku)


def order(
    *lines: LineItem | Sku,
    mode: ServingMode | None = TAKE_AWAY,
    allergens: Collection[str] = (),
    codes: Collection[str] = (),
    checking_out: bool = True,
    questions: Collection[Question] = (),
    exempt: Reason | None = None,
    settled: Collection[NotApplicable] = (),
) -> Order:
    """What was rung, one row each, on its way to payment."""
    rows = [replace(row if isinstance(row, LineItem) else line(row), id=n) for n, row in enumerate(lines, 1)]
    return Order(
        "order-1",
        42,
        NOW,
        tuple(rows),
        len(rows) + 1,
        mode,
        frozenset(allergens),
        codes=tuple(codes),
        checking_out=checking_out,
        questions=tuple(questions),
        exempt=exempt,
        settled=tuple(settled),
    )


# the questions


def asked(entry: Order, kind: OfferKind, at: Moment | None = None) -> Order:
    """The order with the question of a kind on the screen."""
    question = propose(entry, kind, at or moment(), no_draws)
    assert isinstance(question, Question), question
    return entry.with_question(question)


def answered(entry: Order, kind: OfferKind, outcome: Outcome) -> Order:
    """The order with its question of a kind answered; what a yes adds is not in it."""
    question = entry.question(kind)
    assert question is not None
    return entry.with_question(replace(question, answer=outcome, answered_at=NOW))


def declined(entry: Order, kind: OfferKind = UPSELL, at: Moment | None = None) -> Order:
    """The order after a no to what was proposed."""
    return answered(asked(entry, kind, at), kind, Outcome.DECLINED)
