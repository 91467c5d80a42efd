"""The customer's screen: large where there is room, and nothing lost where there is little."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.order.tips import Tip
from pos.register.verbs import paying, tipping
from pos.ui.blocks.digits import big_rows
from pos.ui.display.app import DisplayApp
from pos.ui.display.painting import picture
from pos.ui.following import Picture
from tests.builders import NOW, PAIRINGS, kr
from tests.display.test_display import a_display
from tests.kitchen.rig import a_till
from tests.office_acts import put_menu
from tests.register.shops import a_folder
from tests.ui.driver import PATIENT

SIZES = [(80, 24), (100, 30), (140, 45), (60, 20), (40, 12), (20, 5), (1, 1)]


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_state_fills_every_window(folder: Path, width: int, height: int) -> None:
    till = a_till(folder)
    put_menu(till.register.store, replace(till.register.view.menu, most_tip=kr(200)), PAIRINGS, NOW)
    display = a_display(till)
    steps: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: till.rung("cola-m", 12),
        till.asked,
        lambda: till.at_payment("fries-m"),
        lambda: till.do(tipping.note_tip, Tip(kr(20))),
        lambda: till.do(paying.pay_cash, kr(900)),
    )
    for step in steps:
        step()
        display.follow()
        block = picture(display, width, height)
        assert block.height == height
        assert {sum(len(segment.text) for segment in cells) for cells in block.rows} == {width}


def test_more_lines_than_there_is_room_for_show_the_latest_and_how_many_are_above(folder: Path) -> None:
    till = a_till(folder)
    display = a_display(till)
    for sku in ("cola-m", "fries-m", "salad", "shake-m", "cookie") * 5:
        till.rung(sku)
    display.follow()
    rows = ["".join(segment.text for segment in cells) for cells in picture(display, 80, 16).rows]
    assert "↑" in rows[0]
    assert any("cookie" in entry for entry in rows)


async def test_the_screen_follows_the_till_and_q_leaves_it(folder: Path) -> None:
    till = a_till(folder)
    app = DisplayApp(a_display(till))
    async with app.run_test(size=(80, 24)) as pilot:
        block = app.query_one(Picture)
        till.rung("cola-m")
        total = big_rows("34,00")[0]
        end = time.monotonic() + PATIENT
        while not any(total in "".join(part.text for part in cells) for cells in block.block.rows):
            assert time.monotonic() < end, "that never came"
            await asyncio.sleep(0.005)
        await pilot.press("x", "q")
    assert app.return_code == 0
