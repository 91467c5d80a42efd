"""The kitchen's screen: cards, keys and taps, in every size."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.kitchen.desk import KitchenDesk
from pos.register.verbs import ringing
from pos.ui.blocks.blocks import OrderTap
from pos.ui.following import Picture
from pos.ui.kitchen.app import KitchenApp
from pos.ui.kitchen.cards import page
from tests.kitchen.rig import a_kitchen, a_till
from tests.register.every_act import Till
from tests.register.shops import a_folder
from tests.ui.driver import PATIENT


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()


async def until(fact: Callable[[], bool]) -> None:
    """Wait for a fact."""
    end = time.monotonic() + PATIENT
    while not fact():
        assert time.monotonic() < end, "that never came"
        await asyncio.sleep(0.005)


def seen(desk: KitchenDesk, width: int = 80, height: int = 24) -> list[str]:
    """The rows of the screen."""
    block = page(desk, width, height)
    assert (block.width, block.height) == (width, height)
    return ["".join(segment.text for segment in cells) for cells in block.rows]


def busy(folder: Path, count: int = 3) -> tuple[Till, KitchenDesk]:
    """A kitchen with some open orders, one with an allergy and something left out."""
    till = a_till(folder)
    till.do(ringing.note_allergen, "fish")
    line = till.rung("cheeseburger")
    till.do(ringing.modify, line, "no-onion")
    till.sold("fries-m")
    for _ in range(count - 1):
        till.clock.pass_(60_000)
        till.sold("cola-m")
    desk = a_kitchen(till)
    return till, desk


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (140, 45), (40, 10)])
def test_a_card_says_first_what_must_not_be_overlooked(folder: Path, width: int, height: int) -> None:
    till, desk = busy(folder)
    till.clock.pass_(10 * 60_000)
    text = "\n".join(seen(desk, width, height))
    assert text.index("ALLERGI FISK") < text.index("1 cheeseburger")
    assert "12 min !" in text


def test_a_window_that_is_too_small_says_so(folder: Path) -> None:
    _, desk = busy(folder, 1)
    assert "1 cheeseburger" not in "\n".join(seen(desk, 30, 8))


def test_more_orders_than_there_is_room_for_are_on_more_pages(folder: Path) -> None:
    _, desk = busy(folder, 25)
    first = seen(desk)
    assert desk.pages > 1
    desk.press("right")
    assert seen(desk) != first
    for _ in range(30):
        desk.press("right")
    assert "Nr. 25" in "\n".join(seen(desk))


async def test_a_key_and_a_tap_say_that_an_order_is_done_and_new_ones_come_by_themselves(folder: Path) -> None:
    till, desk = busy(folder)
    app = KitchenApp(desk)
    async with app.run_test(size=(80, 24)):
        cards = app.query_one(Picture)
        await until(lambda: cards.block.height == 24)
        app.press("1")
        assert len(desk.orders) == 2
        cards.post_message(Picture.Touched(OrderTap(desk.orders[0].order_id)))
        await until(lambda: len(desk.orders) == 1)
        till.sold("salad")
        await until(lambda: len(desk.orders) == 2)
        await until(lambda: any("salad" in segment.text for cells in cards.block.rows for segment in cells))


async def test_what_nobody_foresaw_is_written_down_and_ends_with_one_line(folder: Path) -> None:
    _, desk = busy(folder, 1)
    app = KitchenApp(desk)

    def fail() -> bool:
        raise ZeroDivisionError

    async def run() -> None:
        async with app.run_test(size=(80, 24)):
            desk.follow = fail  # type: ignore[method-assign]  # as nobody foresaw
            await until(lambda: app.return_code == 1)

    with pytest.raises(ZeroDivisionError):  # Textual's tests raise what an app could not do
        await run()
    assert "ZeroDivisionError" in next(folder.glob("*.log")).read_text(encoding="utf-8")
