"""Menus that were replaced are kept as they were, in the order of their file."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from pathlib import Path

from pos.domain.menu.menu import Menu
from tests.builders import CHANGES, MENU, NOW, PAIRINGS, kr
from tests.counter.random_menus import another_menu
from tests.office_acts import put_menu
from tests.rig import shop_file


def test_a_kept_menu_is_the_menu_that_was_replaced(tmp_path: Path) -> None:
    store, draws = shop_file(tmp_path), random.Random(1)
    for number in range(12):
        version, menu = store.menu.current()
        put_menu(store, *another_menu(draws, number), NOW)
        kept = store.menu.kept(version)
        assert kept == menu
        for field in fields(Menu):
            if field.init and isinstance(getattr(menu, field.name), dict):
                assert list(getattr(kept, field.name)) == list(getattr(menu, field.name))
    assert store.menu.kept(99) is None


def test_a_modifier_that_comes_back_has_its_new_price_and_stands_in_one_group(tmp_path: Path) -> None:
    store = shop_file(tmp_path)
    fewer = replace(CHANGES, modifiers=CHANGES.modifiers[:2])
    dearer = replace(CHANGES, modifiers=tuple(replace(entry, price=kr(33)) for entry in CHANGES.modifiers))
    for group in (fewer, dearer):
        put_menu(store, replace(MENU, groups={**MENU.groups, CHANGES.id: group}), PAIRINGS, NOW)
    menu = store.menu.load()
    assert menu.modifiers["extra-bacon"].price == kr(33)
    names = [entry.id for group in menu.groups.values() for entry in group.modifiers]
    assert len(names) == len(set(names))


def test_menus_that_nothing_needs_are_let_go_after_a_hundred(tmp_path: Path) -> None:
    store = shop_file(tmp_path)
    small = replace(MENU, items={"bag": MENU.items["bag"]}, slots={}, groups={}, paths={}, incentives={})
    for _ in range(105):
        put_menu(store, small, (), NOW)
    (count,) = store.file.conn.execute("SELECT COUNT(*) FROM menu_kept").fetchone()
    assert count == 101
