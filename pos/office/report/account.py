"""Makes the report from stored sums, after adding the sales since they were stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from pos.domain.menu.items import Daypart
from pos.domain.menu.menu import Menu
from pos.domain.order.discards import DiscardReason
from pos.domain.order.questions import OfferKind
from pos.domain.refunds.refund import RefundSum
from pos.domain.sale.write_offs import WriteOffSum
from pos.domain.text import LocalText
from pos.insights.figures.next_visits import NextVisitSums
from pos.insights.figures.off_sales import DiscardedFor, OffSales
from pos.insights.figures.sums import KindSums, OrderSums, all_kinds, all_orders, kinds_from, orders_from
from pos.insights.figures.uplift import Distance, distance, increment
from pos.insights.intervals import Interval
from pos.office.report.names import offer_names
from pos.office.report.wordings import Compared, compare_wordings
from pos.register import CONTROL_SHARE, Change, ShopScene, count_new_refunds, count_new_sales, verb
from pos.store import ShopSettingSet, Store

SLICE = 2000
"""Sales counted at a time. While a slice is read, and while it is added, no till can commit."""

LINE = "asking-line"
"""The setting for the target of uplift, in basis points."""

LINE_BASIS_POINTS = 1000
FEWEST_OF_A_PERSON = 200
"""The fewest eligible orders of a person whose figures are shown."""

EVER = ("0000-01-01", "9999-12-31")


@dataclass(frozen=True, slots=True)
class CashierAccount:
    """The results of one cashier's questions, both kinds, and their orders."""

    orders: OrderSums
    kinds: Mapping[str, KindSums]


@dataclass(frozen=True, slots=True)
class Report:
    """What asking brought in over some days, including both ends. Offers, phrases and reasons are by name and kind.

    `compared` are the offers with several wordings. `persons` are those with enough eligible orders, by name; `unnamed`
    is the number left out. `increment` is in øre per order; None without a control group. `control` is the number of
    its orders.
    """

    since: date | None
    until: date | None
    orders: OrderSums
    kinds: Mapping[str, KindSums]
    offers: Mapping[tuple[str, str], KindSums]
    names: Mapping[str, LocalText]
    persons: Mapping[str, CashierAccount]
    unnamed: int
    hours: Mapping[int, KindSums]
    dayparts: Mapping[str, KindSums]
    daypart_names: Mapping[str, LocalText]
    phrases: Mapping[tuple[str, str], KindSums]
    compared: tuple[Compared, ...]
    reasons: Mapping[tuple[str, str], int]
    days: Mapping[str, OrderSums]
    distance: Distance
    increment: Interval | None
    control: int
    next_visits: NextVisitSums
    off_sales: OffSales = field(default_factory=OffSales)
    discards: tuple[DiscardedFor, ...] = ()
    """The reasons for discarding orders that were not brought back, the most frequent first."""
    write_offs: tuple[WriteOffSum, ...] = ()
    """One for each purpose that occurred."""
    refunds: tuple[RefundSum, ...] = ()
    """The reasons for refunds on these days, whenever the goods were sold, the most frequent first."""
    channels: Mapping[str, OrderSums] = field(default_factory=dict)
    """Orders of customers who were not present, by channel; empty for no channel. No other figure includes them."""
    channel_names: Mapping[str, LocalText] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The first day with a sale; empty for none."""
        return min(self.days, default="")

    @property
    def last(self) -> str:
        """The last day with a sale."""
        return max(self.days, default="")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was sold in these days."""
        return not self.orders.orders


@verb
def set_line(scene: ShopScene, basis_points: int) -> Change[None]:
    """Set the target of uplift, in basis points."""
    return Change(None, facts=(ShopSettingSet(LINE, str(basis_points)),))


@verb
def set_control(scene: ShopScene, basis_points: int) -> Change[None]:
    """Set the share of orders in the control group, in basis points."""
    return Change(None, facts=(ShopSettingSet(CONTROL_SHARE, str(basis_points)),))


def bring_up_to_date(
    store: Store, tell: Callable[[int, int], None] = lambda done, of: None, most: int | None = None
) -> None:
    """Add the sales that are in no sum yet, or the oldest `most` of them. An interrupted run continues where it
    stopped; `tell` gets the progress.

    Raises `StoreError`.
    """
    begun, last = store.asking_sums.counted_to(), store.asking_sums.last_sale()
    if most is not None:
        last = min(last, begun + most)
    while store.asking_sums.counted_to() < last:
        to = count_new_sales(store, SLICE)
        if to is None:
            return
        tell(to - begun, max(1, last - begun))
    while count_new_refunds(store, SLICE) is not None:
        pass


