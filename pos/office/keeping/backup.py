"""A backup of the shop's file, made while tills sell, and checked before it is called one."""

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

Tell = Callable[[int, int], None]

SPARE = 64 * 1024 * 1024
"""Bytes that a backup leaves free beside the shop's file: sales come first."""

CHUNK = 1 << 20
ONLY_OWNER = 0o600


@value
class MadeBackup:
    """A backup that is whole: where it is, its size in bytes, what it knows of itself, and where the keys are that
    were backed up apart from it."""

    path: Path
    bytes: int
    known: Witness
    keys: tuple[Path, ...]

    @property
    def head(self) -> Head:
        """The last row of the journal in it."""
        return self.known.head


@verb
def back_up(shop: ShopScene, made: BackedUp) -> Change[None]:
    """A copy of the file is whole; the file keeps that there is one."""
    return Change(None, facts=(made,))


def needs_consent(source: Path, target: Path) -> bool:
    """Whether something stands where a backup is to be: an older one of this shop, or a folder that takes one.

    Raises `BadInput` for what is never written over: `backup-onto-itself` for the shop's file, `backup-other-file` for
    anything but an older backup of it. Raises `StoreError`.
    """
    if target.is_dir() or not os.path.lexists(target):
        return False
    if target.exists() and target.samefile(source):
        raise BadInput("backup-onto-itself", path=source)
    if target.is_symlink() or not _is_older(source, target):
        raise BadInput("backup-other-file", target=target)
    return True


def _is_older(source: Path, target: Path) -> bool:
    """Whether a file is this one as it was: all that is in its journal is in this one's, too."""
    try:
        known, here = known_of(target), known_of(source)
        return known.file_id == here.file_id and (
            known.head.seq == 0 or has_row(source, known.head.seq, known.head.hash)
        )
    except StoreError:
        return False


def make_backup(gate: ShopGate, target: Path, copying: Tell, checking: Tell) -> MadeBackup:
    """Copy the shop's file, check the copy, put it where it is wanted, and keep in the journal that there is one.

    In a folder it gets a name with the day and the last row of the journal. `copying` and `checking` get how far it is:
    bytes, and rows. What is left of a backup that was cut off is cleared away.

    Raises `BadInput` `backup-not-whole` where the copy is not as the journal says, `backup-under-way` where another is
    being made; `StoreError` for a disk that does not take it, and where somebody writes all the time.
    """
    source = gate.store.path.resolve()
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
    """Where the copy is made: beside the file, whose disk is fast. A stick may be slow, and no till waits for one."""
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
    """What a copy knows of itself, once SQLite and the journal agree that it is whole."""
    with looked_at(copy) as file:
        if is_sound(copy) is not True or verify(file, tell).finding is not None:
            raise BadInput("backup-not-whole", path=source)
    return known_of(copy)


def _name(source: Path, head: Head, at: datetime) -> str:
    return f"{source.stem}-{at:%Y-%m-%d}-{head.seq}-{head.short}{source.suffix}"


def _deliver(copy: Path, place: Path) -> None:
    """Put the copy where it is wanted: whole, or not at all. Raises `StoreError`."""
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
    """Copy to another disk, and read again what stands there."""
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
    """Let the copy have its head beside it. Raises `StoreError`."""
    witness_path(place).unlink(missing_ok=True)
    write_witness(place, known)
    if read_witness(place) != known:
        raise StoreError("backup-unwritable", target=witness_path(place))


def copy_key(key: Path, place: Path) -> Path:
    """A key of its own beside the copy, for nobody else to read. Raises `StoreError`."""
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
    """See a file safe on the disk. Raises `OSError`."""
    place = os.open(path, os.O_RDWR)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def sync_folder(folder: Path) -> None:
    """See the names in a folder safe on the disk, where the system can."""
    with suppress(OSError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
