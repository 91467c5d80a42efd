"""Counting finished sales into sums by day: for each kind and for whole orders, cut by what a report asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import datetime
from typing import TypeAlias, TypeVar

from pos.domain.value import value
from pos.insights.figures import sooner_than_said
from pos.insights.parts_of_day import part_of_day

Half: TypeAlias = tuple[
    str, str | None, str | None, int, int, int, str | None, str | None, str, int, int | None, str, int
]
"""One kind of a sale: outcome, reason, offer, kept, gain and margin in øre, shown and answered, the form of the words
and how many they were, what the order came to, the id of the wording, and 1 for a second of its sort."""

SaleFacts: TypeAlias = tuple[int, str, str, int, Half, Half]
"""A sale: its number, when it was paid, the cashier, its total in øre; then the up-sell and the cross-sell."""

Number: TypeAlias = int | float
Key = TypeVar("Key", bound=tuple[str, ...])

LONGEST_ANSWER_MS = 60_000
"""An answer counts as a minute at most: the rest of it was somebody who went away."""

WITH_IT_ALREADY = {"upsell": "top_step", "cross_sell": "already_in_order"}
"""The reason that says that an order had what could have been asked for: a cashier who asks while ringing gets it."""

SECOND = "+"

KIND_FIELDS = (
    "shown",
    "not_asked",
    "too_fast",
    "accepted",
    "not_applicable",
    "gain_minor",
    "gain_squared",
    "margin_minor",
    "answered",
    "answer_ms",
    "answer_ms_squared",
    "could_leave",
    "leave",
)
ORDER_FIELDS = (
    "orders",
    "eligible",
    "total_minor",
    "total_squared",
    "gain_minor",
    "gain_squared",
    "total_times_gain",
    "could_leave_both",
    "leave_both",
    "size_known",
    "grown",
)


@value
class Tally:
    """Sums by (day, cut, name, kind), in the order of `KIND_FIELDS`, and of whole orders by (day, cut, name), in that
    of `ORDER_FIELDS`."""

    kinds: dict[tuple[str, str, str, str], list[Number]] = field(default_factory=dict)
    orders: dict[tuple[str, str, str], list[Number]] = field(default_factory=dict)


def tally(sales: Iterable[SaleFacts]) -> Tally:
    """Count sales. What was counted in slices adds up to what is counted at once."""
    found = Tally()
    for _, paid_at, cashier, total, upsell, cross_sell in sales:
        day, slot = paid_at[:10], half_hour(paid_at)
        for kind, half in (("upsell", upsell), ("cross_sell", cross_sell)):
            sums = _of_kind(kind, half)
            for cut, name in _cuts(half, cashier, slot):
                _add(found.kinds, (day, cut, name, kind), sums)
        whole = _of_order(total, upsell, cross_sell)
        arm = "control" if upsell[1] == "control" else "asked"
        for cut, name in (("all", ""), ("cashier", cashier), ("slot", slot), ("arm", arm)):
            _add(found.orders, (day, cut, name), whole)
    return found


def part_name(context: str, offer: str, second: bool) -> str:
    """What an offer in a part of the day is summed by: `noon|cola`, or `noon+|cola` for a second of its sort."""
    return f"{context}{SECOND if second else ''}|{offer}"


def part_of_name(name: str) -> tuple[str, str, bool]:
    """The part of the day, the offer, and whether it was a second of its sort."""
    context, _, offer = name.partition("|")
    return context.removesuffix(SECOND), offer, context.endswith(SECOND)


def half_hour(paid_at: str) -> str:
    """The half hour in which a sale was paid, on the shop's own clock: `12:30`."""
    return f"{paid_at[11:13]}:{'00' if paid_at[14:16] < '30' else '30'}"


def _cuts(half: Half, cashier: str, slot: str) -> Iterator[tuple[str, str]]:
    """What one kind of a sale counts to."""
    yield "all", ""
    yield "cashier", cashier
    yield "slot", slot
    if half[0] == "not_applicable":
        yield "reason", half[1] or ""
    else:
        yield "offer", half[2] or ""
        yield "part", part_name(part_of_day(int(slot[:2])), half[2] or "", bool(half[12]))
        if half[11]:
            yield "wording", f"{half[2] or ''}|{half[11]}"
        if half[0] != "not_asked":
            yield "phrase", half[8]


def _of_kind(kind: str, half: Half) -> tuple[Number, ...]:
    outcome, reason, _, kept, gain, margin, shown_at, answered_at, _, words, *_ = half
    if outcome == "not_applicable":
        had = int(reason == WITH_IT_ALREADY[kind])
        return (0, 0, 0, 0, 1, 0, 0.0, 0, 0, 0, 0.0, had, had)
    if outcome == "not_asked":
        return (1, 1, 0, 0, 0, 0, 0.0, 0, 0, 0, 0.0, 1, 0)
    accepted = outcome == "accepted"
    if shown_at is None or answered_at is None:  # of a ledger that kept no times
        return (1, 0, 0, int(accepted), 0, gain, float(gain * gain), margin, 0, 0, 0.0, 1, int(kept > 0))
    seconds = (datetime.fromisoformat(answered_at) - datetime.fromisoformat(shown_at)).total_seconds()
    too_fast = not accepted and sooner_than_said(seconds, words)
    ms = max(0, min(LONGEST_ANSWER_MS, round(seconds * 1000)))
    return (
        1, 0, int(too_fast), int(accepted), 0, gain, float(gain * gain), margin, 1, ms, float(ms * ms), 1,
        int(kept > 0),
    )  # fmt: skip


def _of_order(total: int, upsell: Half, cross_sell: Half) -> tuple[Number, ...]:
    gain = upsell[4] + cross_sell[4]
    eligible = upsell[0] != "not_applicable" or cross_sell[0] != "not_applicable"
    could = [_could_leave("upsell", upsell), _could_leave("cross_sell", cross_sell)]
    asked_of = max(upsell[10] or 0, cross_sell[10] or 0)
    grown = asked_of > 0 and 2 * total >= 3 * asked_of
    return (
        1, int(eligible), total, float(total * total), gain, float(gain * gain), float(total * gain),
        int(None not in could), int(could == [True, True]), int(asked_of > 0), int(grown),
    )  # fmt: skip


def _could_leave(kind: str, half: Half) -> bool | None:
    """Whether the order left with what a kind asks for; None where it could not have."""
    if half[0] == "not_applicable":
        return True if half[1] == WITH_IT_ALREADY[kind] else None
    return half[3] > 0


def _add(sums: dict[Key, list[Number]], key: Key, more: tuple[Number, ...]) -> None:
    there = sums.get(key)
    if there is None:
        sums[key] = list(more)
    else:
        sums[key] = [a + b for a, b in zip(there, more, strict=True)]