def line_of(store: Store) -> float:
    """The shop's target of uplift as a share of 1; ten per cent unless set."""
    kept = store.settings.get(LINE)
    return (int(kept) if kept is not None and kept.isdigit() else LINE_BASIS_POINTS) / 10_000


def make_report(store: Store, today: date, since: date | None = None, until: date | None = None) -> Report:
    """The report on some days, including both ends, from the sums as they are on the shop's day. Raises
    `StoreError`."""
    span = (since.isoformat() if since else EVER[0], until.isoformat() if until else EVER[1])
    cuts = _cuts(store, span)
    days, arms = (orders_from(store.asking_sums.days(cut, *span)) for cut in ("all", "arm"))
    whole = orders_from(store.asking_sums.orders("cashier", *span))
    orders = all_orders(days.values())
    kinds = {kind.value: cuts["all"].get(("", kind.value), KindSums()) for kind in OfferKind}
    persons = _persons(whole, cuts["cashier"])
    menu, dayparts = _menu(store)
    return Report(
        since,
        until,
        orders,
        kinds,
        cuts["offer"],
        offer_names((offer for offer, _ in cuts["offer"]), menu, store),
        persons,
        sum(1 for name in whole if name) - len(persons),
        _by_hour(cuts["slot"]),
        _by_daypart(dayparts, cuts["slot"]),
        {part.id: part.name for part in dayparts.values()},
        cuts["phrase"],
        compare_wordings(store, *span),
        {key: found.not_applicable for key, found in cuts["reason"].items()},
        {day: found for (day, _), found in days.items()},
        distance(line_of(store), orders, kinds, cuts["offer"]),
        *_control(arms),
        NextVisitSums(*store.next_visits.sums(*span, today)),
        OffSales(*store.tenders.off_sales(*span)),
        _discards(store, *span),
        store.write_offs.sums(*span),
        store.refunds.sums(*span),
        orders_from(store.asking_sums.orders("channel", *span)),
        {} if menu is None else {channel.id: channel.name for channel in menu.channels.values()},
    )


def _control(arms: Mapping[tuple[str, str], OrderSums]) -> tuple[Interval | None, int]:
    """The true increment, and the number of orders in the control group."""
    return increment(arms), all_orders(found for (_, arm), found in arms.items() if arm == "control").orders


def _cuts(store: Store, span: tuple[str, str]) -> dict[str, dict[tuple[str, str], KindSums]]:
    """The sums of both kinds by each dimension of the report."""
    return {
        cut: kinds_from(store.asking_sums.kinds(cut, *span))
        for cut in ("all", "offer", "cashier", "slot", "phrase", "reason")
    }


def _menu(store: Store) -> tuple[Menu | None, Mapping[str, Daypart]]:
    """Today's menu, if one was loaded, and its parts of the day."""
    if store.menu.is_empty():
        return None, {}
    menu = store.menu.load()
    return menu, menu.dayparts


def _by_daypart(dayparts: Mapping[str, Daypart], slots: Mapping[tuple[str, str], KindSums]) -> dict[str, KindSums]:
    """The sums by the menu's parts of the day. A half hour belongs to a part that contains its beginning."""
    return {
        part.id: all_kinds(found for (slot, _), found in slots.items() if part.holds(_time(slot)))
        for part in dayparts.values()
    }


def _persons(orders: Mapping[str, OrderSums], kinds: Mapping[tuple[str, str], KindSums]) -> dict[str, CashierAccount]:
    """Those with a name and enough eligible orders, sorted by name and never by results."""
    return {
        name: CashierAccount(found, {kind: sums for (of, kind), sums in kinds.items() if of == name})
        for name, found in sorted(orders.items())
        if name and found.eligible >= FEWEST_OF_A_PERSON
    }


def _by_hour(slots: Mapping[tuple[str, str], KindSums]) -> dict[int, KindSums]:
    hours: dict[int, KindSums] = {}
    for (slot, _), found in sorted(slots.items()):
        hour = int(slot[:2])
        hours[hour] = hours.get(hour, KindSums()) + found
    return hours


def _time(slot: str) -> time:
    return time(int(slot[:2]), int(slot[3:]))


def _discards(store: Store, since: str, until: str) -> tuple[DiscardedFor, ...]:
    """The reasons for discarding orders on some business days, the most frequent first."""
    rows = store.tenders.discards(since, until)
    return tuple(DiscardedFor(DiscardReason(reason), count, minor) for reason, count, minor in rows)
