"""Every statement of the store fits the tables: what no test happens to run is prepared here all the same."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

import pos.store
from pos.store import Store

BEGINS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
ELSEWHERE = {"pos.store.menu.pairings_beside"}
"""Modules with statements on a table that is only there for a while."""


def statements() -> Iterator[tuple[str, str]]:
    """The statements of the store's modules, but for migrations, each with where it stands."""
    for module in pkgutil.walk_packages(pos.store.__path__, "pos.store."):
        if ".migrations" not in module.name and module.name not in ELSEWHERE:
            for name, found in vars(importlib.import_module(module.name)).items():
                texts = found.values() if isinstance(found, dict) else found if isinstance(found, tuple) else (found,)
                yield from ((f"{module.name}.{name}", text) for text in texts if is_statement(text))


def is_statement(found: object) -> bool:
    return isinstance(found, str) and BEGINS.match(found) is not None


def test_every_statement_fits_the_tables(store: Store) -> None:
    where = {sql: name for name, sql in statements()}
    assert len(where) > 200
    misfits = []
    for sql, name in where.items():
        values: object = defaultdict(int) if re.search(r":[a-z]", sql) else (0,) * sql.count("?")
        try:
            store.file.conn.execute(f"EXPLAIN {sql}", values)  # type: ignore[arg-type]  # any mapping will do
        except sqlite3.Error as error:
            misfits.append(f"{name}: {error}")
    assert misfits == []
