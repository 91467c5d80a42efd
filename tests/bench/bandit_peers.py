"""Bandits of two libraries, wrapped so that they choose among what may be asked and learn in small batches."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

from pos.insights.simulator import Option, Policy

BATCH = 100
"""Answers that MABWiser learns at a time: it costs it the same whether one or a hundred."""


class Mabwiser:
    """A MABWiser policy on yes and no; of what may be asked, the highest expectation × margin is chosen."""

    def __init__(self, learning_policy: object, seed: int) -> None:
        self._policy, self._seed = learning_policy, seed
        self._mab = None
        self._arms: set[str] = set()
        self._waiting: list[tuple[str, int]] = []

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Every arm is new once: it is added, and tried."""
        for place, option in enumerate(options):
            if option.id not in self._arms:
                self._add(option.id)
                return place
        assert self._mab is not None
        expected = self._mab.predict_expectations()
        return max(range(len(options)), key=lambda place: expected[options[place].id] * options[place].margin)

    def _add(self, arm: str) -> None:
        from mabwiser.mab import MAB

        self._arms.add(arm)
        if self._mab is None:
            self._mab = MAB([arm, "nothing"], self._policy, seed=self._seed)
            self._mab.fit([arm], [0])
        else:
            self._mab.add_arm(arm)

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """In batches."""
        self._waiting.append((option.id, int(yes)))
        if len(self._waiting) >= BATCH and self._mab is not None:
            self._mab.partial_fit([arm for arm, _ in self._waiting], [reward for _, reward in self._waiting])
            self._waiting.clear()


class River:
    """A river policy on the margin that an answer left, in tens of kroner; river takes the arms that may be pulled."""

    def __init__(self, policy: object) -> None:
        self._policy = policy

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """What river pulls."""
        arm = self._policy.pull([option.id for option in options])  # type: ignore[attr-defined]  # a benchmark's peer
        return next(place for place, option in enumerate(options) if option.id == arm)

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """At once."""
        self._policy.update(option.id, yes * option.margin / 1000)  # type: ignore[attr-defined]  # as above


def mabwiser_peers() -> dict[str, Callable[[int], Policy]]:
    """MABWiser's policies without features."""
    from mabwiser.mab import LearningPolicy

    warnings.simplefilter("ignore")
    return {
        "mabwiser: Thompson sampling": lambda seed: Mabwiser(LearningPolicy.ThompsonSampling(), seed),
        "mabwiser: UCB1, alpha 0.1": lambda seed: Mabwiser(LearningPolicy.UCB1(alpha=0.1), seed),
        "mabwiser: epsilon-greedy 0.05": lambda seed: Mabwiser(LearningPolicy.EpsilonGreedy(epsilon=0.05), seed),
    }


def river_peers() -> dict[str, Callable[[int], Policy]]:
    """River's policies without features."""
    from river import bandit, proba

    return {
        "river: Thompson sampling": lambda seed: River(
            bandit.ThompsonSampling(reward_obj=proba.Gaussian(seed=seed), burn_in=20, seed=seed)  # of the margin itself
        ),
        "river: UCB, delta 0.5": lambda seed: River(bandit.UCB(delta=0.5, burn_in=20, seed=seed)),
        "river: epsilon-greedy 0.05": lambda seed: River(bandit.EpsilonGreedy(epsilon=0.05, burn_in=20, seed=seed)),
    }
