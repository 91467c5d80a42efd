"""The tills of the file, their series and their settings."""

from __future__ import annotations

import sqlite3

from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.connection import StoreFile

EVERY = "SELECT id, name, series FROM till ORDER BY id"
FIND = "SELECT id, name, series FROM till WHERE name = :name"
ALL = "SELECT id, name, series FROM till ORDER BY id"
NEXT = "SELECT COALESCE(MAX(id), 0) + 1 FROM till"
ADD = "INSERT INTO till (id, name, series) VALUES (:id, :name, :series)"
BEGUN = "SELECT orders_begun FROM till WHERE id = :till_id"
RUSH = "rush"
"""The setting for rush hours at a till: `yes` or `no`."""

SETTING = "SELECT value FROM setting WHERE till_id = :till_id AND key = :key"
SET_SETTING = """
    INSERT INTO setting (till_id, key, value) VALUES (:till_id, :key, :value)
    ON CONFLICT (till_id, key) DO UPDATE SET value = excluded.value
"""


@value
class Till:
    """One counter. `series` is the prefix of its receipt numbers, and no other till's."""

    id: int
    name: str
    series: str


class TillStore:
    """The tills of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def find(self, name: str) -> Till | None:
        """The till with a name, or None."""
        with self._file.reading() as conn:
            row = conn.execute(FIND, {"name": name}).fetchone()
        return None if row is None else Till(*row)

    def every(self) -> tuple[Till, ...]:
        """All tills, in the order in which they were entered."""
        with self._file.reading() as conn:
            return tuple(Till(*row) for row in conn.execute(EVERY).fetchall())

    def all(self) -> tuple[Till, ...]:
        """Every till of the file."""
        with self._file.reading() as conn:
            return tuple(Till(*row) for row in conn.execute(ALL).fetchall())

    def next(self, name: str, letter: str) -> Till:
        """The till that would be entered under a name, with a series of its own that begins with the letter."""
        with self._file.reading() as conn:
            (number,) = conn.execute(NEXT).fetchone()
        return Till(number, name, f"{letter}{number}")

    def setting(self, till_id: int, key: str) -> str | None:
        """A till's setting (rush, language, theme), or None."""
        with self._file.reading() as conn:
            row = conn.execute(SETTING, {"till_id": till_id, "key": key}).fetchone()
        return None if row is None else str(row[0])

    def next_ordinal(self, till_id: int) -> int:
        """The place of the till's next order among its orders."""
        with self._file.reading() as conn:
            return int(conn.execute(BEGUN, {"till_id": till_id}).fetchone()[0]) + 1


def next_number(file: StoreFile, query: str, till_id: int) -> tuple[str, int]:
    """A series of a till, and its next number. `query` selects the series and the last number of `:till_id`."""
    with file.reading() as conn:
        series, number = conn.execute(query, {"till_id": till_id}).fetchone()
    return str(series), int(number) + 1


@value
class SettingSet:
    """A till has a new setting."""

    till_id: int
    key: str
    value: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(SET_SETTING, {"till_id": self.till_id, "key": self.key, "value": self.value})

    def told(self) -> object:
        return {"setting": self}


@value
class TillEntered:
    """A till was entered."""

    till: Till

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(ADD, {"id": self.till.id, "name": self.till.name, "series": self.till.series})

    def told(self) -> object:
        return {"till": self.till}


@value
class Started:
    """The program was started at a till. `before` is the version before, if that was another."""

    version: str
    before: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Writes no table: the journal alone records it."""

    def told(self) -> object:
        return {"started": self}


@value
class Stopped:
    """The program was stopped at a till."""

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Writes no table: the journal alone records it."""

    def told(self) -> object:
        return {"stopped": {}}
