"""Figures of asking from their sums: rates, gains, margins and seconds, each with its interval and its count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import TypeVar

from pos.domain.value import value
from pos.insights.intervals import Interval, PairSums, mean_of, ratio_of, share_of

MS = 1000
Key = TypeVar("Key", str, tuple[str, str])


@value
class KindSums:
    """The sums of one kind of question, in the order of its columns; amounts in øre."""

    shown: int = 0
    not_asked: int = 0
    too_fast: int = 0
    accepted: int = 0
    not_applicable: int = 0
    gain_minor: int = 0
    gain_squared: float = 0.0
    margin_minor: int = 0
    answered: int = 0
    answer_ms: int = 0
    answer_ms_squared: float = 0.0
    could_leave: int = 0
    leave: int = 0

    def __add__(self, other: KindSums) -> KindSums:
        return KindSums(*[a + b for a, b in zip(of_kind(self), of_kind(other), strict=True)])  # type: ignore[arg-type]  # whole numbers stay whole

    @property
    def said(self) -> int:
        """Questions that a customer can have heard."""
        return self.shown - self.not_asked - self.too_fast

    @property
    def offer_rate(self) -> Interval | None:
        """Said of shown."""
        return share_of(self.said, self.shown)

    @property
    def take_rate(self) -> Interval | None:
        """Accepted of said."""
        return share_of(self.accepted, self.said)

    @property
    def gain_each(self) -> Interval | None:
        """Øre that a question that was said added on average."""
        return mean_of(self.said, self.gain_minor, self.gain_squared)

    @property
    def seconds(self) -> Interval | None:
        """Seconds from showing to answer, each at most a minute."""
        found = mean_of(self.answered, self.answer_ms, self.answer_ms_squared)
        return None if found is None else found.scaled(1 / MS)

    @property
    def leaving(self) -> Interval | None:
        """Of the orders that could leave with what is asked for, the share that did: asked for, or rung unasked."""
        return share_of(self.leave, self.could_leave)


@value
class OrderSums:
    """The sums of whole orders, in the order of their columns; amounts in øre."""

    orders: int = 0
    eligible: int = 0
    total_minor: int = 0
    total_squared: float = 0.0
    gain_minor: int = 0
    gain_squared: float = 0.0
    total_times_gain: float = 0.0
    could_leave_both: int = 0
    leave_both: int = 0
    size_known: int = 0
    grown: int = 0

    def __add__(self, other: OrderSums) -> OrderSums:
        return OrderSums(*[a + b for a, b in zip(of_order(self), of_order(other), strict=True)])  # type: ignore[arg-type]  # whole numbers stay whole

    @property
    def base_minor(self) -> int:
        """The total of the orders without what asking added."""
        return self.total_minor - self.gain_minor

    @property
    def uplift(self) -> Interval | None:
        """The uplift: gains of accepted offers that were paid, over the total without them."""
        tg, gg = self.total_times_gain, self.gain_squared
        base_squared = self.total_squared - 2 * tg + gg
        return ratio_of(PairSums(self.orders, self.gain_minor, self.base_minor, gg, base_squared, tg - gg))

    @property
    def average(self) -> Interval | None:
        """Øre an order."""
        return mean_of(self.orders, self.total_minor, self.total_squared)

    @property
    def leaving_both(self) -> Interval | None:
        """Of the orders that could leave with both, large and with a second thing, the share that did."""
        return share_of(self.leave_both, self.could_leave_both)

    @property
    def grown_share(self) -> Interval | None:
        """Of the orders with an answer, the share that grew by half or more after it: asked early."""
        return share_of(self.grown, self.size_known)


def kinds_from(found: Mapping[Key, Sequence[int | float]]) -> dict[Key, KindSums]:
    """The sums of each kind, from their kept columns."""
    return {key: KindSums(*values) for key, values in found.items()}  # type: ignore[arg-type]  # whole numbers in their columns


def orders_from(found: Mapping[Key, Sequence[int | float]]) -> dict[Key, OrderSums]:
    """The sums of whole orders, from their kept columns."""
    return {key: OrderSums(*values) for key, values in found.items()}  # type: ignore[arg-type]  # likewise


def all_kinds(found: Iterable[KindSums]) -> KindSums:
    """The sum of several."""
    return sum(found, KindSums())


def all_orders(found: Iterable[OrderSums]) -> OrderSums:
    """The sum of several."""
    return sum(found, OrderSums())


KIND_COLUMNS = tuple(entry.name for entry in fields(KindSums))
ORDER_COLUMNS = tuple(entry.name for entry in fields(OrderSums))
"""The columns of the kept sums, in their order: those of `asking_sum` and `order_sum` after their keys."""

of_kind: Callable[[KindSums], tuple[int | float, ...]] = attrgetter(*KIND_COLUMNS)
of_order: Callable[[OrderSums], tuple[int | float, ...]] = attrgetter(*ORDER_COLUMNS)
"""The sums in the order of their columns."""
