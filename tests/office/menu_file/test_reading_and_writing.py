"""What is written reads back as it was, and nothing that is read makes the reader fall over."""

import re
import tomllib
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pos.country import norway
from pos.domain.menu.incentives import Bundle, Threshold
from pos.domain.menu.items import VatClass
from pos.domain.menu.menu import Menu, Shop
from pos.domain.menu.paths import Origin
from pos.office.menu_file import MenuBook, Problem, read_menu, read_menu_text, write_menu
from pos.office.menu_file.circles import circling
from pos.office.menu_file.toml_text import toml
from pos.resources import shipped
from tests.office.menu_file.menus import books

SMALL = Path(__file__).parent / "small_menu.toml"
ROOT = Path(__file__).parents[3]


def read_back(book: MenuBook) -> MenuBook:
    again, problems = read_menu_text(write_menu(book).encode(), norway())
    assert problems == []
    assert again is not None
    return again


def book_at(path: Path) -> MenuBook:
    book, problems = read_menu(path, norway())
    assert problems == []
    assert book is not None
    return book


# writing


FUZZ = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@settings(FUZZ, max_examples=30)
@given(books())
def test_what_is_written_reads_back_as_it_was(book: MenuBook) -> None:
    assert_reads_back(book)


@pytest.mark.soak
@settings(FUZZ, max_examples=3000)
@given(books())
def test_thousands_of_books_read_back_as_they_were(book: MenuBook) -> None:
    assert_reads_back(book)


def assert_reads_back(book: MenuBook) -> None:
    again = read_back(book)
    assert again == book
    for name in ("items", "categories", "dayparts", "groups", "slots", "paths", "machines"):
        assert list(getattr(again.menu, name)) == list(getattr(book.menu, name))


@pytest.mark.parametrize("path", [SMALL, shipped("menu.toml")])
def test_a_menu_file_survives_export_and_load(path: Path) -> None:
    book = book_at(path)
    assert read_back(book) == book
    assert write_menu(read_back(book)) == write_menu(book)


def test_what_is_written_looks_as_if_a_person_had_written_it() -> None:
    written = write_menu(book_at(SMALL))
    without_comments = [line for line in written.splitlines() if line and not line.startswith("#")]
    by_hand = [line for line in SMALL.read_text(encoding="utf-8").splitlines() if line]
    apart = set(without_comments) ^ set(by_hand)
    assert {line.strip() for line in apart} == {
        "modifiers = [",
        '{ id = "vanilla", name = { nb = "Vanilje", en = "Vanilla" } },',
        'modifiers = [{ id = "vanilla", name = { nb = "Vanilje", en = "Vanilla" } }]',
        '{ category = "burgers" },',
        '{ category = "drinks" },',
        '{ category = "burgers", quantity = 1 },',
        '{ category = "drinks", quantity = 1 },',
        "also = [",
        '{ say = { nb = "Blir det meny i dag? {more}.", en = "A meal today? {more}." } },',
        "[[upgrade_path.steps.also]]",
        'say = { nb = "Blir det meny i dag? {more}.", en = "A meal today? {more}." }',
    } - {"modifiers = ["}
    assert "# Burgere · Burgers\n" in written


def test_items_no_longer_sold_and_learned_pairings_are_not_written() -> None:
    book = book_at(SMALL)
    retired = replace(book.menu.items["beer"], sku="old-beer", category="gone", retired=True)
    menu = replace(book.menu, items={"old-beer": retired, **book.menu.items})
    learned = replace(book.pairings[0], id="learned", origin=Origin.LEARNED)
    assert read_back(MenuBook(menu, (learned, *book.pairings))) == book


def test_a_value_that_toml_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError):
        toml(None)


# reading


