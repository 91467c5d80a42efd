"""Who practises: numbers that the figures belong to, names that can go, and what a trainer has set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pos.domain.value import value
from pos.store.codec import to_time
from pos.store.file import StoreFile

FIND = "SELECT trainee_id FROM trainee_name WHERE name = :name"
ADD = "INSERT INTO trainee (joined_at) VALUES (:at)"
NAME = "INSERT INTO trainee_name (trainee_id, name) VALUES (:trainee, :name)"
FORGET = "DELETE FROM trainee_name WHERE trainee_id = :trainee"
ALL = """
    SELECT trainee.id, trainee_name.name, trainee.joined_at
    FROM trainee LEFT JOIN trainee_name ON trainee_name.trainee_id = trainee.id
    ORDER BY trainee.id
"""
SET = "INSERT INTO assignment (trainee_id, scenario, set_at) VALUES (:trainee, :scenario, :at)"
WAITING = "SELECT scenario FROM assignment WHERE trainee_id = :trainee AND round_id IS NULL ORDER BY id"
ADD_HEARD = """
    INSERT INTO listened (trainee_id, at, order_id, kind, said, guessed)
    VALUES (:trainee, :at, :order_id, :kind, :said, :guessed)
"""
HEARD = "SELECT order_id, kind, said, guessed FROM listened WHERE trainee_id = :trainee ORDER BY id"


@value
class Trainee:
    """Somebody who practises; `name` is None once it was removed."""

    id: int
    name: str | None
    joined_at: datetime


@value
class Heard:
    """One question of a live order: what the trainer heard, and what the till guesses."""

    order_id: str
    kind: str
    said: bool
    guessed: bool


class TraineeStore:
    """The people of one practice file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def enter(self, name: str, at: datetime) -> int:
        """The number of whoever has that name; given the first time."""
        with self._file.writing() as conn:
            row = conn.execute(FIND, {"name": name}).fetchone()
            if row is not None:
                return int(row[0])
            trainee = conn.execute(ADD, {"at": at.isoformat()}).lastrowid or 0
            conn.execute(NAME, {"trainee": trainee, "name": name})
            return trainee

    def find(self, name: str) -> int | None:
        """The number of whoever has that name."""
        with self._file.reading() as conn:
            row = conn.execute(FIND, {"name": name}).fetchone()
        return None if row is None else int(row[0])

    def forget(self, trainee: int) -> None:
        """Remove a name. All figures stay, as somebody's."""
        with self._file.writing() as conn:
            conn.execute(FORGET, {"trainee": trainee})

    def all(self) -> tuple[Trainee, ...]:
        """Everybody, in the order in which they joined."""
        with self._file.reading() as conn:
            return tuple(Trainee(number, name, to_time(at)) for number, name, at in conn.execute(ALL).fetchall())

    def set_scenario(self, trainee: int, scenario: str, at: datetime) -> None:
        """A trainer wants somebody to meet this customer next."""
        with self._file.writing() as conn:
            conn.execute(SET, {"trainee": trainee, "scenario": scenario, "at": at.isoformat()})

    def waiting(self, trainee: int) -> tuple[str, ...]:
        """The scenarios that were set and not played yet, the oldest first."""
        with self._file.reading() as conn:
            return tuple(scenario for (scenario,) in conn.execute(WAITING, {"trainee": trainee}).fetchall())

    def add_heard(self, trainee: int, heard: Sequence[Heard], at: datetime) -> None:
        """Keep what a trainer heard at the live counter."""
        rows = [
            {
                "trainee": trainee,
                "at": at.isoformat(),
                "order_id": entry.order_id,
                "kind": entry.kind,
                "said": int(entry.said),
                "guessed": int(entry.guessed),
            }
            for entry in heard
        ]
        with self._file.writing() as conn:
            conn.executemany(ADD_HEARD, rows)

    def heard(self, trainee: int) -> tuple[Heard, ...]:
        """What trainers heard of somebody, the oldest first."""
        with self._file.reading() as conn:
            rows = conn.execute(HEARD, {"trainee": trainee}).fetchall()
        return tuple(Heard(order_id, kind, bool(said), bool(guessed)) for order_id, kind, said, guessed in rows)
