"""The tills of the file: their series, and what each has set."""

from __future__ import annotations

from pos.domain.value import value
from pos.store.file import StoreFile

FIND = "SELECT id, name, series FROM till WHERE name = :name"
ADD = """
    INSERT INTO till (id, name, series)
    SELECT COALESCE(MAX(id), 0) + 1, :name, :letter || (COALESCE(MAX(id), 0) + 1) FROM till
"""
SETTING = "SELECT value FROM setting WHERE till_id = :till_id AND key = :key"
SET_SETTING = """
    INSERT INTO setting (till_id, key, value) VALUES (:till_id, :key, :value)
    ON CONFLICT (till_id, key) DO UPDATE SET value = excluded.value
"""


@value
class Till:
    """One counter. `series` stands before its receipt numbers and is no other till's."""

    id: int
    name: str
    series: str


class TillStore:
    """The tills of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def enter(self, name: str, letter: str = "K") -> Till:
        """The till of that name; made the first time, with a series of its own that begins with the letter."""
        with self._file.reading() as conn:
            row = conn.execute(FIND, {"name": name}).fetchone()
        if row is None:
            with self._file.writing() as conn:
                row = conn.execute(FIND, {"name": name}).fetchone()
                if row is None:
                    conn.execute(ADD, {"name": name, "letter": letter})
                    row = conn.execute(FIND, {"name": name}).fetchone()
        return Till(*row)

    def setting(self, till_id: int, key: str) -> str | None:
        """What the till has set under a key (rush, language, theme), or None."""
        with self._file.reading() as conn:
            row = conn.execute(SETTING, {"till_id": till_id, "key": key}).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, till_id: int, key: str, value: str) -> None:
        """Keep a setting of a till."""
        with self._file.writing() as conn:
            conn.execute(SET_SETTING, {"till_id": till_id, "key": key, "value": value})
