"""What would close the distance to the line."""

from __future__ import annotations

import pytest

from pos.insights.figures.sums import KindSums, OrderSums
from pos.insights.figures.uplift import Verdict, distance

WHOLE = OrderSums(orders=1000, total_minor=10_400_000, gain_minor=400_000)


def kind(shown: int, said: int, gain: int, accepted: int = 100) -> KindSums:
    return KindSums(shown=shown, not_asked=shown - said, accepted=accepted, gain_minor=gain)


@pytest.mark.parametrize(
    ("said", "best", "line", "verdict"),
    [
        (800, 500, 0.03, Verdict.REACHED),
        (200, 2000, 0.10, Verdict.ASK_MORE),
        (800, 2000, 0.10, Verdict.BETTER_OFFERS),
        (800, 600, 0.10, Verdict.NEITHER),
    ],
)
def test_what_would_close_the_distance(said: int, best: int, line: float, verdict: Verdict) -> None:
    kinds = {"upsell": kind(1000, said, 400_000)}
    offers = {("best", "upsell"): kind(150, 150, best * 150)}
    assert distance(line, WHOLE, kinds, offers).verdict is verdict


def test_asking_always_scales_each_kind_by_what_was_left_unsaid() -> None:
    kinds = {"upsell": kind(1000, 500, 300_000), "cross_sell": kind(1000, 1000, 100_000)}
    found = distance(0.10, WHOLE, kinds, {})
    assert found.now == pytest.approx(0.04)
    assert found.asking_always == pytest.approx(0.07)


def test_an_offer_made_seldom_is_no_measure_of_better_ones() -> None:
    kinds = {"upsell": kind(1000, 1000, 400_000)}
    lucky = {("lucky", "upsell"): kind(99, 99, 99 * 5000)}
    found = distance(0.10, WHOLE, kinds, lucky)
    assert found.best_offers == found.asking_always


def test_the_line_is_reached_only_where_the_whole_interval_and_enough_orders_say_so() -> None:
    def verdict(orders: int, squares: float) -> Verdict:
        whole = OrderSums(orders, total_minor=10_400 * orders, gain_minor=400 * orders, gain_squared=squares)
        return distance(0.03, whole, {"upsell": kind(100, 90, 400 * orders)}, {}).verdict

    assert verdict(1000, 0) is Verdict.REACHED
    assert verdict(1000, 1e11) is Verdict.UNSURE
    assert verdict(29, 0) is Verdict.FEW


def test_nothing_said_is_no_verdict() -> None:
    assert distance(0.10, OrderSums(), {}, {}).verdict is Verdict.NOTHING_YET
