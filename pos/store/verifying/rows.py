"""Comparing the rows of a table with those that the journal says it should have."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from pos.store.verifying.chain import ChainedRow
from pos.store.verifying.facts import ToldFact
from pos.store.verifying.findings import FindingKind, found

Values: TypeAlias = tuple[object, ...]
Name: TypeAlias = tuple[str, int | None]
"""What a finding calls a row, and the journal's row that it follows from."""

LEAST = -(2**63)
"""The smallest rowid."""

MOST = 2**63 - 1
"""The largest rowid."""


class Made(NamedTuple):
    """A row of the journal with its facts."""

    step: ChainedRow
    told: ToldFact

    @property
    def at(self) -> tuple[int, int]:
        """Its time, as tables store it."""
        return self.step.at

    @property
    def seq(self) -> int:
        return self.step.seq

    @property
    def till(self) -> int | None:
        return self.step.till

    @property
    def order_id(self) -> str:
        """The order that it moved, or 'None'."""
        return str(self.step.order_id)


def compare(
    table: str,
    key_length: int,
    told: Iterable[Values],
    stored: Iterable[Values],
    name: Callable[[Values], Name],
) -> None:
    """Raise `Mismatch` for the first stored row that differs from the expected one, in the order of the table's key,
    whose columns come first. `name` names a row by its key."""
    expected = {values[:key_length]: values for values in told}
    actual = {values[:key_length]: values for values in stored}
    if expected == actual:
        return
    for key in sorted(expected.keys() | actual.keys(), key=repr):
        if key not in actual:
            raise found(FindingKind.LOST, table, *name(key))
        if key not in expected:
            raise found(FindingKind.INSERTED, table, *name(key))
        if expected[key] != actual[key]:
            raise found(FindingKind.CHANGED, table, *name(key))


def check(is_so: bool, table: str, key: str, row: int | None) -> None:
    """Raise `Mismatch` for a row unless it is as expected."""
    if not is_so:
        raise found(FindingKind.CHANGED, table, key, row)


def paired(
    conn: sqlite3.Connection,
    table: str,
    made: Sequence[Made],
    rows: Sequence[tuple[int, Values]],
    is_there: str,
    after: int,
) -> Iterator[tuple[Made, int, Values]]:
    """Each act with the number and columns of its row; the order's id is the first column.

    Raises `Mismatch` if a row is missing or another is in its place. Numbers follow each other after `after`.
    `is_there` looks for the row of an order.
    """
    for place, entry in enumerate(made):
        if place == len(rows):
            raise found(FindingKind.LOST, table, entry.order_id, entry.seq)
        number, values = rows[place]
        if values[0] != entry.order_id:
            if conn.execute(is_there, {"order_id": entry.order_id}).fetchone() is None:
                raise found(FindingKind.LOST, table, entry.order_id, entry.seq)
            raise found(FindingKind.INSERTED, table, str(values[0]))
        if number != after + place + 1:
            raise found(FindingKind.CHANGED, table, entry.order_id, entry.seq)
        yield entry, number, values


def check_beyond(conn: sqlite3.Connection, last: int, tables: Iterable[tuple[str, str]]) -> None:
    """Raise `Mismatch` for a table that has rows after the last one. Each table comes with the statement for its last
    number."""
    for table, sql in tables:
        (number,) = conn.execute(sql).fetchone()
        if number is not None and (number > last or not last):
            raise found(FindingKind.INSERTED, table, str(number))
