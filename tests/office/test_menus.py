"""A menu file goes into the till whole or not at all, and comes out as it went in."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.country import norway
from pos.domain.menu.paths import Origin
from pos.office.menu_file import MenuBook, read_menu, read_menu_text
from pos.office.menus import export_menu, load_menu_file
from pos.resources import shipped
from pos.store import Store, open_store
from tests.office_acts import gate, put_menu
from tests.templates import EMPTY, begin_file

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SMALL = Path(__file__).parent / "menu_file" / "small_menu.toml"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    begin_file(tmp_path / "till.db", EMPTY)
    opened = open_store(tmp_path / "till.db")
    yield opened
    opened.close()


def book(path: Path) -> MenuBook:
    read, problems = read_menu(path, norway())
    assert problems == []
    assert read is not None
    return read


@pytest.mark.parametrize("path", [SMALL, shipped("menu.toml")])
def test_what_was_loaded_is_exported_as_it_was(store: Store, path: Path) -> None:
    assert load_menu_file(gate(store, AT), path) == []
    exported, _ = read_menu_text(export_menu(store).encode(), norway())
    assert exported == book(path)
    assert exported is not None
    assert list(exported.menu.items) == list(book(path).menu.items)


def test_a_file_with_a_problem_changes_nothing(store: Store, tmp_path: Path) -> None:
    load_menu_file(gate(store, AT), SMALL)
    broken = tmp_path / "broken.toml"
    broken.write_text(SMALL.read_text(encoding="utf-8").replace("price = 99.00", "price = -1"), encoding="utf-8")
    assert [problem.message_id for problem in load_menu_file(gate(store, AT), broken)] == ["menu-amount-negative"]
    assert store.menu.version() == 1
    assert store.menu.load() == book(SMALL).menu


def test_what_is_sold_no_more_is_not_exported(store: Store) -> None:
    load_menu_file(gate(store, AT), shipped("menu.toml"))
    load_menu_file(gate(store, AT), SMALL)
    assert len(store.menu.load().items) > len(book(SMALL).menu.items)
    assert read_menu_text(export_menu(store).encode(), norway()) == (book(SMALL), [])


def test_what_the_till_has_learned_outlives_a_new_menu(store: Store, tmp_path: Path) -> None:
    load_menu_file(gate(store, AT), SMALL)
    menu, written = store.menu.load(), store.menu.pairings()
    learned = replace(written[1], id="learned-1", origin=Origin.LEARNED)
    about_beer = replace(written[1], id="learned-2", sku="beer", origin=Origin.LEARNED)
    put_menu(store, menu, (*written, learned, about_beer), AT)
    dry = tmp_path / "dry.toml"
    dry.write_text(
        re.sub(r'\[\[item\]\]\nsku = "beer"\n(?:.+\n)+', "", SMALL.read_text(encoding="utf-8")), encoding="utf-8"
    )
    assert load_menu_file(gate(store, AT), dry) == []
    assert [pairing.id for pairing in store.menu.pairings() if pairing.origin is Origin.LEARNED] == ["learned-1"]
    assert read_menu_text(export_menu(store).encode(), norway()) == (book(dry), [])
