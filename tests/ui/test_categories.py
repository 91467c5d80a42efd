"""Categories: a colour each, two keys to any of them, and pages that scroll where the window is small."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.counter import Counter, State
from pos.counter.keys import CHOICE_KEYS
from pos.domain.menu.items import Category
from pos.domain.menu.menu import TILE_LETTERS
from pos.domain.text import LocalText
from pos.ui.blocks.blocks import CategoryTap
from pos.ui.blocks.themes import DARK, LIGHT, Inks, inks
from tests.builders import NOW
from tests.office_acts import put_menu
from tests.ui.driver import a_screen


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [True, False])
def test_every_colour_of_a_category_can_be_read_in_both_themes(*, dark: bool) -> None:
    theme: Inks = inks(dark=dark)
    palette = DARK if dark else LIGHT
    for own in theme.categories:
        assert own.cap.bgcolor is not None
        colour = own.cap.bgcolor.name
        assert contrast(palette["on-accent"], colour) >= 4.5
        assert contrast(colour, palette["page"]) >= 4.5
        assert contrast(colour, palette["raised"]) >= 3
    assert len({own.cap for own in theme.categories}) == len(theme.categories) == 12
    assert all(theme.category(place) != theme.category(place + 1) for place in range(40))
    assert theme.left_out.color is not None
    assert theme.left_out.bgcolor is not None
    assert contrast(theme.left_out.color.name, theme.left_out.bgcolor.name) >= 4.5


async def test_a_category_s_colour_is_beside_its_name_and_on_its_tiles() -> None:
    async with a_screen() as screen:
        pane = screen.panes()[1]
        own = inks(dark=True).category(0)
        assert any(segment.style == own.cap and segment.text == " B " for row in pane.block.rows for segment in row)
        await screen.press("right")
        other = inks(dark=True).category(1)
        assert any(segment.style == other.cap and segment.text == " B " for row in pane.block.rows for segment in row)
        assert any(segment.style == own.mark and segment.text == "▌" for row in pane.block.rows for segment in row)


async def test_any_category_is_two_keys_away_and_a_quantity_typed_waits() -> None:
    async with a_screen() as screen:
        counter = screen.counter
        for place, key in zip(range(len(counter.categories())), CHOICE_KEYS, strict=False):
            await screen.press("tab", key)
            assert (counter.category, counter.panel) == (place, None)
        await screen.press("3", "tab", "6", "b")
        assert [(line.quantity, line.sku) for line in counter.register.view.order.lines] == [(3, "cola-m")]


async def test_the_panel_of_categories_closes_without_a_choice() -> None:
    async with a_screen() as screen:
        await screen.press("right")
        for key in ("escape", "tab", "enter"):
            await screen.press("tab")
            assert screen.counter.state is State.CATEGORIES
            assert "Kategorier" in screen.text
            await screen.press(key)
            assert (screen.counter.panel, screen.counter.category) == (None, 1)
        await screen.press("tab", "z")
        assert screen.counter.message is not None
        assert screen.counter.message.message_id == "wrong-key-in-panel"


async def test_a_category_is_chosen_with_a_finger_in_the_panel() -> None:
    async with a_screen() as screen:
        await screen.press("tab")
        await screen.tap("8")
        assert screen.counter.categories()[screen.counter.category] == "coffee"


def with_many_categories(counter: Counter, count: int) -> None:
    """The same tiles, spread over so many categories."""
    menu = counter.register.view.menu
    skus = [item.sku for item in menu.items.values() if item.tile]
    categories = {
        f"c{place}": Category(f"c{place}", LocalText(f"Gruppe {place}", f"Group {place}")) for place in range(count)
    }
    items = {
        sku: replace(item, category=f"c{skus.index(sku) % count}" if sku in skus else "c0")
        for sku, item in menu.items.items()
    }
    put_menu(counter.register.store, replace(menu, items=items, categories=categories), (), NOW)
    counter.register.catch_up()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)])
async def test_the_strip_shows_where_one_is_among_more_categories_than_fit(size: tuple[int, int]) -> None:
    async with a_screen(size) as screen:
        with_many_categories(screen.counter, 40)
        await screen.press("right")
        seen = set()
        for place in range(1, 40):
            taps = {spot.tap.place for _, spot in screen.spots() if isinstance(spot.tap, CategoryTap)}
            assert place in taps
            assert f" {place + 1}/40" in screen.text
            seen |= taps
            await screen.press("right")
        assert seen == set(range(40))


async def test_more_categories_than_keys_are_shown_page_by_page() -> None:
    async with a_screen() as screen:
        with_many_categories(screen.counter, 40)
        await screen.press("tab", "pagedown", "1")
        assert screen.counter.category == 26
        await screen.press("tab", "tab", "2")
        assert screen.counter.category == 27
        await screen.press("tab", "tab", "tab")
        assert screen.counter.panel is None


def in_one_category(counter: Counter, category: str) -> None:
    menu = counter.register.view.menu
    items = {sku: replace(item, category=category) for sku, item in menu.items.items()}
    put_menu(counter.register.store, replace(menu, items=items), (), NOW)
    counter.register.catch_up()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (140, 45), (200, 60)])
async def test_every_tile_can_be_seen_and_keeps_its_letter(size: tuple[int, int]) -> None:
    async with a_screen(size) as screen:
        counter = screen.counter
        in_one_category(counter, "meals")
        await screen.press("right")
        every = [item.sku for item in counter.register.view.menu.tiles("meals")]
        seen: set[tuple[int, str]] = set()
        for _ in range(3 * len(every)):
            keys = {getattr(spot.tap, "key", "") for _, spot in screen.spots()} & set(TILE_LETTERS)
            seen |= {(counter.page, letter) for letter in keys}
            await screen.press("pagedown")
            if len(seen) == len(every) and counter.page == counter.top == 0:
                break
        assert len(seen) == len(every)
        assert all(counter.tiles()[letter].sku == sku for letter, sku in zip(TILE_LETTERS, every, strict=False))


async def test_page_up_scrolls_back_over_what_page_down_showed() -> None:
    async with a_screen((60, 20)) as screen:
        in_one_category(screen.counter, "meals")
        await screen.press("right")
        tops = []
        for _ in range(4):
            tops.append((screen.counter.page, screen.counter.top))
            await screen.press("pagedown")
        for place in reversed(tops):
            await screen.press("pageup")
            assert (screen.counter.page, screen.counter.top) == place