def test_the_file_says_what_the_menu_holds() -> None:
    menu = book_at(SMALL).menu
    burger = menu.items["burger"]
    assert (burger.price.minor, burger.plu, burger.vat) == (8900, "11", VatClass.FOOD)
    assert burger.price_take_away is not None
    assert burger.price_take_away.minor == 8500
    assert burger.allergens.may_contain == {"sesame"}
    assert len(menu.items["cola-l"].allergens.unknown) == 14
    assert menu.slots["drink"].choices[1].supplement.minor == 500
    assert [item.sku for item in menu.tiles("drinks")] == ["cola-m", "shake", "beer"]


Table = dict[str, object]


def branches(value: object) -> list[Table | list[object]]:
    """Every table and list below a value, itself included."""
    found: list[Table | list[object]] = []
    rest = [value]
    while rest:
        branch = rest.pop()
        if isinstance(branch, dict):
            found.append(branch)
            rest += branch.values()
        elif isinstance(branch, list):
            found.append(branch)
            rest += branch
    return found


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(str(key))} = {as_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, str | bool):
        return toml(value)
    return str(value)


def document(tables: Table) -> bytes:
    return "\n".join(f"{toml(key)} = {as_toml(value)}" for key, value in tables.items()).encode()


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False).map(lambda number: Decimal(f"{number:f}"[:30])).map(float),
    st.sampled_from([float("nan"), float("inf")]),
    st.text(max_size=20).filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text)),
    st.sampled_from(
        ["burger", "cola-m", "cola-l", "burger-meal", "drink", "drinks", "shake", "beer", "bacon", "unknown"]
    ),
    st.just([]),
    st.just({}),
    st.just([{}]),
    st.just([[1], "x"]),
)


@settings(FUZZ, max_examples=120)
@given(st.data())
def test_a_menu_with_anything_anywhere_is_a_book_or_problems(data: st.DataObject) -> None:
    assert_anything_anywhere(data)


@pytest.mark.soak
@settings(FUZZ, max_examples=10_000)
@given(st.data())
def test_thousands_of_menus_with_anything_anywhere_are_books_or_problems(data: st.DataObject) -> None:
    assert_anything_anywhere(data)


def assert_anything_anywhere(data: st.DataObject) -> None:
    tables = tomllib.loads(SMALL.read_text(encoding="utf-8"))
    for _ in range(data.draw(st.integers(1, 4))):
        branch = data.draw(st.sampled_from(branches(tables)))
        keys = list(branch) if isinstance(branch, dict) else list(range(len(branch)))
        if not keys:
            continue
        key = data.draw(st.sampled_from(keys))
        value = deepcopy(data.draw(scalars))  # a list that is drawn twice must not end up inside itself
        if value is None:
            del branch[key]  # type: ignore[arg-type]
        else:
            branch[key] = value  # type: ignore[index]
    text = document(tables)
    tomllib.loads(text.decode())
    assert_book_or_problems(text)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200))
@example(b"\xff")
@example(b"")
def test_any_bytes_are_a_book_or_problems(text: bytes) -> None:
    assert_book_or_problems(text)


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 10_000), st.integers(0, 60), st.binary(max_size=12))
def test_a_file_with_a_piece_torn_out_is_a_book_or_problems(start: int, length: int, patch: bytes) -> None:
    whole = SMALL.read_bytes()
    start %= len(whole)
    assert_book_or_problems(whole[:start] + patch + whole[start + length :])


def assert_book_or_problems(text: bytes) -> list[Problem]:
    book, problems = read_menu_text(text, norway())
    assert (book is None) == bool(problems)
    lines = text.count(b"\n") + 1
    assert all(problem.line is None or 1 <= problem.line <= lines for problem in problems)
    assert all(problem.message_id.startswith("menu-") for problem in problems)
    if book is not None:
        assert read_back(book) == book
    return problems


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=12))
def test_a_circle_is_what_one_can_walk_around(edges: list[tuple[str, str]]) -> None:
    def leads(start: str, goal: str) -> bool:
        seen, rest = set(), [start]
        while rest:
            node = rest.pop()
            if node == goal:
                return True
            if node not in seen:
                seen.add(node)
                rest += [after for before, after in edges if before == node]
        return False

    assert circling(edges) == {(before, after) for before, after in edges if leads(after, before)}


