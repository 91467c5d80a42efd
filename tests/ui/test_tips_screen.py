"""Tips on the screen: keys and buttons for them where the shop takes any, and nothing of them elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.money import ZERO
from pos.domain.sale.sale import Sale
from pos.store.menu.pairings import all_pairings
from pos.ui.blocks.blocks import KeyTap
from pos.wording import wording
from tests.builders import NOW, kr
from tests.office_acts import put_menu
from tests.ui.driver import Screen, a_screen
from tests.ui.test_counter_screen import SIZES, cells

TO_PAYMENT = ("b", "enter", "1", "2", "n", "n")


def take_tips(screen: Screen) -> None:
    """The shop begins to take tips."""
    store = screen.counter.register.store
    put_menu(store, replace(screen.counter.view.menu, most_tip=kr(200)), all_pairings(store.file.conn), NOW)


def taps(screen: Screen) -> set[object]:
    return {spot.tap for _, spot in screen.spots()}


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 45)])
async def test_a_finger_notes_a_tip_before_the_terminal_and_on_it(size: tuple[int, int]) -> None:
    async with a_screen(size) as screen:
        take_tips(screen)
        await screen.press(*TO_PAYMENT)
        for key in "20t":
            await screen.tap(key)
        assert screen.counter.view.order.tip_said == kr(20)
        await screen.tap("k")
        for key in "31t":
            await screen.tap(key)
        await screen.tap("9")
        assert "31,00" in screen.text
        await screen.press("backspace")
        screen.clock.pass_(500)
        await screen.tap("+")
        sale = screen.counter.paid
        assert isinstance(sale, Sale)
        assert sale.tips == kr(31)


@pytest.mark.parametrize("size", SIZES)
async def test_with_a_tip_no_payment_button_stands_where_yes_or_no_stood(size: tuple[int, int]) -> None:
    async with a_screen(size) as screen:
        take_tips(screen)
        await screen.press("b", "enter", "1", "2")
        answers = cells(screen, "jn")
        await screen.press("n")
        answers |= cells(screen, "jn123456789")
        await screen.press("n")
        assert cells(screen, "t")
        assert answers & cells(screen, "asdfkvt") == set()
        card = cells(screen, "kv")
        await screen.press("k")
        assert cells(screen, "t")
        assert answers & cells(screen, "+-ut") == set()
        assert card & cells(screen, "+-") == set()


async def test_where_no_tips_are_taken_nothing_is_seen_of_them() -> None:
    async with a_screen() as screen:
        await screen.press(*TO_PAYMENT)
        for keys in ((), ("?",), ("escape", "k"), ("?",), ("escape", "+")):
            await screen.press(*keys)
            assert KeyTap("t") not in taps(screen)
            assert "tips" not in screen.text.lower()
        sale = screen.counter.paid
        assert isinstance(sale, Sale)
        assert sale.tips == ZERO


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 45)])
async def test_card_and_mobile_say_the_amount_that_was_typed(size: tuple[int, int]) -> None:
    async with a_screen(size) as screen:
        await screen.press(*TO_PAYMENT)
        before = screen.text.count("22")
        await screen.press("2", "2")
        assert screen.text.count("22") >= before + 3, screen.text
        await screen.press("backspace", "backspace")
        assert screen.text.count("22") == before


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 45)])
@pytest.mark.parametrize("is_unknown", [False, True])
async def test_what_to_do_at_the_terminal_is_said_whole(size: tuple[int, int], language: str, is_unknown: bool) -> None:
    async with a_screen(size, language=language) as screen:
        take_tips(screen)
        await screen.press(*TO_PAYMENT, "k", *(["u"] if is_unknown else []))
        told = wording(language).text("on-terminal-unknown" if is_unknown else "on-terminal")
        assert all(word in screen.text for word in told.split()), screen.text
        assert "…" not in screen.text[screen.text.rindex("▔") :]


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_how_a_certain_tip_is_keyed_is_said_in_one_row_beside_what_is_due(language: str) -> None:
    async with a_screen((80, 24), language=language) as screen:
        take_tips(screen)
        await screen.press(*TO_PAYMENT, "t")
        words = wording(language)
        rows = screen.text.replace("\N{NO-BREAK SPACE}", " ").splitlines()
        (row,) = [place for place, text in enumerate(rows) if words.text("tip-is-change") in text]
        assert words.text("to-pay") in rows[row + 1]
