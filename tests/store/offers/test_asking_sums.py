"""The kept sums: their columns are the fields of the values that they are read as, in the same order."""

from __future__ import annotations

import re

import pytest

from pos.insights.figures.sums import KIND_COLUMNS, ORDER_COLUMNS
from pos.store import Store
from pos.store.offers import asking_sums

SPAN = {"cut": "all", "since": "2026-01-01", "until": "2026-12-31"}


@pytest.mark.parametrize(
    ("table", "keys", "columns"), [("asking_sum", 4, KIND_COLUMNS), ("order_sum", 3, ORDER_COLUMNS)]
)
def test_a_table_of_sums_has_the_fields_as_columns(
    store: Store, table: str, keys: int, columns: tuple[str, ...]
) -> None:
    named = [row[1] for row in store.file.conn.execute(f"PRAGMA table_info({table})")]
    assert tuple(named[keys:]) == columns


@pytest.mark.parametrize(
    ("sql", "keys", "columns"),
    [
        (asking_sums.KIND_ROWS, 3, KIND_COLUMNS),
        (asking_sums.ORDER_ROWS, 2, ORDER_COLUMNS),
        (asking_sums.DAY_ROWS, 2, ORDER_COLUMNS),
    ],
)
def test_sums_are_read_in_the_order_of_the_fields(store: Store, sql: str, keys: int, columns: tuple[str, ...]) -> None:
    read = [column[0] for column in store.file.conn.execute(sql, SPAN).description]
    assert tuple(re.sub(r"SUM\((\w+)\)", r"\1", name) for name in read[keys:]) == columns


@pytest.mark.parametrize(
    ("sql", "columns"), [(asking_sums.ADD_KIND, KIND_COLUMNS), (asking_sums.ADD_ORDER, ORDER_COLUMNS)]
)
def test_each_sum_is_added_to_itself(sql: str, columns: tuple[str, ...]) -> None:
    added = re.findall(r"(\w+) = (\w+) \+ excluded\.(\w+)", sql)
    assert added == [(name, name, name) for name in columns]
