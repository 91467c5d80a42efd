"""The learned opinion: softmax regression on what is in the order and the hour (NumPy)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from pos.insights.baskets import Basket
from pos.insights.lesson import Lesson
from pos.insights.rows import Guesser, summed
from pos.insights.together import Together, Weigh

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HALF_OF_LIFT = 0.5
LIFT_SHRINK = 20.0
"""Training starts from half the shrunk lifts and is drawn back to them: what few orders tell stays near to counting."""

PULL_OF_PAIRS, PULL_OF_HOURS = 3.0, 5.0
EPOCHS = 8
BATCH = 512
STEP = 0.05
MOST_SCORES = 25_000_000
"""Of more orders than this allows the latest are learned from: an epoch takes a score of each item for each guess."""

Matrix: TypeAlias = "NDArray[np.float32]"


@dataclass
class Weights:
    """What an order's things, its hour, and nothing at all say for each item, and Adam's two memories of each."""

    pairs: Matrix
    hours: Matrix
    start: Matrix
    first: list[Matrix] = field(default_factory=list)
    second: list[Matrix] = field(default_factory=list)
    steps: int = 0

    def __post_init__(self) -> None:
        import numpy as np

        self.first = [np.zeros_like(part) for part in self.parts()]
        self.second = [np.zeros_like(part) for part in self.parts()]

    def parts(self) -> tuple[Matrix, Matrix, Matrix]:
        """All that is learned."""
        return self.pairs, self.hours, self.start

    def step(self, gradients: Sequence[Matrix], rate: float) -> None:
        """One step of Adam against the gradients."""
        import numpy as np

        self.steps += 1
        for place, gradient in enumerate(gradients):
            self.first[place] = 0.9 * self.first[place] + 0.1 * gradient
            self.second[place] = 0.99 * self.second[place] + 0.01 * gradient**2
            middle = self.first[place] / (1 - 0.9**self.steps)
            spread = np.sqrt(self.second[place] / (1 - 0.99**self.steps)) + 1e-6
            np.subtract(self.parts()[place], rate * middle / spread, out=self.parts()[place])


def learn_weights(lesson: Lesson, seed: int = 0) -> Guesser:
    """Learn from orders; the same orders give the same guesses."""
    import numpy as np

    size, weigh = lesson.size, lesson.weigh
    together = Together(lesson.baskets, size, weigh)
    lifts = np.array(together.log_lifts(LIFT_SHRINK), dtype=np.float32)
    start = np.log(np.array(together.items, dtype=np.float32) + 0.5)
    weights = Weights(HALF_OF_LIFT * lifts, np.zeros((24, size), np.float32), start - start.max())
    pulled_to = weights.pairs.copy()
    several = _latest(lesson)
    draw = np.random.default_rng(seed)
    whole = sum(map(weigh, several))
    steps = EPOCHS * -(-len(several) // BATCH)
    for done, chosen in enumerate(_batches(len(several), draw)):
        batch = [several[place] for place in chosen]
        gradients = _gradients(batch, weigh, weights, size)
        part = sum(map(weigh, batch)) / whole
        gradients[0] += PULL_OF_PAIRS * part * (weights.pairs - pulled_to)
        gradients[1] += PULL_OF_HOURS * part * weights.hours
        weights.step([gradient / np.float32(len(batch)) for gradient in gradients], STEP * (1 - done / steps) + 1e-4)
    return summed(weights.pairs.tolist(), weights.start.tolist(), True, weights.hours.tolist())


def _latest(lesson: Lesson) -> list[Basket]:
    """The latest orders of several things, as many as there is time for."""
    left, found = MOST_SCORES // lesson.size, []
    for basket in reversed(lesson.several):
        left -= len(basket.items)
        if left < 0:
            break
        found.append(basket)
    return found[::-1]


def _batches(count: int, draw: np.random.Generator) -> Iterator[list[int]]:
    """Every order once in each epoch, in another order each time."""
    for _ in range(EPOCHS):
        mixed = draw.permutation(count).tolist()
        for start in range(0, count, BATCH):
            yield mixed[start : start + BATCH]


def _gradients(batch: Sequence[Basket], weigh: Weigh, weights: Weights, size: int) -> list[Matrix]:
    """How the loss of guessing each item of each order from its others changes with each weight."""
    import numpy as np

    sizes = np.array([len(basket.items) for basket in batch])
    items = np.array([item for basket in batch for item in basket.items])
    order = np.repeat(np.arange(len(batch)), sizes)
    hours = np.array([basket.hour for basket in batch])
    held = np.zeros((len(batch), size), np.float32)
    held[order, items] = 1
    row = np.arange(len(items))
    logits = (held @ weights.pairs)[order] - weights.pairs[items] + weights.start + weights.hours[hours][order]
    rest = held[order]
    rest[row, items] = 0
    logits[rest > 0] = -40.0  # what is in the order is no answer
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances[row, items] -= 1
    chances *= np.array([weigh(basket) for basket in batch], dtype=np.float32)[order][:, None]
    of_orders = np.add.reduceat(chances, np.concatenate(([0], np.cumsum(sizes)[:-1])), axis=0)
    pairs = held.T @ of_orders
    _add_rows(pairs, items, -chances)  # an item is not guessed from itself
    by_hour = np.zeros((24, size), np.float32)
    _add_rows(by_hour, hours, of_orders)
    return [pairs, by_hour, chances.sum(axis=0)]


def _add_rows(to: Matrix, places: NDArray[np.int64], rows: Matrix) -> None:
    """Add each row to the place that it belongs to; sorted first, which is ten times as fast as `np.add.at`."""
    import numpy as np

    sequence = np.argsort(places, kind="stable")
    ordered = places[sequence]
    starts = np.concatenate(([0], np.nonzero(np.diff(ordered))[0] + 1))
    to[ordered[starts]] += np.add.reduceat(rows[sequence], starts, axis=0)
