"""A till as the recorded days know it. Only this module and `seen` name the parts of the program.

When those parts are rebuilt, these two modules change, and the recording does not.
"""

from __future__ import annotations

from pathlib import Path

from pos.counter import Counter, say_error
from pos.counter.printing import print_owed
from pos.country import norway
from pos.devices import Devices, FakePrinter
from pos.domain.errors import DeviceError, PosError
from pos.domain.order.order import Tender, TenderState
from pos.domain.sale.finished import Finished
from pos.domain.sale.sale import Sale
from pos.office.report import bring_up_to_date
from pos.register import Register
from pos.store import Store, open_store
from tests.builders import NOW
from tests.counter.random_menus import another_menu
from tests.office_acts import put_menu
from tests.rig import Clock


class Terminal:
    """A terminal that answers as it is set to; at first it waits for what the cashier keys."""

    keyed_by_cashier = True
    answer = "intent"

    def ask(self, tender: Tender) -> TenderState:
        """The answer that was set."""
        if self.answer == "broken":
            raise DeviceError("terminal-failed", problem="no line")
        return TenderState(self.answer)


class Till:
    """One till of a shop: its counter, its printer, its terminal."""

    def __init__(
        self, folder: Path, name: str, clock: Clock, draw: float, *, others_run: bool, deliberate: bool
    ) -> None:
        self.folder, self.name, self.clock = folder, name, clock
        self.printer, self.terminal = FakePrinter(), Terminal()
        self._draw, self._others_run, self._deliberate = draw, others_run, deliberate
        self._seen_paid: Finished | None = None
        self.open()

    def open(self) -> None:
        """Start the till; what it does first is to print what is owed."""
        self.register = Register(
            open_store(self.folder / "shop.db", wait=0.2),
            Devices(self.printer, self.terminal),
            norway(),
            self.clock,
            till=self.name,
            cashier={"1": "Kari", "2": "Ola"}.get(self.name, "Li"),
            draws=lambda seed: lambda: self._draw,
            ticks=self.clock.ticks,
            is_running=lambda till: self._others_run,
        )
        self.counter = Counter(self.register, deliberate=self._deliberate)
        self._seen_paid = None

    def close(self) -> None:
        """Pull the plug: nothing is written on the way out."""
        self.register.store.close()

    # what a cashier does

    def key(self, key: str) -> None:
        """Press a key as slowly as a person does, and wait until it counts."""
        self.clock.pass_(500)
        self.counter.press(key)
        self.counter.settle()
        self.clock.pass_(100)

    def fast(self, key: str) -> None:
        """Press a key a tenth of a second after the last one."""
        self.clock.pass_(60)
        self.counter.press(key)
        self.clock.pass_(60)
        self.counter.settle()

    def slow(self, key: str) -> None:
        """Press a key after the question was read out."""
        self.clock.pass_(6000)
        self.key(key)

    def held_down(self, key: str) -> None:
        """Hold a key down: it repeats twenty times a second."""
        self.clock.pass_(500)
        for _ in range(4):
            self.counter.press(key)
            self.clock.pass_(30)
        self.clock.pass_(100)
        self.counter.settle()

    def tap(self, key: str) -> None:
        """Tap the button of a key."""
        self.clock.pass_(500)
        self.counter.tap(key)

    def type(self, text: str, milliseconds: int) -> None:
        """Type a text, each key so many milliseconds after the one before; `~~` stands for Enter."""
        self.clock.pass_(500)
        for key in text.replace("~~", "\n"):
            self.clock.pass_(milliseconds)
            self.counter.press({"\n": "enter", " ": "space"}.get(key, key))
            if milliseconds > 50:
                self.counter.settle()
        self.clock.pass_(100)
        self.counter.settle()

    def scan(self, text: str) -> None:
        """Scan codes that come in at once, a line each."""
        self.clock.pass_(500)
        self.counter.scan(text)

    def tick(self) -> None:
        """What the screen does every few seconds without a key."""
        self.clock.pass_(5000)
        self.register.catch_up()
        self.counter.tell_news()

    # what follows by itself

    def after(self) -> Sale | None:
        """Print what was finished just now, as the till does; the sale, if that is new."""
        paid = self.counter.paid
        if paid is None or paid is self._seen_paid:
            return None
        self._seen_paid = paid
        try:
            problem: PosError | None = print_owed(self.register)
        except PosError as error:
            problem = error
        if problem is not None:
            self.counter.message = say_error(problem)
        self.register.tidy()
        return paid if isinstance(paid, Sale) else None


class Office:
    """What happens to the shop's file away from the counter."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(folder / "shop.db")

    def load_menu(self, seed: int) -> None:
        """Load a menu made from the small one at random."""
        import random

        put_menu(self.store, *another_menu(random.Random(seed), seed), NOW)

    def learn(self) -> None:
        """Sum up what was sold, so that the till can choose by it."""
        bring_up_to_date(self.store)
