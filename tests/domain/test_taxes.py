"""The tax of a meal: the same goods pay the same tax rung loose or as a meal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pos.country.norway.taxes import mva
from pos.domain.menu.incentives import Bundle, BundlePart, Threshold
from pos.domain.menu.items import Meal, MenuItem, Modifier, ModifierGroup, ServingMode, SlotChoice, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.money import Money, total
from pos.domain.order.order import LineItem, Order, new_line
from pos.domain.pricing.price import Priced, price
from tests.builders import CHANGES, EAT_IN, TAKE_AWAY, by_percent, item, kr, menu_of, order, slot, taxes, text


def meal_menu(price_of_meal: int, *incentives: Bundle | Threshold, beer_supplement: int = 20) -> Menu:
    """A burger meal with a beer, a mug or a cola in it, and everything loose as well."""
    goods = [
        replace(item("burger", "burgers", 119, 30), modifiers=("burger-changes",)),
        item("fries", "sides", 39, 8),
        item("rings", "sides", 45, 9),
        item("cola", "drinks", 35, 4),
        replace(item("beer", "drinks", 89, 30), vat=VatClass.ALCOHOL, age_limit=18),
        replace(item("mug", "shop", 49, 20), vat=VatClass.GOODS),
        item("coffee", "coffee", 30, 4),
        replace(
            item("meal", "meals", price_of_meal, 50),
            modifiers=("burger-changes",),
            meal=Meal("burger", ("side", "drink")),
        ),
    ]
    slots = [
        slot("side", "fries", default="fries", dearer={"rings": 6}),
        slot("drink", "cola", "mug", "coffee", default="cola", dearer={"beer": beer_supplement}),
    ]
    return menu_of(goods, slots=slots, groups=[CHANGES], incentives=incentives)


def meal_with(menu: Menu, drink: str, side: str = "fries", *modifiers: str, quantity: int = 1) -> LineItem:
    row = new_line(menu, menu.items["meal"], quantity)
    return replace(row.filled("drink", drink).filled("side", side), modifiers=modifiers)


def loose_line(menu: Menu, sku: str, quantity: int = 1, modifiers: Iterable[str] = ()) -> LineItem:
    return replace(new_line(menu, menu.items[sku], quantity), modifiers=tuple(modifiers))


def opened(menu: Menu, row: LineItem) -> list[LineItem]:
    """The things in a meal, each on a line of its own; what was changed was changed on the burger."""
    goods = [loose_line(menu, "burger", row.quantity, row.modifiers)]
    return [*goods, *(loose_line(menu, sku, row.quantity) for _, sku in row.fillings)]


def told(priced: Priced) -> list[tuple[int, int, int]]:
    return [(row.tax.ppm // 10_000, row.gross.minor, row.amount.minor) for row in priced.tax_rows]


def test_a_beer_in_a_meal_is_taxed_as_the_loose_beer_is() -> None:
    menu = meal_menu(199)
    as_meal = price(order(meal_with(menu, "beer")), menu, taxes)
    loose = price(order(*opened(menu, meal_with(menu, "beer"))), menu, taxes)
    assert as_meal.total == loose.total == kr(219)
    # 247 loose: the beer is 89/247 of the 219 at 25 %, the rest is food to take away at 15 %.
    beer = round(21_900 * 89 / 247)
    assert told(as_meal) == told(loose) == [(25, beer, round(beer / 5)), (15, 21_900 - beer, 1827)]
    assert [part.levied for part in as_meal.lines[0].parts] == [(mva(15),), (mva(25),)]


def test_a_meal_of_one_rate_has_one() -> None:
    menu = meal_menu(149)
    for mode in (EAT_IN, TAKE_AWAY, None):
        assert len(price(order(meal_with(menu, "cola"), mode=mode), menu, taxes).lines[0].parts) == 1
    assert len(price(order(meal_with(menu, "beer"), mode=EAT_IN), menu, taxes).lines[0].parts) == 1


def test_an_amount_off_the_order_leaves_every_rate_its_share() -> None:
    menu = meal_menu(199, Threshold("off", text("Avslag"), kr(200), off=kr(50)))
    priced = price(order(meal_with(menu, "beer")), menu, taxes)
    assert priced.total == kr(169)
    assert total(row.gross for row in priced.tax_rows) == kr(169)
    before = price(order(meal_with(menu, "beer")), meal_menu(199), taxes)
    for after, whole in zip(priced.tax_rows, before.tax_rows, strict=True):
        assert abs(after.gross.minor - whole.gross.minor * 169 / 219) <= 1


drinks = st.sampled_from(["cola", "beer", "mug", "coffee"])
sides = st.sampled_from(["fries", "rings"])
changes = st.sets(st.sampled_from(["no-onion", "extra-bacon", "extra-cheese"])).map(sorted)
alone = st.tuples(st.sampled_from(["cola", "beer", "mug", "coffee"]), st.integers(1, 2))
modes = st.sampled_from([EAT_IN, TAKE_AWAY, None])
thresholds = st.sampled_from(
    [
        (),
        (Threshold("off", text("Avslag"), kr(150), off=Money(4_999)),),
        (Threshold("free", text("Gratis kaffe"), kr(200), free="coffee"),),
        (
            Threshold("free", text("Gratis kaffe"), kr(200), free="coffee"),
            Threshold("off", text("A"), kr(300), off=kr(31)),
        ),
    ]
)
PAIR = Bundle("pair", text("To kopper"), (BundlePart(("mug",), quantity=2),), off=Money(3_333))


@given(
    st.lists(st.tuples(drinks, sides, changes, st.integers(1, 3)), min_size=1, max_size=2),
    st.lists(alone, max_size=2),
    modes,
    thresholds,
    st.integers(110, 170),
    st.data(),
)
def test_goods_pay_the_same_tax_loose_and_as_meals(
    meals: list[tuple[str, str, list[str], int]],
    others: list[tuple[str, int]],
    mode: ServingMode | None,
    rewards: tuple[Threshold, ...],
    price_of_meal: int,
    data: st.DataObject,
) -> None:
    menu = meal_menu(price_of_meal, *rewards)
    # One drink and one side in all of them: what else there is loose could otherwise make a cheaper meal.
    drink, side = meals[0][:2]
    rows = [meal_with(menu, drink, side, *modifiers, quantity=count) for _, _, modifiers, count in meals]
    beside = [loose_line(menu, sku, count) for sku, count in others if sku == drink]
    together = price(order(*rows, *beside, mode=mode), menu, taxes)
    pieces = data.draw(st.permutations([part for row in rows for part in opened(menu, row)] + beside))
    loose = price(order(*pieces, mode=mode), menu, taxes)
    assert loose.total == together.total
    assert told(loose) == told(together)


@given(st.integers(1, 5), drinks, sides, modes)
def test_several_of_a_line_pay_as_much_tax_as_several_lines(
    count: int, drink: str, side: str, mode: ServingMode | None
) -> None:
    menu = meal_menu(199, PAIR)
    one = meal_with(menu, drink, side, "extra-bacon")
    entry: Order = order(replace(one, quantity=count), mode=mode)
    apart: Order = order(*[one] * count, mode=mode)
    assert told(price(entry, menu, taxes)) == told(price(apart, menu, taxes))


def test_a_free_coffee_inside_a_meal_is_free_as_the_loose_one_is() -> None:
    menu = meal_menu(149, Threshold("free", text("Gratis kaffe"), kr(100), free="coffee"))
    as_meal = price(order(meal_with(menu, "coffee")), menu, taxes)
    loose = price(order(*opened(menu, meal_with(menu, "coffee"))), menu, taxes)
    assert as_meal.total == loose.total < kr(149)


def test_a_choice_without_a_price_of_its_own_takes_nothing_of_the_meals_price() -> None:
    menu = meal_menu(149)
    free: MenuItem = replace(menu.items["mug"], price=Money(0))
    given_away = replace(menu, items={**menu.items, "mug": free})
    assert given_away.slots["drink"].choice("mug") == SlotChoice("mug")
    rows = price(order(meal_with(given_away, "mug")), given_away, taxes).tax_rows
    assert by_percent(rows) == [(25, kr(0)), (15, kr(149))]


def with_shots(*incentives: Threshold) -> Menu:
    """The same menu, whose coffee may have spirits or a biscuit with it."""
    shots = ModifierGroup(
        "shots",
        text("I kaffen", "In the coffee"),
        0,
        2,
        (
            Modifier("aquavit", text("Akevitt", "Aquavit"), kr(60), vat=VatClass.ALCOHOL),
            Modifier("biscuit", text("Kjeks", "Biscuit"), kr(5)),
        ),
    )
    menu = meal_menu(169, *incentives)
    items = {sku: replace(menu.items[sku], modifiers=("shots",)) for sku in ("coffee", "meal")}
    return replace(menu, items={**menu.items, **items}, groups={**menu.groups, shots.id: shots})


def taxed(menu: Menu, *rows: LineItem) -> list[tuple[int, int]]:
    """What an order that is taken away comes to at each rate, in øre."""
    priced = price(order(*rows, mode=TAKE_AWAY), menu, taxes)
    assert sum(row.gross.minor for row in priced.tax_rows) == priced.total.minor
    assert sum(row.amount.minor for row in priced.tax_rows) == priced.tax.minor
    return [(percent, gross.minor) for percent, gross in by_percent(priced.tax_rows)]


def test_a_modifier_with_a_class_of_its_own_is_taxed_at_its_own_rate() -> None:
    menu = with_shots()
    assert taxed(menu, loose_line(menu, "coffee", 2, ["aquavit", "biscuit"])) == [(25, 12_000), (15, 7_000)]
    assert taxed(menu, loose_line(menu, "coffee", 1, ["biscuit"])) == [(15, 3_500)]
    assert taxed(menu, meal_with(menu, "cola", "fries", "aquavit")) == [(25, 6_000), (15, 16_900)]


def test_a_free_coffee_does_not_make_the_spirits_in_it_free() -> None:
    menu = with_shots(Threshold("coffee-free", text("Gratis kaffe"), kr(100), free="coffee"))
    rows = (loose_line(menu, "burger"), loose_line(menu, "coffee", 1, ["aquavit"]))
    assert taxed(menu, *rows) == [(25, 6_000), (15, 11_900)]
