"""Drives the real screen: posts key events, taps what stands in a picture, and waits for facts, never for a time."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from pos.counter import Counter
from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal, Printer
from pos.register import Register
from pos.store import open_store
from pos.ui.app import TillApp
from pos.ui.blocks.blocks import KeyTap, Spot, Tap
from pos.ui.pane import Pane
from tests.builders import no_draws
from tests.memory import room
from tests.rig import Clock
from tests.templates import SHIPPED, begin_file

PATIENT = 5.0
"""Seconds after which a fact that has not come will not come."""


@contextmanager
def a_shop() -> Iterator[Path]:
    """The path of a new file with the menu that ships; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="till-screen-", dir=room()))
    begin_file(folder / "shop.db", SHIPPED)
    try:
        yield folder / "shop.db"
    finally:
        shutil.rmtree(folder)


def a_counter(path: Path, clock: Clock, *, language: str = "nb", printer: Printer | None = None) -> Counter:
    """A cashier's counter on a file."""
    devices = Devices(printer or FakePrinter(), ManualTerminal())
    register = Register(
        open_store(path),
        devices,
        norway(),
        clock,
        draws=lambda seed: no_draws,
        till="1",
        cashier="Kari",
        language=language,
    )
    return Counter(register, language=language)


class Screen:
    """The app as a person at the counter meets it."""

    def __init__(self, app: TillApp, pilot: Pilot[None], clock: Clock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock
        self.counter = app.counter

    async def until(self, fact: Callable[[], bool]) -> None:
        """Wait for a fact."""
        end = time.monotonic() + PATIENT
        while not fact():
            assert time.monotonic() < end, f"that never came:\n{self.text}"
            await asyncio.sleep(0.001)

    async def press(self, *keys: str, apart: int = 500) -> None:
        """Press keys so many milliseconds apart by the till's clock, each after the one before has been taken."""
        for key in keys:
            self.clock.pass_(apart)
            await self._take(events.Key(key, key if len(key) == 1 else None))

    async def _take(self, event: events.Event) -> None:
        taken: list[bool] = []
        self.app.post_message(event)
        self.app.call_later(lambda: taken.append(True))
        await self.until(lambda: bool(taken) and self.counter.pending is None and self._has_its_layout())

    def _has_its_layout(self) -> bool:
        """Whether every pane in sight has been painted in the size that it has."""
        return all(pane.block.width == pane.size.width for pane in self.panes())

    async def paste(self, text: str) -> None:
        """Paste a text, as a terminal does that brackets it."""
        await self._take(events.Paste(text))

    async def tap(self, key: str) -> None:
        """Tap the button, tile or row that stands for a key."""
        await self.tap_on(KeyTap(key))

    async def tap_on(self, tap: Tap) -> None:
        """Tap what stands for something."""
        self.clock.pass_(500)
        pane, spot = next((pane, spot) for pane, spot in self.spots() if spot.tap == tap)
        x, y = pane.region.x + spot.x + spot.width // 2, pane.region.y + spot.y + spot.height // 2
        await self.pilot.click(offset=(x, y))
        await self.until(lambda: self.counter.pending is None)
        await self.pilot.pause()

    def spots(self) -> list[tuple[Pane, Spot]]:
        """Everything that can be tapped, with the pane that it is in."""
        return [(pane, spot) for pane in self.panes() for spot in pane.block.spots]

    def panes(self) -> list[Pane]:
        """The panes in sight."""
        return [pane for pane in self.app.screen.query(Pane) if pane.display and pane.size.height]

    @property
    def text(self) -> str:
        """All that stands on the screen."""
        return "\n".join(pane.render_line(y).text.rstrip() for pane in self.panes() for y in range(pane.size.height))


@asynccontextmanager
async def a_screen(
    size: tuple[int, int] = (80, 24), *, language: str = "nb", printer: Printer | None = None
) -> AsyncIterator[Screen]:
    """A screen of a size in front of a new shop."""
    clock = Clock()
    with a_shop() as path:
        app = TillApp(a_counter(path, clock, language=language, printer=printer))
        async with app.run_test(size=size) as pilot:
            screen = Screen(app, pilot, clock)
            await screen.until(lambda: bool(screen.spots()))
            yield screen
        app.counter.register.store.close()
