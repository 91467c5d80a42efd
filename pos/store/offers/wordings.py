"""The texts of wordings that sales used, for when the menu no longer has them."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from pos.domain.asking.wordings import wording_id
from pos.domain.menu.paths import Words
from pos.domain.order.order import Order
from pos.domain.text import LocalText
from pos.store.file.codec import TEXT, to_json_or_none
from pos.store.file.connection import StoreFile

KEEP = """
    INSERT INTO wording (id, say, many, rush, after_no)
    VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO NOTHING
"""
ALL = "SELECT id, say FROM wording"


def keep_wordings(conn: sqlite3.Connection, order: Order) -> None:
    """Store the texts of an order's questions, inside the transaction that makes it a sale."""
    conn.executemany(KEEP, [_row(question.offer.words) for question in order.questions])


@lru_cache(maxsize=256)  # a counter says the same few words all day
def _row(words: Words) -> tuple[str | None, ...]:
    forms = (words.say, words.many, words.rush, words.after_no)
    return (wording_id(words), *map(to_json_or_none, forms))


class WordingStore:
    """The kept wordings of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def said(self) -> dict[str, LocalText]:
        """The plain form of every wording that was shown in a sale, by its id."""
        with self._file.reading() as conn:
            return {key: TEXT.read(say) for key, say in conn.execute(ALL)}
