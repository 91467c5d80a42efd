"""How the screen looks, at the moments that matter most; the clock stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pos.register.verbs import ringing
from pos.ui.app import TillApp
from pos.ui.display.app import DisplayApp
from pos.ui.kitchen.app import KitchenApp
from pos.ui.practice.app import PracticeApp
from tests.display.test_display import a_display
from tests.kitchen.rig import a_kitchen, a_till
from tests.practice.rigs import a_rig, listen_and_ring
from tests.practice.serving import step
from tests.register.shops import a_folder
from tests.rig import Clock
from tests.ui.driver import Screen, a_counter, a_shop

Compare = Callable[..., bool]


@pytest.fixture
def shop() -> Iterator[Path]:
    with a_shop() as path:
        yield path


def look(
    path: Path, *keys: str, language: str = "nb", dark: bool = True
) -> tuple[TillApp, Callable[[Pilot[None]], object]]:
    """An app, and what has to be pressed in it."""
    clock = Clock()
    counter = a_counter(path, clock, language=language)
    counter.dark = dark
    app = TillApp(counter)

    async def press(pilot: Pilot[None]) -> None:
        screen = Screen(app, pilot, clock)
        await screen.press(*keys)
        await screen.until(lambda: not app.desk.is_busy)
        await pilot.pause()

    return app, press


MOMENTS = {
    "ringing": ("b", "b", "right", "c", "left", ".", "3", "enter", "up", "="),
    "question-1": ("2", "b", "enter", "1", "2"),
    "question-2-with-choices": ("b", "enter", "1", "2", "j"),
    "payment": ("b", "enter", "1", "2", "n", "n"),
    "paid": ("b", "enter", "1", "2", "j", "1", "d"),
    "help": ("b", "?"),
    "allergens": ("b", "!", "7"),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_looks_as_it_did(moment: str, shop: Path, snap_compare: Compare) -> None:
    app, press = look(shop, *MOMENTS[moment])
    assert snap_compare(app, terminal_size=(80, 24), run_before=press)


def test_a_large_light_window_in_english_looks_as_it_did(shop: Path, snap_compare: Compare) -> None:
    app, press = look(shop, "b", "enter", "1", "2", "n", language="en", dark=False)
    assert snap_compare(app, terminal_size=(140, 45), run_before=press)


def practising(folder: Path, moment: str) -> PracticeApp:
    """Practice at a question that the customer has answered, or at the score."""
    rig = a_rig(folder, "one-cheeseburger")
    listen_and_ring(rig)
    rig.press("enter", "2")
    if moment == "answered":
        rig.think(6)
        rig.press("space")
    else:
        while rig.sitting.result is None:
            step(rig)
    return PracticeApp(rig.counter)


@pytest.mark.parametrize("moment", ["answered", "score"])
def test_practice_looks_as_it_did(moment: str, snap_compare: Compare) -> None:
    with contextmanager(a_folder)() as folder:
        assert snap_compare(practising(folder, moment), terminal_size=(80, 24))


def test_the_kitchen_looks_as_it_did(shop: Path, snap_compare: Compare) -> None:
    till = a_till(shop.parent)
    till.do(ringing.note_allergen, "fish")
    till.do(ringing.modify, till.rung("cheeseburger"), "no-onion")
    till.sold("cola-m")
    till.clock.pass_(11 * 60_000)
    till.sold("fries-m")
    assert snap_compare(KitchenApp(a_kitchen(till)), terminal_size=(80, 24))


def test_the_customer_s_display_looks_as_it_did(shop: Path, snap_compare: Compare) -> None:
    till = a_till(shop.parent)
    till.asked()
    assert snap_compare(DisplayApp(a_display(till)), terminal_size=(80, 24))
