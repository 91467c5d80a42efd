"""The trainer's overview: everybody's skills, attempts and trend, and a person's rounds to replay."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from pos.domain.business_day import DAY_ENDS, business_day
from pos.domain.text import LocalText
from pos.practice.sitting.plan import Progress
from pos.practice.sitting.result import LINES, ResultLine
from pos.practice.sitting.room import ROUND, WHY
from pos.practice.sitting.schedule import SkillStanding, standings
from pos.practice.trainer.figures import TraineeFigures, figures_of
from pos.store import RoundRow, Store
from pos.training import Round, Skill

LATELY = 5
"""The number of recent rounds in an average."""


@dataclass(frozen=True, slots=True)
class TraineeOverview:
    """A person's practice: rounds with the latest first, the state of each skill, and the attempts at each."""

    id: int
    name: str | None
    joined_at: datetime
    rounds: tuple[RoundRow, ...]
    skills: tuple[SkillStanding, ...]
    attempts: dict[Skill, int]
    waiting: tuple[str, ...]
    level: int
    figures: TraineeFigures
    day_ends: time = DAY_ENDS

    @property
    def lately(self) -> float | None:
        """The average score of the recent rounds."""
        scores = [row.score or 0 for row in self.rounds[:LATELY]]
        return sum(scores) / len(scores) if scores else None

    @property
    def trend(self) -> float | None:
        """The average of the recent rounds less that of as many before them; None if there are not enough."""
        before = [row.score or 0 for row in self.rounds[LATELY : 2 * LATELY]]
        if self.lately is None or len(before) < LATELY:
            return None
        return self.lately - sum(before) / len(before)

    @property
    def days(self) -> tuple[tuple[date, float, int], ...]:
        """By business day: the average score, and the number of customers."""
        by_day: dict[date, list[int]] = {}
        for row in reversed(self.rounds):
            by_day.setdefault(business_day(row.began_at, self.day_ends), []).append(row.score or 0)
        return tuple((day, sum(scores) / len(scores), len(scores)) for day, scores in by_day.items())

    def standing(self, skill: Skill) -> SkillStanding | None:
        """The state of a skill; None if it was never tried."""
        return next((entry for entry in self.skills if entry.skill is skill), None)


def people(store: Store, now: datetime) -> tuple[TraineeOverview, ...]:
    """All people in a practice file, in the order in which they joined."""
    return tuple(_person(store, entry.id, entry.name, entry.joined_at, now) for entry in store.trainees.all())


def _person(store: Store, number: int, name: str | None, joined_at: datetime, now: datetime) -> TraineeOverview:
    rounds = store.rounds.of_trainee(number)
    skills = standings(store.rounds.cards(number), now)
    known = {skill.value: skill for skill in Skill}
    tried = Counter(known[row.skill] for row in store.rounds.grades(number) if row.skill in known)
    waiting = store.trainees.waiting(number)
    level = Progress(rounds, skills, waiting, now).level
    with store.file.errors():
        figures = figures_of(rounds, store.trainees.heard(number))
    return TraineeOverview(
        number, name, joined_at, rounds, skills, dict(tried), waiting, level, figures, store.menu.day_ends()
    )


@dataclass(frozen=True, slots=True)
class Replay:
    """A finished round: its log, the lines of its score, and why this customer came."""

    row: RoundRow
    played: Round
    lines: tuple[ResultLine, ...]
    why: LocalText


def replay(store: Store, row: RoundRow) -> Replay:
    """Read a round from the file."""
    with store.file.errors():
        return Replay(row, ROUND.read(row.body), LINES.read(row.lines), WHY.read(row.why))
