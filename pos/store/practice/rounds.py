"""Rounds of practice: a row for each customer, open until it is finished or dropped."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import from_instant, from_instant_or_none, instant_columns
from pos.store.file.connection import StoreFile, named_rows
from pos.store.journal.journal import digest_of

NEXT = "SELECT COALESCE(MAX(id), 0) + 1 FROM practice_round"
DROP_OPEN = "UPDATE practice_round SET state = 'dropped' WHERE till_id = :till_id AND state = 'open'"
ADD = """
    INSERT INTO practice_round (
        id, trainee_id, till_id, state, way, scenario, level, began_us, began_offset_s, why, body
    ) VALUES (:id, :trainee, :till_id, 'open', :way, :scenario, :level, :at_us, :offset_s, :why, :body)
"""
SAVE = "UPDATE practice_round SET body = :body WHERE id = :id AND state = 'open'"
DROP = "UPDATE practice_round SET state = 'dropped' WHERE id = :id AND state = 'open'"
FINISH = """
    UPDATE practice_round
    SET state = 'finished', body = :body, lines = :lines, score = :score, finished_us = :at_us,
        finished_offset_s = :offset_s,
        item_seconds = :item_seconds, question_seconds = :question_seconds
    WHERE id = :id AND state = 'open'
"""
ADD_SKILL = "INSERT INTO practice_skill (round_id, skill, grade) VALUES (:id, :skill, :grade)"
PUT_CARD = """
    INSERT INTO skill_card (trainee_id, skill, due_us, due_offset_s, body)
    VALUES (:trainee, :skill, :at_us, :offset_s, :body)
    ON CONFLICT (trainee_id, skill) DO UPDATE SET
        due_us = excluded.due_us, due_offset_s = excluded.due_offset_s, body = excluded.body
"""
DONE_AS_SET = """
    UPDATE assignment SET round_id = :id
    WHERE id = (
        SELECT MIN(id) FROM assignment WHERE trainee_id = :trainee AND scenario = :scenario AND round_id IS NULL
    )
"""
COLUMNS = """
    SELECT id, trainee_id, state, way, scenario, level, began_us, began_offset_s, finished_us, finished_offset_s, score,
        item_seconds, question_seconds, why, body, lines
    FROM practice_round
"""
OPEN = COLUMNS + " WHERE till_id = :till_id AND state = 'open'"
OF_TRAINEE = COLUMNS + " WHERE trainee_id = :trainee AND state = 'finished' ORDER BY id DESC LIMIT :most"
GRADES = """
    SELECT round.id, skill.skill, skill.grade, round.finished_us, round.finished_offset_s
    FROM practice_skill AS skill JOIN practice_round AS round ON round.id = skill.round_id
    WHERE round.trainee_id = :trainee ORDER BY round.id
"""
COUNT = "SELECT COUNT(*) FROM practice_round WHERE trainee_id = :trainee AND state <> 'open'"
LATEST = """
    SELECT scenario FROM practice_round
    WHERE trainee_id = :trainee AND state <> 'open' ORDER BY id DESC LIMIT :most
"""
CARDS = "SELECT skill, body FROM skill_card WHERE trainee_id = :trainee ORDER BY skill"


@value
class RoundRow:
    """A stored round. `body`, `why` and `lines` are JSON that the practice room reads."""

    id: int
    trainee: int
    state: str
    way: str
    scenario: str
    level: int
    began_at: datetime
    finished_at: datetime | None
    score: int | None
    item_seconds: float | None
    question_seconds: float | None
    why: str
    body: str
    lines: str


@value
class GradeRow:
    """The grade of a skill in a round."""

    round_id: int
    at: datetime
    skill: str
    grade: int


class RoundStore:
    """The rounds of one practice file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def next_number(self) -> int:
        """The number of the next round."""
        with self._file.reading() as conn:
            (number,) = conn.execute(NEXT).fetchone()
        return int(number)

    def open(self, till_id: int) -> RoundRow | None:
        """The till's unfinished round."""
        with self._file.reading() as conn:
            rows = named_rows(conn, OPEN, {"till_id": till_id})
            return _row(rows[0]) if rows else None

    def of_trainee(self, trainee: int, most: int = 1_000_000) -> tuple[RoundRow, ...]:
        """A trainee's finished rounds, the latest first."""
        with self._file.reading() as conn:
            return tuple(map(_row, named_rows(conn, OF_TRAINEE, {"trainee": trainee, "most": most})))

    def count(self, trainee: int) -> int:
        """How many customers a trainee has met: served, or left without a score."""
        with self._file.reading() as conn:
            (count,) = conn.execute(COUNT, {"trainee": trainee}).fetchone()
        return int(count)

    def latest(self, trainee: int, most: int) -> tuple[str, ...]:
        """The scenarios that a trainee met last, served or left, the latest first."""
        with self._file.reading() as conn:
            rows = conn.execute(LATEST, {"trainee": trainee, "most": most}).fetchall()
        return tuple(str(scenario) for (scenario,) in rows)

    def grades(self, trainee: int) -> tuple[GradeRow, ...]:
        """The grades of each skill in a trainee's rounds, the oldest first."""
        with self._file.reading() as conn:
            rows = conn.execute(GRADES, {"trainee": trainee}).fetchall()
            return tuple(GradeRow(number, from_instant(*at), skill, grade) for number, skill, grade, *at in rows)

    def cards(self, trainee: int) -> dict[str, str]:
        """The scheduler's cards by skill, as JSON."""
        with self._file.reading() as conn:
            return {str(skill): str(body) for skill, body in conn.execute(CARDS, {"trainee": trainee}).fetchall()}


