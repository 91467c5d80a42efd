"""Rule 7: no question asks for more than the list difference between what a customer would have and what they have."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.asking.differences import difference, is_fair
from pos.domain.asking.offers import MOST_OF_AN_OFFER, propose, still_eligible, why_nothing
from pos.domain.asking.upgrades import accept
from pos.domain.menu.incentives import Bundle, BundlePart, Incentive, Threshold
from pos.domain.menu.items import Meal, MenuItem, ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import UpgradePath
from pos.domain.moment import Moment
from pos.domain.money import ZERO, Money
from pos.domain.order.order import LineItem, Order, new_line
from pos.domain.order.questions import Offer, OfferKind, Question
from pos.domain.pricing.price import unit_price
from tests.builders import (
    CHANGES,
    CROSS_SELL,
    EAT_IN,
    TAKE_AWAY,
    UPSELL,
    card,
    item,
    kr,
    ladder,
    menu_of,
    moment,
    no_draws,
    order,
    pairing,
    sizes,
    slot,
    text,
)


def burger_menu(
    *incentives: Incentive,
    medium: int = 119,
    large: int = 134,
    paths: tuple[UpgradePath, ...] | None = None,
    supplement: int = 12,
) -> Menu:
    """Burger, fries and cola, loose and as meals of two sizes."""
    meals: list[MenuItem] = [
        replace(
            item(f"meal-{size}", "meals", price, 40),
            family="meal",
            size=text(size),
            modifiers=("burger-changes",),
            meal=Meal("burger", (f"side-{size}", f"drink-{size}")),
        )
        for size, price in (("m", medium), ("l", large))
    ]
    goods = [
        replace(item("burger", "burgers", 79, 24), modifiers=("burger-changes",)),
        item("double", "burgers", 109, 30),
        *sizes("fries", "sides", {"m": 35, "l": 44}, 9, card()),
        *sizes("cola", "drinks", {"m": 35, "l": 41}, 4, card()),
        *sizes("coffee", "coffee", {"s": 29, "m": 34}, 4, card()),
        item("rings", "sides", 41, 9),
        item("muffin", "treats", 32, 9),
    ]
    slots = [
        slot("side-m", "fries-m", default="fries-m", dearer={"rings": supplement}),
        slot("drink-m", "cola-m", "coffee-m", default="cola-m"),
        slot("side-l", "fries-l", default="fries-l", dearer={"rings": supplement + 3}),
        slot("drink-l", "cola-l", "coffee-m", default="cola-l"),
    ]
    all_paths = paths or (
        ladder("burger", "burger", "meal-m", "meal-l"),
        ladder("double", "burger", "double"),
        ladder("fries", "fries-m", "fries-l"),
        ladder("cola", "cola-m", "cola-l"),
        ladder("coffee", "coffee-s", "coffee-m"),
        ladder("bacon", "*burgers", "+extra-bacon"),
    )
    return menu_of([*meals, *goods], slots=slots, groups=[CHANGES], paths=all_paths, incentives=incentives)


PAIRINGS = [
    pairing("anything", "coffee-s"),
    pairing("anything", "muffin"),
    pairing("*burgers", "cola-m"),
    pairing("*sides", "double"),
]


def rung(menu: Menu, *skus: str, mode: ServingMode | None = TAKE_AWAY) -> Order:
    return order(*[replace(new_line(menu, menu.items[sku]), size_said=False) for sku in skus], mode=mode)


def question(entry: Order, kind: OfferKind, at: Moment) -> Question | None:
    found = propose(entry, kind, at, no_draws)
    return found if isinstance(found, Question) else None


def offered(entry: Order, menu: Menu, kind: OfferKind = UPSELL) -> list[str]:
    found = question(entry, kind, moment(menu=menu, pairings=PAIRINGS))
    return [] if found is None else [offer.sku or offer.modifier or "" for offer in found.candidates]


def list_difference(entry: Order, offer: Offer, count: int, at: Moment) -> Money:
    """By the menu board: the lines after a yes less the lines before it. Loose things that a large meal takes up count
    as the medium meal that the till prices them as."""
    menu, mode = at.menu, entry.serving_mode
    after = accept(entry, offer, count, at)

    def listed(these: Order) -> int:
        return sum(unit_price(menu, line, mode).minor * line.quantity for line in these.lines)

    plain = listed(after) - listed(entry)
    if offer.kind is UPSELL and offer.sku is not None and menu.items[offer.sku].meal is not None:
        taken = sum(line.quantity for line in entry.lines) - sum(line.quantity for line in after.lines)
        if taken:
            board = replace(menu, incentives={})
            return at_board(after, board, at) - at_board(entry, board, at)
    return Money(plain)


def at_board(entry: Order, board: Menu, at: Moment) -> Money:
    """What an order costs where only meals make loose things cheaper."""
    return replace(at, menu=board).price(entry).total


# the case


def test_loose_things_that_cost_what_the_meal_costs_are_asked_large_meal() -> None:
    menu = burger_menu()
    entry = rung(menu, "burger", "fries-m", "cola-m")
    at = moment(menu=menu, pairings=PAIRINGS)
    found = question(entry, UPSELL, at)
    assert found is not None
    assert "fries-l" not in offered(entry, menu)
    assert "cola-l" not in offered(entry, menu)
    (large,) = [offer for offer in found.candidates if offer.sku == "meal-l"]
    assert difference(entry, large, 1, at).more == kr(15)
    after = accept(entry, large, 1, at)
    assert [line.sku for line in after.lines] == ["meal-l"]


def test_the_cover_is_stepped_up_though_no_path_leads_from_the_burger_to_the_meal() -> None:
    paths = (ladder("sizes", "meal-m", "meal-l"), ladder("fries", "fries-m", "fries-l"))
    menu = burger_menu(paths=paths)
    entry = rung(menu, "burger", "fries-m", "cola-m")
    assert offered(entry, menu) == ["meal-l"]


def test_loose_things_whose_sizes_were_said_are_asked_nothing_that_breaks_the_meal() -> None:
    menu = burger_menu(paths=(ladder("sizes", "meal-m", "meal-l"), ladder("fries", "fries-m", "fries-l")))
    lines = [replace(row, size_said=True) for row in rung(menu, "burger", "fries-m", "cola-m").lines]
    assert offered(replace(order(*lines)), menu) == []


def test_two_burgers_that_cost_less_together_are_not_asked_to_become_one_meal() -> None:
    pair = Bundle("pair", text("To burgere"), (BundlePart(("burger",), quantity=2),), price=kr(119))
    menu = burger_menu(pair)
    assert "meal-m" not in offered(rung(menu, "burger", "burger"), menu)
    assert "meal-m" in offered(rung(menu, "burger", "burger"), burger_menu())


def test_a_free_coffee_is_not_asked_to_become_a_larger_one_that_is_paid() -> None:
    menu = burger_menu(Threshold("free", text("Gratis kaffe"), kr(100), free="coffee-s"))
    assert "coffee-m" not in offered(rung(menu, "double", "coffee-s"), menu)
    assert "coffee-m" in offered(rung(menu, "coffee-s"), menu)


def test_a_bundle_that_would_lose_the_order_its_threshold_is_not_asked_for() -> None:
    pair = Bundle("pair", text("Kaffe og muffin"), (BundlePart(("coffee-m",)), BundlePart(("muffin",))), price=kr(20))
    menu = burger_menu(pair, Threshold("off", text("Avslag"), kr(140), off=kr(60)))
    assert "muffin" not in offered(rung(menu, "double", "coffee-m"), menu, CROSS_SELL)
    assert "muffin" in offered(rung(menu, "double", "coffee-m"), burger_menu(pair), CROSS_SELL)


def test_a_rung_meal_is_asked_large_with_its_supplement() -> None:
    menu = burger_menu()
    row = new_line(menu, menu.items["meal-m"]).filled("side-m", "rings")
    entry, at = order(row), moment(menu=menu, pairings=PAIRINGS)
    found = question(entry, UPSELL, at)
    assert found is not None
    (large,) = [offer for offer in found.candidates if offer.sku == "meal-l"]
    assert difference(entry, large, 1, at).more == kr(15 + 3)


# any menu, any order


SKUS = ("burger", "double", "fries-m", "fries-l", "cola-m", "cola-l", "coffee-s", "coffee-m", "muffin", "rings")
parts = st.builds(
    BundlePart,
    st.lists(st.sampled_from(SKUS), min_size=1, max_size=2, unique=True).map(tuple),
    quantity=st.integers(1, 2),
)
bundles = st.builds(
    lambda number, made, off: Bundle(f"bundle-{number}", text("Pakke"), tuple(made), off=Money(off * 100)),
    st.integers(0, 99),
    st.lists(parts, min_size=1, max_size=3),
    st.integers(1, 60),
)
thresholds = st.builds(
    lambda number, least, free, off: Threshold(
        f"threshold-{number}", text("Terskel"), kr(least), free=free, off=None if free else kr(off)
    ),
    st.integers(0, 99),
    st.integers(20, 400),
    st.sampled_from([None, "coffee-s", "muffin", "cola-m"]),
    st.integers(1, 90),
)
path_sets = st.sampled_from(
    [
        None,
        (
            ladder("sizes", "meal-m", "meal-l"),
            ladder("fries", "fries-m", "fries-l"),
            ladder("cola", "cola-m", "cola-l"),
        ),
        (ladder("burger", "burger", "double", "meal-l"), ladder("coffee", "coffee-s", "coffee-m")),
        (ladder("meal", "burger", "meal-l"), ladder("fries", "fries-m", "rings", "fries-l")),
    ]
)


@st.composite
def menus(draw: st.DrawFn) -> Menu:
    incentives = {one.id: one for one in draw(st.lists(bundles | thresholds, max_size=4))}
    medium = draw(st.integers(80, 150))
    return burger_menu(
        *incentives.values(),
        medium=medium,
        large=medium + draw(st.integers(0, 30)),
        paths=draw(path_sets),
        supplement=draw(st.integers(0, 20)),
    )


@st.composite
def orders(draw: st.DrawFn, menu: Menu) -> Order:
    rows: list[LineItem] = []
    for sku in draw(st.lists(st.sampled_from(("meal-m", *SKUS)), min_size=1, max_size=6)):
        row = new_line(menu, menu.items[sku], draw(st.integers(1, 3)))
        if sku in ("meal-m", "burger") and draw(st.booleans()):
            row = replace(row, modifiers=("extra-bacon",))
        if sku == "meal-m" and draw(st.booleans()):
            row = row.filled("side-m", "rings")
        rows.append(row)
    return order(*rows, mode=draw(st.sampled_from([EAT_IN, TAKE_AWAY])))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
@pytest.mark.parametrize("kind", OfferKind)
def test_no_question_asks_for_more_than_the_list_difference(kind: OfferKind, data: st.DataObject) -> None:
    menu = data.draw(menus())
    entry = data.draw(orders(menu))
    at = moment(menu=menu, pairings=PAIRINGS)
    found = question(entry, kind, at)
    for offer in [] if found is None else found.candidates:
        more_of_it = data.draw(st.integers(4, MOST_OF_AN_OFFER))
        for count in range(1, offer.units + 1) if kind is UPSELL else (1, 2, 3, more_of_it):
            if kind is UPSELL or count <= 3:
                assert is_fair(entry, offer, count, at)
            if is_fair(entry, offer, count, at):
                more = difference(entry, offer, count, at).more
                assert more <= max(list_difference(entry, offer, count, at), ZERO), offer


@given(st.data())
def test_what_is_offered_may_still_be_offered(data: st.DataObject) -> None:
    """A question that was just made is not withdrawn, nor is its reason another: both look at the same."""
    menu = data.draw(menus())
    entry = data.draw(orders(menu))
    at = moment(menu=menu, pairings=PAIRINGS)
    for kind in OfferKind:
        found = question(entry, kind, at)
        assert (why_nothing(entry, kind, at) is None) == (found is not None)
        if found is not None:
            assert still_eligible(found, entry, at) == found.candidates
