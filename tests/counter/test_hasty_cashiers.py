"""Cashiers who type an order by heart, a key ahead of the screen: no yes is booked that they did not mean."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pos.counter import Counter
from pos.counter.scanner import SCAN_GAP, Press
from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.order.questions import Outcome
from pos.register import Register, shelf
from pos.register.verbs import aside, paying
from tests.builders import no_draws
from tests.canonical import ORDERS, Canonical
from tests.practice.rigs import shipped_shop
from tests.register.shops import new_folder
from tests.rig import Clock

PACES = (50, 70, 100, 125, 150, 200, 250, 300, 350, 400)
"""Milliseconds a key, each with jitter."""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    found = new_folder()
    yield found
    shutil.rmtree(found)


class Watched(Counter):
    """A counter that notes what each key said yes to, by the time at which the key arrived."""

    def __init__(self, register: Register) -> None:
        super().__init__(register)
        self.said_yes: dict[datetime, set[str]] = {}
        self.refused = 0
        self.silent: list[str] = []

    def _press(self, press: Press) -> None:
        before, order, state = self._yeses(), self.register.view.order, self.state
        super()._press(press)
        new = self._yeses() - before
        if new:
            self.said_yes[press.at] = new
        if self.message is not None and self.message.message_id.startswith("too-soon"):
            self.refused += 1
            assert (self.register.view.order, self.state) == (order, state)

    def _yeses(self) -> set[str]:
        """All that has been said yes to since the till was opened."""
        register, order = self.register, self.register.view.order
        found = {
            f"{order.id} question {entry.kind.number}: {entry.count} × {entry.offer.id}"
            for entry in order.questions
            if entry.answer is Outcome.ACCEPTED
        }
        paid = [(order.id, tender) for tender in order.tenders]
        if register.view.finished is not None:
            paid += [(register.view.finished.order_id, tender) for tender in register.view.finished.tenders]
        found |= {
            f"{order_id} tender" if tender.kind is TenderKind.CASH else f"{order_id} tender {tender.id}: {tender.kind}"
            for order_id, tender in paid
            if tender.state is TenderState.APPROVED
        }
        if order.exempt is not None:
            found.add(f"{order.id} exempt")
        return found


class Cashier:
    """Somebody at the shop's till, who leaves nothing behind."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        store = shipped_shop(folder)
        devices = Devices(FakePrinter(), ManualTerminal())
        self.register = Register(
            store, devices, norway(), self.clock, draws=lambda seed: no_draws, till="1", cashier="Kari"
        )
        self.clock.pass_(1000)
        self.counter = Watched(self.register)
        self.clock.pass_(1000)

    def type(self, keys: Sequence[str], gaps: Sequence[int]) -> list[set[str]]:
        """Type keys, each after its gap in milliseconds; return what each said yes to, without the order's name."""
        counter, arrivals = self.counter, []
        for key, gap in zip(keys, gaps, strict=True):
            self._wait(gap)
            arrivals.append(self.register.now)
            counter.press(key)
        self._wait(1000)
        said = [counter.said_yes.get(at, set()) for at in arrivals]
        return [{yes.partition(" ")[2] for yes in each} for each in said]

    def _wait(self, milliseconds: int) -> None:
        """Let time pass; the screen's timer lets go of what was kept."""
        waits = SCAN_GAP // timedelta(milliseconds=1) + 1
        if milliseconds >= waits and self.counter.pending is not None:
            self.clock.pass_(waits)
            self.counter.settle()
            milliseconds -= waits
        self.clock.pass_(milliseconds)

    def leave(self) -> None:
        """Put the till back to where it was."""
        self.counter.panel = None
        if self.register.view.order.open_tender is not None:
            self.register.do(paying.terminal_says, TenderState.DECLINED)
        while self.register.view.order.is_frozen:
            self.register.do(paying.give_back)
        if not self.register.view.order.is_untouched():
            self.register.do(aside.abandon)
        for held in shelf.held(self.register):
            self.register.do(aside.recall, held.order_id)
            self.register.do(aside.abandon)
        self.counter.next_order()
        self.register.store.close()


