"""The practice file. The shop's file records when practice begins and ends."""

from __future__ import annotations

import uuid
from contextlib import closing
from pathlib import Path

from pos.domain.errors import BadInput
from pos.domain.money import Money
from pos.domain.shift.shift import Tallied
from pos.domain.value import replace
from pos.register import Change, ShopGate, ShopScene, publish_menu, verb
from pos.store import (
    Fact,
    MenuCopied,
    PeriodBegun,
    PracticeOff,
    PracticeOn,
    Store,
    TalliesMade,
    TallyRow,
    open_store,
)


def open_practice(path: Path, shop: ShopGate) -> ShopGate:
    """Open the practice file, created the first time, with the shop's menu. Its gate has the shop's clock.

    Raises `StoreError` `shops-file` or `BadInput` `practice-same-file` for a file that belongs to a shop.
    """
    if path.exists() and shop.store.path.exists() and path.resolve() == shop.store.path.resolve():
        raise BadInput("practice-same-file", path=path)
    store = open_store(path, practice=True)
    try:
        gate = ShopGate(store, shop.country, shop.clock)
        copy_menu(shop.store, gate)
    except BaseException:
        store.close()
        raise
    return gate


@verb
def menu_copied(scene: ShopScene, version: int, path: str) -> Change[None]:
    """Record the version of the shop's menu that was copied."""
    return Change(None, facts=(MenuCopied(version, path),))


def copy_menu(shop: Store, practice: ShopGate) -> None:
    """Copy the shop's menu and pairings, unless this version is copied already.

    Practice gives no offers for the next visit: a code on its receipts could be brought to the shop.
    """
    here = (shop.menu.version(), str(shop.path.resolve()))
    if practice.store.practice.copied() == here:
        return
    publish_menu(practice, replace(shop.menu.load(retired=False), next_visit=None), shop.menu.pairings())
    practice.do(menu_copied, *here)


@verb
def practice_on(scene: ShopScene, token: str, till: str, trainee: int) -> Change[None]:
    """In the shop's file: record that practice begins at a till."""
    return Change(None, facts=(PracticeOn(token, till, trainee),))


@verb
def practice_off(scene: ShopScene, token: str, done: tuple[int, Money] | None) -> Change[None]:
    """In the shop's file: record that practice ends, with the number and total of its receipts; None if they are not
    known."""
    count, total = (None, None) if done is None else done
    return Change(None, facts=(PracticeOff(token, count, total), *_counted(scene, token, done)))


def _counted(scene: ShopScene, token: str, done: tuple[int, Money] | None) -> tuple[Fact, ...]:
    """The tallies of training receipts for the till's shift; none without a shift or if the receipts are not known."""
    name = scene.store.periods.till_of(token)
    till = None if name is None else scene.store.tills.find(name)
    shift = None if till is None else scene.store.shifts.current(till.id)
    if shift is None or done is None or not done[0]:
        return ()
    return (TalliesMade(shift.id, (TallyRow(Tallied.PRACTICE, *done),)),)


@verb
def begin_period(scene: ShopScene, token: str, till_id: int) -> Change[None]:
    """In the practice file: record that what follows belongs to a period."""
    return Change(None, facts=(PeriodBegun(token, till_id),))


class Period:
    """Practice at one till from its beginning to its end, recorded in the shop's file with the receipts counted in the
    practice file."""

    def __init__(self, shop: ShopGate, practice: ShopGate, till: str, token: str) -> None:
        self._shop = shop
        self._practice = practice
        self.till = till
        self.token = token

    @classmethod
    def begin(cls, shop: ShopGate, practice: ShopGate, till: str, till_id: int, trainee: int) -> Period:
        """Begin practice. A period that never ended (after a power cut) is ended first."""
        for token in shop.store.periods.never_ended(till):
            shop.do(practice_off, token, practice.store.periods.done(token))
        token = uuid.uuid4().hex
        practice.do(begin_period, token, till_id)
        shop.do(practice_on, token, till, trainee)
        return cls(shop, practice, till, token)

    def end(self) -> None:
        """End practice."""
        with closing(open_store(self._shop.store.path)) as store:
            gate = ShopGate(store, self._shop.country, self._shop.clock, self._shop.person)
            gate.do(practice_off, self.token, self._practice.store.periods.done(self.token))
