"""Scenario files: the shipped ones are whole, and every mistake of a trainer's own is told with its place."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.country import norway
from pos.domain.menu.allergens import ALLERGENS
from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.order import TenderKind
from pos.domain.order.questions import OfferKind, Reason
from pos.domain.text import LANGUAGES
from pos.office.menu_file import Problem, read_menu
from pos.office.scenario_file import read_scenario_file, read_scenarios, shipped_scenarios
from pos.resources import shipped
from pos.training import LEVELS, Mood, QueryKind, Scenario, Skill, lost_names
from pos.wording import wording
from tests.builders import MENU

FILES = sorted(shipped("scenarios").glob("*.toml"))
NOTHING_BUT = {Skill.PUTTING_RIGHT}
"""What no scenario can teach by itself: it takes a mistake first."""

WHOLE = """
format = 1

[[scenario]]
id = "anna"
level = 3
title = { nb = "Anna", en = "Anna" }
lesson = { nb = "Hør etter.", en = "Listen." }
skills = ["ask-meal", "slots"]
says = [
  { nb = "Hei!", en = "Hi!" },
  { nb = "Er det melk i den?", en = "Is there milk in it?", about = "cheeseburger", allergen = "milk" },
  { nb = "Hva koster en shake?", en = "How much is a shake?", price = "shake-m" },
  { nb = "To medium uten løk. Nøtteallergi. FANTA.", en = "Two medium, no onion. A nut allergy. FANTA." },
  { nb = "Hva er billigst?", en = "What's cheapest?", cheapest = "sides" },
]
wants = [
{sku = "cheeseburger-meal-m", quantity = 2, size_said = true, modifiers = ["no-onion"], slots = {drink-m = "fanta-m"}},
  { sku = "shake-m", modifiers = ["vanilla"] },
]
serving = "eat_in"
allergies = ["nuts"]
coupon = "FANTA"
language = "en"
mood = "warm"
rest = "left_alone"
at = "13:05"
rush = true
sold_out = ["brownie"]
accepts = [
  { offer = "shake-m", chance = 40, choice = "chocolate", instead = "juice", nb = "Ja!", en = "Yes!" },
  { question = 1, chance = 0 },
]
pays = [
  { with = "cash", part = 50.00, hands = 50.00 },
  { with = "card", declined = true },
  { with = "mobile" },
]
[scenario.late]
nb = "En ting til."
en = "One more thing."
without = ["shake-m"]
wants = [{ sku = "juice" }]
"""


@pytest.fixture(scope="module")
def menu() -> Menu:
    book, problems = read_menu(shipped("menu.toml"), norway())
    assert book is not None, problems
    return book.menu


def read_one(text: str) -> Scenario:
    scenarios, problems = read_scenarios(text.encode(), MENU)
    assert problems == []
    return scenarios[0]


def told(old: str, new: str) -> list[Problem]:
    """What is told of the whole file with one thing in it replaced."""
    assert old in WHOLE
    return read_scenarios(WHOLE.replace(old, new, 1).encode(), MENU)[1]


# what ships


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shipped_file_is_whole(path: Path, menu: Menu) -> None:
    scenarios, problems = read_scenario_file(path, menu)
    assert problems == []
    assert scenarios


def test_there_are_at_least_forty_from_the_first_day_to_rush_hour(menu: Menu) -> None:
    scenarios = shipped_scenarios(menu)
    assert len(scenarios) >= 40
    assert {entry.level for entry in scenarios} == set(LEVELS)
    assert [entry.level for entry in scenarios] == sorted(entry.level for entry in scenarios)
    assert len({entry.id for entry in scenarios}) == len(scenarios)


def test_together_they_teach_every_skill(menu: Menu) -> None:
    taught = {skill for entry in shipped_scenarios(menu) for skill in entry.skills}
    assert set(Skill) - taught == NOTHING_BUT


def test_everybody_a_trainer_thinks_of_comes_to_the_counter(menu: Menu) -> None:
    entries = shipped_scenarios(menu)
    assert {entry.rest for entry in entries} >= {Reason.CHILD, Reason.LEFT_ALONE, Reason.STAFF}
    assert {entry.mood for entry in entries} == set(Mood)
    kinds = {said.query.kind for entry in entries for said in entry.says if said.query}
    assert kinds == set(QueryKind)
    assert {payment.kind for entry in entries for payment in entry.payments} == set(TenderKind)
    assert any(payment.declined for entry in entries for payment in entry.payments)
    for name in ("late", "allergens", "codes", "sold_out", "rush", "language"):
        assert any(getattr(entry, name) for entry in entries), name
    assert all(entry.lesson.nb and entry.lesson.en for entry in entries)


def test_a_menu_that_has_lost_an_item_only_loses_its_scenarios(menu: Menu) -> None:
    gone = "night-box"
    smaller = replace(menu, items={sku: item for sku, item in menu.items.items() if sku != gone})
    left = shipped_scenarios(smaller)
    lost = {entry.id for entry in shipped_scenarios(menu)} - {entry.id for entry in left}
    assert lost == {"paying-separately"}
    whole = next(entry for entry in shipped_scenarios(menu) if entry.id in lost)
    assert lost_names(whole, smaller) == (gone,)


# reading


def test_everything_that_can_be_written_is_read() -> None:
    entry = read_one(WHOLE)
    first, second = entry.wants
    assert (first.quantity, first.size_said, first.modifiers) == (2, True, ("no-onion",))
    assert first.fillings == (("drink-m", "fanta-m"),)
    assert second.modifiers == ("vanilla",)
    assert [said.query.kind for said in entry.says if said.query] == ["allergen", "price", "cheapest"]
    assert (entry.serving_mode, entry.allergens, entry.codes) == (ServingMode.EAT_IN, {"nuts"}, ("FANTA",))
    assert (entry.language, entry.mood, entry.rest) == ("en", Mood.WARM, Reason.LEFT_ALONE)
    assert (entry.at.hour, entry.rush, entry.sold_out) == (13, True, {"brownie"})
    assert (entry.tastes[0].choice, entry.tastes[0].instead, entry.tastes[1].kind) == (
        "chocolate",
        "juice",
        OfferKind.UPSELL,
    )
    assert [payment.declined for payment in entry.payments] == [False, True, False]
    assert entry.payments[0].hands == Money.of(50)
    assert entry.late is not None
    assert entry.late.without == ("shake-m",)


@pytest.mark.parametrize(
    ("old", "new", "message_id", "place"),
    [
        ("format = 1", "format = 7", "menu-unknown-format", "format"),
        ('id = "anna"', 'id = "Anna B"', "menu-bad-id", "scenario 1: id"),
        ("level = 3", "level = 9", "menu-number-out-of-range", "scenario anna: level"),
        ('"ask-meal", "slots"', '"ask-meal", "charm"', "scenario-unknown-word", "scenario anna: skills 2"),
        ('["ask-meal", "slots"]', "[]", "scenario-teaches-nothing", "scenario anna: skills"),
        ('en = "Hi!"', 'fr = "Salut !"', "menu-missing", "scenario anna: says 1, en"),
        ('nb = "Hei!"', 'nb = "\\u001b[31m"', "menu-unsafe-text", "scenario anna: says 1, nb"),
        ('allergen = "milk"', 'allergen = "love"', "menu-unknown-allergen", "scenario anna: says 2, allergen"),
        ('cheapest = "sides"', 'cheapest = "cars"', "menu-unknown-category", "scenario anna: says 5, cheapest"),
        ('price = "shake-m"', 'price = "shape"', "menu-unknown-item", "scenario anna: says 3, price"),
        ('sku = "shake-m"', 'sku = "shape"', "menu-unknown-item", "scenario anna: wants 2, sku"),
        ("quantity = 2", "quantity = 0", "menu-number-out-of-range", "scenario anna: wants 1, quantity"),
        ('"no-onion"', '"vanilla"', "menu-modifier-not-taken", "scenario anna: wants 1, modifiers 1"),
        ('["vanilla"]', "[]", "scenario-open-choice", "scenario anna: wants 2"),
        ('drink-m = "fanta-m"', 'drink-x = "fanta-m"', "menu-unknown-key", "scenario anna: wants 1, slots, drink-x"),
        ('drink-m = "fanta-m"', 'drink-m = "brownie"', "menu-unknown-item", "scenario anna: wants 1, slots, drink-m"),
        (
            'wants = [{ sku = "juice" }]',
            'wants = [{ sku = "kids-meal" }]',
            "scenario-open-slot",
            "scenario anna: late, wants 1",
        ),
        (
            '{ sku = "juice" }',
            '{ sku = "juice", size_said = true }',
            "scenario-no-sizes",
            "scenario anna: late, wants 1, size_said",
        ),
        (
            'wants = [{ sku = "juice" }]',
            'wants = [{ sku = "egg-roll" }]',
            "not-at-this-hour",
            "scenario anna: late, wants 1, sku",
        ),
        ('sold_out = ["brownie"]', 'sold_out = ["shake-m"]', "sold-out-item", "scenario anna: wants 2, sku"),
        ('serving = "eat_in"', 'serving = "outside"', "scenario-unknown-word", "scenario anna: serving"),
        ('mood = "warm"', 'mood = "sad"', "scenario-unknown-word", "scenario anna: mood"),
        ('rest = "left_alone"', 'rest = "control"', "scenario-unknown-word", "scenario anna: rest"),
        ('language = "en"', 'language = "fr"', "scenario-unknown-word", "scenario anna: language"),
        ('coupon = "FANTA"', 'coupon = "FANTASY"', "coupon-unknown", "scenario anna: coupon"),
        ('at = "13:05"', 'at = "25:05"', "menu-bad-time", "scenario anna: at"),
        ("chance = 40", "chance = 140", "menu-number-out-of-range", "scenario anna: accepts 1, chance"),
        ('offer = "shake-m"', 'offer = "shape"', "menu-unknown-item", "scenario anna: accepts 1, offer"),
        ('choice = "chocolate"', 'choice = "mint"', "menu-unknown-modifier", "scenario anna: accepts 1, choice"),
        ('with = "mobile"', 'with = "gold"', "scenario-unknown-word", "scenario anna: pays 3, with"),
        (
            'with = "mobile"',
            'with = "mobile", hands = 5.00',
            "scenario-hands-cash-only",
            "scenario anna: pays 3, hands",
        ),
        (
            "hands = 50.00",
            "hands = 50.00, declined = true",
            "scenario-cash-declined",
            "scenario anna: pays 1, declined",
        ),
        ("part = 50.00", "part = 50.50", "scenario-whole-kroner", "scenario anna: pays 1, part"),
        (
            'without = ["shake-m"]\nwants = [{ sku = "juice" }]',
            "",
            "scenario-wish-changes-nothing",
            "scenario anna: late",
        ),
        ("rush = true", "rash = true", "menu-unknown-key", "scenario anna: rash"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_its_line(old: str, new: str, message_id: str, place: str) -> None:
    found = [problem for problem in told(old, new) if problem.message_id == message_id]
    assert [problem.place for problem in found] == [place]
    assert all(problem.line is not None for problem in found)
    for language in LANGUAGES:
        sentence = wording(language).text(message_id, **found[0].values)
        assert not sentence.startswith(message_id)
        assert "{" not in sentence


def test_every_mistake_is_told_at_once_and_what_is_whole_is_kept() -> None:
    second = WHOLE.partition("[[scenario]]")[2].replace('id = "anna"', 'id = "bo"').replace("level = 3", "level = 0")
    text = WHOLE + "\n[[scenario]]" + second.replace('mood = "warm"', 'mood = "sad"')
    scenarios, problems = read_scenarios(text.encode(), MENU)
    assert [entry.id for entry in scenarios] == ["anna"]
    assert {problem.message_id for problem in problems} == {"menu-number-out-of-range", "scenario-unknown-word"}


def test_two_scenarios_do_not_share_a_name() -> None:
    _, problems = read_scenarios((WHOLE + "\n[[scenario]]" + WHOLE.partition("[[scenario]]")[2]).encode(), MENU)
    assert [problem.message_id for problem in problems] == ["menu-doubled"]


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    assert read_scenario_file(tmp_path / "gone.toml", MENU)[1][0].message_id == "menu-file-missing"
    assert read_scenarios(b"\xff\xfe", MENU)[1][0].message_id == "menu-not-utf8"
    assert read_scenarios(b"[[scenario", MENU)[1][0].message_id == "menu-syntax"
    assert read_scenarios(b"format = 1", MENU)[1][0].message_id == "menu-missing"


def pieces() -> Iterator[str]:
    yield from ("[[scenario]]", "[scenario.late]", "id", "level", "=", "1", '"x"', "{", "}", "[", "]", "says", "wants")
    yield from ("pays", "late", "nb", "en", "\n", ",", "true", "slots", "accepts", "allergies", "at", "0x1", "1e400")


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(list(pieces())), max_size=40))
def test_nothing_that_is_written_makes_the_reader_fall_over(parts: list[str]) -> None:
    scenarios, problems = read_scenarios(" ".join(parts).encode(), MENU)
    assert problems
    assert scenarios == ()


def test_allergens_are_named_without_their_kind() -> None:
    assert "gluten" in ALLERGENS
    problems = told('allergies = ["nuts"]', 'allergies = ["nuts:almond"]')
    assert [problem.message_id for problem in problems] == ["menu-unknown-allergen"]


def test_the_example_in_the_documentation_is_a_whole_file(menu: Menu) -> None:
    page = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].partition("```")[0]
    scenarios, problems = read_scenarios(example.encode(), menu)
    assert problems == []
    assert len(scenarios) == 1
    assert all(f"`{skill}`" in page for skill in Skill)


def test_what_is_wanted_and_never_said_is_a_mistake_in_either_language(menu: Menu) -> None:
    text = (shipped("scenarios") / "2-first-week.toml").read_text(encoding="utf-8")
    silent = text.replace("A cheeseburger with no onion.", "A cheeseburger.")
    assert silent != text
    found, problems = read_scenarios(silent.encode(), menu)
    assert [(problem.message_id, problem.values) for problem in problems] == [
        ("scenario-never-said", {"name": "No onion", "language": "en"})
    ]
    assert "onion-off" not in [entry.id for entry in found]


@pytest.mark.parametrize(
    ("file", "old", "new", "values"),
    [
        ("1-first-day", "En medium bacon", "En bacon", {"name": "medium", "language": "nb"}),
        ("1-first-day", "A medium bacon", "A bacon", {"name": "medium", "language": "en"}),
        ("3-first-month", "mot nøtter", "mot noe", {"name": "nøtter", "language": "nb"}),
        ("3-first-month", "allergic to nuts", "allergic", {"name": "nuts", "language": "en"}),
    ],
)
def test_a_size_or_an_allergy_that_nobody_can_hear_is_a_mistake(
    menu: Menu, file: str, old: str, new: str, values: dict[str, str]
) -> None:
    text = (shipped("scenarios") / f"{file}.toml").read_text(encoding="utf-8")
    assert old in text
    _, problems = read_scenarios(text.replace(old, new).encode(), menu)
    assert [(problem.message_id, problem.values) for problem in problems] == [("scenario-never-said", values)]
    of_one = text.replace("mot nøtter", "i det minste nøtteallergi").replace("allergic to nuts", "has a nut allergy")
    assert read_scenarios(of_one.encode(), menu)[1] == []


def test_a_size_that_is_not_said_and_not_the_tiles_is_a_mistake(menu: Menu) -> None:
    text = (shipped("scenarios") / "2-first-week.toml").read_text(encoding="utf-8")
    old = '{ sku = "cola-s", size_said = true }'
    assert old in text
    _, problems = read_scenarios(text.replace(old, '{ sku = "cola-s" }').encode(), menu)
    assert [(problem.message_id, problem.place) for problem in problems] == [
        ("scenario-size-not-said", "scenario small-on-purpose: wants 2")
    ]
