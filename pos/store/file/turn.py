"""A queue of writers beside the database, first come, first served, among the processes of one machine.

SQLite's own waiting is not fair: each waiter sleeps for longer and longer, and the one that sleeps longest loses. Here
a writer draws a ticket and waits until no lower ticket is held. A held ticket is a locked byte of `shop.db.turn`, so
the system releases the ticket of a killed process. The queue only decides who asks SQLite next: the database's own lock
still guards the data. If there cannot be a queue (in a folder without write permission, on a system without such
locks), SQLite's waiting is all there is.
"""

from __future__ import annotations

import os
import struct
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Protocol

STUCK = 0.25
"""Seconds after which a holder that does nothing is skipped: its process was stopped, or it waits for another program's
lock."""

NEXT, SERVING = 0, 8
"""Where the file keeps the number of the next ticket, and the lowest ticket that is still waited for."""

NUMBER = struct.Struct("<Q")
MUTEX = 1 << 32
"""The byte that is locked while a ticket is drawn."""

TICKETS = 1 << 33
"""The first byte for tickets: locked bytes are never read or written."""

MOST = 1 << 40
"""More tickets than are ever drawn: a thousand a second for thirty years."""

NEAR, FAR = 0.0003, 0.001
"""Seconds between two looks: of the one that comes next, and, for each that is before it, of the others."""

SLOWEST = 0.01


class Patience(Protocol):
    """The rest of a writer's patience."""

    def pause(self, seconds: float) -> bool:
        """Sleep. Returns False at once if the time is up."""


class Turn:
    """A process's place in the queue of a database. It belongs to the thread of its connection."""

    def __init__(self, path: Path) -> None:
        self._database = path
        self._file: int | None = None
        self._ticket: int | None = None
        self._is_possible = can_lock()

    def take(self, wait: Patience) -> bool:
        """Wait for the turn. Returns True when it has come, or if there is no queue; False when the time is up."""
        try:
            self._ticket = self._draw(wait)
            return self._ticket is None or self._wait_for(self._ticket, wait)
        except OSError:  # a file system without locks: only SQLite's own waiting is left
            self._is_possible = False
            self.close()
            return True

    def give_back(self) -> None:
        """Pass the turn on; does nothing if it was not taken."""
        ticket, self._ticket = self._ticket, None
        if ticket is not None and self._file is not None:
            with suppress(OSError):
                unlock(self._file, TICKETS + ticket)

    def close(self) -> None:
        """Close the file, and with it give up the turn."""
        file, self._file, self._ticket = self._file, None, None
        if file is not None:
            with suppress(OSError):
                os.close(file)

    def _open(self) -> int | None:
        """The queue's file, created if need be; None if that is impossible."""
        if not self._is_possible:
            return None
        if self._file is not None and os.fstat(self._file).st_nlink:
            return self._file
        self.close()
        try:
            database = self._database.resolve()
            mode = database.stat().st_mode & 0o666  # whoever may write to the database may use the queue
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._file = os.open(database.with_name(f"{database.name}.turn"), flags, mode)
        except OSError:
            return None
        if not os.fstat(self._file).st_size and sys.platform != "win32":
            with suppress(OSError):
                os.fchmod(self._file, mode)  # regardless of the umask
        return self._file

    def _draw(self, wait: Patience) -> int | None:
        """Draw the next ticket; None if that is impossible."""
        file = self._open()
        if file is None:
            return None
        begun = monotonic()
        while not lock(file, MUTEX):
            if monotonic() - begun > STUCK or not wait.pause(NEAR):
                return None
        try:
            ticket = _read(file, NEXT)
            while not lock(file, TICKETS + ticket):  # somebody reset the number
                ticket += 1
            _write(file, NEXT, ticket + 1)
            if _read(file, SERVING) > ticket:
                _write(file, SERVING, ticket)
        finally:
            unlock(file, MUTEX)
        return ticket

    def _wait_for(self, ticket: int, wait: Patience) -> bool:
        assert self._file is not None
        serving, since = _read(self._file, SERVING), monotonic()
        while True:
            now = _read(self._file, SERVING)
            if now >= ticket or is_free(self._file, TICKETS + now, ticket - now):
                if now < ticket:
                    _write(self._file, SERVING, ticket)
                return True
            if now != serving:
                serving, since = now, monotonic()
            elif monotonic() - since > STUCK:
                self._pass_by(now, ticket)
                continue
            before = ticket - now
            if not wait.pause(NEAR if before == 1 else min(before * FAR, SLOWEST)):
                self.give_back()
                return False

    def _pass_by(self, serving: int, ticket: int) -> None:
        """Let the tickets after the lowest held one pass it."""
        assert self._file is not None
        while serving < ticket and is_free(self._file, TICKETS + serving, 1):
            serving += 1
        _write(self._file, SERVING, serving + 1)


