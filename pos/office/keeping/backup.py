"""Backing up the shop's file while tills sell. The copy is verified before it counts as a backup."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pos.domain.errors import BadInput, StoreError
from pos.domain.value import value
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import (
    BackedUp,
    Head,
    Witness,
    copy_while_selling,
    has_row,
    is_sound,
    key_beside,
    keys_of,
    known_of,
    looked_at,
    read_witness,
    unwritable,
    witness_path,
    write_witness,
)
from pos.store.verifying import verify
from pos.wording.reasons import NO_FOLDER

Tell = Callable[[int, int], None]

SPARE = 64 * 1024 * 1024
"""Bytes that must stay free on the disk of the shop's file, so that sales can go on."""

CHUNK = 1 << 20
ONLY_OWNER = 0o600


@value
class MadeBackup:
    """A finished backup: its path, its size in bytes, its witness, and where the signing keys were copied to."""

    path: Path
    bytes: int
    known: Witness
    keys: tuple[Path, ...]

    @property
    def head(self) -> Head:
        """The last row of its journal."""
        return self.known.head


@verb
def back_up(scene: ShopScene, made: BackedUp) -> Change[None]:
    """Record in the journal that a backup was made."""
    return Change(None, facts=(made,))


def needs_consent(source: Path, target: Path) -> bool:
    """Whether an older backup of this shop would be overwritten.

    Raises `BadInput` for a target that is never overwritten: `backup-onto-itself` for the shop's file,
    `backup-other-file` for anything but an older backup of it. Raises `StoreError`.
    """
    if target.is_dir() or not os.path.lexists(target):
        return False
    if target.exists() and target.samefile(source):
        raise BadInput("backup-onto-itself", path=source)
    if target.is_symlink() or not _is_older(source, target):
        raise BadInput("backup-other-file", target=target)
    return True


def _is_older(source: Path, target: Path) -> bool:
    """Whether `target` is an earlier state of `source`: its last journal row is in the journal of `source`."""
    try:
        known, here = known_of(target), known_of(source)
        return known.file_id == here.file_id and (
            known.head.seq == 0 or has_row(source, known.head.seq, known.head.hash)
        )
    except StoreError:
        return False


def make_backup(gate: ShopGate, target: Path, copying: Tell, checking: Tell) -> MadeBackup:
    """Copy the shop's file, verify the copy, move it to `target`, and record it in the journal.

    If `target` is a folder, the name is made of the day and the last row of the journal. `copying` and `checking` are
    called with the progress, in bytes and in rows. The leftovers of an interrupted backup are deleted. Raises
    `BadInput` `file-unwritable` if there is no such folder, `backup-not-whole` if verification finds a difference,
    `backup-under-way` if another backup is being made; `StoreError` if the disk refuses, or if tills write so much that
    no copy succeeds.
    """
    source = gate.store.path.resolve()
    if not target.parent.is_dir():
        raise BadInput("file-unwritable", path=str(target), reason=NO_FOLDER)
    with _alone(source), _working_copy(source) as copy:
        copy_while_selling(source, copy, copying)
        known = _checked(source, copy, checking)
        place = target / _name(source, known.head, gate.country.local(gate.clock())) if target.is_dir() else target
        size = copy.stat().st_size
        _deliver(copy, place)
        _write_head(place, known)
        keys = tuple(copy_key(key, key_beside(key, place)) for key in keys_of(source))
    gate.do(back_up, BackedUp(place.name, size, known.head.seq, known.head.hash.hex()))
    return MadeBackup(place, size, known, keys)


@contextmanager
def _alone(source: Path) -> Iterator[None]:
    lock = FileLock(source.with_name(f"{source.name}.backup.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BadInput("backup-under-way") from None
    except OSError as error:
        raise unwritable(source.parent, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _working_copy(source: Path) -> Iterator[Path]:
    """The path of the copy, beside the shop's file: its disk is fast, and no till may wait for a slow memory stick."""
    copy = source.with_name(f"{source.name}.backup-part")
    copy.unlink(missing_ok=True)
    if shutil.disk_usage(source.parent).free < source.stat().st_size + SPARE:
        raise StoreError("backup-no-room", target=source.parent)
    try:
        yield copy
    finally:
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def _checked(source: Path, copy: Path, tell: Tell) -> Witness:
    """The witness of a copy that SQLite and the journal find sound. Raises `BadInput` `backup-not-whole`."""
    with looked_at(copy) as file:
        if is_sound(copy) is not True or verify(file, tell).finding is not None:
            raise BadInput("backup-not-whole", path=source)
    return known_of(copy)


def _name(source: Path, head: Head, at: datetime) -> str:
    return f"{source.stem}-{at:%Y-%m-%d}-{head.seq}-{head.short}{source.suffix}"


def _deliver(copy: Path, place: Path) -> None:
    """Move the copy to its place: whole or not at all. Raises `StoreError`."""
    part = place.with_name(f"{place.name}.part")
    try:
        if copy.stat().st_dev == place.parent.stat().st_dev:
            copy.replace(place)
        else:
            _copy_over(copy, part)
            part.replace(place)
        sync_folder(place.parent)
    except OSError as error:
        raise unwritable(place, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _copy_over(copy: Path, part: Path) -> None:
    """Copy to another disk, and read it back to compare."""
    with copy.open("rb") as source, part.open("w+b") as there:
        digest = hashlib.sha256()
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            there.write(chunk)
        there.flush()
        os.fsync(there.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(there.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        there.seek(0)
        if hashlib.file_digest(there, "sha256").digest() != digest.digest():
            raise StoreError("backup-unwritable", target=part)


def _write_head(place: Path, known: Witness) -> None:
    """Write the witness of the copy beside it. Raises `StoreError`."""
    witness_path(place).unlink(missing_ok=True)
    write_witness(place, known)
    if read_witness(place) != known:
        raise StoreError("backup-unwritable", target=witness_path(place))


def copy_key(key: Path, place: Path) -> Path:
    """Copy a key file to `place`, readable by its owner only. Raises `StoreError`."""
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.unlink(missing_ok=True)
        place.touch(ONLY_OWNER)
        place.write_bytes(key.read_bytes())
        sync(place)
    except OSError as error:
        raise unwritable(place, error) from error
    return place


def sync(path: Path) -> None:
    """Flush a file to the disk. Raises `OSError`."""
    place = os.open(path, os.O_RDWR)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, if the system can."""
    with suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
