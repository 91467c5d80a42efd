"""Files that a user names: read without hanging, and never written over the shop's own."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from select import select
from time import monotonic

from pos.domain.errors import BadInput

if sys.platform != "win32":
    from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock

PATIENCE = 3.0
"""Seconds until a pipe or a device that does nothing counts as silent."""

DATABASE_HEADS = (b"SQLite format 3\0", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", b"\x37\x7f\x06")
"""The first bytes of a database (`SQLite format 3`), of its rollback journal, and of a write-ahead log."""

COMPANIONS = ("-journal", "-wal", "-shm", ".head", ".lock")
"""The suffixes of the files that belong to a database."""

STREAMS = ("/dev/std", "/dev/fd/", "/proc/")
"""Links that begin so lead to the program's own streams, wherever a shell has sent those."""

_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_CLOEXEC = getattr(os, "O_CLOEXEC", 0)
_NOCTTY = getattr(os, "O_NOCTTY", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_CHUNK = 1 << 20


class Undelivered(OSError):
    """A pipe or a device that did not take everything; `begun` says whether it took something."""

    def __init__(self, number: int, *, begun: bool) -> None:
        super().__init__(number, os.strerror(number))
        self.begun = begun


def read_start(path: Path, most: int, patience: float = PATIENCE) -> bytes:
    """The first `most` bytes of a file, a pipe or a device.

    Raises `OSError`: `ETIMEDOUT` for one that sends nothing for `patience` seconds, else what the system says.
    """
    source = os.open(path, os.O_RDONLY | _NONBLOCK | _CLOEXEC | _NOCTTY | _BINARY)
    try:
        return _read(source, most, patience, waits=not stat.S_ISREG(os.fstat(source).st_mode))
    finally:
        os.close(source)


def _read(source: int, most: int, patience: float, *, waits: bool) -> bytes:
    content = b""
    while len(content) < most:
        if waits and not select([source], [], [], patience)[0]:
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        try:
            part = os.read(source, min(_CHUNK, most - len(content)))
        except BlockingIOError:  # a file of the system that waits for something to say
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from None
        if not part:
            break
        content += part
    return content


def deliver(path: Path, content: bytes, patience: float = PATIENCE) -> None:
    """Write to a pipe or a device as fast as it takes it, for `patience` seconds in all.

    Raises `Undelivered`: `ETIMEDOUT` for one that is silent, else what the system says.
    """
    begun = False
    deadline = monotonic() + patience
    try:
        device = os.open(path, os.O_WRONLY | _NONBLOCK | _CLOEXEC | _NOCTTY | _BINARY)
        try:
            while content:
                if not select([], [device], [], max(0.0, deadline - monotonic()))[1]:
                    raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
                content = content[os.write(device, content) :]
                begun = True
        finally:
            os.close(device)
    except OSError as error:
        raise Undelivered(error.errno or errno.EIO, begun=begun) from error


def is_ordinary(path: Path) -> bool:
    """Whether a path is a regular file, or nothing yet."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return True


def guard(path: Path, *, appending: bool = False) -> None:
    """Refuse a path that nothing may be written to. Raises `BadInput`:

    `output-is-database` for a database and what belongs to one, `output-is-link` for a link to a file,
    `output-in-use` for a file that a running till writes to, unless this is `appending` as well: tills may share a
    file. What the system does not tell is left to whoever writes.
    """
    if path.is_symlink() and not str(path).startswith(STREAMS) and path.resolve().is_file():
        raise BadInput("output-is-link", path=str(path), target=str(path.resolve()))
    if _is_database(path) or any(_is_database(base) for base in _bases(path)):
        raise BadInput("output-is-database", path=str(path))
    if not appending and is_claimed(path):
        raise BadInput("output-in-use", path=str(path))


def _bases(path: Path) -> list[Path]:
    """The databases that a file of this name would belong to: `shop.db` for `shop.db.1.lock`."""
    name = next((path.name.removesuffix(ending) for ending in COMPANIONS if path.name.endswith(ending)), "")
    bases = [path.with_name(name)] if name else []
    if path.name.endswith(".lock") and "." in name:
        bases.append(path.with_name(name.rpartition(".")[0]))
    return bases


def _is_database(path: Path) -> bool:
    try:
        return path.is_file() and read_start(path, 16).startswith(DATABASE_HEADS)
    except OSError:
        return False


def claim(path: Path) -> int | None:
    """Mark a file as one that this process writes to until it ends; None where the system has no such marks.

    The mark is the descriptor that is returned: keep it, or close it to let go.
    """
    if sys.platform == "win32" or not path.is_file():
        return None
    try:
        kept = os.open(path, os.O_RDONLY | _CLOEXEC)
        flock(kept, LOCK_SH | LOCK_NB)
    except OSError:
        return None
    return kept


def is_claimed(path: Path) -> bool:
    """Whether another part of a program holds a claim, or a lock, on a file."""
    if sys.platform == "win32" or not path.is_file():
        return False
    try:
        looked = os.open(path, os.O_RDONLY | _CLOEXEC | _NONBLOCK)
    except OSError:
        return False
    try:
        flock(looked, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(looked)
    return False
