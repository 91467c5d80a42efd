"""The practice file: made from the shop's file, which records when practice goes on and off."""

from __future__ import annotations

import uuid
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pos.domain.errors import BadInput
from pos.domain.money import Money
from pos.domain.shift.shift import Tallied
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
    """Open the practice file, made the first time, with the shop's menu in it. Its gate has the shop's clock.

    Raises `StoreError` `shops-file`, and `BadInput` `practice-same-file`, for a file that belongs to a shop.
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
    """The menu of that version of a shop's file is there."""
    return Change(None, facts=(MenuCopied(version, path),))


def copy_menu(shop: Store, practice: ShopGate) -> None:
    """Take the shop's menu and pairings over, unless that very menu is there already.

    Practice gives nothing for the next visit: its receipts must carry no code that somebody could bring to the shop.
    """
    here = (shop.menu.version(), str(shop.path.resolve()))
    if practice.store.practice.copied() == here:
        return
    publish_menu(practice, replace(shop.menu.load(retired=False), next_visit=None), shop.menu.pairings())
    practice.do(menu_copied, *here)


@verb
def practice_on(scene: ShopScene, token: str, till: str, trainee: int) -> Change[None]:
    """In the shop's file: practice goes on at a till."""
    return Change(None, facts=(PracticeOn(token, till, trainee),))


@verb
def practice_off(scene: ShopScene, token: str, done: tuple[int, Money] | None) -> Change[None]:
    """In the shop's file: practice goes off, with count and sum; None where nobody knows them."""
    count, total = (None, None) if done is None else done
    return Change(None, facts=(PracticeOff(token, count, total), *_counted(scene, token, done)))


def _counted(scene: ShopScene, token: str, done: tuple[int, Money] | None) -> tuple[Fact, ...]:
    """That the till's shift counts the training receipts; one that runs none, and what nobody knows, counts nothing."""
    name = scene.store.periods.till_of(token)
    till = None if name is None else scene.store.tills.find(name)
    shift = None if till is None else scene.store.shifts.current(till.id)
    if shift is None or done is None or not done[0]:
        return ()
    return (TalliesMade(shift.id, (TallyRow(Tallied.PRACTICE, *done),)),)


@verb
def begin_period(scene: ShopScene, token: str, till_id: int) -> Change[None]:
    """In the practice file: what comes from here on belongs to a period."""
    return Change(None, facts=(PeriodBegun(token, till_id),))


class Period:
    """Practice at one till, from on to off: written in the shop's file, with what the practice file has counted."""

    def __init__(self, shop: ShopGate, practice: ShopGate, till: str, token: str) -> None:
        self._shop = shop
        self._practice = practice
        self.till = till
        self.token = token

    @classmethod
    def begin(cls, shop: ShopGate, practice: ShopGate, till: str, till_id: int, trainee: int) -> Period:
        """Practice goes on. What never went off before (the plug was pulled) is closed first."""
        for token in shop.store.periods.never_ended(till):
            shop.do(practice_off, token, practice.store.periods.done(token))
        token = uuid.uuid4().hex
        practice.do(begin_period, token, till_id)
        shop.do(practice_on, token, till, trainee)
        return cls(shop, practice, till, token)

    def end(self) -> None:
        """Practice goes off."""
        with closing(open_store(self._shop.store.path)) as store:
            gate = ShopGate(store, self._shop.country, self._shop.clock, self._shop.person)
            gate.do(practice_off, self.token, self._practice.store.periods.done(self.token))
