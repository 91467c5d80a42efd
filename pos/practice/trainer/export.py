"""The trainer's figures for other tools: as JSON, and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from pos.practice.trainer.certificate import can_stand_alone
from pos.practice.trainer.figures import faults_of
from pos.practice.trainer.overview import TraineeOverview

COLUMNS = (
    "person",
    "name",
    "round",
    "began_at",
    "way",
    "scenario",
    "level",
    "score",
    "item_seconds",
    "question_seconds",
    "critical_faults",
)


def as_json(people: Iterable[TraineeOverview]) -> str:
    """All people with rounds and skills. Times are ISO 8601. `remembered` (now) and `in_a_week` are shares of 1."""
    return json.dumps({"people": [_person(entry) for entry in people]}, ensure_ascii=False, indent=2)


def _person(person: TraineeOverview) -> dict[str, object]:
    return {
        "person": person.id,
        "name": person.name,
        "level": person.level,
        "rounds": len(person.rounds),
        "lately": _rounded(person.lately),
        "trend": _rounded(person.trend),
        "waiting": list(person.waiting),
        "figures": _figures(person),
        "skills": [
            {
                "skill": entry.skill.value,
                "remembered": round(entry.remembered, 3),
                "in_a_week": round(entry.in_a_week, 3),
                "stable_days": round(entry.stable_days, 2),
                "due": entry.due.isoformat(),
                "attempts": person.attempts.get(entry.skill, 0),
            }
            for entry in person.skills
        ],
        "days": [
            {"day": day.isoformat(), "score": round(mean, 1), "customers": count} for day, mean, count in person.days
        ],
    }


def _figures(person: TraineeOverview) -> dict[str, object]:
    """A trainer's figures over the latest rounds: counts with their totals, seconds, and one yes or no."""
    found = person.figures
    return {
        "customers": found.customers,
        "wrong_orders": found.wrong.count,
        "wrong_orders_per_hundred": _rounded(found.wrong_in_a_hundred),
        "allergies_passed": found.allergies.count,
        "allergies": found.allergies.of,
        "questions_asked": found.asked.count,
        "questions_due": found.asked.of,
        "heard_said": found.heard.count,
        "heard": found.heard.of,
        "seconds_to_paid": _rounded(found.seconds),
        "right_change": found.change.count,
        "cash_payments": found.change.of,
        "calls_for_help": found.help,
        "critical_faults": found.faults,
        "can_stand_alone": can_stand_alone(person),
    }


def as_csv(people: Iterable[TraineeOverview]) -> str:
    """One row per finished round. Text that a spreadsheet would take for a formula is preceded by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for person in people:
        for row in reversed(person.rounds):
            writer.writerow(
                (
                    person.id,
                    _harmless(person.name or ""),
                    row.id,
                    row.began_at.isoformat(),
                    row.way,
                    _harmless(row.scenario),
                    row.level,
                    row.score,
                    row.item_seconds,
                    row.question_seconds,
                    faults_of(row),
                )
            )
    return out.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _rounded(figure: float | None) -> float | None:
    """Round to one decimal; None stays None."""
    return None if figure is None else round(figure, 1)
