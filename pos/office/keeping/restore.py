"""Putting a backup in the place of the shop's file. The journal never becomes shorter that way, and no file is
deleted."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pos.domain.errors import BadInput, StoreError
from pos.domain.value import value
from pos.office.keeping.backup import copy_key, sync, sync_folder
from pos.office.verifying import verify_file
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import (
    FileAccepted,
    FileRestored,
    Head,
    LastNumber,
    Store,
    Witness,
    copy_to_read,
    has_row,
    is_sound,
    key_beside,
    keys_of,
    known_of,
    open_store,
    parts_of,
    read_witness,
    unwritable,
    witness_path,
    write_witness,
)

Tell = Callable[[int, int], None]

DAMAGE = ("database-damaged", "not-a-database")
"""The errors of a file that cannot be read any more."""


@value
class Lost:
    """Numbers of a series that were given out and are missing in a backup."""

    series: str
    first: int
    last: int


@value
class Plan:
    """What restoring a backup would do.

    `known` is the witness of the backup. `given` are the last numbers known to have been given out; each series will
    continue after them. `is_there`: there is a file to be set aside. `is_damaged`: that file is unreadable. `lost_to`
    is the last row that its journal is known to have had.
    """

    known: Witness
    given: tuple[LastNumber, ...]
    is_there: bool
    is_damaged: bool
    lost_to: int

    @property
    def acts(self) -> int:
        """How many rows of the journal are known to be lost."""
        return max(0, self.lost_to - self.known.head.seq)

    @property
    def lost(self) -> tuple[Lost, ...]:
        """The numbers known to be lost."""
        has = {entry.series: entry.number for entry in self.known.given}
        return tuple(
            Lost(entry.series, has.get(entry.series, 0) + 1, entry.number)
            for entry in self.given
            if entry.number > has.get(entry.series, 0)
        )


@verb
def restore_file(scene: ShopScene, given: tuple[LastNumber, ...], restored: FileRestored) -> Change[None]:
    """Record in the backup that it was restored, and let each series continue after the last number given out."""
    return Change(None, facts=(FileAccepted(given), restored))


@contextmanager
def prepared(backup: Path, target: Path, tell: Tell) -> Iterator[Store]:
    """A copy of a backup beside `target`, migrated to this version and wholly verified. The backup itself is not
    changed.

    Raises `BadInput`: `restore-no-file`; `restore-not-whole` if the backup is damaged or was changed. Raises
    `StoreError` for a file that is no backup of a shop.
    """
    if not backup.is_file():
        raise BadInput("restore-no-file", path=backup)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(prefix="pos-restore-", dir=target.parent, ignore_cleanup_errors=True)
    except OSError as error:
        raise unwritable(target.parent, error) from error
    with folder as name:
        try:
            copy = copy_to_read(backup, Path(name))
            if witness_path(backup).exists():
                shutil.copyfile(witness_path(backup), witness_path(copy))
            store = open_store(copy, anew=True)
        except StoreError as error:
            raise _under_its_name(error, backup) from error
        except OSError as error:
            raise unwritable(target.parent, error) from error
        with closing(store):
            _check_whole(store, backup, tell)
            yield store


def _under_its_name(error: StoreError, path: Path) -> StoreError:
    """The same error, with the path of the file in place of its copy's."""
    return StoreError(error.message_id, **{**error.values, "path": path})


def _check_whole(store: Store, backup: Path, tell: Tell) -> None:
    try:
        store.witness.check()
        is_whole = verify_file(store, tell).finding is None
    except StoreError:
        is_whole = False
    if not is_whole:
        raise BadInput("restore-not-whole", path=backup)


def planned(store: Store, target: Path, given: Iterable[tuple[str, int]] = ()) -> Plan:
    """What restoring a prepared backup over `target` would do. `given` are the last numbers of series that somebody has
    on paper.

    Raises `BadInput` if it must not be restored: `restore-goes-further` and `restore-parted` if the file's journal has
    rows that the backup lacks, `restore-other-shop`, `restore-same`, `restore-no-series`. Raises `StoreError` if the
    file cannot be read now, or is another program's.
    """
    known = known_of(store.path)
    there, is_damaged = _there(store, target, known)
    knowing = [entry for entry in (there, read_witness(target)) if entry is not None]
    rows = [entry.head.seq for entry in knowing if entry.file_id == known.file_id]
    numbers = _last_of(known, knowing, given)
    return Plan(known, numbers, bool(parts_of(target)), is_damaged, max([known.head.seq, *rows]))


