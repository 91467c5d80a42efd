"""The two catalogues say the same things, all that the till says, and nothing else."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pos
from pos.counter.commands import COMMANDS
from pos.domain.menu.allergens import ALLERGENS, KINDS
from pos.domain.text import LANGUAGES
from pos.practice.commands import PRACTICE
from pos.wording.compile import compiled, messages, source
from pos.wording.filling import gaps
from pos.wording.sentences import FAMILIES, LARGEST_NUMBER_WORD, label_id

PACKAGE = Path(pos.__file__).parent
ROOMS = ("cli", "ui", "plain", "practice", "office", "counter", "register", "store", "insights", "training")

SPEAKERS = {"PosError", "Refused", "BadInput", "StoreError", "DeviceError", "say", "Say", "text"}
"""What takes a message id first."""


@cache
def trees() -> list[tuple[str, ast.Module]]:
    return [
        (path.relative_to(PACKAGE.parent).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


def spoken_ids(node: ast.expr) -> Iterator[str]:
    """The ids that an argument can be; a hyphen tells an id from a key of a menu file."""
    match node:
        case ast.Constant(str(text)) if "-" in text:
            yield text
        case ast.IfExp():
            yield from spoken_ids(node.body)
            yield from spoken_ids(node.orelse)


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    return list(found_calls())


def found_calls() -> Iterator[tuple[str, str, ast.Call]]:
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args:
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in SPEAKERS:
                    for message_id in spoken_ids(node.args[0]):
                        yield f"{name}:{node.lineno}", message_id, node


SAID = {language: messages(language) for language in LANGUAGES}


def made_ids() -> Iterator[str]:
    """The ids that are put together from a family and a member."""
    for family in FAMILIES:
        yield from map(label_id, family)
    yield from (f"allergen-{name}" for name in ALLERGENS)
    yield from (f"allergen-kind-{kind}" for kinds in KINDS.values() for kind in kinds)
    yield from (f"number-{number}" for number in range(2, LARGEST_NUMBER_WORD + 1))
    for command in (*COMMANDS, *PRACTICE):
        yield f"do-{command.id}"
        yield f"help-{command.id}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shipped_is_what_is_written(language: str) -> None:
    shipped = source(language).with_suffix(".mo").read_bytes()
    assert shipped == compiled(language), "run: python -m pos.wording.compile"


def test_both_languages_say_the_same_things() -> None:
    assert SAID["nb"].keys() ^ SAID["en"].keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_written_twice_or_left_unfinished(language: str) -> None:
    text = source(language).read_text(encoding="utf-8")
    ids = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert set(ids) == SAID[language].keys()
    assert [name for name, said in SAID[language].items() if not said.strip()] == []
    assert "fuzzy" not in text
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_both_languages_fill_the_same_gaps() -> None:
    assert [name for name, said in SAID["nb"].items() if gaps(said) != gaps(SAID["en"].get(name, ""))] == []


def test_a_message_for_one_stands_beside_the_message_for_more() -> None:
    assert [name for name in SAID["nb"] if name.endswith("-one") and name.removesuffix("-one") not in SAID["nb"]] == []


def test_the_ids_in_the_code_are_found() -> None:
    found = {message_id for _, message_id, _ in calls()}
    assert {"not-an-amount", "no-time-zone", "unknown-plu", "receipt-total"} <= found


def test_whatever_the_till_says_is_in_the_catalogues() -> None:
    missing = [f"{place} {message_id}" for place, message_id, _ in calls() if message_id not in SAID["nb"]]
    assert missing == []


def test_every_made_id_is_in_the_catalogues() -> None:
    assert [message_id for message_id in made_ids() if message_id not in SAID["nb"]] == []


def test_whoever_says_something_fills_its_gaps() -> None:
    unfilled = []
    for place, message_id, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        unknown = gaps(SAID["nb"].get(message_id, "")) - given
        if unknown and None not in given:  # ** gives what cannot be read here
            unfilled.append(f"{place} {message_id}: {', '.join(sorted(unknown))}")
    assert unfilled == []


@pytest.mark.skipif(
    not all((PACKAGE / room).exists() or (PACKAGE / f"{room}.py").exists() for room in ROOMS),
    reason="a message belongs to whoever says it, and not every room is there",
)
def test_nothing_is_in_the_catalogues_that_nobody_says() -> None:
    texts: set[str] = set()
    openings: set[str] = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                openings.add(str(node.values[0].value))
    openings = {opening for opening in openings if re.fullmatch(r"[a-z-]+-", opening)} - {
        "allergen-",
        "allergen-kind-",
        "number-",
        "do-",
        "help-",
    }
    known = texts | set(made_ids())
    orphans = [
        name
        for name in SAID["nb"]
        if name.removesuffix("-one") not in known and not name.startswith(tuple(openings)) and name not in known
    ]
    assert orphans == []
