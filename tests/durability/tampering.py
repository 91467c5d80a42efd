"""Edits a shop's file by SQL: changes a value, deletes a row, inserts a row."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

TABLES = (
    "journal",
    "order_body",
    "body_pack",
    "orders",
    "sale",
    "sale_line",
    "sale_basket",
    "tax",
    "sale_discount",
    "sale_tax",
    "sale_line_tax",
    "decision",
    "tender",
    "offer_event",
    "receipt",
    "receipt_copy",
    "kitchen_slip",
    "kitchen_ticket",
    "kitchen_paper",
    "kitchen_mark",
    "discard",
    "write_off",
    "write_off_line",
    "write_off_paper",
    "next_visit",
    "signing_key",
    "signature",
    "shift",
    "shift_tally",
    "shift_count",
    "shift_count_reason",
    "shift_report",
    "refund",
    "refund_line",
    "refund_line_tax",
    "refund_tax",
    "refund_tender",
    "refund_gain",
    "refund_begun",
    "refund_paper",
    "refund_copy",
    "sale_line_deposit",
    "refund_line_deposit",
)
"""The tables that follow from the journal, and the journal itself."""

FREE = {("next_visit", "claimed_by"), ("receipt", "next_visit_code"), ("refund_begun", "id")}
"""Columns that the journal does not record: which order carries a code, the code that a receipt has yet to show, and
the number of a refund that was begun, since acts name it by its id."""


@contextmanager
def without_triggers(conn: sqlite3.Connection) -> Iterator[None]:
    """Drops the file's triggers and restores them afterwards; foreign keys and checks are off."""
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("PRAGMA ignore_check_constraints = ON")
    conn.execute("BEGIN")  # one transaction, since there are hundreds of statements
    triggers = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        conn.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        conn.execute(sql)
    conn.execute("COMMIT")


def tamper(path: Path, seed: int) -> str:
    """Change, insert or delete one row of a file with its triggers off. Returns what was done."""
    draws = random.Random(seed)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn, without_triggers(conn):
        return _tamper(conn, draws)


def _tamper(conn: sqlite3.Connection, draws: random.Random) -> str:
    while True:
        table = draws.choice([name for name in TABLES if _count(conn, name)])
        what = draws.choice((_edit, _delete, _insert))
        done = what(conn, table, draws)
        if done is not None:
            return done


def _count(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def _key(conn: sqlite3.Connection, table: str) -> list[str]:
    columns = conn.execute(f"PRAGMA table_info({table})").fetchall()
    return [row[1] for row in sorted(columns, key=lambda row: int(row[5])) if row[5]]


def _some(conn: sqlite3.Connection, table: str, draws: random.Random) -> tuple[str, dict[str, object], list[str]]:
    """Returns a random row: the condition that finds it, its values by column, and its key columns."""
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    columns = ", ".join(row[1] for row in conn.execute(f"PRAGMA table_info({table})"))  # leaves out generated columns
    row = cursor.execute(
        f"SELECT {columns} FROM {table} LIMIT 1 OFFSET {draws.randrange(_count(conn, table))}"
    ).fetchone()
    key = _key(conn, table)
    return " AND ".join(f"{name} IS :{name}" for name in key), dict(row), key


def _edit(conn: sqlite3.Connection, table: str, draws: random.Random) -> str | None:
    where, row, _ = _some(conn, table, draws)
    column = draws.choice([name for name in row if (table, name) not in FREE])
    new = _other(row[column], draws)
    try:
        conn.execute(f"UPDATE {table} SET {column} = :new WHERE {where}", {**row, "new": new})
    except sqlite3.IntegrityError:  # a key that is taken, or a value that its column refuses
        return None
    return f"{table}.{column} of {where} {row}: {row[column]!r} is {new!r}"


def _other(old: object, draws: random.Random) -> object:
    if isinstance(old, int):
        return old + draws.choice((-1, 1, 7, 100))
    if isinstance(old, float):
        return old / 2 if old else 0.5
    if isinstance(old, bytes):
        place = draws.randrange(len(old)) if old else 0
        return old[:place] + bytes([old[place] ^ (1 << draws.randrange(8))]) + old[place + 1 :] if old else b"x"
    if old is None:
        return draws.choice((1, "2026-11-20T12:00:00+01:00", "x"))
    text = str(old)
    place = draws.randrange(len(text) + 1)
    return draws.choice((f"{text[:place]}x{text[place:]}", f"{text[:place]}{text[place + 1 :]}x", f"{text} "))


def _delete(conn: sqlite3.Connection, table: str, draws: random.Random) -> str:
    where, row, _ = _some(conn, table, draws)
    conn.execute(f"DELETE FROM {table} WHERE {where}", row)
    return f"{table}: {where} {row} is gone"


def _insert(conn: sqlite3.Connection, table: str, draws: random.Random) -> str | None:
    """Insert a copy of a row under another key. Returns what was done, or None where the table refuses the copy."""
    _, row, key = _some(conn, table, draws)
    changed = draws.choice(key)
    copy = {**row, changed: _other(row[changed], draws)}
    for name in row:
        if name in ("order_id", "order_key", "receipt_number", "number", "sale_id") and name not in key:
            copy[name] = _other(row[name], draws)
    marks = ", ".join(f":{name}" for name in copy)
    try:
        conn.execute(f"INSERT INTO {table} ({', '.join(copy)}) VALUES ({marks})", copy)
    except sqlite3.IntegrityError:
        return None
    return f"{table}: {copy} is new"
