"""Counting finished sales into sums by day: for each kind and for whole orders, cut by what a report asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import cache
from operator import add
from typing import TypeAlias, TypeVar

from pos.domain.sale.ledger import KindFacts, RefundFacts, SaleFacts
from pos.domain.value import value
from pos.insights.figures.figures import sooner_than_said
from pos.insights.figures.sums import KIND_COLUMNS, ORDER_COLUMNS
from pos.insights.parts_of_day import PartOfDay, part_of_day

Sums: TypeAlias = tuple[int | float, ...]
About: TypeAlias = tuple[str] | tuple[str, str, str | None, PartOfDay, int]
"""Why nothing was offered; or the offer, its wording, the phrase (None where it was not said), the part of the day,
and 1 for a second of its sort."""

Key = TypeVar("Key", bound=tuple[str, ...])

LONGEST_ANSWER_MS = 60_000
"""An answer counts as a minute at most: the rest of it was somebody who went away."""

WITH_IT_ALREADY = {"upsell": "top_step", "cross_sell": "already_in_order"}
"""The reason that says that an order had what could have been asked for: a cashier who asks while ringing gets it."""

SECOND = "+"

MONEY = frozenset({"total_minor", "total_squared", "gain_minor", "gain_squared", "total_times_gain", "margin_minor"})
"""The sums that a refund changes."""


@value
class Tally:
    """Sums by (day, cut, name, kind), in the order of `KindSums`, and of whole orders by (day, cut, name), in that of
    `OrderSums`."""

    kinds: dict[tuple[str, str, str, str], Sums] = field(default_factory=dict)
    orders: dict[tuple[str, str, str], Sums] = field(default_factory=dict)


class _Alike:
    """What sales add, kept by what they have in common, until all of it is counted to each cut at once: a sale counts
    to some sixteen, and most sales of a slice are alike in most of them."""

    def __init__(self) -> None:
        self.people = defaultdict[tuple[str, str, str, str], list[Sums]](list)
        """By day, cashier, half hour and kind."""
        self.offers = defaultdict[tuple[str, str, About], list[Sums]](list)
        """By day, kind, and what was offered, or why nothing was."""
        self.orders = defaultdict[tuple[str, str | None, str, str, str], list[Sums]](list)
        """By day, channel (None where the customer was there), cashier, half hour and arm."""

    def add_kind(self, sale: SaleFacts, kind: str, slot: str, part: PartOfDay, sums: Sums) -> None:
        """What one kind of a sale adds."""
        day = sale.business_day
        self.people[day, sale.cashier, slot, kind].append(sums)
        about = _about(sale.upsell if kind == "upsell" else sale.cross_sell, part)
        self.offers[day, kind, about].append(sums)

    def add_order(self, sale: SaleFacts, slot: str, sums: Sums) -> None:
        """What a sale adds as a whole."""
        channel = (sale.channel or "") if _nobody_was_there(sale) else None
        arm = "control" if sale.upsell.reason == "control" else "asked"
        self.orders[sale.business_day, channel, sale.cashier, slot, arm].append(sums)


def tally(sales: Iterable[SaleFacts]) -> Tally:
    """Count sales. What was counted in slices adds up to what is counted at once.

    Orders of customers who were not there are no orders that asking could have made larger: they are summed by where
    they came from, apart from all others.
    """
    alike, at = _Alike(), cache(half_hour_and_part)
    for sale in sales:
        slot, part = at(sale.minute)
        for kind, facts in (("upsell", sale.upsell), ("cross_sell", sale.cross_sell)):
            alike.add_kind(sale, kind, slot, part, _of_kind(kind, facts))
        alike.add_order(sale, slot, _of_order(sale))
    return _counted(alike)


def tally_refunds(refunds: Iterable[RefundFacts]) -> Tally:
    """Count what refunds take from the sums of the days on which their sales were paid: what the sales come to, and
    what of it asking had added. That something was asked, and what was answered, stays counted."""
    alike = _Alike()
    for refund in refunds:
        before, after = refund.before, refund.after
        slot, part = half_hour_and_part(before.minute)
        alike.add_order(before, slot, _changed(ORDER_COLUMNS, _of_order(before), _of_order(after)))
        kinds = (("upsell", before.upsell, after.upsell), ("cross_sell", before.cross_sell, after.cross_sell))
        for kind, was, now in kinds:
            if was != now:
                lost = _changed(KIND_COLUMNS, _of_kind(kind, was), _of_kind(kind, now))
                alike.add_kind(before, kind, slot, part, lost)
    return _counted(alike)


def _changed(columns: tuple[str, ...], before: Sums, after: Sums) -> Sums:
    """By how much the sums of money change."""
    rows = zip(columns, before, after, strict=True)
    return tuple(now - was if column in MONEY else 0 for column, was, now in rows)


def _counted(alike: _Alike) -> Tally:
    """All of it, added to each of its cuts."""
    found = Tally()
    for (day, cashier, slot, kind), rows in alike.people.items():
        sums = _together(rows)
        for cut, name in (("all", ""), ("cashier", cashier), ("slot", slot)):
            _add(found.kinds, (day, cut, name, kind), sums)
    for (day, kind, about), rows in alike.offers.items():
        sums = _together(rows)
        for cut, name in _cuts(about):
            _add(found.kinds, (day, cut, name, kind), sums)
    for (day, channel, cashier, slot, arm), rows in alike.orders.items():
        sums = _together(rows)
        if channel is not None:
            _add(found.orders, (day, "channel", channel), sums)
            continue
        for cut, name in (("all", ""), ("cashier", cashier), ("slot", slot), ("arm", arm)):
            _add(found.orders, (day, cut, name), sums)
    return found


def _nobody_was_there(sale: SaleFacts) -> bool:
    return sale.upsell.reason == sale.cross_sell.reason == "not_present"


def part_name(context: str, offer: str, second: bool) -> str:
    """The key under which an offer in a part of the day is summed: `noon

    cola`, or `noon+

    cola` for a second of its sort.
    """
    return f"{context}{SECOND if second else ''}|{offer}"


def part_of_name(name: str) -> tuple[str, str, bool]:
    """The part of the day, the offer, and whether it was a second of its sort."""
    context, _, offer = name.partition("|")
    return context.removesuffix(SECOND), offer, context.endswith(SECOND)


def half_hour_and_part(minute: int) -> tuple[str, PartOfDay]:
    """The half hour (`12:30`) and the part of the day that a minute of it is in."""
    hour, past = divmod(minute, 60)
    return f"{hour:02}:{past // 30 * 30:02}", part_of_day(hour)


def _about(facts: KindFacts, part: PartOfDay) -> About:
    """What was offered, in which words and part of the day, or why nothing was."""
    if facts.outcome == "not_applicable":
        return (facts.reason or "",)
    phrase = None if facts.outcome == "not_asked" else facts.phrase
    return facts.offer or "", facts.wording, phrase, part, facts.second


def _cuts(about: About) -> Iterator[tuple[str, str]]:
    """What one kind of a sale counts to, besides everything, its cashier and its half hour."""
    if len(about) == 1:
        yield "reason", about[0]
        return
    offer, wording, phrase, part, second = about
    yield "offer", offer
    yield "part", part_name(part, offer, bool(second))
    if wording:
        yield "wording", f"{offer}|{wording}"
    if phrase is not None:
        yield "phrase", phrase


def _of_kind(kind: str, facts: KindFacts) -> Sums:
    """What one kind of a sale adds, in the order of `KindSums`."""
    outcome, gain, margin = facts.outcome, facts.gain, facts.margin
    if outcome == "not_applicable":
        could = int(facts.reason == WITH_IT_ALREADY[kind])
        return 0, 0, 0, 0, 1, gain, float(gain * gain), margin, 0, 0, 0.0, could, could
    seconds = _seconds(facts)
    answered, too_fast, ms = 0, 0, 0
    if seconds is not None:
        answered, ms = 1, max(0, min(LONGEST_ANSWER_MS, round(seconds * 1000)))
        too_fast = int(outcome != "accepted" and sooner_than_said(seconds, facts.spoken_words))
    not_asked, accepted, leave = int(outcome == "not_asked"), int(outcome == "accepted"), int(facts.kept > 0)
    squared, ms_squared = float(gain * gain), float(ms * ms)
    return 1, not_asked, too_fast, accepted, 0, gain, squared, margin, answered, ms, ms_squared, 1, leave


def _seconds(facts: KindFacts) -> float | None:
    """From the question to a yes or a no; None where there was neither, where no times were kept, or
    where the clock was set back between them."""
    if facts.outcome not in ("accepted", "declined") or facts.shown_us is None or facts.answered_us is None:
        return None
    if facts.answer_ms is not None:
        return facts.answer_ms / 1000
    seconds = (facts.answered_us - facts.shown_us) / 1_000_000
    return seconds if seconds >= 0 else None


def _of_order(sale: SaleFacts) -> Sums:
    """What a sale adds as a whole, in the order of `OrderSums`."""
    upsell, cross_sell, total = sale.upsell, sale.cross_sell, sale.total
    gain = upsell.gain + cross_sell.gain
    eligible = int(upsell.outcome != "not_applicable" or cross_sell.outcome != "not_applicable")
    could = (_could_leave("upsell", upsell), _could_leave("cross_sell", cross_sell))
    could_leave_both, leave_both = int(None not in could), int(could == (True, True))
    asked_of = max(upsell.order_total or 0, cross_sell.order_total or 0)
    size_known, grown = int(asked_of > 0), int(asked_of > 0 and 2 * total >= 3 * asked_of)
    totals = total, float(total * total), gain, float(gain * gain), float(total * gain)
    return 1, eligible, *totals, could_leave_both, leave_both, size_known, grown


def _could_leave(kind: str, facts: KindFacts) -> bool | None:
    """Whether the order left with what a kind asks for; None where it could not have."""
    if facts.outcome == "not_applicable":
        return True if facts.reason == WITH_IT_ALREADY[kind] else None
    return facts.kept > 0


def _together(rows: list[Sums]) -> Sums:
    """The sums of several, column by column."""
    return rows[0] if len(rows) == 1 else tuple(map(sum, zip(*rows, strict=True)))


def _add(sums: dict[Key, Sums], key: Key, more: Sums) -> None:
    there = sums.get(key)
    sums[key] = more if there is None else tuple(map(add, there, more))
