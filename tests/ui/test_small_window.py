"""A window too small to sell on: nothing is lost, and no key does what nobody can see."""

from __future__ import annotations

from tests.ui.driver import a_screen


async def test_a_window_that_was_too_small_comes_back_as_it_was() -> None:
    async with a_screen() as screen:
        await screen.press("b")
        before = screen.text
        await screen.pilot.resize_terminal(20, 5)
        await screen.until(lambda: "for lite" in screen.text)
        await screen.press("c", "2", "enter", ",", "escape", "delete", "backspace")
        await screen.paste("101")
        await screen.pilot.resize_terminal(80, 24)
        await screen.until(lambda: screen.text == before)
        await screen.press("c")
        assert len(screen.counter.register.view.order.lines) == 2


async def test_no_key_answers_a_question_that_a_small_window_hides() -> None:
    async with a_screen() as screen:
        await screen.press("b", "enter", "1", "2")
        asked = screen.counter.register.view.order
        await screen.pilot.resize_terminal(59, 24)
        await screen.until(lambda: "for lite" in screen.text)
        await screen.press("j", "n", "a", "0", "escape", "f12")
        assert screen.counter.register.view.order == asked
        await screen.pilot.resize_terminal(60, 24)
        await screen.until(lambda: "SI" in screen.text)
        await screen.press("j")
        assert screen.counter.register.view.order != asked
