"""A till on a disk that lies when the power goes, fails, or is full: nothing that was acknowledged is lost."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

import apsw
import pytest

from pos.domain.errors import StoreError
from pos.store import open_store
from pos.store.journal.journal import hash_at, last
from pos.store.journal.witness import witness_path
from pos.store.verifying import verify
from tests.durability.killing import assert_sound
from tests.durability.lying_disk import Acknowledged, Deleted, Disk, Platter, Synced, Told
from tests.durability.scenery import a_folder
from tests.durability.stand_in import on_vfs
from tests.rig import Cashier, a_cashier

DAY = """
    b enter 2 n n a enter
    b b + backspace f9 c enter 2 j 1 k + enter
    f10 enter 2 n n k - a enter
    b enter 2 j 1 d enter
    c , a 1
    b enter 2 n n k u f9 b
"""
"""Cash, an order that is held and comes back, a card, one that is declined, a yes, a discard, an unknown payment."""


@contextmanager
def a_till_on(disk: Disk, folder: Path) -> Iterator[Cashier]:
    """A till whose file is on a disk; its menu was put in before."""
    cashier = a_cashier(folder)
    with on_vfs(cashier.register.store, disk.vfs_name):
        yield cashier


def acknowledge(disk: Disk, cashier: Cashier) -> Acknowledged:
    """Write down how far the journal goes now that a key has answered, and what the witness says."""
    store = cashier.register.store
    head, witness = last(store.file.conn), witness_path(store.path)
    found = Acknowledged(head.seq, head.hash, witness.read_bytes() if witness.exists() else b"")
    disk.told.append(found)
    return found


@cache
def a_day() -> tuple[bytes, dict[str, bytes], tuple[Told, ...]]:
    """The file at the beginning, the keys that it signs with, and all that the disk is told on a day."""
    with a_folder() as folder:
        a_cashier(folder).register.store.close()
        begin = (folder / "shop.db").read_bytes()
        disk = Disk("lying")
        with a_till_on(disk, folder) as cashier:
            for key in DAY.split():
                cashier.press(key)
                acknowledge(disk, cashier)
            assert cashier.register.store.sales.count() >= 3
        keys = {entry.name: entry.read_bytes() for entry in (folder / "shop.db.signing").glob("*")}
        disk.unregister()
    return begin, keys, tuple(disk.told)


def platters() -> Iterator[Platter]:
    """The disk after each thing that it was told on that day."""
    begin, _, told = a_day()
    platter = Platter({"shop.db": begin})
    for entry in told:
        platter.take(entry)
        yield platter


def assert_nothing_acknowledged_is_lost(platter: Platter, chance: random.Random) -> bool:
    """Let the power go and come back. Returns whether SQLite had something to repair."""
    files = platter.after_power_loss(chance)
    with a_folder() as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        if platter.witnesses and chance.random() < 0.8:
            witness = platter.witnesses[-1] if chance.random() < 0.5 else chance.choice(platter.witnesses)
            witness_path(folder / "shop.db").write_bytes(witness)
        with closing(open_store(folder / "shop.db")) as store:
            store.witness.check()
            assert_sound(store.file.conn)
            assert verify(store.file).finding is None
            if platter.acknowledged is not None:
                assert hash_at(store.file.conn, platter.acknowledged.seq) == platter.acknowledged.hash
    return "shop.db-journal" in files


def power_lost(moments: range, times: int) -> tuple[int, int]:
    """Lose the power after some of the operations, that many times after each. Returns how often that was, and how
    often a journal was left behind."""
    losses = journals = 0
    for number, platter in enumerate(platters()):
        if number not in moments:
            continue
        for time in range(times):
            journals += assert_nothing_acknowledged_is_lost(platter, random.Random(f"{number}-{time}"))
            losses += 1
    print(f"{losses} losses of power, {journals} with a journal left, {len(a_day()[2])} things told")
    return losses, journals


def test_nothing_acknowledged_is_lost_when_the_power_goes() -> None:
    losses, journals = power_lost(range(0, len(a_day()[2]), 53), times=1)
    assert losses >= 15
    assert journals >= 5


@pytest.mark.soak
@pytest.mark.parametrize("part", range(8))
def test_nothing_acknowledged_is_lost_when_the_power_goes_at_any_moment(part: int) -> None:
    losses, journals = power_lost(range(part, len(a_day()[2]), 8), times=4)
    assert losses >= 500
    assert journals >= 250


def unsynced(told: Told) -> Told | None:
    """What a disk is told by a program that syncs no file."""
    return None if isinstance(told, Synced) else told


def unsafe(told: Told) -> Told | None:
    """What a disk is told with `synchronous = FULL`: when a journal is deleted, its folder is not synced."""
    return replace(told, is_safe=False) if isinstance(told, Deleted) else told


@pytest.mark.parametrize("carelessly", [unsynced, unsafe])
def test_the_disk_of_these_tests_loses_what_a_careless_program_wrote(
    carelessly: Callable[[Told], Told | None],
) -> None:
    begin, _, told = a_day()
    platter = Platter({"shop.db": begin})
    for entry in told:
        if (heard := carelessly(entry)) is not None:
            platter.take(heard)
    lost = 0
    for seed in range(8):
        try:
            assert_nothing_acknowledged_is_lost(platter, random.Random(seed))
        except (AssertionError, StoreError, sqlite3.DatabaseError):
            lost += 1
    assert lost >= 2


FAILURES = (apsw.IOError, apsw.FullError)


def failing_day(failure: type[apsw.Error], fails_at: int, *, fails_on: bool) -> int:
    """A day on a disk that fails at one moment, or from then until somebody mends it after a few keys. Returns how
    often it failed. In the end everything acknowledged is there, the file is sound, and the till sells."""
    with a_folder() as folder:
        begin, keys, _ = a_day()
        (folder / "shop.db").write_bytes(begin)
        (folder / "shop.db.signing").mkdir()
        for name, content in keys.items():
            (folder / "shop.db.signing" / name).write_bytes(content)
            (folder / "shop.db.signing" / name).chmod(0o600)
        disk = Disk("failing")
        disk.fails_at, disk.fails_on, disk.failure = fails_at, fails_on, failure
        heads: list[Acknowledged] = []
        with a_till_on(disk, folder) as cashier:
            since = 0
            for key in DAY.split():
                failed = disk.failed
                cashier.press(key)
                since += disk.failed > 0
                if since > 3:
                    disk.fails_at = None
                if disk.failed == failed:
                    with suppress(sqlite3.Error):  # the disk still fails
                        heads.append(acknowledge(disk, cashier))
            disk.fails_at = None
            cashier.register.catch_up()
        disk.unregister()
        with closing(open_store(folder / "shop.db")) as store:
            store.witness.check()
            assert_sound(store.file.conn)
            assert verify(store.file).finding is None
            for head in heads:
                assert hash_at(store.file.conn, head.seq) == head.hash
        return disk.failed


def failing_days(moments: range) -> int:
    """A day with one failure at each of some moments. Returns how many failures there were."""
    failures = sum(failing_day(FAILURES[number % 2], number, fails_on=number % 3 == 0) for number in moments)
    print(f"{failures} failures on {len(moments)} days")
    return failures


def moments_to_fail(start: int, step: int) -> range:
    """Some of the things that the disk is told to do on a day."""
    return range(start, sum(not isinstance(entry, Acknowledged) for entry in a_day()[2]), step)


def test_on_a_disk_that_fails_or_is_full_nothing_acknowledged_is_lost() -> None:
    assert failing_days(moments_to_fail(1, 149)) >= 5


@pytest.mark.soak
@pytest.mark.parametrize("part", range(8))
def test_on_a_disk_that_fails_or_is_full_at_any_moment_nothing_acknowledged_is_lost(part: int) -> None:
    assert failing_days(moments_to_fail(part + 1, 8)) >= 100
