"""How the order's lines are named where there is little room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.devices import NoPrinter
from pos.register.verbs import ringing
from pos.ui.blocks.themes import inks
from pos.ui.painting.order import details_of
from pos.wording import wording
from tests.ui.driver import Screen, a_screen


def rows_of(text: str) -> list[str]:
    """The rows of the order's pane."""
    return [row.strip() for row in text[text.index("Ordre") : text.index("Sum")].splitlines()]


async def test_the_size_of_a_meal_stays_with_its_name_and_is_said_once() -> None:
    async with a_screen() as screen:
        await screen.press("b", "enter", "1", "2", "j")
        rows = [row.replace("\N{NO-BREAK SPACE}", " ") for row in rows_of(screen.text)]
        assert rows[1:4] == ["▸ 1 Cheeseburgermeny,    134,00", "stor", "Pommes frites · Cola"]


@pytest.mark.parametrize("width", [100, 140])
async def test_a_name_that_fits_is_never_cut(width: int) -> None:
    async with a_screen((width, 30)) as screen:
        await screen.press("b")
        assert any("Cheeseburgermeny, medium" in row for row in rows_of(screen.text))


async def test_a_filling_of_another_size_than_its_meal_says_so() -> None:
    async with a_screen((100, 30)) as screen:
        await screen.press("b")
        register = screen.counter.register
        menu, line = register.view.menu, register.view.order.lines[0]
        meal = menu.items[line.sku]
        slot, sku = line.fillings[1]
        other = next(
            item for item in menu.items.values() if item.family == menu.items[sku].family and item.size != meal.size
        )
        changed = replace(line, fillings=(line.fillings[0], (slot, other.sku)))
        assert details_of(menu, wording("nb"), changed) == ["Pommes frites", wording("nb").item_name(other)]


async def test_a_bottle_s_deposit_stands_above_the_total_until_after_it_is_paid() -> None:
    async with a_screen() as screen:
        screen.counter.register.do(ringing.ring, "cola-bottle", 2)
        await screen.press("right", "left")
        rows = [row.split() for row in screen.text[screen.text.index("Ordre") :].splitlines()]
        assert ["Pant", "4,00"] in [row[-2:] for row in rows]
        assert ["Sum", "82,00"] in [row[-2:] for row in rows]
        await screen.press("enter", "2", *"nn", "a")
        assert "Pant" in screen.text


async def test_a_tile_shows_what_is_to_be_paid_for_a_bottle() -> None:
    async with a_screen((80, 24)) as screen:
        while screen.counter.categories()[screen.counter.category] != "shop":
            await screen.press("right")
        rows = screen.text.splitlines()
        place = next(place for place, row in enumerate(rows) if row.endswith("C  Cola på flaske"))
        assert rows[place + 1].split() == ["34", "41"]


async def test_the_note_stays_in_sight_under_a_long_order_and_a_paid_name_is_whole() -> None:
    async with a_screen() as screen:
        for _ in range(7):
            screen.counter.register.do(ringing.ring, "cheeseburger-meal-m")
            screen.counter.register.do(ringing.confirm_size, screen.counter.register.view.order.lines[-1].id)
        screen.counter.register.do(ringing.note, "Ring når den er klar")
        await screen.press("c")
        assert "✎ Ring når den er klar" in rows_of(screen.text)
        await screen.press("enter", *"11111111", "2", "n", "n", "a")
        assert "1 Baconburgermeny," in screen.text
        assert "medium" in screen.text


async def test_a_receipt_on_the_screen_says_that_there_is_more_of_it_until_its_end() -> None:
    async with a_screen() as screen:
        await screen.press("b", "enter", "1", "2", "n", "n", "a", ",", "p")
        assert "Salgskvittering" in screen.text
        assert "↓" in screen.text
        await screen.press(*["pagedown"] * 5)
        assert "originalen" in screen.text
        assert "↓" not in screen.text


async def test_a_part_left_out_stands_out_in_the_order_on_the_paid_screen_and_on_the_receipt() -> None:
    async with a_screen() as screen:
        await screen.press("b", ".", "3", "enter")
        assert left_out(screen) == [" UTEN LØK "]
        await screen.press("enter", "1", "2", "n", "n", "a")
        assert screen.counter.paid is not None
        assert left_out(screen) == [" UTEN LØK "]
        await screen.press(",", "p", "pagedown")
        assert "UTEN LØK" in screen.text


def left_out(screen: Screen) -> list[str]:
    """What stands on the colour of parts that are left out."""
    ink = inks(dark=True).left_out
    return [
        segment.text for pane in screen.panes() for row in pane.block.rows for segment in row if segment.style == ink
    ]


async def test_all_lines_of_an_order_are_in_sight_while_rows_are_free() -> None:
    async with a_screen() as screen:
        for letter in "bceh":
            await screen.press(letter)
        shown = screen.text
        for line in screen.counter.register.view.order.lines:
            name = screen.counter.register.view.menu.items[line.sku].name.nb
            assert name[:12] in shown
        assert "↑" not in "".join(rows_of(shown)[:10])


async def test_lines_in_one_row_each_differ_where_their_names_do() -> None:
    async with a_screen() as screen:
        for letter in "bcegh":
            await screen.press(letter)
        names = [row[4:24] for row in rows_of(screen.text) if "," in row and row[-3:-2] == ","]
        assert len(set(names)) == len(names) > 2


async def test_where_the_receipt_is_is_said_whole() -> None:
    async with a_screen(language="en", printer=NoPrinter()) as screen:
        await screen.press("b", "enter", "1", "2", "n", "n", "a")
        await screen.until(lambda: "No printer is chosen" in screen.text)
        assert "No printer is chosen: the receipt can be read on" in screen.text
        assert "the screen." in screen.text
        assert "Receipt K1-1" in screen.text
