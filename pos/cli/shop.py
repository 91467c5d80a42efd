"""Shared by commands: opening the shop's file, one program per till, and listing a file's mistakes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TextIO

from pos.domain.errors import BadInput, StoreError
from pos.files import is_claimed
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments
    from pos.office.menu_file import Problem
    from pos.register import ShopGate
    from pos.store import Store


BLINK = 0.1
"""Seconds to wait for a till's lock: another program that only checks whether the till runs holds it for much less."""

WAIT = 5.0
"""Seconds that a command waits for a till's commit."""

UNWRITABLE = ("database-on-network", "database-read-only", "database-unwritable")


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def opened(arguments: Arguments, *, filled: bool = True, changes: bool = True, wait: float = WAIT) -> Iterator[Store]:
    """Open the shop's file. A new file gets the shipped menu, unless `filled` is False.

    If the command does not change anything (`changes` is False), a file without write permission is read from a copy.
    `wait` is how many seconds to wait for a commit of another program.
    """
    from pos.store import open_store

    with ExitStack() as stack:
        try:
            store = open_store(arguments.database, wait=wait, anew=arguments.flag("accept_file"))
        except StoreError as error:
            if changes or error.message_id not in UNWRITABLE or not is_there(arguments.database):
                raise
            store = open_store(_copied(stack, arguments.database))
        stack.enter_context(closing(store))
        if filled and store.menu.is_empty():
            _fill(arguments, store)
        yield store


def _copied(stack: ExitStack, path: Path) -> Path:
    """A copy of a file, which is deleted at the end. Raises `StoreError`."""
    from pos.store import copy_to_read

    folder = stack.enter_context(TemporaryDirectory(prefix="pos-copy-", ignore_cleanup_errors=True))
    return copy_to_read(path, Path(folder))


@contextmanager
def existing(arguments: Arguments, *, changes: bool = True, wait: float = WAIT) -> Iterator[Store]:
    """Open a file that must exist. Raises `BadInput` `no-till-file`: a mistyped name does not create one."""
    if not is_there(arguments.database):
        raise BadInput("no-till-file", path=str(arguments.database))
    with opened(arguments, filled=False, changes=changes, wait=wait) as store:
        yield store


@contextmanager
def practice_opened(arguments: Arguments, *, changes: bool) -> Iterator[Store]:
    """Open the practice file, which must exist. If the command does not change anything (`changes` is False), a file
    without write permission is read from a copy. Raises `StoreError`, `practice-read-only` for a file without write
    permission."""
    from pos.store import open_store

    path = arguments.practice_database
    with ExitStack() as stack:
        try:
            with of_practice():
                store = open_store(path, practice=True)
        except StoreError as error:
            if changes or error.message_id not in (*UNWRITABLE, "practice-read-only"):
                raise
            store = open_store(_copied(stack, path), practice=True)
        yield stack.enter_context(closing(store))


@contextmanager
def of_practice() -> Iterator[None]:
    """While a practice file is opened: an error about write permission names the option that chooses another file."""
    try:
        yield
    except StoreError as error:
        if error.message_id == "database-read-only":
            raise StoreError("practice-read-only", **error.values) from error
        raise


def is_there(path: Path) -> bool:
    """Whether a database exists. Raises `StoreError` `database-unwritable` if its folder cannot be read."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise StoreError("database-unwritable", path=str(path)) from error
    return True


def gate_of(arguments: Arguments, store: Store) -> ShopGate:
    """The gate through which a command changes a file."""
    from pos.country import norway
    from pos.register import ShopGate

    return ShopGate(store, norway(), now, arguments.cashier)


def _fill(arguments: Arguments, store: Store) -> None:
    from pos.office.menus import load_menu_file
    from pos.resources import shipped

    problems = load_menu_file(gate_of(arguments, store), shipped("menu.toml"))
    if problems:
        raise BadInput("shipped-menu-broken", count=len(problems))


def is_terminal(*streams: TextIO | None) -> bool:
    """Whether all streams are terminals; None is a stream that the caller closed."""
    return all(stream is not None and stream.isatty() for stream in streams)


@contextmanager
def only_one(arguments: Arguments) -> Iterator[None]:
    """Hold the lock of a till's name: a second live process with the same name is refused. A crash releases the
    lock."""
    from filelock import FileLock, Timeout

    lock = FileLock(_lock_of(arguments.database, arguments.till))
    try:
        lock.acquire(timeout=BLINK, poll_interval=BLINK / 10)
    except Timeout:
        raise BadInput("till-in-use", till=arguments.till) from None
    except OSError:
        raise StoreError("database-unwritable", path=str(arguments.database)) from None
    try:
        yield
    finally:
        lock.release()


def is_running(database: Path, till: str) -> bool:
    """Whether a till of that name is running on this machine."""
    return is_claimed(_lock_of(database, till))


def running_tills(database: Path) -> tuple[str, ...]:
    """The names of the tills that run on a file on this machine. A long or unusual name is shown as in its lock's file
    name."""
    database = database.resolve()
    begins, ends = f"{database.name}.", ".lock"
    names = (entry.name.removeprefix(begins).removesuffix(ends) for entry in database.parent.glob(f"*{ends}"))
    found = (name for name in names if database.with_name(f"{begins}{name}{ends}").exists())
    return tuple(sorted(name for name in found if is_claimed(database.with_name(f"{begins}{name}{ends}"))))


def _lock_of(database: Path, till: str) -> Path:
    """The lock file of a till, beside the database itself even if a link led there. The till's name is shortened if a
    file name cannot be so long."""
    from hashlib import sha256

    database = database.resolve()
    name = till if till.isalnum() else "x-" + sha256(till.encode()).hexdigest()[:16]
    return database.with_name(f"{database.name}.{name}.lock")


def tell(arguments: Arguments, problems: Iterable[Problem]) -> int:
    """Print every problem on a line of its own, with its place. Returns 1."""
    words = wording(arguments.language)
    file = arguments.path("file") or Path()
    name = file.name or str(file)
    for problem in problems:
        where = f"{name}:{problem.line}" if problem.line is not None else name
        place = f" {problem.place}:" if problem.place else ""
        print(f"{where}:{place} {words.text(problem.message_id, **problem.values)}", file=sys.stderr)
    return 1
