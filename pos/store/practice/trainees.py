"""Trainees: numbers that the figures belong to, names that can be deleted, and assigned scenarios."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import from_instant, instant_columns
from pos.store.file.connection import StoreFile

FIND = "SELECT trainee_id FROM trainee_name WHERE name = :name"
NEXT = "SELECT COALESCE(MAX(id), 0) + 1 FROM trainee"
ADD = "INSERT INTO trainee (id, joined_us, joined_offset_s) VALUES (:trainee, :at_us, :offset_s)"
NAME = "INSERT INTO trainee_name (trainee_id, name) VALUES (:trainee, :name)"
FORGET = "DELETE FROM trainee_name WHERE trainee_id = :trainee"
ALL = """
    SELECT trainee.id, trainee_name.name, trainee.joined_us, trainee.joined_offset_s
    FROM trainee LEFT JOIN trainee_name ON trainee_name.trainee_id = trainee.id
    ORDER BY trainee.id
"""
SET = """
    INSERT INTO assignment (trainee_id, scenario, set_us, set_offset_s)
    VALUES (:trainee, :scenario, :at_us, :offset_s)
"""
WAITING = "SELECT scenario FROM assignment WHERE trainee_id = :trainee AND round_id IS NULL ORDER BY id"
ADD_HEARD = """
    INSERT INTO listened (trainee_id, at_us, offset_s, order_id, kind, said, guessed)
    VALUES (:trainee, :at_us, :offset_s, :order_id, :kind, :said, :guessed)
"""
HEARD = "SELECT order_id, kind, said, guessed FROM listened WHERE trainee_id = :trainee ORDER BY id"


@value
class Trainee:
    """A trainee; `name` is None once it was removed."""

    id: int
    name: str | None
    joined_at: datetime


@value
class HeardQuestion:
    """A question of a live order: what the trainer heard, and what the till guesses."""

    order_id: str
    kind: str
    said: bool
    guessed: bool


class TraineeStore:
    """The trainees of one practice file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def next_number(self) -> int:
        """The number of the next trainee."""
        with self._file.reading() as conn:
            (number,) = conn.execute(NEXT).fetchone()
        return int(number)

    def find(self, name: str) -> int | None:
        """The number of the trainee with a name."""
        with self._file.reading() as conn:
            row = conn.execute(FIND, {"name": name}).fetchone()
        return None if row is None else int(row[0])

    def all(self) -> tuple[Trainee, ...]:
        """Everybody, in the order in which they joined."""
        with self._file.reading() as conn:
            return tuple(Trainee(number, name, from_instant(*at)) for number, name, *at in conn.execute(ALL).fetchall())

    def waiting(self, trainee: int) -> tuple[str, ...]:
        """The assigned scenarios that were not played yet, the oldest first."""
        with self._file.reading() as conn:
            return tuple(scenario for (scenario,) in conn.execute(WAITING, {"trainee": trainee}).fetchall())

    def heard(self, trainee: int) -> tuple[HeardQuestion, ...]:
        """What trainers heard of a trainee, the oldest first."""
        with self._file.reading() as conn:
            rows = conn.execute(HEARD, {"trainee": trainee}).fetchall()
        return tuple(HeardQuestion(order_id, kind, bool(said), bool(guessed)) for order_id, kind, said, guessed in rows)


@value
class TraineeJoined:
    """Somebody begins to practise. The journal has only the number, because a name must be deletable."""

    number: int
    name: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(ADD, {"trainee": self.number, **instant_columns(act.at)})
        conn.execute(NAME, {"trainee": self.number, "name": self.name})

    def told(self) -> object:
        return {"trainee_joined": self.number}


@value
class TraineeForgotten:
    """A name is deleted. The figures stay, under the number."""

    number: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(FORGET, {"trainee": self.number})

    def told(self) -> object:
        return {"trainee_forgotten": self.number}


@value
class ScenarioSet:
    """A trainer assigns a scenario: the trainee meets this customer next."""

    trainee: int
    scenario: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(SET, {"trainee": self.trainee, "scenario": self.scenario, **instant_columns(act.at)})

    def told(self) -> object:
        return {"scenario_set": self}


@value
class Listened:
    """What a trainer heard at the live counter."""

    trainee: int
    heard: tuple[HeardQuestion, ...]

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        rows = [
            {
                "trainee": self.trainee,
                **instant_columns(act.at),
                "order_id": entry.order_id,
                "kind": entry.kind,
                "said": int(entry.said),
                "guessed": int(entry.guessed),
            }
            for entry in self.heard
        ]
        conn.executemany(ADD_HEARD, rows)

    def told(self) -> object:
        return {"listened": self}
