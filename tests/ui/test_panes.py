"""A pane that is not painted again after a key shows what it would paint."""

from __future__ import annotations

import random

import pytest

from pos.ui.frame import Frame
from tests.ui.driver import Screen, a_screen

KEYS = (
    *"bbceh12350+-+->.,=/*xnjak t",
    "enter",
    "enter",
    "escape",
    "escape",
    "backspace",
    "left",
    "right",
    "up",
    "down",
)


def stale(screen: Screen) -> list[str]:
    """The panes whose picture differs from a fresh one of the same frame."""
    found = []
    for pane in screen.panes():
        frame = pane._frame
        assert isinstance(frame, Frame)
        if pane.paint(frame, *pane.size).rows != pane.block.rows:
            found.append(type(pane).__name__)
    return found


@pytest.mark.parametrize("seed", range(2))
async def test_no_pane_is_stale_after_any_key(seed: int) -> None:
    draws = random.Random(seed)
    async with a_screen(draws.choice([(80, 24), (100, 30)]), language=draws.choice(["nb", "en"])) as screen:
        pressed: list[str] = []
        for _ in range(60):
            pressed.append(draws.choice(KEYS))
            await screen.press(pressed[-1])
            if screen.counter.closing:
                break
            assert not stale(screen), pressed
