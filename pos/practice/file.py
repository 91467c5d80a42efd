"""The practice file: made from the shop's, and told when practice goes on and off."""

from __future__ import annotations

import uuid
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pos.domain.errors import BadInput
from pos.store import Store, open_store


def open_practice(path: Path, shop: Store, now: datetime) -> Store:
    """Open the practice file, made the first time, with the shop's menu in it.

    Raises `StoreError` `shops-file`, and `BadInput` `practice-same-file`, for a file that belongs to a shop.
    """
    if path.exists() and shop.path.exists() and path.resolve() == shop.path.resolve():
        raise BadInput("practice-same-file", path=path)
    store = open_store(path, practice=True)
    try:
        copy_menu(shop, store, now)
    except BaseException:
        store.close()
        raise
    return store


def copy_menu(shop: Store, practice: Store, now: datetime) -> None:
    """Take the shop's menu and pairings over, unless that very menu is there already.

    Practice gives nothing for the next visit: its receipts must carry no code that somebody could bring to the shop.
    """
    here = (shop.menu.version(), str(shop.path.resolve()))
    if practice.practice.copied() == here:
        return
    menu = replace(shop.menu.load(retired=False), next_visit=None)
    practice.menu.replace(menu, shop.menu.pairings(), now)
    practice.practice.set_copied(*here, now)


class Period:
    """Practice at one till, from on to off: written in the shop's file, with what the practice file has counted."""

    def __init__(self, shop: Path, practice: Store, till: str, token: str) -> None:
        self._shop = shop
        self._practice = practice
        self.till = till
        self.token = token

    @classmethod
    def begin(cls, shop: Store, practice: Store, till: str, till_id: int, trainee: int, now: datetime) -> Period:
        """Practice goes on. What never went off before (the plug was pulled) is closed first."""
        for token in shop.periods.never_ended(till):
            shop.periods.end(token, now, practice.periods.done(token))
        token = uuid.uuid4().hex
        practice.periods.remember(token, till_id)
        shop.periods.begin(token, till, trainee, now)
        return cls(shop.path, practice, till, token)

    def end(self, now: datetime) -> None:
        """Practice goes off."""
        with closing(open_store(self._shop)) as shop:
            shop.periods.end(self.token, now, self._practice.periods.done(self.token))
