"""The till's policy for the simulator. It uses the counter's posterior and draw."""

from __future__ import annotations

import random
from collections.abc import Sequence

from pos.domain.asking.exploring import BOLDNESS, drawn
from pos.domain.asking.offers import MOST_CANDIDATES
from pos.insights.choosing.chances import EXPLORATION, NONE, Answers, Offered, Posterior
from pos.insights.choosing.known import Known, known_from
from tests.bench.simulator import Option

LOOK_EVERY = 10
"""Answers between two readings of the sums: about ten minutes in a shop with five hundred orders a day."""

ANSWERS_A_DAY = 1000
"""Two questions in each of five hundred orders."""

DAYS_A_ROW = 7
"""The number of days that make one row of answers."""


def _offered(option: Option, context: str) -> Offered:
    return Offered(option.id, option.thing, context, option.second, option.kind)


class Ours:
    """Chooses by posterior chance of a yes × margin. In a share of the questions a Thompson draw decides."""

    def __init__(self, seed: int, exploration: float = EXPLORATION, boldness: float = BOLDNESS) -> None:
        self._draws = random.Random(seed)
        self._exploration, self._boldness = exploration, boldness
        self._known = Known()
        self._rows: list[dict[tuple[Offered, float], Answers]] = [{}]
        self._found: dict[Offered, Posterior] = {}
        self._waiting: list[tuple[Option, Offered, bool]] = []
        self._answers = 0

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Chooses the option with the highest expected margin, or the one that the draw selects."""
        found = [self._posterior(option, context) for option in options]
        worths = [(one.mean * to.margin, one.spread * abs(to.margin)) for one, to in zip(found, options, strict=True)]
        best = sorted(range(len(options)), key=lambda place: -worths[place][0])[:MOST_CANDIDATES]
        place, _ = drawn([worths[place] for place in best], self._exploration, self._draws.random, self._boldness)
        return best[place]

    def _posterior(self, option: Option, context: str) -> Posterior:
        """Returns the posterior as of the last time the sums were read."""
        offered = _offered(option, context)
        if offered not in self._found:
            self._found[offered] = self._known.posterior(offered, option.prior)
        return self._found[offered]

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """Learn the answers of some minutes at once, and give older answers less weight."""
        self._waiting.append((option, _offered(option, context), yes))
        self._answers += 1
        if self._answers % LOOK_EVERY:
            return
        for about, offered, said in self._waiting:
            answers, key = Answers(float(said), 1.0), (offered, about.prior)
            self._known.learn(offered, answers, about.prior)
            self._rows[-1][key] = self._rows[-1].get(key, NONE) + answers
        if self._answers % (DAYS_A_ROW * ANSWERS_A_DAY) == 0:
            self._begin_a_row()
        elif self._answers % (ANSWERS_A_DAY // 2) == 0:
            self._known.settle()
        self._waiting, self._found = [], {}

    def _begin_a_row(self) -> None:
        """Read all rows again, each with its age, as the counter does."""
        ages = [DAYS_A_ROW * row for row in range(len(self._rows), 0, -1)]
        self._known = known_from(
            (offered, prior, answers, age - DAYS_A_ROW)
            for rows, age in zip(self._rows, ages, strict=True)
            for (offered, prior), answers in rows.items()
        )
        self._rows.append({})
