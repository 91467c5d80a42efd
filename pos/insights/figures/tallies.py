"""Counting finished sales into sums by day: for each kind and for whole orders, cut by what a report asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import datetime
from typing import TypeAlias, TypeVar

from pos.domain.sale.ledger import KindFacts, RefundFacts, SaleFacts
from pos.domain.value import value
from pos.insights.figures.figures import sooner_than_said
from pos.insights.figures.sums import KIND_COLUMNS, ORDER_COLUMNS, KindSums, OrderSums, of_kind, of_order
from pos.insights.parts_of_day import part_of_day

Number: TypeAlias = int | float
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

    kinds: dict[tuple[str, str, str, str], list[Number]] = field(default_factory=dict)
    orders: dict[tuple[str, str, str], list[Number]] = field(default_factory=dict)


def tally(sales: Iterable[SaleFacts]) -> Tally:
    """Count sales. What was counted in slices adds up to what is counted at once.

    Orders of customers who were not there are no orders that asking could have made larger: they are summed by where
    they came from, apart from all others.
    """
    found = Tally()
    for sale in sales:
        day, slot = sale.business_day, half_hour(sale.paid_at)
        for kind, facts in (("upsell", sale.upsell), ("cross_sell", sale.cross_sell)):
            sums = _of_kind(kind, facts)
            for cut, name in _cuts(facts, sale.cashier, slot):
                _add(found.kinds, (day, cut, name, kind), sums)
        whole = _of_order(sale)
        for key in _order_keys(sale):
            _add(found.orders, key, whole)
    return found


def tally_refunds(refunds: Iterable[RefundFacts]) -> Tally:
    """Count what refunds take from the sums of the days on which their sales were paid: what the sales come to, and
    what of it asking had added. That something was asked, and what was answered, stays counted."""
    found = Tally()
    for refund in refunds:
        before, after = refund.before, refund.after
        taken = _changed(ORDER_COLUMNS, _of_order(before), _of_order(after))
        for key in _order_keys(before):
            _add(found.orders, key, taken)
        kinds = (("upsell", before.upsell, after.upsell), ("cross_sell", before.cross_sell, after.cross_sell))
        for kind, was, now in kinds:
            if was != now:
                lost = _changed(KIND_COLUMNS, _of_kind(kind, was), _of_kind(kind, now))
                for cut, name in _cuts(was, before.cashier, half_hour(before.paid_at)):
                    _add(found.kinds, (before.business_day, cut, name, kind), lost)
    return found


def _changed(columns: tuple[str, ...], before: tuple[Number, ...], after: tuple[Number, ...]) -> tuple[Number, ...]:
    """By how much the sums of money change."""
    rows = zip(columns, before, after, strict=True)
    return tuple(now - was if column in MONEY else 0 for column, was, now in rows)


def _order_keys(sale: SaleFacts) -> Iterator[tuple[str, str, str]]:
    """What a sale counts to as a whole: day, cut and name."""
    day = sale.business_day
    if _nobody_was_there(sale):
        yield day, "channel", sale.channel or ""
        return
    arm = "control" if sale.upsell.reason == "control" else "asked"
    for cut, name in (("all", ""), ("cashier", sale.cashier), ("slot", half_hour(sale.paid_at)), ("arm", arm)):
        yield day, cut, name


def _nobody_was_there(sale: SaleFacts) -> bool:
    return sale.upsell.reason == sale.cross_sell.reason == "not_present"


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


def _cuts(facts: KindFacts, cashier: str, slot: str) -> Iterator[tuple[str, str]]:
    """What one kind of a sale counts to."""
    yield "all", ""
    yield "cashier", cashier
    yield "slot", slot
    if facts.outcome == "not_applicable":
        yield "reason", facts.reason or ""
        return
    offer = facts.offer or ""
    yield "offer", offer
    yield "part", part_name(part_of_day(int(slot[:2])), offer, bool(facts.second))
    if facts.wording:
        yield "wording", f"{offer}|{facts.wording}"
    if facts.outcome != "not_asked":
        yield "phrase", facts.phrase


def _of_kind(kind: str, facts: KindFacts) -> tuple[Number, ...]:
    """What one kind of a sale adds."""
    asked, accepted = facts.outcome != "not_applicable", facts.outcome == "accepted"
    gain, seconds, left = facts.gain, _seconds(facts), _could_leave(kind, facts)
    too_fast = seconds is not None and not accepted and sooner_than_said(seconds, facts.spoken_words)
    ms = 0 if seconds is None else max(0, min(LONGEST_ANSWER_MS, round(seconds * 1000)))
    return of_kind(
        KindSums(
            shown=int(asked),
            not_asked=int(facts.outcome == "not_asked"),
            too_fast=int(too_fast),
            accepted=int(accepted),
            not_applicable=int(not asked),
            gain_minor=gain,
            gain_squared=float(gain * gain),
            margin_minor=facts.margin,
            answered=int(seconds is not None),
            answer_ms=ms,
            answer_ms_squared=float(ms * ms),
            could_leave=int(left is not None),
            leave=int(left is True),
        )
    )


def _seconds(facts: KindFacts) -> float | None:
    """From the question to a yes or a no; None where there was neither, where no times were kept, or
    where the clock was set back between them."""
    if facts.outcome not in ("accepted", "declined") or facts.shown_at is None or facts.answered_at is None:
        return None
    if facts.answer_ms is not None:
        return facts.answer_ms / 1000
    seconds = (datetime.fromisoformat(facts.answered_at) - datetime.fromisoformat(facts.shown_at)).total_seconds()
    return seconds if seconds >= 0 else None


def _of_order(sale: SaleFacts) -> tuple[Number, ...]:
    """What a sale adds as a whole."""
    upsell, cross_sell, total = sale.upsell, sale.cross_sell, sale.total
    gain = upsell.gain + cross_sell.gain
    eligible = upsell.outcome != "not_applicable" or cross_sell.outcome != "not_applicable"
    could = [_could_leave("upsell", upsell), _could_leave("cross_sell", cross_sell)]
    asked_of = max(upsell.order_total or 0, cross_sell.order_total or 0)
    grown = asked_of > 0 and 2 * total >= 3 * asked_of
    return of_order(
        OrderSums(
            orders=1,
            eligible=int(eligible),
            total_minor=total,
            total_squared=float(total * total),
            gain_minor=gain,
            gain_squared=float(gain * gain),
            total_times_gain=float(total * gain),
            could_leave_both=int(None not in could),
            leave_both=int(could == [True, True]),
            size_known=int(asked_of > 0),
            grown=int(grown),
        )
    )


def _could_leave(kind: str, facts: KindFacts) -> bool | None:
    """Whether the order left with what a kind asks for; None where it could not have."""
    if facts.outcome == "not_applicable":
        return True if facts.reason == WITH_IT_ALREADY[kind] else None
    return facts.kept > 0


def _add(sums: dict[Key, list[Number]], key: Key, more: tuple[Number, ...]) -> None:
    there = sums.get(key)
    if there is None:
        sums[key] = list(more)
    else:
        sums[key] = [a + b for a, b in zip(there, more, strict=True)]
