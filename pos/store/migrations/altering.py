"""Rebuilding tables to change the type of a column, with all views, triggers and indexes kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

LOOKS = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY rowid"
TABLE = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?"
COPY = "INSERT INTO new_TABLE (COLUMNS) SELECT FILLED FROM TABLE"
INDEXES = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY rowid"


@contextmanager
def views_aside(db: Database, change: Callable[[str, str], str]) -> Iterator[None]:
    """Drop all views and triggers while tables are rebuilt, and create them again afterwards. `change` returns the
    new SQL of one, given its name and its SQL."""
    looks = db.execute(LOOKS).fetchall()
    for kind, name, _ in looks:
        db.execute(f"DROP {kind} {name}")
    yield
    for _, name, sql in looks:
        db.execute(change(name, sql))


def make_anew(db: Database, table: str, change: Callable[[str], str], fill: Mapping[str, str]) -> None:
    """Rebuild a table with other columns, as SQLite's documentation of ALTER TABLE describes. Its rows and indexes are
    kept.

    `change` returns the table's SQL with the new columns in place of the old ones. `fill` has an expression over the
    old columns for each new column. Call this only while views and triggers are dropped.
    """
    ((sql,),) = db.execute(TABLE, [table]).fetchall()
    indexes = db.execute(INDEXES, [table]).fetchall()
    db.execute(re.sub(rf'CREATE TABLE "?{table}"?', f"CREATE TABLE new_{table}", change(sql), count=1))
    columns = [str(row[1]) for row in db.execute(f"PRAGMA table_info(new_{table})").fetchall()]
    filled = ", ".join(fill.get(column, column) for column in columns)
    db.execute(COPY.replace("TABLE", table).replace("COLUMNS", ", ".join(columns)).replace("FILLED", filled))
    db.execute(f"DROP TABLE {table}")
    db.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    for (index,) in indexes:
        db.execute(index)