def _read(file: int, place: int) -> int:
    """A number in the queue's file; 0 in a new file, and for a number too high for a queue."""
    os.lseek(file, place, os.SEEK_SET)
    found = os.read(file, NUMBER.size)
    number = NUMBER.unpack(found)[0] if len(found) == NUMBER.size else 0
    return number if number < MOST else 0


def _write(file: int, place: int, number: int) -> None:
    os.lseek(file, place, os.SEEK_SET)
    os.write(file, NUMBER.pack(number))


if sys.platform == "win32":
    import msvcrt

    def can_lock() -> bool:
        """Whether the system has locks that belong to an open file."""
        return True

    def _locking(file: int, how: int, start: int, length: int) -> bool:
        os.lseek(file, start, os.SEEK_SET)
        try:
            msvcrt.locking(file, how, length)
        except OSError:
            return False
        return True

    def lock(file: int, byte: int) -> bool:
        """Lock a byte for this open file; false while another one has it."""
        return _locking(file, msvcrt.LK_NBLCK, byte, 1)

    def unlock(file: int, byte: int) -> None:
        """Unlock a byte."""
        _locking(file, msvcrt.LK_UNLCK, byte, 1)

    def is_free(file: int, start: int, length: int) -> bool:
        """Whether no other open file has a lock on any of these bytes."""
        return all(lock(file, byte) and (unlock(file, byte) or True) for byte in range(start, start + length))

else:
    import fcntl

    # The fields of struct flock, in the order of <fcntl.h>: type, whence, start, length, process.
    _IS_DARWIN = sys.platform == "darwin"
    _FLOCK = struct.Struct("@qqihh" if _IS_DARWIN else "@hhqqi")

    def can_lock() -> bool:
        """Whether the system has locks that belong to an open file: those of a process are lost with any of its
        descriptors, and keep two tills of one process not apart."""
        return hasattr(fcntl, "F_OFD_SETLK")

    def _ask(file: int, command: int, kind: int, start: int, length: int) -> bytes:
        place = (start, length, 0, kind, os.SEEK_SET) if _IS_DARWIN else (kind, os.SEEK_SET, start, length, 0)
        return fcntl.fcntl(file, command, _FLOCK.pack(*place))

    def lock(file: int, byte: int) -> bool:
        """Lock a byte for this open file; false while another one has it. Raises `OSError` where there are no locks."""
        try:
            _ask(file, fcntl.F_OFD_SETLK, fcntl.F_WRLCK, byte, 1)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def unlock(file: int, byte: int) -> None:
        """Unlock a byte."""
        _ask(file, fcntl.F_OFD_SETLK, fcntl.F_UNLCK, byte, 1)

    def is_free(file: int, start: int, length: int) -> bool:
        """Whether no other open file has a lock on any of these bytes."""
        found = _FLOCK.unpack(_ask(file, fcntl.F_OFD_GETLK, fcntl.F_WRLCK, start, length))
        return int(found[3 if _IS_DARWIN else 0]) == fcntl.F_UNLCK
