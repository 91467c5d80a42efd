"""How likely a thing is beside another one, by our guess: what proposals are ranked by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import exp

from pos.insights.baskets import Basket, most_sold, renumbered
from pos.insights.blend import learn_blend
from pos.insights.ease import has_numeric
from pos.insights.guessing import MOST_ITEMS
from pos.insights.lesson import Lesson
from pos.insights.rows import Guesser

MOST_ORDERS = 5_000
"""The guess is learned from so many of the latest orders: ten seconds of work, if they are large."""

HOURS = 3
"""A thing is looked at in so many hours, those in which it is bought most."""


def chances_beside(baskets: Sequence[Basket], triggers: Iterable[int]) -> dict[tuple[int, int], float]:
    """For each trigger and everything else the chance that an order with the trigger calls for it next, by the very
    guess that an evaluation puts to the test."""
    latest = sorted(baskets, key=lambda basket: basket.minute)[-MOST_ORDERS:]
    numbers = most_sold(latest, MOST_ITEMS)
    if len(numbers) < 2:
        return {}
    known = renumbered(latest, numbers)
    guess = learn_blend(Lesson(known, len(numbers), has_numeric()))
    hours: dict[int, Counter[int]] = {}
    for basket in known:
        for item in basket.items:
            hours.setdefault(item, Counter())[basket.hour] += 1
    found = {}
    for trigger in triggers:
        if trigger in numbers:
            chances = _chances(guess, numbers[trigger], hours[numbers[trigger]])
            found.update({(trigger, item): chances[place] for item, place in numbers.items() if item != trigger})
    return found


def _chances(guess: Guesser, trigger: int, hours: Counter[int]) -> list[float]:
    """Each item's chance, as the mean over the hours in which the trigger is bought most."""
    busiest = hours.most_common(HOURS)
    whole = sum(count for _, count in busiest)
    mean: list[float] = []
    for hour, count in busiest:
        scores = [float(score) for score in guess.scores((trigger,), hour)]
        highest = max(scores)
        likely = [0.0 if item == trigger else exp(score - highest) for item, score in enumerate(scores)]
        share = count / whole / sum(likely)
        mean = [before + share * one for before, one in zip(mean or [0.0] * len(likely), likely, strict=True)]
    return mean