def _row(row: sqlite3.Row) -> RoundRow:
    return RoundRow(
        row["id"],
        row["trainee_id"],
        row["state"],
        row["way"],
        row["scenario"],
        row["level"],
        from_instant(row["began_us"], row["began_offset_s"]),
        from_instant_or_none(row["finished_us"], row["finished_offset_s"]),
        row["score"],
        row["item_seconds"],
        row["question_seconds"],
        row["why"],
        row["body"],
        row["lines"],
    )


@value
class RoundBegun:
    """A customer comes. An older open round of the till is dropped. `why` and `body` are JSON that the practice room
    reads."""

    id: int
    trainee: int
    till_id: int
    way: str
    scenario: str
    level: int
    why: str
    body: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Drop the open round, and begin this one."""
        conn.execute(DROP_OPEN, {"till_id": self.till_id})
        values = {"id": self.id, "trainee": self.trainee, "till_id": self.till_id, **instant_columns(act.at)}
        played = {"way": self.way, "scenario": self.scenario, "level": self.level, "why": self.why, "body": self.body}
        conn.execute(ADD, {**values, **played})

    def told(self) -> object:
        played = {"way": self.way, "scenario": self.scenario, "level": self.level}
        return {"round": {"id": self.id, "trainee": self.trainee, **played, "sha256": digest_of(self.body).hex()}}


@value
class RoundSaved:
    """The current state of an open round; a round that is not open is not changed."""

    id: int
    body: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(SAVE, {"id": self.id, "body": self.body})

    def told(self) -> object:
        """Which round, and the digest of its state."""
        return {"round_saved": {"id": self.id, "sha256": digest_of(self.body).hex()}}


@value
class RoundDropped:
    """The customer left: the round is not scored."""

    id: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(DROP, {"id": self.id})

    def told(self) -> object:
        return {"round_dropped": self.id}


@value
class RoundFinished:
    """Score, grades, cards, and the end of an assigned scenario: all or nothing. A round that is not open is not
    changed.

    `cards` are due time and JSON by skill; `body` and `lines` are JSON that the practice room reads.
    """

    id: int
    trainee: int
    scenario: str
    body: str
    lines: str
    score: int
    item_seconds: float | None
    question_seconds: float | None
    grades: Mapping[str, int]
    cards: Mapping[str, tuple[datetime, str]]

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        values = {
            "id": self.id,
            "body": self.body,
            "lines": self.lines,
            "score": self.score,
            **instant_columns(act.at),
            "item_seconds": self.item_seconds,
            "question_seconds": self.question_seconds,
        }
        if not conn.execute(FINISH, values).rowcount:
            return
        grades = [{"id": self.id, "skill": skill, "grade": grade} for skill, grade in self.grades.items()]
        conn.executemany(ADD_SKILL, grades)
        cards = [
            {"trainee": self.trainee, "skill": skill, **instant_columns(due), "body": body}
            for skill, (due, body) in self.cards.items()
        ]
        conn.executemany(PUT_CARD, cards)
        conn.execute(DONE_AS_SET, {"id": self.id, "trainee": self.trainee, "scenario": self.scenario})

    def told(self) -> object:
        scored = {"score": self.score, "grades": self.grades, "cards": self.cards}
        return {"round_finished": {"id": self.id, **scored, "sha256": digest_of(self.body).hex()}}
