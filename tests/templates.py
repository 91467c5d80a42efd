"""New files for tests: copies of what was made once, since running every migration takes twenty times as long."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from pos.country import norway
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.office.menu_file import read_menu
from pos.resources import shipped
from pos.store import Act, Store, open_store
from pos.store.file.connection import SET_APPLICATION_ID
from pos.store.menu.menu import Published
from pos.store.migrations import steps
from tests.builders import MENU, NOW, PAIRINGS
from tests.keys import lend_keys
from tests.memory import room

EMPTY, PRACTICE, SMALL, SHIPPED = "empty", "practice", "small", "shipped"
"""No menu at all; a practice file; the small menu of `tests.builders`; the menu that ships with the till."""


def begin_file(path: Path, kind: str = SMALL) -> None:
    """Begin a database file, and its folder, as `open_store` would; a file that is there stays as it is."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    content, identity = _template(kind)
    path.write_bytes(content.replace(identity, uuid.uuid4().hex.encode(), 1))
    lend_keys(path)


def fill_folder(folder: Path, make: Callable[[Path], object]) -> None:
    """Put into a folder what `make` puts there: copies of what it made the first time. Two such files are one file
    twice, identity and all."""
    shutil.copytree(_made(make), folder, dirs_exist_ok=True)


@cache
def _made(make: Callable[[Path], object]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="till-made-", dir=room()))
    make(folder)
    return folder


@cache
def _template(kind: str) -> tuple[bytes, bytes]:
    """A file's bytes, and the identity in them, which no two files share."""
    folder = Path(tempfile.mkdtemp(prefix="till-template-", dir=room()))
    try:
        path = folder / "shop.db"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(steps, "_apply", _apply_each if kind == EMPTY else _apply_at_once)
            open_store(path, practice=kind == PRACTICE).close()
        with closing(open_store(path, practice=kind == PRACTICE)) as store:
            if kind in (SMALL, SHIPPED):
                _put_menu(store, *_menu(kind))
        with closing(sqlite3.connect(path)) as conn:
            ((identity,),) = conn.execute("SELECT id FROM file_identity")
        content = path.read_bytes()
    finally:
        shutil.rmtree(folder)
    assert content.count(identity.encode()) == 1
    return content, identity.encode()


def _put_menu(store: Store, menu: Menu, pairings: Sequence[Pairing]) -> None:
    """Put a menu in without an act, as it came into files from before the journal: a row would be chained to the
    template's identity."""
    act = Act(b"", "publish", NOW, NOW.date())
    with store.file.writing() as conn:
        Published(store.menu.draft(menu, pairings, NOW), len(menu.items), "").write(conn, act)


def _menu(kind: str) -> tuple[Menu, list[Pairing]]:
    if kind == SMALL:
        return MENU, list(PAIRINGS)
    book, problems = read_menu(shipped("menu.toml"), norway())
    assert book is not None, problems
    return book.menu, list(book.pairings)


# files that a test's first start makes


def make_tables_quickly() -> None:
    """Let a new file have the tables that the steps lead to, without going all the way: for tests of what comes after
    a first start. An older file takes every step; so does a program that a test starts."""
    steps._apply = _apply_at_once


def take_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a new file of this test take every step, as a till's does."""
    monkeypatch.setattr(steps, "_apply", _apply_each)


_apply_each: Callable[[sqlite3.Connection, Sequence[steps.Step]], None] = steps._apply


def _apply_at_once(conn: sqlite3.Connection, wanted: Sequence[steps.Step]) -> None:
    (there,) = conn.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    if there or wanted is not steps.STEPS:
        _apply_each(conn, wanted)
        return
    for sql in _statements():
        conn.execute(sql)
    conn.execute("UPDATE file_identity SET id = lower(hex(randomblob(16)))")
    conn.execute("UPDATE key_salt SET salt = randomblob(16)")


@cache
def _statements() -> tuple[str, ...]:
    """What makes an empty file that has every step behind it."""
    content, _ = _template(EMPTY)
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.deserialize(content)
        dumped = [sql for sql in conn.iterdump() if sql not in ("BEGIN TRANSACTION;", "COMMIT;")]
        ((version,),) = conn.execute("PRAGMA user_version")
    return (*dumped, f"PRAGMA user_version = {version}", SET_APPLICATION_ID)
