"""What asking brings in against the line, what would close the distance, and the true increment."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pos.domain.value import value
from pos.insights.figures.sums import KindSums, OrderSums
from pos.insights.intervals import Interval, Stratum, stratified_difference

ENOUGH_OF_AN_OFFER = 100
"""An offer must be said this often to stand for what better offers would bring: of offers said less often, the best is
only the luckiest."""


class Verdict(StrEnum):
    """What would close the distance to the line; or that it is reached, that it may be, or that there are too few
    orders to say."""

    NOTHING_YET = "nothing_yet"
    FEW = "few"
    REACHED = "reached"
    UNSURE = "unsure"
    ASK_MORE = "ask_more"
    BETTER_OFFERS = "better_offers"
    NEITHER = "neither"


@value
class Distance:
    """Uplift against the line, as shares of 1. `asking_always` is the uplift if every question had been said and had
    brought as much on average. `best_offers` is the uplift if each had also done as well as the best offer of its
    kind."""

    line: float
    now: float | None
    asking_always: float | None
    best_offers: float | None
    verdict: Verdict


def distance(
    line: float, whole: OrderSums, kinds: Mapping[str, KindSums], offers: Mapping[tuple[str, str], KindSums]
) -> Distance:
    """How far it is to the line. `offers` are by id and kind.

    Questions that were not said are taken to have been as welcome as those that were, although customers whom nobody
    asks may differ.
    """
    if whole.base_minor <= 0 or not any(kind.said for kind in kinds.values()):
        return Distance(line, None, None, None, Verdict.NOTHING_YET)
    now = whole.gain_minor / whole.base_minor
    always = sum(_each(kind) * kind.shown for kind in kinds.values()) / whole.base_minor
    best = sum(max(_each(sums), _best_of(name, offers)) * sums.shown for name, sums in kinds.items()) / whole.base_minor
    return Distance(line, now, always, best, _verdict(line, whole.uplift, always, best))


def _verdict(line: float, uplift: Interval | None, always: float, best: float) -> Verdict:
    if uplift is None or uplift.is_few:
        return Verdict.FEW
    if uplift.value >= line:
        return Verdict.REACHED if uplift.low >= line else Verdict.UNSURE
    if always >= line:
        return Verdict.ASK_MORE
    return Verdict.BETTER_OFFERS if best >= line else Verdict.NEITHER


def _each(kind: KindSums) -> float:
    return kind.gain_minor / kind.said if kind.said else 0.0


def _best_of(kind: str, offers: Mapping[tuple[str, str], KindSums]) -> float:
    enough = [sums for (_, of), sums in offers.items() if of == kind and sums.said >= ENOUGH_OF_AN_OFFER]
    return max((_each(sums) for sums in enough), default=0.0)


def increment(days: Mapping[tuple[str, str], OrderSums]) -> Interval | None:
    """The øre by which an order with questions is larger than one of the control group on the same day, whatever was
    answered. `days` has sums by day and arm (`asked`, `control`). Returns None without a control group."""
    strata = []
    for day in sorted({day for day, _ in days}):
        asked, control = days.get((day, "asked")), days.get((day, "control"))
        if asked is not None and control is not None:
            strata.append(
                Stratum(
                    asked.orders, asked.total_minor, asked.total_squared,
                    control.orders, control.total_minor, control.total_squared,
                )
            )  # fmt: skip
    return stratified_difference(strata)