def _there(store: Store, target: Path, known: Witness) -> tuple[Witness | None, bool]:
    """The witness of the file at `target` as far as it can be read, and whether the file is damaged. A copy is read,
    because the file may be of an older version. Raises as `planned` does."""
    try:
        if not target.stat().st_size:
            return None, True
    except FileNotFoundError:
        return None, False
    except OSError as error:
        raise StoreError("database-unwritable", path=target) from error
    is_damaged = is_sound(target) is False
    with TemporaryDirectory(prefix="pos-restore-", dir=target.parent, ignore_cleanup_errors=True) as folder:
        try:
            copy = copy_to_read(target, Path(folder))
            open_store(copy, anew=True).close()
            there = known_of(copy)
        except StoreError as error:
            if is_damaged and error.message_id in DAMAGE:
                return None, True
            raise _under_its_name(error, target) from error
        if not is_damaged:
            _hold(store, target, copy, (known, there))
    return there, is_damaged


def _hold(store: Store, target: Path, copy: Path, both: tuple[Witness, Witness]) -> None:
    """Check that the file has nothing that the backup lacks. Raises `BadInput`."""
    known, there = both
    if there.file_id != known.file_id:
        raise BadInput("restore-other-shop", path=target)
    if there.head == known.head:
        raise BadInput("restore-same", path=target)
    if there.head.seq > known.head.seq and _has(copy, known.head):
        acts, sales = there.head.seq - known.head.seq, _count(there.given) - _count(known.given)
        raise BadInput("restore-goes-further", path=target, acts=acts, sales=sales)
    if there.head.seq > known.head.seq or not _has(store.path, there.head):
        raise BadInput("restore-parted", path=target)


def _has(path: Path, head: Head) -> bool:
    return head.seq == 0 or has_row(path, head.seq, head.hash)


def _count(given: Iterable[LastNumber]) -> int:
    return sum(entry.number for entry in given)


def _last_of(known: Witness, knowing: Iterable[Witness], on_paper: Iterable[tuple[str, int]]) -> tuple[LastNumber, ...]:
    """The last known number of each series, from all sources. Raises `BadInput` `restore-no-series`."""
    last = {entry.series: entry for entry in known.given}
    for witness in knowing:
        for entry in witness.given:
            if entry.series not in last or entry.number > last[entry.series].number:
                last[entry.series] = entry
    for series, number in on_paper:
        if series not in last:
            raise BadInput("restore-no-series", series=series, known=", ".join(sorted(last)))
        entry = last[series]
        last[series] = LastNumber(entry.till_id, entry.till, series, max(entry.number, number))
    return tuple(last.values())


def restore(gate: ShopGate, plan: Plan, backup: Path, target: Path) -> tuple[Path, ...]:
    """Put the prepared backup, whose store the gate has open, in the place of a file. Returns the files that were set
    aside.

    The fact that it was restored is written before it is moved there, and its witness after. Raises `StoreError`.
    """
    store, head = gate.store, plan.known.head
    gate.do(restore_file, plan.given, FileRestored(head.seq, head.hash.hex(), plan.lost_to))
    store.close()
    known = known_of(store.path)
    try:
        aside = _keep_aside(target, gate.country.local(gate.clock()))
        sync(store.path)
        store.path.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise unwritable(target, error) from error
    write_witness(target, known)
    _restore_keys(backup, target)
    return aside


def _keep_aside(target: Path, at: datetime) -> tuple[Path, ...]:
    """Rename the file that is there. Its witness stays until a new one is written, because it knows the numbers given
    out."""
    stamp = f"{at:%Y%m%d-%H%M%S}"
    aside: list[Path] = []
    for part in parts_of(target):
        place = target.with_name(f"{target.name}.aside-{stamp}{part.name.removeprefix(target.name)}")
        part.replace(place)
        aside.append(place)
    if aside and witness_path(target).exists():
        shutil.copyfile(witness_path(target), witness_path(aside[0]))
    return tuple(aside)


def _restore_keys(backup: Path, target: Path) -> None:
    """Copy the backup's keys that are missing beside the file. Raises `StoreError`."""
    for key in keys_of(backup):
        place = key_beside(key, target)
        if not place.exists():
            copy_key(key, place)
