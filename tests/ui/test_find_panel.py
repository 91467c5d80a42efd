"""The search on the screen: misspelt names, more hits than rows, and no hits at all."""

from __future__ import annotations

from pos.counter.panels.ringing import FindPanel
from pos.ui.blocks.blocks import HitTap
from tests.ui.driver import a_screen


async def test_more_hits_than_rows_are_counted_and_every_one_can_be_reached() -> None:
    async with a_screen() as screen:
        await screen.press("/", *"300")
        panel = screen.counter.panel
        assert isinstance(panel, FindPanel)
        every = len(panel.hits(screen.counter))
        seen: set[int] = set()
        for _ in range(every):
            shown = {spot.tap.place for _, spot in screen.spots() if isinstance(spot.tap, HitTap)}
            assert panel.place in shown
            above, below = min(shown), every - 1 - max(shown)
            assert (f"↑ {above} til" in screen.text) == bool(above)
            assert (f"↓ {below} til" in screen.text) == bool(below)
            seen |= shown
            await screen.press("down")
        assert seen == set(range(every))
        await screen.press("pageup", "pageup", "pagedown")
        assert panel.place == every - 9


async def test_a_misspelt_name_is_said_to_be_a_guess_and_rung_with_enter() -> None:
    async with a_screen() as screen:
        await screen.press("/", *"chesburger")
        assert "Kanskje mente du:" in screen.text
        await screen.press("enter")
        assert [line.sku for line in screen.counter.register.view.order.lines] == ["cheeseburger"]


async def test_an_empty_list_says_so() -> None:
    async with a_screen() as screen:
        await screen.press("/")
        assert "Fant ikke" not in screen.text
        await screen.press(*"qqqq")
        assert "Fant ikke «qqqq»." in screen.text
        await screen.press("enter")
        assert isinstance(screen.counter.panel, FindPanel)
        assert screen.counter.register.view.order.lines == ()
        for _ in range(4):
            await screen.press("backspace")
        await screen.press(*"0,5")
        assert "Fant ikke «0,5»." in screen.text
