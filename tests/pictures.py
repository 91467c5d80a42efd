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


def main() -> None:
    """Take every picture."""
    for picture in PICTURES:
        svg = asyncio.run(take(picture)).replace("<text ", '<text xml:space="preserve" ')
        target = DOCS / f"{picture.name}.png"
        subprocess.run(["rsvg-convert", "-w", WIDTH, "-o", target], input=svg.encode(), check=True)
        print(target)


if __name__ == "__main__":
    main()
