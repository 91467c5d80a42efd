"""A till for tests: the small menu in a file of its own, a clock that stands still, devices that remember."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pos.counter import Counter
from pos.counter.devices import ask_device
from pos.country import Country, norway
from pos.devices import Devices, FakePrinter, ManualTerminal, Printer
from pos.domain.errors import StoreError
from pos.domain.money import Money
from pos.domain.order.order import TenderKind, TenderState
from pos.register import Register
from pos.register.verbs import paying
from pos.store import Store, open_store
from tests.builders import NOW, no_draws
from tests.templates import begin_file

CANONICAL_LETTERS = "b"


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now.astimezone(UTC)
        self.passed = 0.0

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, milliseconds: int = 1000) -> None:
        """Let time pass."""
        self.now += timedelta(milliseconds=milliseconds)
        self.passed += max(0.0, milliseconds / 1000)

    def set(self, by: timedelta) -> None:
        """Somebody sets the clock forward or back; no time passes."""
        self.now += by

    def ticks(self) -> float:
        """The seconds that have passed, whatever the clock shows."""
        return self.passed


_open: list[Store] = []


def shop_file(folder: Path) -> Store:
    """The folder's database file, begun with the small menu if there is none."""
    begin_file(folder / "shop.db")
    _open.append(open_store(folder / "shop.db", wait=0.2))
    return _open[-1]


def close_shops() -> None:
    """Close every such file since: a run of many tests has room for a thousand open files."""
    while _open:
        with suppress(StoreError):  # it belongs to a thread that has ended
            _open.pop().close()


NORWAY = norway()


def a_register(
    folder: Path,
    *,
    till: str = "1",
    clock: Clock | None = None,
    printer: Printer | None = None,
    is_running: Callable[[str], bool] = lambda till: False,
    country: Country = NORWAY,
) -> Register:
    """A till's register; a second one on the same folder is another process's, or the same till after a crash."""
    clock = clock or Clock()
    return Register(
        shop_file(folder),
        Devices(printer or FakePrinter(), ManualTerminal()),
        country,
        clock,
        till=till,
        cashier="Kari",
        ticks=clock.ticks,
        draws=lambda seed: no_draws,
        is_running=is_running,
    )


def ask_terminal(register: Register, kind: TenderKind, amount: Money | None = None) -> TenderState:
    """Try a card or mobile payment, and ask the terminal; what it answered."""
    (ask,) = register.do(paying.ask_terminal, kind, amount).asks
    return ask_device(register, ask)


def press(counter: Counter, clock: Clock, *keys: str) -> None:
    """Press keys as unhurriedly as a person does, each until it counts."""
    for key in keys:
        clock.pass_(500)
        counter.press(key)
        counter.settle()
        clock.pass_(100)


class Cashier:
    """Presses keys at a counter, as unhurriedly as a person does."""

    def __init__(self, register: Register, clock: Clock, *, deliberate: bool = False) -> None:
        self.register = register
        self.clock = clock
        self.counter = Counter(register, deliberate=deliberate)

    def press(self, *keys: str) -> Cashier:
        """Press keys one after the other, half a second apart, and wait until each counts."""
        press(self.counter, self.clock, *keys)
        return self

    def type_fast(self, keys: str) -> Cashier:
        """What a scanner does: two milliseconds a key; a newline is Enter."""
        for key in keys:
            self.clock.pass_(2)
            self.counter.press("enter" if key == "\n" else key)
        self.clock.pass_(100)
        self.counter.settle()
        return self

    @property
    def said(self) -> str | None:
        """The id of the message on the screen."""
        return self.counter.message.message_id if self.counter.message is not None else None


def a_cashier(folder: Path, **fields: object) -> Cashier:
    """A cashier at a new counter."""
    clock = Clock()
    register = a_register(folder, clock=clock, **fields)  # type: ignore[arg-type]  # the fields of a_register
    return Cashier(register, clock)
