"""What a user names is read without hanging, and nothing is written over the shop's own files."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.errors import BadInput
from pos.files import claim, guard, read_start


def a_database(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE t (x)")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        guard(path)
    return refused.value.message_id


@pytest.mark.parametrize("ending", ["", "-journal", "-wal", "-shm", ".head", ".1.lock", ".x-9f86d081884c7d65.lock"])
def test_a_database_and_what_belongs_to_it_is_not_written_over(ending: str, tmp_path: Path) -> None:
    database = a_database(tmp_path / "shop.db")
    assert refusal(database.with_name(database.name + ending)) == "output-is-database"


def test_a_journal_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    with closing(sqlite3.connect(a_database(tmp_path / "shop.db"), isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = PERSIST")
        conn.execute("PRAGMA cache_size = 1")
        conn.execute("BEGIN")
        conn.executemany("INSERT INTO t VALUES (randomblob(?))", [(5000,)] * 50)
        (tmp_path / "moved").write_bytes((tmp_path / "shop.db-journal").read_bytes())
    assert refusal(tmp_path / "moved") == "output-is-database"


def test_a_hard_link_to_a_database_is_one(tmp_path: Path) -> None:
    os.link(a_database(tmp_path / "shop.db"), tmp_path / "menu.toml")
    assert refusal(tmp_path / "menu.toml") == "output-is-database"


def test_a_link_to_a_file_is_refused_whatever_the_file(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear shop")
    (tmp_path / "link").symlink_to(tmp_path / "letter.txt")
    (tmp_path / "link-to-link").symlink_to(tmp_path / "link")
    assert refusal(tmp_path / "link") == "output-is-link"
    assert refusal(tmp_path / "link-to-link") == "output-is-link"


def test_a_file_that_a_till_writes_to_is_refused_until_it_lets_go(tmp_path: Path) -> None:
    receipts = tmp_path / "receipts.txt"
    receipts.write_text("K1-1")
    claimed = claim(receipts)
    assert claimed is not None
    assert refusal(receipts) == "output-in-use"
    guard(receipts, appending=True)
    os.close(claimed)
    guard(receipts)


def test_files_folders_pipes_and_streams_of_no_database_may_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "shop.db.head").write_text("of no database")
    os.mkfifo(tmp_path / "pipe")
    for path in ("new", "shop.db.head", "pipe"):
        guard(tmp_path / path)
    guard(Path("/dev/null"))
    guard(Path("/dev/stdout"))


def test_a_pipe_that_sends_nothing_is_left_after_its_time(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = os.open(pipe, os.O_RDWR)
    with pytest.raises(TimeoutError):
        read_start(pipe, 100, patience=0.01)
    os.write(writer, b"[[item]]")
    assert read_start(pipe, 8, patience=0.01) == b"[[item]]"
    os.close(writer)


def test_a_device_without_an_end_is_read_as_far_as_asked() -> None:
    assert read_start(Path("/dev/zero"), 3_000_000) == bytes(3_000_000)
