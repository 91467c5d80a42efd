"""The draw that now and then asks something else."""

from __future__ import annotations

import random
from collections import Counter
from math import isclose

from pos.domain.exploring import best_shares, led
from pos.domain.moment import Chance
from pos.domain.questions import Offer, OfferKind
from tests.builders import kr, words


def offer(name: str, priority: int = 0) -> Offer:
    return Offer(OfferKind.CROSS_SELL, name, (1,), words(name), sku=name, priority=priority, margin=kr(20))


SHAKE, PIE, DIP = offer("shake"), offer("pie"), offer("dip")
KNOWN = {
    "shake": Chance(0.20, kr(20), spread=0.05),
    "pie": Chance(0.18, kr(20), spread=0.05),
    "dip": Chance(0.01, kr(5), spread=0.001),
}


def test_the_chance_of_being_the_best_is_what_drawing_from_each_would_give() -> None:
    draws = random.Random(7)
    worths = [(400.0, 100.0), (360.0, 100.0), (300.0, 200.0)]
    times = Counter(
        max(range(3), key=[draws.gauss(mean, spread) for mean, spread in worths].__getitem__) for _ in range(20_000)
    )
    for place, share in enumerate(best_shares(worths)):
        assert abs(times[place] / 20_000 - share) < 0.015


def test_the_chances_of_all_add_up_to_one() -> None:
    assert isclose(sum(best_shares([(1.0, 0.5), (2.0, 0.1), (2.0, 0.0), (-3.0, 1.0)])), 1)
    assert best_shares([(5.0, 0.0), (5.0, 0.0)]) == [1.0, 0.0]


def test_the_propensity_on_an_offer_is_how_often_it_is_chosen() -> None:
    draws = random.Random(3)
    chosen: Counter[str] = Counter()
    propensity = {}
    for _ in range(4000):
        first = led([SHAKE, PIE, DIP], KNOWN, 0.5, draws.random)[0]
        chosen[first.id] += 1
        propensity[first.id] = first.propensity
    for name, share in propensity.items():
        assert abs(chosen[name] / 4000 - share) < 0.025
    assert chosen["shake"] > chosen["pie"] > 0
    assert chosen["dip"] == 0


def test_the_same_draw_gives_the_same_choice() -> None:
    one = [led([SHAKE, PIE], KNOWN, 1.0, random.Random(5).random)[0].id for _ in range(5)]
    assert len(set(one)) == 1


def test_without_exploration_the_best_known_goes_first_and_is_certain() -> None:
    found = led([SHAKE, PIE], KNOWN, 0.0, lambda: 0.999)
    assert [(entry.id, entry.propensity) for entry in found] == [("shake", 1.0), ("pie", 1.0)]


def test_nothing_of_a_lower_priority_is_tried_in_the_place_of_what_is_pinned() -> None:
    pinned = {**KNOWN, "pie": Chance(0.18, kr(20), spread=0.05, priority=1)}
    for dice in (0.0, 0.5, 0.999):
        assert led([PIE, SHAKE], pinned, 1.0, lambda dice=dice: dice)[0].id == "pie"  # type: ignore[misc]  # a constant
