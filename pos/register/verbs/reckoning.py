"""The figures of a shift so far, and what stands in the way of its Z. Functions only, no verbs."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money
from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import Order, Tender
from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import PaperKind
from pos.domain.shift.report import ShiftFigures
from pos.domain.shift.shift import DrawerCount, Shift
from pos.domain.value import value
from pos.insights.figures.shifts import Turnover, shift_figures
from pos.register.scene import View
from pos.store import Store


class ZObstacle(StrEnum):
    """What stands in the way of a Z."""

    OPEN_ORDER = "open_order"
    HELD_ORDER = "held_order"
    MONEY_ON_ORDER = "money_on_order"
    UNKNOWN_PAYMENT = "unknown_payment"
    OPEN_REFUND = "open_refund"
    NO_COUNT = "no_count"
    DIFFERENCE = "difference"


@value
class InTheWay:
    """One thing that stands in the way of a Z: an order or refund with the amount paid, a missing count, or its
    difference."""

    what: ZObstacle
    order: Order | None = None
    is_held: bool = False
    tender: Tender | None = None
    amount: Money = ZERO
    refund: Refund | None = None


def figures_of(store: Store, menu: Menu, shift: Shift) -> ShiftFigures:
    """The figures of a shift. Raises `StoreError`."""
    return shift_figures(
        shift,
        Turnover(store.reports.sales_of(shift), store.reports.refunds_of(shift), _on_orders(store, shift.till_id)),
        store.shifts.tallies(shift.id),
        store.shifts.counts(shift.id),
        {name: category.name for name, category in menu.categories.items()},
        store.shifts.persons(),
        owed_by(store, shift.till_id),
    )


def _on_orders(store: Store, till_id: int) -> list[Tender]:
    """The money on orders of a till that are not finished."""
    orders = store.orders.unfinished(till_id)
    return [tender for order in orders for tender in order.tenders if tender.counts and tender.kind != EXCHANGE]


def owed_by(store: Store, till_id: int) -> int:
    """How many papers the till has yet to print."""
    return (
        len(store.receipts.owed(till_id))
        + len(store.kitchen_slips.owed(till_id))
        + len(store.refund_papers.owed(till_id))
        + sum(len(store.write_offs.owed(till_id, kind)) for kind in PaperKind)
    )


def in_the_way(view: View, store: Store, shift: Shift) -> tuple[InTheWay, ...]:
    """All that stands in the way of a shift's Z: the till's orders first, then refunds and the count."""
    return (*_orders(view, store, shift), *_refunds(view, store), *_count(figures_of(store, view.menu, shift)))


def _orders(view: View, store: Store, shift: Shift) -> Iterator[InTheWay]:
    """The till's open order, if it has lines, and its held orders; not those begun after the shift's business day,
    unless they have payments."""
    ends = None if shift.day is None else view.country.day_ends_at(shift.day, view.menu.day_ends)

    def is_later(order: Order) -> bool:
        return ends is not None and order.opened_at >= ends and order.open_tender is None and not order.is_frozen

    if view.order.lines and not is_later(view.order):
        yield _in_the_way(view.order, ZObstacle.OPEN_ORDER, view.priced.total, is_held=False)
    for held in store.orders.held():
        if held.till_name == view.till.name and not is_later(held.order):
            yield _in_the_way(held.order, ZObstacle.HELD_ORDER, held.order.held_total or ZERO, is_held=True)


def _refunds(view: View, store: Store) -> Iterator[InTheWay]:
    """The unfinished refunds that this till began."""
    for refund in store.refunds.open():
        if refund.till == view.till.name:
            yield InTheWay(ZObstacle.OPEN_REFUND, tender=refund.open_tender, amount=refund.total, refund=refund)


def _in_the_way(order: Order, what: ZObstacle, amount: Money, *, is_held: bool) -> InTheWay:
    tender = order.open_tender
    if tender is not None:
        return InTheWay(ZObstacle.UNKNOWN_PAYMENT, order, is_held, tender, tender.taken)
    if order.is_frozen:
        return InTheWay(ZObstacle.MONEY_ON_ORDER, order, is_held, amount=order.paid)
    return InTheWay(what, order, is_held, amount=amount)


def _count(figures: ShiftFigures) -> Iterator[InTheWay]:
    counts = standing_counts(figures)
    if not counts:
        yield InTheWay(ZObstacle.NO_COUNT)
    elif not counts[-1].is_explained:
        yield InTheWay(ZObstacle.DIFFERENCE, amount=counts[-1].difference)


def standing_counts(figures: ShiftFigures) -> tuple[DrawerCount, ...]:
    """The last counts, if the expected cash has not changed since."""
    standing: list[DrawerCount] = []
    for count in reversed(figures.counts):
        terminals = all(total.expected == taken_by(figures, total.kind) for total in count.terminals)
        if count.expected != figures.expected_cash or not terminals:
            break
        standing.insert(0, count)
    return tuple(standing)


def taken_by(figures: ShiftFigures, kind: str) -> Money:
    """What the till has taken by a kind of tender."""
    return next((row.sum.amount for row in figures.tenders if row.id == kind), ZERO)
