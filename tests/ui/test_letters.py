"""Words in large letters: every letter there is, as large as the room allows, and the question the largest of all."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest
from rich.style import Style

from pos.counter import State
from pos.resources import shipped
from pos.ui.blocks.blocks import Block
from pos.ui.blocks.letters import (
    GLYPHS,
    QUADRANTS,
    ROWS,
    Scale,
    can_be_large,
    large_words,
    words_of,
)
from pos.ui.frame import Shelf as NothingWaits
from pos.ui.frame import look
from pos.ui.painting.saying import Spoken, saying
from tests.ui.driver import Screen, a_screen

PLAIN, STRONG = Style(color="white"), Style(color="yellow")
SIZES = [(80, 24), (100, 30), (140, 45), (200, 60)]


def drawn(text: str, size: tuple[int, int], strong: str = "") -> Block | None:
    return large_words(words_of(text, strong), size, PLAIN, STRONG)


def text_of(block: Block) -> str:
    return "\n".join("".join(segment.text for segment in row) for row in block.rows)


def test_every_letter_has_six_rows_of_one_width_and_no_two_letters_look_alike() -> None:
    for letter, rows in GLYPHS.items():
        assert len(rows) == ROWS, letter
        assert len({len(row) for row in rows}) == 1, letter
        assert set("".join(rows)) <= {"#", "."}, letter
    letters = {letter: rows for letter, rows in GLYPHS.items() if letter.isalpha()}
    assert len({*letters.values()}) == len(letters)


def test_norwegian_english_prices_and_accents_can_be_large() -> None:
    assert can_be_large(
        "Skal vi gjøre det til en meny? “Våre 3 «pølser»”: 1 234,50 – Å, Æ, Ø! Crème brûlée, 5 × 2 (½ no)".replace(
            "½", ""
        )
    )
    assert can_be_large("bru\N{COMBINING CIRCUMFLEX ACCENT}le\N{COMBINING ACUTE ACCENT}e".encode().decode()) is False
    assert not can_be_large("汉堡")
    assert not can_be_large("🍔")


def test_words_are_as_large_as_the_room_allows_and_none_is_broken() -> None:
    heights = []
    for size in ((46, 12), (58, 16), (82, 28), (134, 42)):
        block = drawn("Vil du ha stor meny? 15 kroner ekstra.", size)
        assert block is not None
        assert block.width == size[0]
        assert block.height <= size[1]
        heights.append(sum(bool(line.strip()) for line in text_of(block).splitlines()))
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]
    assert drawn("Vil du ha stor meny?", (12, 3)) is None
    assert drawn("ubegripelighetene", (20, 12)) is None


def test_the_price_has_a_colour_of_its_own() -> None:
    assert [(word.text.split(), word.strong) for word in words_of("Ja 15? 15 kroner ekstra.", "15 kroner")] == [
        (["Ja"], False),
        (["15?"], False),
        (["15", "kroner"], True),
        (["ekstra."], False),
    ]
    long = words_of("Til 1 215 kroner og 50 øre?", "1 215 kroner og 50 øre")
    assert [word.text for word in long if word.strong] == ["1", "215", "kroner", "og", "50", "øre?"]
    assert not any(word.strong for word in words_of("Ja?", ""))
    block = drawn("Ja? 15 kroner", (60, 12), "15 kroner")
    assert block is not None
    assert {segment.style for row in block.rows for segment in row if segment.text.strip()} == {PLAIN, STRONG}


def test_a_pixel_is_a_quarter_of_a_cell() -> None:
    assert len(QUADRANTS) == 16
    assert Scale(1, 1, 7).height(2) == 13


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_whatever_is_asked_is_the_largest_text_on_the_screen(size: tuple[int, int], language: str) -> None:
    async with a_screen(size, language=language) as screen:
        await screen.press("b", "enter")
        for key in "12nn":
            assert large_rows_of_the_menu(screen) >= 6, screen.text
            assert "119" in screen.text
            await screen.press(key)
        assert screen.counter.state is State.PAYMENT
        assert "▌Burg" in screen.text


def large_rows_of_the_menu(screen: Screen) -> int:
    """How many rows of the pane where the menu stands are painted with large letters."""
    pane = next(pane for pane in screen.panes() if type(pane).__name__ == "MenuPane")
    return sum(any(cell in QUADRANTS[1:] for cell in line) for line in text_of(pane.block).splitlines())


async def test_nearly_every_sentence_of_the_shipped_menu_fits_in_large_letters_at_80_by_24() -> None:
    async with a_screen() as screen:
        await screen.press("b", "enter")
        pane = next(pane for pane in screen.panes() if type(pane).__name__ == "MenuPane")
        room = (pane.size.width - 1, pane.size.height - 1)
    menu = tomllib.loads(shipped("menu.toml").read_text(encoding="utf-8"))
    sentences = {words.replace("{more}", "40 kroner").replace("{count}", "fem") for words in said_in(menu)}
    small = [words for words in sentences if drawn(words, room) is None]
    assert len(sentences) > 300
    assert all(len(words) > 70 for words in small)
    assert len(small) <= 3


def said_in(part: object, key: str = "") -> Iterator[str]:
    """The words to say in a menu file."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from said_in(value, key if name in ("nb", "en") else name)
    elif isinstance(part, list):
        for entry in part:
            yield from said_in(entry, key)
    elif isinstance(part, str) and key in ("say", "say_many", "after_no", "rush"):
        yield part


async def test_words_without_large_letters_are_said_in_ordinary_type() -> None:
    async with a_screen() as screen:
        await screen.press("b", "enter")
        pane = next(pane for pane in screen.panes() if type(pane).__name__ == "MenuPane")
        view = look(screen.counter, NothingWaits())
        block = saying(view, Spoken("Vil du ha 汉堡?"), *pane.size)
        assert "Vil du ha 汉堡?" in text_of(block)
