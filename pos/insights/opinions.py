"""What each of a few ways of counting and learning says of an order: the opinions that our guess is made of."""

from __future__ import annotations

from math import log

from pos.insights.baskets import MINUTES_A_DAY
from pos.insights.ease import ease_rows
from pos.insights.lesson import Lesson
from pos.insights.peers import PMI_SHRINK, alike
from pos.insights.rows import Guesser, Logged, summed

LATELY_DAYS = 30.0
LATELY_SHRINK = 20.0
FLOOR = 0.01
"""Where shares are made logarithms, so much is added: EASE's and the cosine's are mostly between 0 and 0.3."""

WITH_NUMPY = {
    "popular": 0.3, "lately": 0.3, "hour": 0.3, "lift": 0.2, "ease": 1.0, "log-ease": 0.6, "log-alike": 0.2,
    "learned": 0.8,
}  # fmt: skip
WITHOUT = {
    "popular": 0.8, "lately": 0.4, "hour": 0.6, "lift": 0.6, "ease": 2.0, "log-ease": 0.8, "log-alike": 0.3,
}  # fmt: skip
"""What each opinion weighs where a history is too small to tell."""


def opinions(lesson: Lesson) -> dict[str, Guesser]:
    """All opinions by name, each a logarithm but for `ease`; `learned` needs NumPy."""
    size, numeric = lesson.size, lesson.numeric
    none = [0.0] * size
    by_ease = summed(ease_rows(lesson.together, numeric), none, numeric)
    found: dict[str, Guesser] = {
        "popular": summed([], [log(count + 0.5) for count in lesson.together.items], numeric),
        "lately": summed([], _lately(lesson), numeric),
        "hour": summed([], none, numeric, lesson.lately.log_hours()),
        "lift": summed(lesson.lately.log_lifts(PMI_SHRINK), none, numeric),
        "ease": by_ease,
        "log-ease": Logged(by_ease, FLOOR),
        "log-alike": Logged(summed(alike(lesson.together), none, numeric), FLOOR),
    }
    if numeric:
        from pos.insights.softmax import learn_weights

        found["learned"] = learn_weights(lesson)
    return found


def _lately(lesson: Lesson) -> list[float]:
    """For each item the logarithm of how many times its usual share it has had in the last weeks, shrunk."""
    last = max((basket.minute for basket in lesson.several), default=0)
    counts = [0.0] * lesson.size
    for basket in lesson.several:
        weight = 0.5 ** ((last - basket.minute) / (LATELY_DAYS * MINUTES_A_DAY))
        for item in basket.items:
            counts[item] += weight
    usual = [count + 0.5 for count in lesson.lately.items]
    shares = [count / sum(usual) for count in usual]
    sold = sum(counts) + LATELY_SHRINK
    return [log((count + LATELY_SHRINK * share) / (sold * share)) for count, share in zip(counts, shares, strict=True)]
