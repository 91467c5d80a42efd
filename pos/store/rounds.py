"""The rounds of practice: one row a customer, open until it is finished or dropped."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from pos.domain.value import value
from pos.store.codec import to_time, to_time_or_none
from pos.store.file import StoreFile, named_rows

ADD = """
    INSERT INTO practice_round (trainee_id, till_id, state, way, scenario, level, began_at, why, body)
    VALUES (:trainee, :till_id, 'open', :way, :scenario, :level, :at, :why, :body)
"""
SAVE = "UPDATE practice_round SET body = :body WHERE id = :id AND state = 'open'"
DROP = "UPDATE practice_round SET state = 'dropped' WHERE id = :id AND state = 'open'"
FINISH = """
    UPDATE practice_round
    SET state = 'finished', body = :body, lines = :lines, score = :score, finished_at = :at,
        item_seconds = :item_seconds, question_seconds = :question_seconds
    WHERE id = :id AND state = 'open'
"""
ADD_SKILL = "INSERT INTO practice_skill (round_id, skill, grade) VALUES (:id, :skill, :grade)"
PUT_CARD = """
    INSERT INTO skill_card (trainee_id, skill, due, body) VALUES (:trainee, :skill, :due, :body)
    ON CONFLICT (trainee_id, skill) DO UPDATE SET due = excluded.due, body = excluded.body
"""
DONE_AS_SET = """
    UPDATE assignment SET round_id = :id
    WHERE id = (
        SELECT MIN(id) FROM assignment WHERE trainee_id = :trainee AND scenario = :scenario AND round_id IS NULL
    )
"""
COLUMNS = """
    SELECT id, trainee_id, state, way, scenario, level, began_at, finished_at, score, item_seconds, question_seconds,
        why, body, lines
    FROM practice_round
"""
OPEN = COLUMNS + " WHERE till_id = :till_id AND state = 'open'"
OF_TRAINEE = COLUMNS + " WHERE trainee_id = :trainee AND state = 'finished' ORDER BY id DESC LIMIT :most"
GRADES = """
    SELECT round.id, round.finished_at, skill.skill, skill.grade
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
    """A round as it is kept. `body`, `why` and `lines` are JSON that the practice room reads."""

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
class Finished:
    """What finishing a round writes, all in one transaction. `cards` are due time and JSON by skill."""

    trainee: int
    scenario: str
    body: str
    lines: str
    score: int
    item_seconds: float | None
    question_seconds: float | None
    grades: Mapping[str, int]
    cards: Mapping[str, tuple[datetime, str]]


@value
class GradeRow:
    """How a skill went in one round."""

    round_id: int
    at: datetime
    skill: str
    grade: int


class RoundStore:
    """The rounds of one practice file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def begin(self, trainee: int, till_id: int, row: Mapping[str, str | int], at: datetime) -> int:
        """A customer comes: `row` has `way`, `scenario`, `level`, `why` and `body`. An older open one is dropped."""
        with self._file.writing() as conn:
            open_one = conn.execute(OPEN, {"till_id": till_id}).fetchone()
            if open_one is not None:
                conn.execute(DROP, {"id": open_one[0]})
            values = {**row, "trainee": trainee, "till_id": till_id, "at": at.isoformat()}
            return conn.execute(ADD, values).lastrowid or 0

    def save(self, round_id: int, body: str) -> None:
        """Keep an open round as it is now."""
        with self._file.writing() as conn:
            conn.execute(SAVE, {"id": round_id, "body": body})

    def drop(self, round_id: int) -> None:
        """The customer left: the round is never scored."""
        with self._file.writing() as conn:
            conn.execute(DROP, {"id": round_id})

    def finish(self, round_id: int, done: Finished, at: datetime) -> None:
        """Score, grades, cards and a scenario that was set, all or nothing; a round that is not open stays as it is."""
        values = {
            "id": round_id,
            "body": done.body,
            "lines": done.lines,
            "score": done.score,
            "at": at.isoformat(),
            "item_seconds": done.item_seconds,
            "question_seconds": done.question_seconds,
        }
        with self._file.writing() as conn:
            if not conn.execute(FINISH, values).rowcount:
                return
            _learned(conn, round_id, done)

    def open(self, till_id: int) -> RoundRow | None:
        """The till's round that was not finished."""
        with self._file.reading() as conn:
            rows = named_rows(conn, OPEN, {"till_id": till_id})
            return _row(rows[0]) if rows else None

    def of_trainee(self, trainee: int, most: int = 1_000_000) -> tuple[RoundRow, ...]:
        """Somebody's finished rounds, the latest first."""
        with self._file.reading() as conn:
            return tuple(map(_row, named_rows(conn, OF_TRAINEE, {"trainee": trainee, "most": most})))

    def count(self, trainee: int) -> int:
        """How many customers somebody has met: served, or left without a score."""
        with self._file.reading() as conn:
            (count,) = conn.execute(COUNT, {"trainee": trainee}).fetchone()
        return int(count)

    def latest(self, trainee: int, most: int) -> tuple[str, ...]:
        """The scenarios that somebody met last, served or left, the latest first."""
        with self._file.reading() as conn:
            rows = conn.execute(LATEST, {"trainee": trainee, "most": most}).fetchall()
        return tuple(str(scenario) for (scenario,) in rows)

    def grades(self, trainee: int) -> tuple[GradeRow, ...]:
        """How each skill went in each of somebody's rounds, the oldest first."""
        with self._file.reading() as conn:
            rows = conn.execute(GRADES, {"trainee": trainee}).fetchall()
            return tuple(GradeRow(number, to_time(at), skill, grade) for number, at, skill, grade in rows)

    def cards(self, trainee: int) -> dict[str, str]:
        """The scheduler's cards by skill, as JSON."""
        with self._file.reading() as conn:
            return {str(skill): str(body) for skill, body in conn.execute(CARDS, {"trainee": trainee}).fetchall()}


def _learned(conn: sqlite3.Connection, round_id: int, done: Finished) -> None:
    conn.executemany(
        ADD_SKILL, [{"id": round_id, "skill": skill, "grade": grade} for skill, grade in done.grades.items()]
    )
    conn.executemany(
        PUT_CARD,
        [
            {"trainee": done.trainee, "skill": skill, "due": due.isoformat(), "body": body}
            for skill, (due, body) in done.cards.items()
        ],
    )
    conn.execute(DONE_AS_SET, {"id": round_id, "trainee": done.trainee, "scenario": done.scenario})


def _row(row: sqlite3.Row) -> RoundRow:
    return RoundRow(
        row["id"],
        row["trainee_id"],
        row["state"],
        row["way"],
        row["scenario"],
        row["level"],
        to_time(row["began_at"]),
        to_time_or_none(row["finished_at"]),
        row["score"],
        row["item_seconds"],
        row["question_seconds"],
        row["why"],
        row["body"],
        row["lines"],
    )
