"""The till's way of choosing as the simulator plays it: posterior, draw and all, as at the counter."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate

from pos.domain.exploring import best_shares
from pos.insights.chances import EXPLORATION, Answers, Known, Offered, half_life
from pos.insights.simulator import Option

FADE_EVERY = 1000
"""Orders after which what is known fades, as it does overnight in a shop."""

ORDERS_A_HALF_LIFE = 30_000
"""What sixty days are in a shop with five hundred orders a day."""


def _offered(option: Option, context: str) -> Offered:
    return Offered(option.id, option.thing, context, option.second)


class Ours:
    """Posterior chance of a yes times margin; in a share of the questions drawn as Thompson does."""

    def __init__(self, seed: int, exploration: float = EXPLORATION) -> None:
        self._draws = random.Random(seed)
        self._exploration = exploration
        self._known = Known()
        self._answers = 0

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """The best known, or the one that the draw says."""
        worths = []
        for option in options:
            found = self._known.posterior(_offered(option, context), option.prior)
            worths.append((found.mean * option.margin, found.spread * abs(option.margin)))
        best = max(range(len(worths)), key=lambda place: worths[place][0])
        if len(worths) == 1 or not self._exploration:
            return best
        likely = [self._exploration * share for share in best_shares(worths)]
        likely[best] += 1 - self._exploration
        dice = self._draws.random()
        return next((place for place, to in enumerate(accumulate(likely)) if dice < to), best)

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """Take the answer in, and let the old ones fade."""
        self._known.learn(_offered(option, context), Answers(float(yes), 1.0), option.prior)
        self._answers += 1
        if self._answers % FADE_EVERY == 0:
            self._known.fade(half_life(FADE_EVERY, 2 * ORDERS_A_HALF_LIFE))
