"""A refund on the screen: its rows can be tapped, and its paper comes out by itself."""

from __future__ import annotations

import pytest

from pos.devices import FakePrinter
from pos.ui.blocks.digits import big_rows
from tests.ui.driver import Screen, a_screen


async def sold(screen: Screen) -> None:
    """A cheeseburger meal to take away, paid in cash."""
    await screen.press("b", "enter", "2", "2", "n", "n", "a")


@pytest.mark.parametrize(
    ("language", "size", "said"),
    [("nb", (80, 24), "Gi tilbake: Kontant 119,00."), ("en", (100, 30), "Give back: Cash 119.00.")],
)
async def test_all_of_a_sale_goes_back_with_taps_and_is_printed(
    language: str, size: tuple[int, int], said: str
) -> None:
    printer = FakePrinter()
    async with a_screen(size, language=language, printer=printer) as screen:
        await sold(screen)
        await screen.press(",", "g", "enter")
        for key in ("1", "2", "3", "1", "a"):
            await screen.tap(key)
        await screen.until(lambda: said in screen.text)
        await screen.until(lambda: [paper.name for paper in printer.printed] == ["K1-1", "R1-1"])


def is_large(screen: Screen, label: str, amount: str) -> bool:
    """Whether an amount stands on the screen in large figures, with a label."""
    return label in screen.text and all(line.rstrip() in screen.text for line in big_rows(amount))


@pytest.mark.parametrize(
    ("language", "size", "label", "amount", "later"),
    [
        ("nb", (80, 24), "Tilbake til kunden", "119,00", "Tilbake for retur R1-1: 119,00"),
        ("en", (140, 45), "Back to the customer", "119.00", "Back for refund R1-1: 119.00"),
    ],
)
async def test_cash_to_hand_back_stands_large_until_the_next_order_and_in_sight_until_checkout(
    language: str, size: tuple[int, int], label: str, amount: str, later: str
) -> None:
    async with a_screen(size, language=language, printer=FakePrinter()) as screen:
        await sold(screen)
        await screen.press(",", "g", "1", "enter", "2", "enter", "1", "a")
        await screen.until(lambda: is_large(screen, label, amount))
        await screen.press("?", "escape", "z")
        await screen.until(lambda: is_large(screen, label, amount))
        await screen.press("b")
        await screen.until(lambda: later in screen.text)
        assert label not in screen.text
        await screen.press("enter")
        await screen.press("escape")
        assert later not in screen.text


async def test_an_exchange_shows_what_the_customer_gets() -> None:
    printer = FakePrinter()
    async with a_screen(printer=printer) as screen:
        await sold(screen)
        await screen.press(",", "g", "1", "enter", "1", "enter", "1", "b", "tab", "6", "b", "enter")
        assert "Tilbake til kunden" in screen.text
        assert "↩ Kort" not in screen.text
        await screen.tap("a")
        await screen.until(lambda: "Gi tilbake: Kontant 84,00." in screen.text)
        await screen.press("=")  # no key here: the message goes, the amount stays
        assert is_large(screen, "Tilbake til kunden", "84,00")
        await screen.until(lambda: [paper.name for paper in printer.printed] == ["K1-1", "K1-2", "R1-1"])


@pytest.mark.parametrize(
    ("language", "size", "told"),
    [("nb", (80, 24), "Retur K1-1 119,00 ikke ferdig"), ("en", (140, 45), "Refund K1-1 119.00 not finished")],
)
async def test_a_refund_that_hangs_stands_on_top_until_it_is_done(
    language: str, size: tuple[int, int], told: str
) -> None:
    async with a_screen(size, language=language) as screen:
        await screen.press("b", "enter", "2", "2", "n", "n", "k", "+")
        await screen.press(",", "g", "1", "enter", "2", "enter", "1", "k", "u", "escape")
        await screen.until(lambda: told in screen.text)
        await screen.press(",", "g", "enter", "1", "+")
        await screen.until(lambda: told not in screen.text)
