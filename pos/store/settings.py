"""What the shop has set for all its tills."""

from __future__ import annotations

from pos.store.file import StoreFile

GET = "SELECT value FROM shop_setting WHERE key = :key"
SET = """
    INSERT INTO shop_setting (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""


class SettingStore:
    """The settings of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def get(self, key: str) -> str | None:
        """What is set under a key, or None."""
        with self._file.reading() as conn:
            row = conn.execute(GET, {"key": key}).fetchone()
        return None if row is None else str(row[0])

    def set(self, key: str, value: str) -> None:
        """Keep a setting."""
        with self._file.writing() as conn:
            conn.execute(SET, {"key": key, "value": value})
