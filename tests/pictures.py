"""The pictures in the README: `python -m tests.pictures` rings orders on the real screen and writes docs/*.png.

Needs `rsvg-convert` (Debian: librsvg2-bin) and the DejaVu fonts.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pos.counter import Counter
from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.office.menus import load_menu_file
from pos.register import Register
from pos.resources import shipped
from pos.store import open_store
from pos.ui.app import TillApp
from pos.ui.practice.app import PracticeApp
from tests.practice.rigs import a_rig, listen_and_ring
from tests.practice.serving import step

DOCS = Path(__file__).parent.parent / "docs"
LUNCH = datetime(2026, 11, 23, 12, 41, tzinfo=ZoneInfo("Europe/Oslo"))
WIDTH = "1300"


@dataclass(frozen=True)
class Picture:
    """What is rung before the picture is taken, and on which screen."""

    name: str
    keys: str
    language: str = "nb"
    dark: bool = True
    size: tuple[int, int] = (100, 30)


PICTURES = (
    Picture("question", "2 b c enter 2"),
    Picture("payment", "2 b c enter 2 j 1"),
    Picture("shake", "b . 3 enter right b enter 1 n", language="en", dark=False, size=(112, 32)),
)


async def take(picture: Picture) -> str:
    """Ring, and give the screen as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "shop.db")
        load_menu_file(store, shipped("menu.toml"), LUNCH)
        register = Register(
            store,
            Devices(FakePrinter(), ManualTerminal()),
            norway(),
            lambda: LUNCH,
            random.Random(1).random,
            till="1",
            cashier="Kari",
            language=picture.language,
            patience=timedelta(0),
        )
        counter = Counter(register, language=picture.language, deliberate=True)
        counter.dark = picture.dark
        app = TillApp(counter)
        async with app.run_test(size=picture.size) as pilot:
            await pilot.press(*picture.keys.split())
            await pilot.pause()
            return app.export_screenshot(title="pos")


async def take_practice() -> dict[str, str]:
    """Serve a simulated customer: a question that has been said, and the score."""
    with tempfile.TemporaryDirectory() as folder:
        rig = a_rig(Path(folder), "one-cheeseburger", name="Ola")
        app = PracticeApp(rig.counter)
        async with app.run_test(size=(100, 32)) as pilot:
            listen_and_ring(rig)
            for key in ("enter", "space", "2", "space"):
                rig.press(key).think(6)
            app.show()
            await pilot.pause()
            asked = app.export_screenshot(title="pos practice")
            while rig.counter.result is None:
                step(rig)
            app.show()
            await pilot.pause()
            return {"practice": asked, "score": app.export_screenshot(title="pos practice")}


def write(name: str, svg: str) -> None:
    """One picture for the README."""
    svg = svg.replace("<text ", '<text xml:space="preserve" ')
    subprocess.run(["rsvg-convert", "-w", WIDTH, "-o", DOCS / f"{name}.png"], input=svg.encode(), check=True)
    print(name)


def main() -> None:
    """Take every picture."""
    for picture in PICTURES:
        write(picture.name, asyncio.run(take(picture)))
    for name, svg in asyncio.run(take_practice()).items():
        write(name, svg)


if __name__ == "__main__":
    main()
