"""Bandits of two libraries, wrapped so that they choose among the eligible offers. MABWiser's learn in batches."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pos.insights.parts_of_day import PARTS
from tests.bench.simulator import Option, Policy

if TYPE_CHECKING:
    from mabwiser.mab import MAB

BATCH = 100
"""The answers that MABWiser learns at a time, since learning one costs as much as learning a hundred."""

Arm = Callable[[Option], str]


def offer_alone(option: Option) -> str:
    """Returns the arm of an option: one for each offer."""
    return option.id


def offer_and_second(option: Option) -> str:
    """Returns the arm of an option: two for each offer, by whether the order has an item of its category."""
    return f"{option.id} {option.second}"


class Mabwiser:
    """A MABWiser policy that learns yes and no. It asks for the option with the highest expectation × margin."""

    def __init__(self, learning_policy: object, seed: int, arm: Arm = offer_alone) -> None:
        self._policy, self._seed, self._arm = learning_policy, seed, arm
        self._mab: MAB | None = None
        self._arms: set[str] = set()
        self._waiting: list[tuple[str, int]] = []

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Chooses the first option whose arm is new and adds the arm; else the highest expectation × margin."""
        arms = [self._arm(option) for option in options]
        for place, arm in enumerate(arms):
            if arm not in self._arms:
                self._add(arm)
                return place
        assert self._mab is not None
        expected = self._mab.predict_expectations()
        return max(range(len(options)), key=lambda place: expected[arms[place]] * options[place].margin)

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
        self._waiting.append((self._arm(option), int(yes)))
        if len(self._waiting) >= BATCH and self._mab is not None:
            self._mab.partial_fit([arm for arm, _ in self._waiting], [reward for _, reward in self._waiting])
            self._waiting.clear()


