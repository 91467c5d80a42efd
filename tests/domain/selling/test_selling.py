"""What sells: one check of an item, what is in a meal, its modifiers, the hours and the country's law."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from pos.country import norway
from pos.domain.menu.items import Modifier, ModifierGroup, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.menu.unsold import Unsold
from pos.domain.moment import Moment
from pos.domain.order.order import add_line, put_line
from pos.domain.selling.selling import age_limits, newly_unsold, obstacles
from tests.builders import (
    BREAKFAST,
    EAT_IN,
    MENU,
    NOW,
    TAKE_AWAY,
    beer,
    burger,
    cola,
    having,
    kr,
    line,
    meal,
    moment,
    order,
    shake,
    text,
    times,
)


def whys(row: object, at: Moment, mode: object = None) -> list[Unsold]:
    """Why a line does not sell."""
    return [entry.why for entry in obstacles(row, mode, at)]  # type: ignore[arg-type]  # for short tests


def test_what_is_to_be_had_sells() -> None:
    assert whys(meal, moment()) == []


@pytest.mark.parametrize("gone", ["cheeseburger-meal-m", "cheeseburger", "fries-m", "cola-m"])
def test_a_meal_does_not_sell_without_any_of_its_parts(gone: str) -> None:
    assert whys(meal, moment(sold_out=[gone])) == [Unsold.SOLD_OUT]


def test_a_modifier_that_is_sold_out_keeps_its_line_from_being_sold() -> None:
    at = replace(moment(), modifiers_out=frozenset({"extra-bacon", "vanilla"}))
    assert whys(having(burger, "extra-bacon"), at) == [Unsold.SOLD_OUT]
    assert whys(shake, at) == [Unsold.SOLD_OUT]
    assert whys(burger, at) == []


def test_a_filling_out_of_its_hours_keeps_the_meal_from_being_sold() -> None:
    menu = replace(MENU, items={**MENU.items, "cola-m": replace(MENU.items["cola-m"], dayparts=("breakfast",))})
    late = BREAKFAST.replace(hour=10, minute=30)
    assert whys(meal, moment(late.replace(minute=29), menu=menu)) == []
    assert whys(meal, moment(late, menu=menu)) == [Unsold.HOURS]
    assert "cola-m" not in moment(late, menu=menu).slot_choices(menu.slots["drink-m"])


def test_what_the_menu_has_no_more_does_not_sell() -> None:
    retired = replace(MENU, items={**MENU.items, "cola-m": replace(MENU.items["cola-m"], retired=True)})
    assert whys(cola, moment(menu=retired)) == [Unsold.GONE]
    assert whys(meal, moment(menu=retired)) == [Unsold.GONE]
    gone = replace(MENU, items={sku: item for sku, item in MENU.items.items() if sku != "bag"})
    assert whys(line("bag"), moment(menu=gone)) == [Unsold.GONE]


def at_law(now: datetime = NOW) -> Moment:
    return replace(moment(now), rule=norway().why_unsold)


def test_alcohol_is_not_sold_to_take_away_in_norway() -> None:
    assert MENU.items["beer-m"].vat is VatClass.ALCOHOL
    assert whys(beer, at_law(), TAKE_AWAY) == [Unsold.NOT_TAKEN_AWAY]
    assert whys(beer, at_law(), EAT_IN) == []
    assert whys(meal.filled("drink-m", "beer-m"), at_law(), TAKE_AWAY) == [Unsold.NOT_TAKEN_AWAY]


@pytest.mark.parametrize(("hour", "minute", "sold"), [(2, 59, True), (3, 0, False), (5, 59, False), (6, 0, True)])
def test_alcohol_is_not_served_at_night_in_norway(hour: int, minute: int, sold: bool) -> None:
    menu = replace(MENU, items={**MENU.items, "beer-m": replace(MENU.items["beer-m"], dayparts=())})
    at = replace(moment(NOW.replace(hour=hour, minute=minute), menu=menu), rule=norway().why_unsold)
    assert whys(beer, at, EAT_IN) == ([] if sold else [Unsold.HOURS])


def with_aquavit() -> Menu:
    """A menu whose latte may have a shot of aquavit in it."""
    shot = Modifier("aquavit", text("Med akevitt", "With aquavit"), kr(60), vat=VatClass.ALCOHOL)
    group = ModifierGroup("shots", text("I kaffen", "In the coffee"), 0, 1, (shot,))
    items = {**MENU.items, "latte": replace(MENU.items["latte"], modifiers=("shots",))}
    return replace(MENU, items=items, groups={**MENU.groups, group.id: group})


def test_a_modifier_that_is_alcohol_is_refused_as_alcohol_is() -> None:
    menu = with_aquavit()
    at = replace(moment(menu=menu), rule=norway().why_unsold)
    row = having(line("latte", menu=menu), "aquavit")
    assert whys(row, at, EAT_IN) == []
    assert whys(row, at, TAKE_AWAY) == [Unsold.NOT_TAKEN_AWAY]
    night = replace(at, now=NOW.replace(hour=3))
    assert whys(row, night, EAT_IN) == [Unsold.HOURS]
    assert night.can_choose(menu.groups["shots"]).modifiers == ()
    assert age_limits(order(row), menu, norway().age_limit) == {18: 1}
    assert menu.groups["shots"].for_anybody().modifiers == ()


def test_an_act_may_not_add_what_cannot_be_sold_but_may_change_the_rest() -> None:
    before = order(meal, cola)
    at = moment(sold_out=["fries-m"])
    row = before.lines[0]
    assert newly_unsold(before, put_line(before, replace(row, quantity=2)), at) is not None
    assert newly_unsold(before, put_line(before, row.filled("drink-m", "fanta-m")), at) is None
    assert newly_unsold(before, put_line(before, replace(row, modifiers=("no-onion",))), at) is None
    assert newly_unsold(before, put_line(before, row.filled("side-m", "nuggets-4")), at) is None
    assert newly_unsold(before, add_line(before, times(2, meal)), at) is not None
