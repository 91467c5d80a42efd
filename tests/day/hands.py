"""A cashier's hands: the same keys on the real screen, in plain mode, or at the counter itself; and a power cut."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from io import StringIO
from pathlib import Path
from typing import Protocol

from pos.counter import Counter
from pos.counter.printing import print_owed
from pos.country import norway
from pos.devices import Devices, FakeDrawer, FakePrinter, ManualTerminal
from pos.plain.loop import _obey as obey
from pos.plain.speech import hear
from pos.register import Register
from pos.store import open_store
from pos.ui.app import TillApp
from tests.builders import no_draws
from tests.rig import Clock, press
from tests.ui.driver import Screen


class Machine:
    """What survives a power cut: the disk, the wall clock and the devices."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.path = folder / "shop.db"
        self.clock = clock
        self.printer = FakePrinter()
        self.drawer = FakeDrawer()

    def start(self, *, deliberate: bool = False) -> Counter:
        """The till's counter, as it opens."""
        devices = Devices(self.printer, ManualTerminal(), drawer=self.drawer)
        register = Register(
            open_store(self.path),
            devices,
            norway(),
            self.clock,
            draws=lambda seed: no_draws,
            till="1",
            ticks=self.clock.ticks,
        )
        return Counter(register, deliberate=deliberate)


class Hands(Protocol):
    """A cashier at a till."""

    counter: Counter

    async def press(self, *keys: str) -> None:
        """Keys one after the other, half a second apart."""

    async def type(self, text: str) -> None:
        """A text where one is asked for, and Enter."""

    async def scan(self, code: str) -> None:
        """A code."""

    async def until(self, fact: Callable[[], bool]) -> None:
        """Wait for what a printer does in the background."""

    async def power_cut(self) -> None:
        """Cut the power in the middle of whatever the till was doing, and start it again."""

    async def leave(self) -> None:
        """Close the file."""


class AtTheCounter:
    """Keys go straight to the counter, without a screen."""

    def __init__(self, machine: Machine, counter: Counter | None = None) -> None:
        self.machine = machine
        self.counter = counter or machine.start()

    async def press(self, *keys: str) -> None:
        for key in keys:
            before = self.counter.paid
            press(self.counter, self.machine.clock, key)
            if self.counter.refunded is not None or (self.counter.paid is not None and self.counter.paid is not before):
                print_owed(self.counter.register)
                self.counter.refunded = None

    async def type(self, text: str) -> None:
        await self.press(*text, "enter")

    async def scan(self, code: str) -> None:
        self.machine.clock.pass_(500)
        self.counter.scan(code)

    async def until(self, fact: Callable[[], bool]) -> None:
        assert fact()

    async def power_cut(self) -> None:
        await self.leave()
        self.counter = self.machine.start()

    async def leave(self) -> None:
        self.counter.register.store.close()


class LineByLine:
    """Plain mode: a line for each key, text or code."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.counter = machine.start(deliberate=True)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._line("" if key == "enter" else "esc" if key == "escape" else key)

    async def type(self, text: str) -> None:
        await self._line(text)

    async def scan(self, code: str) -> None:
        await self._line(code)

    async def _line(self, text: str) -> None:
        self.machine.clock.pass_(500)
        obey(self.counter, text, hear(self.counter), StringIO())

    async def until(self, fact: Callable[[], bool]) -> None:
        assert fact()

    async def power_cut(self) -> None:
        await self.leave()
        self.counter = self.machine.start(deliberate=True)

    async def leave(self) -> None:
        self.counter.register.store.close()


class OnTheScreen:
    """The real screen."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._stack = AsyncExitStack()
        self.screen: Screen

    async def open(self) -> OnTheScreen:
        app = TillApp(self.machine.start())
        self._stack = AsyncExitStack()
        pilot = await self._stack.enter_async_context(app.run_test(size=(100, 30)))
        self.screen = Screen(app, pilot, self.machine.clock)
        await self.screen.until(lambda: bool(self.screen.spots()))
        return self

    @property
    def counter(self) -> Counter:
        return self.screen.counter

    async def press(self, *keys: str) -> None:
        await self.screen.press(*keys)

    async def type(self, text: str) -> None:
        await self.press(*text, "enter")

    async def scan(self, code: str) -> None:
        await self.screen.paste(code)

    async def until(self, fact: Callable[[], bool]) -> None:
        await self.screen.until(fact)

    async def power_cut(self) -> None:
        await self.leave()
        await self.open()

    async def leave(self) -> None:
        self.counter.register.store.close()
        await self._stack.aclose()