class LinearMabwiser:
    """A linear MABWiser policy with our features: the part of the day, and whether the order already has an item of the
    offer's category. The arms share nothing, so each offer has a policy of its own, and only eligible offers are
    computed. `epsilon` is the share of questions in which an eligible offer is chosen at random."""

    def __init__(self, learning_policy: object, seed: int, epsilon: float = 0.0, drawn: bool = False) -> None:
        self._policy, self._seed, self._epsilon, self._drawn = learning_policy, seed, epsilon, drawn
        self._draws = random.Random(seed)
        self._mabs: dict[str, MAB] = {}
        self._waiting: dict[str, list[tuple[int, list[float]]]] = {}
        self._answers = 0
        self._expected: dict[tuple[str, str, bool], float] = {}

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Chooses the first offer that was never asked; else at random or the highest expectation × margin."""
        for place, option in enumerate(options):
            if option.id not in self._mabs:
                self._add(option.id)
                return place
        if self._epsilon and self._draws.random() < self._epsilon:
            return self._draws.randrange(len(options))
        return max(
            range(len(options)), key=lambda place: self._expects(context, options[place]) * options[place].margin
        )

    def _expects(self, context: str, option: Option) -> float:
        """Returns the policy's expectation of a yes. It is computed once between two batches, unless it is drawn each
        time."""
        key = (option.id, context, option.second)
        if self._drawn or key not in self._expected:
            self._expected[key] = self._mabs[option.id].predict_expectations([_features(context, option)])["asked"]
        return self._expected[key]

    def _add(self, offer: str) -> None:
        from mabwiser.mab import MAB

        mab = MAB(["asked", "nothing"], self._policy, seed=self._seed + len(self._mabs))
        mab.fit(["nothing"], [0], [[0.0] * (len(PARTS) + 2)])
        self._mabs[offer] = mab

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """In batches."""
        self._waiting.setdefault(option.id, []).append((int(yes), _features(context, option)))
        self._answers += 1
        if self._answers % BATCH:
            return
        for offer, answers in self._waiting.items():
            rewards, features = [reward for reward, _ in answers], [row for _, row in answers]
            self._mabs[offer].partial_fit(["asked"] * len(answers), rewards, features)
        self._expected = {key: value for key, value in self._expected.items() if key[0] not in self._waiting}
        self._waiting.clear()


def _features(context: str, option: Option) -> list[float]:
    return [1.0, *(float(part == context) for part in PARTS), float(option.second)]


class River:
    """A river policy that learns the margin an answer left, in tens of kroner. River is given the arms it may pull. A
    `contextual` policy is also given the part of the day."""

    def __init__(self, policy: object, arm: Arm = offer_alone, contextual: bool = False) -> None:
        self._policy, self._arm, self._contextual = policy, arm, contextual

    def choose(self, context: str, options: Sequence[Option]) -> int | None:
        """Chooses the option whose arm river pulls."""
        arms = [self._arm(option) for option in options]
        return arms.index(self._policy.pull(arms, *self._about(context)))  # type: ignore[attr-defined]  # typed as object

    def learn(self, context: str, option: Option, yes: bool) -> None:
        """Learn the answer at once."""
        about = self._about(context)
        self._policy.update(self._arm(option), *about, yes * option.margin / 1000)  # type: ignore[attr-defined]  # as above

    def _about(self, context: str) -> tuple[dict[str, float], ...]:
        return ({"always": 1.0, context: 1.0},) if self._contextual else ()


def mabwiser_peers() -> dict[str, Callable[[int], Policy]]:
    """Returns MABWiser's policies by name, without and with features. Each is made with a seed."""
    from mabwiser.mab import LearningPolicy as By

    warnings.simplefilter("ignore")
    both = offer_and_second
    return {
        "mabwiser: Thompson sampling": lambda seed: Mabwiser(By.ThompsonSampling(), seed),
        "mabwiser: Thompson sampling, second": lambda seed: Mabwiser(By.ThompsonSampling(), seed, both),
        "mabwiser: UCB1, alpha 0.1": lambda seed: Mabwiser(By.UCB1(alpha=0.1), seed),
        "mabwiser: UCB1, alpha 0.1, second": lambda seed: Mabwiser(By.UCB1(alpha=0.1), seed, both),
        "mabwiser: epsilon-greedy 0.05": lambda seed: Mabwiser(By.EpsilonGreedy(epsilon=0.05), seed),
        "mabwiser: LinUCB, alpha 0.1": lambda seed: LinearMabwiser(By.LinUCB(alpha=0.1), seed),
        "mabwiser: LinUCB, alpha 0.5": lambda seed: LinearMabwiser(By.LinUCB(alpha=0.5), seed),
        "mabwiser: LinUCB, alpha 1": lambda seed: LinearMabwiser(By.LinUCB(alpha=1.0), seed),
        "mabwiser: LinUCB, alpha 0.25": lambda seed: LinearMabwiser(By.LinUCB(alpha=0.25), seed),
        "mabwiser: LinTS, alpha 0.1": lambda seed: LinearMabwiser(By.LinTS(alpha=0.1), seed, drawn=True),
        "mabwiser: LinTS, alpha 0.3": lambda seed: LinearMabwiser(By.LinTS(alpha=0.3), seed, drawn=True),
        "mabwiser: LinGreedy 0.05": lambda seed: LinearMabwiser(By.LinGreedy(epsilon=0.0), seed, 0.05),
    }


def river_peers() -> dict[str, Callable[[int], Policy]]:
    """Returns river's policies by name, without and with features. Each is made with a seed."""
    from river import bandit, proba

    return {
        "river: Thompson sampling": lambda seed: River(
            bandit.ThompsonSampling(reward_obj=proba.Gaussian(seed=seed), burn_in=20, seed=seed)  # of the margin itself
        ),
        "river: UCB, delta 0.5": lambda seed: River(bandit.UCB(delta=0.5, burn_in=20, seed=seed)),
        "river: epsilon-greedy 0.05": lambda seed: River(bandit.EpsilonGreedy(epsilon=0.05, burn_in=20, seed=seed)),
        "river: UCB, delta 0.5, second": lambda seed: River(
            bandit.UCB(delta=0.5, burn_in=20, seed=seed), offer_and_second
        ),
        "river: LinUCB": lambda seed: River(bandit.LinUCBDisjoint(seed=seed), offer_and_second, contextual=True),
        "river: LinUCB, beta 20": lambda seed: River(
            bandit.LinUCBDisjoint(beta=20.0, seed=seed), offer_and_second, contextual=True
        ),
    }
