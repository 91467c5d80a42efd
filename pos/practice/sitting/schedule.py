"""When a skill comes back: spaced repetition by FSRS, with one card for each skill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pos.training import Grade, Skill

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

RETENTION = 0.9
"""The probability of being remembered at which a skill is due."""
AHEAD = timedelta(days=7)
"""How far a trainer looks ahead: right after practice everything is remembered, even what just went wrong."""


@dataclass(frozen=True, slots=True)
class SkillStanding:
    """How well a skill is remembered: the probability now, and in a week without practice. `stable_days` is for how
    many days it lasts, `due` when it comes back, `last` when it was last reviewed."""

    skill: Skill
    remembered: float
    in_a_week: float
    stable_days: float
    due: datetime
    last: datetime

    def is_due(self, now: datetime) -> bool:
        """Whether it should be practised now."""
        return self.due <= now


def scheduler() -> Scheduler:
    """FSRS with its published weights; without fuzzing, so that the same reviews give the same days."""
    from fsrs import Scheduler

    return Scheduler(desired_retention=RETENTION, enable_fuzzing=False)


def reviewed(cards: Mapping[str, str], grades: Mapping[Skill, Grade], now: datetime) -> dict[str, tuple[datetime, str]]:
    """The cards, after a round, of the skills that it showed: when each is due, and the card as JSON."""
    from fsrs import Card, Rating

    plan, at = scheduler(), now.astimezone(UTC)
    found: dict[str, tuple[datetime, str]] = {}
    for number, (skill, grade) in enumerate(grades.items(), start=1):
        text = cards.get(skill.value)
        card = _until_now(Card.from_json(text), at) if text is not None else Card(card_id=number)
        card, _ = plan.review_card(card, Rating(int(grade)), at)
        found[skill.value] = (card.due, card.to_json())
    return found


def standings(cards: Mapping[str, str], now: datetime) -> tuple[SkillStanding, ...]:
    """How well each skill with a card is remembered; first the one that will be least remembered in a week."""
    found = tuple(_standings(cards, now.astimezone(UTC)))
    return tuple(sorted(found, key=lambda entry: (entry.in_a_week, entry.due, entry.skill.value)))


def _standings(cards: Mapping[str, str], now: datetime) -> Iterable[SkillStanding]:
    from fsrs import Card

    plan, known = scheduler(), {skill.value: skill for skill in Skill}
    for name, text in cards.items():
        skill = known.get(name)
        if skill is None:
            continue
        card = _until_now(Card.from_json(text), now)
        remembered = plan.get_card_retrievability(card, now)
        in_a_week = plan.get_card_retrievability(card, now + AHEAD)
        yield SkillStanding(skill, remembered, in_a_week, card.stability or 0.0, card.due, card.last_review or card.due)


def _until_now(card: Card, now: datetime) -> Card:
    """The card. A review that lies ahead, because the clock was ahead then, is moved to now, and the due time by as
    much."""
    if card.last_review is not None and card.last_review > now:
        card.due -= card.last_review - now
        card.last_review = now
    return card
