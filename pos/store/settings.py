"""The shop's settings, for all its tills."""

from __future__ import annotations

import sqlite3

from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.connection import StoreFile

GET = "SELECT value FROM shop_setting WHERE key = :key"
SET = """
    INSERT INTO shop_setting (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""


class SettingStore:
    """The settings of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def get(self, key: str) -> str | None:
        """The value of a setting, or None."""
        with self._file.reading() as conn:
            row = conn.execute(GET, {"key": key}).fetchone()
        return None if row is None else str(row[0])


@value
class ShopSettingSet:
    """The shop has a new setting, for all its tills."""

    key: str
    value: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(SET, {"key": self.key, "value": self.value})

    def told(self) -> object:
        return {"shop_setting": self}
