"""Counts finished sales into sums by day: for each kind and for whole orders, in the cuts that a report asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import cache
from typing import TypeAlias, TypeVar

from pos.domain.sale.ledger import KindFacts, RefundFacts, SaleFacts
from pos.domain.value import value
from pos.insights.figures.figures import sooner_than_said
from pos.insights.figures.sums import KIND_COLUMNS, ORDER_COLUMNS
from pos.insights.parts_of_day import PartOfDay, part_of_day

Sums: TypeAlias = tuple[int | float, ...]
"""Numbers to add up; a yes is 1."""

About: TypeAlias = tuple[str] | tuple[str, str, str | None, PartOfDay, int]
"""Why nothing was offered; or the offer, its wording, the phrase (None where it was not said), the part of the day,
and 1 for a second of its sort."""

Key = TypeVar("Key", bound=tuple[str, ...])

LONGEST_ANSWER_MS = 60_000
"""An answer counts as a minute at most: one that took longer means that somebody went away."""

WITH_IT_ALREADY = {"upsell": "top_step", "cross_sell": "already_in_order"}
"""The reason given, by kind, when an order already had what could have been asked for. A cashier who asks while ringing
gets it."""

SECOND = "+"

SHOWN, COULD_LEAVE, LEAVE = (KIND_COLUMNS.index(name) for name in ("shown", "could_leave", "leave"))
"""Where these stand in the sums of a kind."""

MONEY = frozenset({"total_minor", "total_squared", "gain_minor", "gain_squared", "total_times_gain", "margin_minor"})
"""The sums that a refund changes."""


@value
class Tally:
    """Sums by (day, cut, name, kind), in the order of `KindSums`, and of whole orders by (day, cut, name), in that of
    `OrderSums`."""

    kinds: dict[tuple[str, str, str, str], Sums] = field(default_factory=dict)
    orders: dict[tuple[str, str, str], Sums] = field(default_factory=dict)


class _Alike:
    """What sales add, grouped by what they have in common, so that a group is added to each of its cuts at once. A sale
    counts to some sixteen cuts, and most sales of a slice are alike in most of them."""

    def __init__(self) -> None:
        self.people = defaultdict[tuple[str, str, str], tuple[list[Sums], list[Sums]]](lambda: ([], []))
        """By day, cashier and half hour: the sums of both kinds."""
        self.offers = defaultdict[tuple[str, str, About], list[Sums]](list)
        """By day, kind, and what was offered, or why nothing was."""
        self.orders = defaultdict[tuple[str, str | None, str, str, str], list[Sums]](list)
        """By day, channel (None where the customer was there), cashier, half hour and arm."""

    def add(self, sale: SaleFacts, upsell: Sums, cross_sell: Sums, whole: Sums) -> None:
        """Add what a sale adds: to each kind, and as a whole."""
        day, cashier, up, cross = sale.business_day, sale.cashier, sale.upsell, sale.cross_sell
        slot, part = half_hour_and_part(sale.minute)
        upsells, cross_sells = self.people[day, cashier, slot]
        upsells.append(upsell)
        cross_sells.append(cross_sell)
        self.offers[day, "upsell", _about(up, part)].append(upsell)
        self.offers[day, "cross_sell", _about(cross, part)].append(cross_sell)
        channel = (sale.channel or "") if up.reason == "not_present" == cross.reason else None
        self.orders[day, channel, cashier, slot, "control" if up.reason == "control" else "asked"].append(whole)


def tally(sales: Iterable[SaleFacts]) -> Tally:
    """Count sales. Slices that are counted apart add up to the same sums.

    Asking could not have made the orders larger of customers who were not there. These are summed by where they came
    from, apart from all others.
    """
    alike = _Alike()
    for sale in sales:
        upsell, cross_sell = _of_kinds(sale)
        alike.add(sale, upsell, cross_sell, _of_order(sale, upsell, cross_sell))
    return _counted(alike)


def tally_refunds(refunds: Iterable[RefundFacts]) -> Tally:
    """Count what refunds take from the sums of the days on which their sales were paid: from totals, gains and margins.
    The questions and their answers stay counted."""
    alike = _Alike()
    for refund in refunds:
        before, after = _of_kinds(refund.before), _of_kinds(refund.after)
        upsell, cross_sell = (_changed(KIND_COLUMNS, *each) for each in zip(before, after, strict=True))
        whole = _changed(ORDER_COLUMNS, _of_order(refund.before, *before), _of_order(refund.after, *after))
        alike.add(refund.before, upsell, cross_sell, whole)
    return _counted(alike)


def _changed(columns: tuple[str, ...], before: Sums, after: Sums) -> Sums:
    """By how much the sums of money change."""
    rows = zip(columns, before, after, strict=True)
    return tuple(now - was if column in MONEY else 0 for column, was, now in rows)


def _counted(alike: _Alike) -> Tally:
    """The tally: every group added to each of its cuts."""
    return Tally(_together_by(_kinds(alike)), _together_by(_orders(alike)))


def _kinds(alike: _Alike) -> Iterator[tuple[tuple[str, str, str, str], Sums]]:
    """What is added to each cut of a kind."""
    for (day, cashier, slot), both in alike.people.items():
        for kind, rows in zip(("upsell", "cross_sell"), both, strict=True):
            sums = _together(rows)
            for cut, name in (("all", ""), ("cashier", cashier), ("slot", slot)):
                yield (day, cut, name, kind), sums
    for (day, kind, about), rows in alike.offers.items():
        sums = _together(rows)
        for cut, name in _cuts(about):
            yield (day, cut, name, kind), sums


def _orders(alike: _Alike) -> Iterator[tuple[tuple[str, str, str], Sums]]:
    """What is added to each cut of whole orders."""
    for (day, channel, cashier, slot, arm), rows in alike.orders.items():
        sums = _together(rows)
        if channel is not None:
            yield (day, "channel", channel), sums
            continue
        for cut, name in (("all", ""), ("cashier", cashier), ("slot", slot), ("arm", arm)):
            yield (day, cut, name), sums


def part_name(context: str, offer: str, second: bool) -> str:
    """The key under which an offer in a part of the day is summed: `noon|cola`, and `noon+|cola` for a second of its
    sort."""
    return f"{context}{SECOND if second else ''}|{offer}"


def part_of_name(name: str) -> tuple[str, str, bool]:
    """The part of the day, the offer, and whether it was a second of its sort."""
    context, _, offer = name.partition("|")
    return context.removesuffix(SECOND), offer, context.endswith(SECOND)


@cache
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
    """The cuts that one kind of a sale counts to, besides `all`, its cashier and its half hour."""
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


def _of_kinds(sale: SaleFacts) -> tuple[Sums, Sums]:
    """What both kinds of a sale add, the up-sell first."""
    return _of_kind("upsell", sale.upsell), _of_kind("cross_sell", sale.cross_sell)


def _of_kind(kind: str, facts: KindFacts) -> Sums:
    """What one kind of a sale adds, in the order of `KindSums`."""
    outcome, gain = facts.outcome, facts.gain
    squared = float(gain * gain)
    if outcome == "not_applicable":
        could = facts.reason == WITH_IT_ALREADY[kind]
        return 0, 0, 0, 0, 1, gain, squared, facts.margin, 0, 0, 0.0, could, could
    leave = facts.kept > 0
    if outcome == "not_asked":
        return 1, 1, 0, 0, 0, gain, squared, facts.margin, 0, 0, 0.0, 1, leave
    accepted = outcome == "accepted"
    ms = _answer_ms(facts)
    if ms is None:
        return 1, 0, 0, accepted, 0, gain, squared, facts.margin, 0, 0, 0.0, 1, leave
    too_fast = not accepted and sooner_than_said(ms / 1000, facts.spoken_words)
    ms = max(0, min(LONGEST_ANSWER_MS, round(ms)))
    return 1, 0, too_fast, accepted, 0, gain, squared, facts.margin, 1, ms, float(ms * ms), 1, leave


def _answer_ms(facts: KindFacts) -> float | None:
    """From the question to its yes or no, in milliseconds; None where no times were kept, or where the clock was set
    back between them."""
    shown, answered = facts.shown_us, facts.answered_us
    if shown is None or answered is None:
        return None
    if facts.answer_ms is not None:
        return facts.answer_ms
    return (answered - shown) / 1000 if answered >= shown else None


def _of_order(sale: SaleFacts, upsell: Sums, cross_sell: Sums) -> Sums:
    """What a sale adds as a whole, in the order of `OrderSums`, with what each of its kinds adds."""
    total, gain = sale.total, sale.upsell.gain + sale.cross_sell.gain
    asked_of = max(sale.upsell.order_total or 0, sale.cross_sell.order_total or 0)
    return (
        1,
        upsell[SHOWN] or cross_sell[SHOWN],
        total,
        float(total * total),
        gain,
        float(gain * gain),
        float(total * gain),
        upsell[COULD_LEAVE] and cross_sell[COULD_LEAVE],
        upsell[LEAVE] and cross_sell[LEAVE],
        asked_of > 0,
        2 * total >= 3 * asked_of > 0,
    )


def _together(rows: list[Sums]) -> Sums:
    """The sums of several, column by column."""
    return tuple(map(sum, zip(*rows, strict=True)))


def _together_by(added: Iterable[tuple[Key, Sums]]) -> dict[Key, Sums]:
    """The sums of each key."""
    found = defaultdict[Key, list[Sums]](list)
    for key, sums in added:
        found[key].append(sums)
    return {key: _together(rows) for key, rows in found.items()}
