"""Nothing is scored that was not said: a reader of the transcript alone does well with every customer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pos.training import Scenario, generate
from tests.practice.rigs import Rig, a_rig, serve
from tests.reader.player import ReaderAtTheTill, Seat
from tests.training.shop import menu, scenarios

LEAST = 95


def a_seat(rig: Rig) -> Seat:
    """Where the reader sits: the screen, and the customer's words in the language that they speak."""
    counter = rig.counter

    def heard() -> list[str]:
        visit = rig.sitting.visit
        language = visit.scenario.language or counter.language
        return [words.in_language(language) for _, words in visit.spoken()]

    def press(key: str) -> None:
        rig.think(0.35)
        counter.press(key)
        rig.think(0.1)
        counter.settle()

    return Seat(counter, heard, press, rig.think, lambda: rig.sitting.result is not None)


def read(rig: Rig, scenario: Scenario, language: str) -> tuple[int, list[str]]:
    """What a reader of the transcript comes to with a customer, and what was lost."""
    rig.counter.language = rig.counter.register.language = language
    rig.room.only = scenario
    rig.next_customer()
    ReaderAtTheTill(a_seat(rig)).serve()
    result = rig.sitting.result
    assert result is not None
    lost = [f"{line.message_id} {line.earned:.0f}/{line.worth:.0f}" for line in result.lines if line.lost > 0]
    return result.total, lost


def poor_reading(folder: Path, entries: Iterable[tuple[Scenario, str]]) -> dict[str, object]:
    """The customers with whom the reader comes to less than 95, and what was lost."""
    rig = a_rig(folder)
    found: dict[str, object] = {}
    for entry, language in entries:
        total, lost = read(rig, entry, language)
        if total < LEAST:
            found[f"{entry.id} {language}"] = (total, lost)
    return found


def poor_serving(folder: Path, entries: Iterable[Scenario]) -> dict[str, object]:
    """The customers with whom somebody who knows their wishes comes to less than 100."""
    rig = a_rig(folder)
    found: dict[str, object] = {}
    for entry in entries:
        rig.room.only = entry
        rig.next_customer()
        serve(rig)
        result = rig.sitting.result
        assert result is not None
        assert sum(line.earned for line in result.lines) == result.total
        if result.total < 100:
            found[entry.id] = [f"{line.message_id} {line.lost:.0f}" for line in result.lines if line.lost > 0]
    return found


def made(numbers: Iterable[int]) -> Iterator[Scenario]:
    """Generated customers of every level."""
    return (generate(menu(), number, 1 + number % 5) for number in numbers)


def test_a_reader_of_the_transcript_gets_95(folder: Path) -> None:
    """Every fourth written customer and some generated ones; all of them in both languages under soak."""
    written = [(entry, ("nb", "en")[place % 2]) for place, entry in enumerate(scenarios()[::4])]
    some = [(entry, ("nb", "en")[place % 2]) for place, entry in enumerate(made(range(600, 606)))]
    assert poor_reading(folder, [*written, *some]) == {}


def test_whoever_knows_the_wishes_gets_100_with_generated_customers(folder: Path) -> None:
    assert poor_serving(folder, made(range(900, 910))) == {}


@pytest.mark.soak
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("turn", range(3))
def test_a_reader_gets_95_with_everybody_however_they_are_drawn(folder: Path, language: str, turn: int) -> None:
    """The seed of a customer is how many came before: each turn begins with another number of them."""
    before = [(scenarios()[0], language)] * turn
    assert poor_reading(folder, [*before, *((entry, language) for entry in scenarios())]) == {}
    assert poor_reading(folder, [(entry, language) for entry in made(range(300 * turn, 300 * turn + 200))]) == {}


@pytest.mark.soak
def test_whoever_knows_the_wishes_gets_100_with_everybody(folder: Path) -> None:
    assert poor_serving(folder, [*scenarios(), *made(range(200))]) == {}


def test_the_reader_knows_nothing_of_the_customers() -> None:
    for path in (Path(__file__).parent.parent / "reader").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "pos.training" not in text
        assert "pos.practice" not in text
