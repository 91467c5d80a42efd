"""What each command does, with everything it needs imported when it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pos.domain.errors import BadInput, StoreError
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments
    from pos.counter import Counter
    from pos.office.menu_file import Problem
    from pos.store import Store

MOST_COUNTED = 20_000
"""Sales added to the report's sums when a counter closes: well under a second. A report adds what is left."""


def counter(arguments: Arguments) -> int:
    """Open the till: the screen, or line by line."""
    words = wording(arguments.language)
    if not arguments.plain and not _is_terminal(sys.stdin, sys.stdout, sys.stderr):
        raise BadInput("no-terminal")
    with closing(_open(arguments)) as store, _only_one(arguments):
        if store.menu.is_empty():
            fill(store)
        opened = _counter(arguments, store)
        if arguments.plain:
            from pos.plain import run_on

            code = run_on(opened, sys.stdin, sys.stdout)
        else:
            from pos.ui import run as run_screen

            code = run_screen(opened)
        shift = opened.register.shift()
        if shift.shown:
            print(words.text("shift-told", shown=shift.shown, too_fast=shift.too_fast, not_asked=shift.not_asked))
        _count_the_day(store)
    return code


def _count_the_day(store: Store) -> None:
    """Add what was sold to the report's sums while nobody waits for it; another till's commit comes first."""
    from pos.office.report import bring_up_to_date

    with suppress(StoreError):
        bring_up_to_date(store, most=MOST_COUNTED)


def check_menu(arguments: Arguments) -> int:
    """List every problem of a menu file; 1 if there is one."""
    from pos.office.menu_file import read_menu

    assert arguments.file is not None
    book, problems = read_menu(arguments.file)
    if book is None:
        return _tell(arguments, problems)
    words = wording(arguments.language)
    print(
        words.text(
            "menu-fine",
            items=len(book.menu.items),
            paths=len(book.menu.paths),
            pairings=len(book.pairings),
            incentives=len(book.menu.incentives),
        )
    )
    return 0


def load_menu(arguments: Arguments) -> int:
    """Put a menu file into the database: all of it, or nothing."""
    from pos.office.menus import load_menu_file

    assert arguments.file is not None
    with closing(_open(arguments)) as store:
        problems = load_menu_file(store, arguments.file, datetime.now(UTC))
        if problems:
            return _tell(arguments, problems)
        items = len(store.menu.load(retired=False).items)
    print(wording(arguments.language).text("menu-loaded", items=items, path=str(store.path)))
    return 0


def export_menu(arguments: Arguments) -> int:
    """Write what is in the database as a menu file: to a file, or to the output."""
    from pos.office.menus import export_menu as written

    with closing(_open(arguments)) as store:
        if store.menu.is_empty():
            fill(store)
        text = written(store)
    if arguments.file is None:
        print(text, end="")
        return 0
    try:
        arguments.file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput("file-unwritable", path=str(arguments.file), reason=error.strerror or "") from error
    return 0


def _open(arguments: Arguments) -> Store:
    from pos.store import open_store

    return open_store(arguments.database)


def _is_terminal(*streams: TextIO | None) -> bool:
    """Whether somebody sits at all of them; one that was closed by whoever started the till is None."""
    return all(stream is not None and stream.isatty() for stream in streams)


@contextmanager
def _only_one(arguments: Arguments) -> Iterator[None]:
    """Hold a till's name: a live second process with the same one is refused. The system lets go of it in a crash."""
    from hashlib import sha256

    from filelock import FileLock, Timeout

    # The file itself, whatever led to it; and a till's name may be longer in a file's name than a folder allows.
    database = arguments.database.resolve()
    name = arguments.till if arguments.till.isalnum() else "x-" + sha256(arguments.till.encode()).hexdigest()[:16]
    lock = FileLock(database.with_name(f"{database.name}.{name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BadInput("till-in-use", till=arguments.till) from None
    except OSError:
        raise StoreError("database-unwritable", path=str(arguments.database)) from None
    try:
        yield
    finally:
        lock.release()


def fill(store: Store) -> None:
    """The first start: the menu that ships with the till."""
    from pos.office.menus import load_menu_file
    from pos.resources import shipped

    problems = load_menu_file(store, shipped("menu.toml"), datetime.now(UTC))
    if problems:
        raise BadInput("shipped-menu-broken", count=len(problems))


def _counter(arguments: Arguments, store: Store) -> Counter:
    import random

    from pos.counter import Counter
    from pos.country import norway
    from pos.devices import Devices, ManualTerminal, printer_from
    from pos.register import PATIENCE, Register

    printer = printer_from(arguments.printer or f"text:{arguments.database.parent / 'receipts.txt'}")
    register = Register(
        store,
        Devices(printer, ManualTerminal()),
        norway(),
        lambda: datetime.now(UTC),
        random.random,
        till=arguments.till,
        cashier=arguments.cashier,
        language=arguments.language,
        patience=timedelta(0) if arguments.plain else PATIENCE,
    )
    return Counter(register, language=arguments.language, deliberate=arguments.plain)


def _tell(arguments: Arguments, problems: Iterable[Problem]) -> int:
    """Every problem on a line of its own, with its place; returns 1."""
    words = wording(arguments.language)
    file = arguments.file or Path()
    for problem in problems:
        where = f"{file.name}:{problem.line}" if problem.line is not None else file.name
        place = f" {problem.place}:" if problem.place else ""
        print(f"{where}:{place} {words.text(problem.message_id, **problem.values)}", file=sys.stderr)
    return 1
