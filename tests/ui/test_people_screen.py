"""People on the real screen: a PIN that nobody reads, and the name of who is there."""

from __future__ import annotations

from tests.staff import PINS, staffed
from tests.ui.driver import a_screen


async def test_who_signs_in_stands_on_top_at_once_and_the_pin_nowhere() -> None:
    async with a_screen() as screen:
        staffed(screen.counter.register, screen.clock)
        screen.counter.keep_somebody_there()
        await screen.press(*PINS["Ola"])
        assert " · Ola" in screen.text.splitlines()[0]
        await screen.press("f2", *PINS["Kari"][:2])
        assert "●●" in screen.text
        assert PINS["Kari"][:2] not in screen.text.replace("12:41", "")
        await screen.press(*PINS["Kari"][2:])
        assert " · Kari" in screen.text.splitlines()[0]
        await screen.press("f2", *PINS["Ola"])
        assert " · Ola" in screen.text.splitlines()[0]


async def test_esc_stands_on_the_screen_only_where_it_leads_out() -> None:
    async with a_screen() as screen:
        staffed(screen.counter.register, screen.clock)
        screen.counter.keep_somebody_there()
        await screen.press("9")
        assert "●" in screen.text
        assert "Esc" not in screen.text
        await screen.press(*PINS["Ola"][1:], "f2")
        assert "Esc" in screen.text
