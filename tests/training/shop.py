"""The shop that ships with the till, and a moment in it, for practice without a screen."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from pos.country import norway
from pos.domain.menu.items import Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.moment import Moment
from pos.office.menu_file import MenuBook, read_menu
from pos.office.scenario_file import shipped_scenarios
from pos.resources import shipped
from pos.training import Scenario
from tests.builders import OSLO, pairings_of

DAY = datetime(2026, 11, 23, tzinfo=OSLO)


@cache
def book() -> MenuBook:
    """The menu and the pairings that ship with the till."""
    found, problems = read_menu(shipped("menu.toml"), norway())
    assert found is not None, problems
    return found


def menu() -> Menu:
    """The menu alone."""
    return book().menu


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Every scenario that ships with the till."""
    return shipped_scenarios(menu())


def scenario(name: str) -> Scenario:
    """The one of that id."""
    return next(entry for entry in scenarios() if entry.id == name)


def moment_of(entry: Scenario) -> Moment:
    """The shop at a scenario's time of day, with what is sold out in it."""
    now = DAY.replace(hour=entry.at.hour, minute=entry.at.minute)
    return Moment(menu(), norway().taxes(now.date()), now, entry.sold_out, pairings_by_sku(), {}, entry.rush)


@cache
def pairings_by_sku() -> dict[Sku, tuple[Pairing, ...]]:
    """What each item calls for."""
    return pairings_of(menu(), book().pairings)
