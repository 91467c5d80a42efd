"""A disk that lies: what was written and not synced may be lost, torn or there without what came before it, once the
power goes; and a disk that fails or is full.

What SQLite asks of it is written down, in order; from that, the state after a loss of power at each moment can be made.
A name in a folder is safe once its file was synced (SQLite's own file system syncs the folder of a new journal then)
or once the folder was: with `synchronous = EXTRA`, that is when a journal is deleted.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import apsw

SECTOR = 512
"""The bytes that a disk writes at once: in a torn write, each sector is written or not."""

REGULAR = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_MAIN_JOURNAL


@dataclass(frozen=True, slots=True)
class Wrote:
    """A write of bytes at a place of a file."""

    name: str
    place: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file is cut, or grown, to that many bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """Everything written to a file so far is on the disk, and so is its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A file is deleted; if the folder was synced, for good."""

    name: str
    is_safe: bool


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An acknowledgement that an act is done: the journal's last row at that time."""

    seq: int
    hash: bytes
    witness: bytes


Told: TypeAlias = Wrote | Cut | Synced | Deleted | Acknowledged
Change: TypeAlias = Wrote | Cut


class Disk(apsw.VFS):
    """The machine's file system, with every operation written down. It fails from `fails_at` on, or there alone."""

    def __init__(self, name: str) -> None:
        super().__init__(name, base="")
        self.vfs_name = name
        self.told: list[Told] = []
        self.asked = 0
        self.fails_at: int | None = None
        self.fails_on = False
        self.failure: type[apsw.Error] = apsw.IOError
        self.failed = 0

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        """A file of which all is written down, if it is a database's or its journal."""
        if flags[0] & REGULAR:
            return DiskFile(self, name, flags)
        return super().xOpen(name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """As the machine does."""
        self.ask()
        super().xDelete(filename, syncdir)
        self.told.append(Deleted(Path(filename).name, bool(syncdir)))

    def ask(self) -> None:
        """Count the operations, and fail where that is due."""
        self.asked += 1
        if self.fails_at is not None and (
            self.asked == self.fails_at or (self.fails_on and self.asked > self.fails_at)
        ):
            self.failed += 1
            raise self.failure("the disk fails")


class DiskFile(apsw.VFSFile):
    """One file on it."""

    def __init__(self, disk: Disk, name: apsw.URIFilename | str | None, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._disk = disk
        self._name = Path(name.filename() if isinstance(name, apsw.URIFilename) else str(name)).name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """As the machine does."""
        self._disk.ask()
        super().xWrite(data, offset)
        self._disk.told.append(Wrote(self._name, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        """As the machine does."""
        self._disk.ask()
        super().xTruncate(newsize)
        self._disk.told.append(Cut(self._name, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        """As the machine does."""
        self._disk.ask()
        super().xSync(flags)
        self._disk.told.append(Synced(self._name))


@dataclass
class Platter:
    """What is on the disk for good, and the operations not yet synced, after a part of all operations."""

    safe: dict[str, bytes]
    pending: dict[str, list[Change]] = field(default_factory=dict)
    going: set[str] = field(default_factory=set)
    """Deleted, as far as the program knows."""
    acknowledged: Acknowledged | None = None
    witnesses: list[bytes] = field(default_factory=list)

    def take(self, told: Told) -> None:
        """What the disk is told next."""
        match told:
            case Wrote() | Cut():
                self.pending.setdefault(told.name, []).append(told)
            case Synced():
                changes = self.pending.pop(told.name, [])
                self.safe[told.name] = applied(self._before(told.name), changes)
                if told.name in self.going:  # it is there anew, and the folder was synced with it
                    self.going.clear()
            case Deleted():
                self.pending.pop(told.name, None)
                self.going.add(told.name)
                if told.is_safe:
                    for name in self.going:
                        self.safe.pop(name, None)
                    self.going.clear()
            case Acknowledged():
                self.acknowledged = told
                self.witnesses.append(told.witness)

    def after_power_loss(self, chance: random.Random) -> dict[str, bytes]:
        """The files as they may be when the power comes back; of what was not synced, anything may be there."""
        left = {name: content for name, content in self.safe.items() if name not in self.going or chance.random() < 0.5}
        for name, changes in self.pending.items():
            if name not in left and chance.random() < 0.3:
                continue  # a new file whose name was lost
            left[name] = applied(self._before(name), survivors(changes, chance))
        return left

    def _before(self, name: str) -> bytes:
        return b"" if name in self.going else self.safe.get(name, b"")


def survivors(changes: list[Change], chance: random.Random) -> list[Change]:
    """The unsynced changes that survive: none, all, the first ones, any in any order, or parts."""
    way = chance.choice(("none", "all", "first", "any", "torn", "torn"))
    match way:
        case "none":
            return []
        case "all":
            return changes
        case "first":
            return changes[: chance.randrange(len(changes) + 1)]
    kept = [change for change in changes if chance.random() < 0.6]
    return [part for change in kept for part in torn(change, chance)] if way == "torn" else kept


def torn(change: Change, chance: random.Random) -> list[Change]:
    """A write of which each sector came through or not, or that ended anywhere."""
    if isinstance(change, Cut):
        return [change]
    if chance.random() < 0.3:
        return [Wrote(change.name, change.place, change.content[: chance.randrange(len(change.content) + 1)])]
    places = range(0, len(change.content), SECTOR)
    return [
        Wrote(change.name, change.place + place, change.content[place : place + SECTOR])
        for place in places
        if chance.random() < 0.5
    ]


def applied(content: bytes, changes: Iterable[Change]) -> bytes:
    """A file after changes. The gap between its old end and a write is filled with zeros."""
    made = bytearray(content)
    for change in changes:
        if isinstance(change, Cut):
            del made[change.size :]
            made.extend(bytes(change.size - len(made)))
        elif change.content:
            made.extend(bytes(max(0, change.place - len(made))))
            made[change.place : change.place + len(change.content)] = change.content
    return bytes(made)