def typed(folder: Path, keys: Sequence[str], gaps: Sequence[int]) -> tuple[list[set[str]], Watched]:
    """What each key of somebody's said yes to, and the counter afterwards."""
    cashier = Cashier(folder)
    try:
        return cashier.type(keys, gaps), cashier.counter
    finally:
        cashier.leave()


def gaps_at(pace: int, count: int, seed: int) -> list[int]:
    """The milliseconds before each key: around a pace, never less than 50 nor more than 400."""
    rng = random.Random(f"{pace} {count} {seed}")
    return [min(400, max(50, round(pace * rng.uniform(0.6, 1.4)))) for _ in range(count)]


def assert_every_yes_was_meant(folder: Path, order: Canonical, seeds: Sequence[int]) -> None:
    meant, _ = typed(folder, order.keys, [500] * order.count)
    assert any("tender" in yes for each in meant for yes in each), "typed in peace, it is paid"
    for pace in PACES:
        for seed in seeds:
            gaps = gaps_at(pace, order.count, seed)
            found, _ = typed(folder, order.keys, gaps)
            for place, key in enumerate(order.keys):
                told = f"key {place} ({key}) of {' '.join(order.keys)} at {gaps}"
                assert found[place] <= meant[place], told


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
def test_no_hasty_cashier_says_a_yes_that_they_did_not_mean(folder: Path, order: Canonical) -> None:
    assert_every_yes_was_meant(folder, order, range(1))


@pytest.mark.soak
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
def test_no_hasty_cashier_of_very_many_says_a_yes_that_they_did_not_mean(folder: Path, order: Canonical) -> None:
    assert_every_yes_was_meant(folder, order, range(100, 160))


@pytest.mark.parametrize("pace", [100, 125, 150])
def test_two_noes_that_come_too_soon_are_told_and_the_key_after_them_books_no_meal(folder: Path, pace: int) -> None:
    keys = ("b", "enter", "1", "2", "n", "n", "k", "j", "+")
    found, counter = typed(folder, keys, [500, *[pace] * (len(keys) - 1)])
    assert found == [set()] * len(keys)
    assert counter.refused == len(keys) - 4


@pytest.mark.parametrize("last", [77, 320])
def test_a_yes_behind_a_number_that_came_too_soon_waits_until_the_number_has_been_read(folder: Path, last: int) -> None:
    keys = (*"5b", "enter", *"12---jj")
    gaps = [500] * (len(keys) - 5) + [100, 100, 320, last, 500]
    meant, _ = typed(folder, keys[:-1], [500] * (len(keys) - 1))
    assert meant[-1] == {"question 1: 2 × cheeseburger:2"}
    found, _ = typed(folder, keys, gaps)
    assert found[:-1] == [set()] * (len(keys) - 1)
    assert found[-1] == {"question 1: 4 × cheeseburger:2"}  # it has been read by now


def test_a_card_that_was_not_approved_is_not_approved_by_the_key_meant_for_the_next_one(folder: Path) -> None:
    order = next(entry for entry in ORDERS if entry.name == "three friends paying separately")
    gaps = [500] * 12 + [230, 233, 399, 380, 380, 354, 223, 215]
    found, counter = typed(folder, order.keys, gaps)
    assert found == [set()] * order.count
    assert counter.message is not None
    assert counter.message.message_id == "too-soon-terminal"


@pytest.mark.parametrize("lost", ["right", "a", "x"])
def test_the_first_tile_after_a_payment_rings_whatever_came_too_soon(folder: Path, lost: str) -> None:
    keys = ("b", "enter", "1", "2", "n", "n", "a", lost, lost, "left", "b")
    till = Cashier(folder)
    try:
        till.type(keys, [500] * 7 + [100, 500, 500, 500])
        assert till.register.view.order.lines
    finally:
        till.leave()
