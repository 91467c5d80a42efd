"""A practice room for tests: a shop with the shipped menu, a practice file beside it, and a trainee at the counter."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.order.questions import Outcome
from pos.practice import Period, PracticeClock, PracticeCounter, Room, open_practice, practice_setup, trainee_called
from pos.practice.sitting.sitting import Sitting
from pos.register import Register
from pos.register.verbs import ringing
from pos.store import Store, open_store
from pos.training import PracticeWay, Scenario
from tests.memory import room
from tests.office_acts import enter_till, gate
from tests.rig import Clock, press
from tests.templates import PRACTICE, SHIPPED, begin_file
from tests.training.shop import scenarios


def shipped_shop(folder: Path) -> Store:
    """Returns a shop's file with the menu that ships with the till."""
    path = folder / "shipped.db"
    begin_file(path, SHIPPED)
    return open_store(path, wait=0.2)


@cache
def _practice_file() -> bytes:
    """Returns a practice file with the menu of `shipped_shop`."""
    with tempfile.TemporaryDirectory(dir=room()) as folder, closing(shipped_shop(Path(folder))) as shop:
        path = Path(folder, "practice.db")
        begin_file(path, PRACTICE)
        open_practice(path, gate(shop)).store.close()
        return path.read_bytes()


def begin_practice_file(folder: Path) -> None:
    """Write a practice file to a folder, as if copied from the shop's file there. A file already there is kept."""
    path = folder / "practice.db"
    if path.exists():
        return
    path.write_bytes(_practice_file())
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE practice_file SET copied_from = ?", (str((folder / "shipped.db").resolve()),))


_open: list[Store] = []


def close_rigs() -> None:
    """Close the files of all rigs so far, since a process may have only so many files open."""
    while _open:
        _open.pop().close()


@dataclass
class Rig:
    """A trainee at a practice counter."""

    folder: Path
    clock: Clock
    counter: PracticeCounter
    printer: FakePrinter
    shop: Path
    period: Period

    @property
    def sitting(self) -> Sitting:
        return self.counter.sitting

    @property
    def room(self) -> Room:
        return self.sitting.room

    @property
    def store(self) -> Store:
        return self.counter.register.store

    def press(self, *keys: str) -> Rig:
        """Press keys at a person's speed."""
        press(self.counter, self.clock, *keys)
        return self

    def next_customer(self) -> Rig:
        """Leave this customer, whatever the state, and let another come."""
        self.sitting.leave()
        self.counter.settle()
        return self

    def think(self, seconds: float) -> Rig:
        """Let time pass."""
        self.clock.pass_(int(seconds * 1000))
        return self

    @property
    def said(self) -> str | None:
        return self.counter.message.message_id if self.counter.message is not None else None


def a_rig(
    folder: Path,
    only: str | None = None,
    *,
    name: str = "Kari",
    clock: Clock | None = None,
    known: Sequence[Scenario] | None = None,
    way: PracticeWay = PracticeWay.GUIDED,
) -> Rig:
    """Returns a trainee at a practice counter. A second call on the same folder is a restart after a crash."""
    clock = clock or Clock()
    shop = shipped_shop(folder)
    begin_practice_file(folder)
    practice = open_practice(folder / "practice.db", gate(shop, clock))
    store = practice.store
    _open.append(store)
    till = enter_till(store, "1", "Ø")
    trainee = trainee_called(practice, name)
    period = Period.begin(gate(shop, clock), practice, "1", till.id, trainee)
    shop.close()
    printer, practice_clock = FakePrinter(), PracticeClock(clock, norway())
    devices = Devices(printer, ManualTerminal())
    register = Register(
        store,
        devices,
        norway(),
        practice_clock,
        draws=lambda seed: random.Random(1).random,
        till="1",
        cashier=name,
        language="nb",
        setup=practice_setup(),
    )
    practice_room = Room(register, practice_clock, trainee, scenarios() if known is None else known)
    practice_room.way = way
    if only is not None:
        practice_room.only = next(entry for entry in practice_room.scenarios if entry.id == only)
    return Rig(folder, clock, PracticeCounter(practice_room), printer, folder / "shipped.db", period)


def serve(rig: Rig, outcome: Outcome | None = None) -> None:
    """Serve the customer correctly, from the first word to the score."""
    listen_and_ring(rig)
    check_out(rig)


def listen_and_ring(rig: Rig) -> None:
    """Ring what the customer wants by the register's verbs, and answer the customer's questions."""
    from pos.training import right_answer

    register, visit = rig.counter.register, rig.sitting.visit
    scenario = visit.scenario
    ring_wanted(rig)
    if visit.age_limit is not None:
        visit.ask_age()
    for name in sorted(scenario.allergens):
        register.do(ringing.note_allergen, name)
    for code in scenario.codes:
        register.do(ringing.add_code, code)
    if scenario.language is not None:
        register.do(ringing.speak, scenario.language)
    while visit.has_more or visit.query is not None:
        rig.think(2)
        if visit.query is not None:
            _, query = visit.query
            visit.tell(right_answer(query, register.view.menu, scenario.serving_mode))
        visit.speak_next()


def ring_wanted(rig: Rig) -> None:
    """Ring every item that the customer wants as a line of its own."""
    register = rig.counter.register
    for wanted in rig.sitting.visit.scenario.wants:
        line = register.do(ringing.ring, wanted.sku, wanted.quantity).result
        there = register.view.order.line(line)
        assert there is not None
        for slot, sku in wanted.fillings:
            if there.filling(slot) != sku:
                register.do(ringing.fill, line, slot, sku)
        for modifier in wanted.modifiers:
            register.do(ringing.modify, line, modifier)
        if wanted.size_said:
            register.do(ringing.confirm_size, line)
        rig.think(1)


def check_out(rig: Rig) -> None:
    """Press keys from Enter to the score, by the customer's answers. Raises AssertionError if they never pay."""
    from tests.practice.serving import step

    rig.press("enter")
    for _ in range(60):
        if rig.sitting.result is not None:
            return
        step(rig)
    raise AssertionError("the customer never paid")
