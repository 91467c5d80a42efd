"""The people who work here: their ids, by which everything else names them."""

from __future__ import annotations

import sqlite3

from pos.store.file.connection import StoreFile

FIND = "SELECT id FROM person WHERE name = :name"
ADD = "INSERT INTO person (name) VALUES (:name) RETURNING id"
NAME = "SELECT name FROM person WHERE id = :id"


def person_id(conn: sqlite3.Connection, name: str) -> int | None:
    """The id of the person of that name, made the first time; None for no name."""
    if not name:
        return None
    row = conn.execute(FIND, {"name": name}).fetchone()
    if row is None:
        ((number,),) = conn.execute(ADD, {"name": name}).fetchall()
        return int(number)
    return int(row[0])


def person_name(conn: sqlite3.Connection, person: int | None) -> str:
    """The name of a person; '' for nobody, and for one whose name is gone."""
    row = None if person is None else conn.execute(NAME, {"id": person}).fetchone()
    return "" if row is None else str(row[0])


class PersonStore:
    """The people of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def enter(self, name: str) -> int | None:
        """The id of the person of that name, made the first time inside the open transaction; None for no name."""
        with self._file.reading() as conn:
            return person_id(conn, name)

    def name(self, person: int | None) -> str:
        """The name of a person; '' for nobody, and for one whose name is gone."""
        with self._file.reading() as conn:
            return person_name(conn, person)
