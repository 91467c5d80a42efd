"""The texts of wordings that sales used, for when the menu no longer has them."""

from __future__ import annotations

import sqlite3

from pos.domain.asking.wordings import wording_id
from pos.domain.menu.paths import Words
from pos.domain.order.order import Order
from pos.domain.text import LocalText
from pos.store.file.connection import StoreFile

KEEP = """
    INSERT INTO wording (id, say_nb, say_en, many_nb, many_en, rush_nb, rush_en, after_no_nb, after_no_en)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO NOTHING
"""
ALL = "SELECT id, say_nb, say_en FROM wording"


def keep_wordings(conn: sqlite3.Connection, order: Order) -> None:
    """Store the texts of an order's questions, inside the transaction that makes it a sale."""
    conn.executemany(KEEP, [_row(question.offer.words) for question in order.questions])


def _row(words: Words) -> tuple[str | None, ...]:
    forms = (words.say, words.many, words.rush, words.after_no)
    texts = [text for form in forms for text in ((None, None) if form is None else (form.nb, form.en))]
    return (wording_id(words), *texts)


class WordingStore:
    """The kept wordings of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def said(self) -> dict[str, LocalText]:
        """The plain form of every wording that was shown in a sale, by its id."""
        with self._file.reading() as conn:
            return {key: LocalText(nb, en) for key, nb, en in conn.execute(ALL)}
