"""A backup put in the place of a shop's file: never one that would shorten the journal, and nothing is deleted."""

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
"""How a file answers that nobody can read any more."""


@value
class Lost:
    """Numbers of a series that were given out and are not in a backup."""

    series: str
    first: int
    last: int


@value
class Plan:
    """What a backup would be in the place of a file.

    `known` is what the backup has. `given` are the last numbers that are known to have been given out, which it is to
    go on after. `is_there` says whether there is a file to be kept aside, `is_damaged` that it can be read no more.
    `lost_to` is how far its journal is known to have gone.
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
        """The numbers that are known to be lost."""
        has = {entry.series: entry.number for entry in self.known.given}
        return tuple(
            Lost(entry.series, has.get(entry.series, 0) + 1, entry.number)
            for entry in self.given
            if entry.number > has.get(entry.series, 0)
        )


@verb
def restore_file(shop: ShopScene, given: tuple[LastNumber, ...], restored: FileRestored) -> Change[None]:
    """The file is a backup that takes its place: each series goes on after the last number that was given out."""
    return Change(None, facts=(FileAccepted(given), restored))


@contextmanager
def prepared(backup: Path, target: Path, tell: Tell) -> Iterator[Store]:
    """A copy of a backup beside the file that it is to become, of this version and checked from its first row to its
    last. The backup itself stays as it is.

    Raises `BadInput`: `restore-no-file`, `restore-not-whole` for one that is damaged or was changed; `StoreError` for
    what is no backup of a shop.
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
    """What is wrong with a file, under its own name and not its copy's."""
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
    """What it would be to put a prepared backup in the place of a file. `given` are numbers that somebody has on paper:
    the last of each series.

    Raises `BadInput` where nothing may be put there: `restore-goes-further` and `restore-parted` for a file whose
    journal the backup does not have, `restore-other-shop`, `restore-same`, `restore-no-series`. Raises `StoreError` for
    a file that nobody may read now, and for one of another program.
    """
    known = known_of(store.path)
    there, is_damaged = _there(store, target, known)
    knowing = [entry for entry in (there, read_witness(target)) if entry is not None]
    rows = [entry.head.seq for entry in knowing if entry.file_id == known.file_id]
    numbers = _last_of(known, knowing, given)
    return Plan(known, numbers, bool(parts_of(target)), is_damaged, max([known.head.seq, *rows]))


def _there(store: Store, target: Path, known: Witness) -> tuple[Witness | None, bool]:
    """What stands where the backup is to be, as far as it can be read, and whether it is damaged. It is read from a
    copy: it may be of an older version. Raises as `planned` does."""
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
    """Look that a file has nothing that the backup lacks. Raises `BadInput`."""
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
    """The last number of each series that anybody knows of. Raises `BadInput` `restore-no-series`."""
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
    """Put a prepared backup, which the gate is on, in the place of a file; returns what was kept aside.

    The backup knows by an act of its own that it was restored, before it stands there; then the witness knows it.
    Raises `StoreError`.
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
    """Give what stands there another name. The witness stays, until there is another: it knows what was given out."""
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
    """The keys that are with the backup, where the file has none of that name. Raises `StoreError`."""
    for key in keys_of(backup):
        place = key_beside(key, target)
        if not place.exists():
            copy_key(key, place)
