"""Chooses the next customer, with the reason: what a trainer has set, what is due, what is new, what is least
certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.domain.menu.menu import Menu
from pos.domain.text import LocalText
from pos.practice.sitting.schedule import SkillStanding
from pos.store import RoundRow
from pos.training import LEVELS, Scenario, Skill, generate
from pos.training.customer.draws import pick
from pos.training.customer.speaking import both

LEVEL_NEEDS_ROUNDS = 3
LEVEL_NEEDS_SCORE = 75
"""This many rounds at a level, with this many points on average, open the next level."""
JUST_PLAYED = 3
"""The number of last customers who do not come again at once."""
TRIES = 40


@dataclass(frozen=True, slots=True)
class Pick:
    """A customer to come, and a sentence on why."""

    scenario: Scenario
    why: LocalText


@dataclass(frozen=True, slots=True)
class Progress:
    """A trainee's progress: rounds, the latest first, skills, the scenarios that a trainer has set, and the customers
    met last, served or not."""

    rounds: Sequence[RoundRow]
    skills: Sequence[SkillStanding]
    waiting: Sequence[str]
    now: datetime
    met: Sequence[str] = ()

    @property
    def level(self) -> int:
        """The hardest level of customers that is open."""
        level = LEVELS[0]
        while level < LEVELS[-1]:
            scores = [row.score or 0 for row in self.rounds if row.level == level][:LEVEL_NEEDS_ROUNDS]
            if len(scores) < LEVEL_NEEDS_ROUNDS or sum(scores) < LEVEL_NEEDS_SCORE * LEVEL_NEEDS_ROUNDS:
                break
            level += 1
        return level


def next_customer(scenarios: Sequence[Scenario], progress: Progress, menu: Menu, seed: int) -> Pick:
    """Choose the next customer. The same progress and seed give the same one."""
    for wanted in progress.waiting:
        found = next((entry for entry in scenarios if entry.id == wanted), None)
        if found is not None and wanted not in progress.met[:1]:
            return Pick(found, _why("practice-why-set"))
    level = progress.level
    within = [entry for entry in scenarios if entry.level <= level]
    for standing in progress.skills:
        if standing.is_due(progress.now):
            scenario = _teaching(standing.skill, within, progress, menu, level, seed)
            if scenario is not None:
                return Pick(scenario, _why_due(standing, progress.now))
    known = {standing.skill for standing in progress.skills}
    for scenario in _fresh(within, progress):
        new = next((skill for skill in scenario.skills if skill not in known), None)
        if new is not None:
            return Pick(scenario, _why("practice-why-new", new))
    return _least_sure(within, progress, menu, level, seed)


def next_of_own(own: Sequence[Scenario], progress: Progress) -> Pick:
    """The next of a trainer's own customers, whatever their level: the one not met for the longest time."""
    last = {name: place for place, name in reversed(list(enumerate(progress.met)))}
    far = len(progress.met)
    return Pick(max(own, key=lambda entry: last.get(entry.id, far)), _why("practice-why-own"))


def _least_sure(within: list[Scenario], progress: Progress, menu: Menu, level: int, seed: int) -> Pick:
    for standing in progress.skills:
        scenario = _teaching(standing.skill, within, progress, menu, level, seed)
        if scenario is not None:
            return Pick(scenario, _why("practice-why-least", standing.skill))
    fresh = _fresh(within, progress)
    scenario = pick(fresh, seed, "any") if fresh else generate(menu, seed, level)
    return Pick(scenario, _why("practice-why-any"))


def _teaching(
    skill: Skill, within: Iterable[Scenario], progress: Progress, menu: Menu, level: int, seed: int
) -> Scenario | None:
    """A customer who needs a skill: a written one not met recently, the longest ago first, or a generated one."""
    fresh = [entry for entry in _fresh(within, progress) if skill in entry.skills]
    if fresh:
        return fresh[0]
    made = (generate(menu, seed * TRIES + number, level) for number in range(TRIES))
    return next((entry for entry in made if skill in entry.skills), None)


def _fresh(within: Iterable[Scenario], progress: Progress) -> list[Scenario]:
    """Those not played recently: those never played in their order, then the longest ago."""
    last = {row.scenario: place for place, row in reversed(list(enumerate(progress.rounds)))}
    far = len(progress.rounds)
    fresh = [
        entry
        for entry in within
        if last.get(entry.id, far + JUST_PLAYED) >= JUST_PLAYED and entry.id not in progress.met[:JUST_PLAYED]
    ]
    return sorted(fresh, key=lambda entry: -last.get(entry.id, far + JUST_PLAYED))


def _why_due(standing: SkillStanding, now: datetime) -> LocalText:
    days = max(0, (now - standing.last).days)
    return _why("practice-why-due-today" if days < 1 else "practice-why-due", standing.skill, days=days)


def _why(message_id: str, skill: Skill | None = None, **values: object) -> LocalText:
    """The sentence in both languages, with the name of the skill."""
    return both(
        lambda words: words.text(message_id, **({"skill": words.text(skill.message_id)} if skill else {}), **values)
    )
