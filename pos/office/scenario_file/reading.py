"""Reads scenario files: returns the scenarios without mistakes, and the mistakes of the others."""

from __future__ import annotations

from pathlib import Path

from pos.domain.menu.menu import Menu
from pos.files import read_start
from pos.office.menu_file import Problem
from pos.office.menu_file.fields import Reader
from pos.office.menu_file.problems import Notes
from pos.office.menu_file.source import LARGEST_FILE_BYTES, decoded, located_problems, parsed, unreadable
from pos.office.scenario_file.checks import check_against_menu
from pos.office.scenario_file.fields import read_scenario
from pos.resources import shipped
from pos.training import Scenario

FORMAT = 1
MOST_SCENARIOS = 1_000


def read_scenarios(text: bytes, menu: Menu) -> tuple[tuple[Scenario, ...], list[Problem]]:
    """Read the content of a scenario file, in UTF-8, against a menu.

    Returns the scenarios without mistakes in the file's order, and every problem with its place. A scenario that needs
    what the menu does not sell is a problem and is left out.
    """
    source = decoded(text)
    if isinstance(source, Problem):
        return (), [source]
    document = parsed(source)
    if isinstance(document, Problem):
        return (), [document]
    notes = Notes()
    found = _read_all(document, menu, notes)
    sound = [scenario for place, scenario in found if notes.is_sound("scenario", place)]
    return tuple(sound), located_problems(notes, source, document) if notes.found else []


def read_scenario_file(path: Path, menu: Menu) -> tuple[tuple[Scenario, ...], list[Problem]]:
    """Read a scenario file from disk. Raises nothing, whatever the file."""
    try:
        return read_scenarios(read_start(path, LARGEST_FILE_BYTES + 1), menu)
    except (OSError, ValueError) as error:
        return (), [unreadable(error)]


def shipped_scenarios(menu: Menu) -> tuple[Scenario, ...]:
    """The scenarios that are shipped with the till and fit the menu, the easiest first."""
    found: list[Scenario] = []
    for path in sorted(shipped("scenarios").glob("*.toml")):
        found += read_scenario_file(path, menu)[0]
    return tuple(sorted(found, key=lambda scenario: scenario.level))


def _read_all(document: dict[str, object], menu: Menu, notes: Notes) -> list[tuple[int, Scenario]]:
    root = Reader(document, (), notes)
    if root.number("format", 0) != FORMAT and notes.is_sound("format"):
        root.wrong("menu-unknown-format", "format", format=str(root.raw("format"))[:40], known=FORMAT)
    found: list[tuple[int, Scenario]] = []
    places: dict[str, int] = {}
    tables = root.tables("scenario")
    if len(tables) > MOST_SCENARIOS:
        root.wrong("scenario-too-many", "scenario", count=len(tables), most=MOST_SCENARIOS)
        return []
    for place, table in enumerate(tables):
        scenario = read_scenario(table, menu)
        table.close()
        if scenario.id in places:
            table.wrong("menu-doubled", "id", text=scenario.id, other=f"scenario {places[scenario.id] + 1}")
        places.setdefault(scenario.id, place)
        check_against_menu(scenario, table, menu)
        found.append((place, scenario))
    root.close()
    return found