# the files that ship


def test_the_shipped_menu_has_what_a_real_menu_needs() -> None:
    book = book_at(shipped("menu.toml"))
    menu = book.menu
    steps = [step for path in menu.paths.values() for step in path.steps]
    items = menu.items.values()
    assert len(items) >= 80
    assert any(len(path.steps) > 2 for path in menu.paths.values())
    assert any(step.category for step in steps)
    assert any(step.modifier for step in steps)
    assert any(menu.items[path.steps[-1].sku or ""].meal for path in menu.paths.values() if path.steps[-1].sku)
    assert any(pairing.sku for pairing in book.pairings)
    assert any(pairing.category for pairing in book.pairings)
    assert any(pairing.sku is None and pairing.category is None for pairing in book.pairings)
    incentives = menu.incentives.values()
    assert any(isinstance(entry, Bundle) and entry.price is not None for entry in incentives)
    assert any(isinstance(entry, Bundle) and entry.off is not None for entry in incentives)
    assert any(isinstance(entry, Bundle) and entry.code is not None for entry in incentives)
    assert any(isinstance(entry, Threshold) and entry.free is not None for entry in incentives)
    assert any(isinstance(entry, Threshold) and entry.off is not None for entry in incentives)
    assert any(slot.default is None for slot in menu.slots.values())
    assert any(group.minimum for group in menu.groups.values())
    assert any(item.age_limit for item in items)
    assert any(item.barcode for item in items)
    assert any(item.dayparts for item in items)
    assert any(item.price_take_away for item in items)
    assert any(item.allergens.unknown for item in items)


def test_every_tile_of_the_shipped_menu_leads_to_a_question_2() -> None:
    book = book_at(shipped("menu.toml"))
    triggers = {pairing.sku for pairing in book.pairings} | {pairing.category for pairing in book.pairings}
    alone = [
        item.sku for item in book.menu.items.values() if item.sku not in triggers and item.category not in triggers
    ]
    assert None in triggers or alone == []


def test_the_page_for_shop_owners_shows_nothing_wrong() -> None:
    page = (ROOT / "docs" / "menu-file.md").read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"```toml\n(.*?)```", page, re.DOTALL))
    _, problems = read_menu_text(examples.encode(), norway())
    wrong = [
        problem
        for problem in problems
        if not problem.message_id.startswith(("menu-unknown-item", "menu-unknown-slot", "menu-unknown-category"))
    ]
    assert problems
    assert wrong == []


def test_a_kitchen_slip_and_a_modifier_s_age_limit_are_read_and_written() -> None:
    text = SMALL.read_text(encoding="utf-8")
    text = text.replace("[shop]\n", "[shop]\nkitchen_slip = true\n", 1)
    book, problems = read_menu_text(text.encode(), norway())
    assert (problems, book is not None and book.menu.kitchen_slip) == ([], True)
    assert book is not None
    key, group = next((key, group) for key, group in book.menu.groups.items() if group.modifiers)
    limited = replace(group, modifiers=(replace(group.modifiers[0], age_limit=18), *group.modifiers[1:]))
    changed = replace(book, menu=replace(book.menu, groups={**book.menu.groups, key: limited}))
    assert read_back(changed) == changed


def test_a_kitchen_slip_is_yes_or_no() -> None:
    text = SMALL.read_text(encoding="utf-8").replace("[shop]\n", '[shop]\nkitchen_slip = "ja"\n', 1)
    _, problems = read_menu_text(text.encode(), norway())
    assert [problem.message_id for problem in problems] == ["menu-not-yes-no"]


def test_an_empty_shop_phone_is_not_written() -> None:
    shop = Shop("S", "A", "0155", "Oslo", "999999999")
    assert "phone" not in write_menu(MenuBook(Menu(shop, {})))
