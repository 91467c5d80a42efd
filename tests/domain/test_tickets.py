"""Tickets for the kitchen: what is sent, what is not sent again, and what is called off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.menu.items import ServingMode
from pos.domain.order.order import Purpose
from pos.domain.order.sent import FirstTicket, KitchenLine, Sent
from pos.domain.sale.in_kitchen import KitchenPart, PartKind, PartRef
from pos.domain.sale.kitchen_orders import LATE, KitchenOrder, open_orders
from pos.domain.sale.tickets import Ticket, after_sent, difference
from pos.domain.text import LocalText
from tests.builders import EAT_IN, NOW, TAKE_AWAY, text

BURGER, FRIES, COLA = (KitchenLine(1, text(name, name)) for name in ("burger", "fries", "cola"))
NO_ONION = replace(BURGER, details=(text("Uten løk", "No onion"),), left_out=(text("Uten løk", "No onion"),))
NAME = LocalText("Bord 4", "Bord 4")


def ticket(*lines: KitchenLine, **fields: object) -> Ticket:
    """A ticket of an order."""
    plain = Ticket("order-1", 0, NAME, "1", NOW, Purpose.SALE, TAKE_AWAY, lines)
    return replace(plain, **fields)  # type: ignore[arg-type]  # the fields of a ticket


def sent(*lines: KitchenLine, serving_mode: ServingMode | None = TAKE_AWAY, **fields: object) -> Sent:
    """The mark of an order that was sent."""
    return replace(Sent(NAME, NOW, lines, serving_mode), **fields)  # type: ignore[arg-type]  # the fields of Sent


def many(line: KitchenLine, count: int) -> KitchenLine:
    """A line with a quantity."""
    return replace(line, quantity=count)


def counted(lines: Iterable[KitchenLine]) -> Counter[KitchenLine]:
    """The quantities in some lines."""
    counts: Counter[KitchenLine] = Counter()
    for line in lines:
        counts[many(line, 1)] += line.quantity
    return counts


THINGS = st.sampled_from((BURGER, NO_ONION, FRIES, COLA))
LINES = st.lists(st.builds(many, THINGS, st.integers(1, 4)), max_size=5).map(tuple)


@settings(max_examples=60)
@given(st.lists(LINES, min_size=1, max_size=5))
def test_all_tickets_together_come_to_what_the_order_is(states: list[tuple[KitchenLine, ...]]) -> None:
    told: Counter[KitchenLine] = Counter()
    before: Sent | None = None
    for lines in states:
        one = after_sent(ticket(*lines), before)
        assert not counted(one.lines) & counted(one.cancelled)
        told.update(counted(one.lines))
        told.subtract(counted(one.cancelled))
        assert +told == counted(lines)
        before = sent(*lines)


def test_what_was_sent_is_not_sent_again() -> None:
    made = after_sent(ticket(many(BURGER, 2), FRIES), sent(BURGER))
    assert (made.lines, made.cancelled, made.is_correction) == ((BURGER, FRIES), (), False)
    assert made.first == FirstTicket(NAME, NOW)


def test_a_line_that_was_changed_is_cancelled_and_made_anew() -> None:
    assert difference((NO_ONION,), (BURGER,)) == ((NO_ONION,), (BURGER,))


def test_nothing_new_says_nothing() -> None:
    assert not after_sent(ticket(BURGER), sent(BURGER)).says_something


def test_an_allergy_that_is_noted_later_is_told_though_no_line_has_changed() -> None:
    changed = after_sent(ticket(BURGER, allergens=("milk",)), sent(BURGER))
    assert (changed.lines, changed.is_changed, changed.is_correction) == ((), True, True)


def test_where_it_is_eaten_is_no_correction_where_nobody_had_said_it() -> None:
    assert not after_sent(ticket(BURGER, serving_mode=EAT_IN), sent(BURGER, serving_mode=None)).says_something
    assert after_sent(ticket(BURGER, serving_mode=EAT_IN), sent(BURGER)).is_changed


# what is open in the kitchen


def part(number: int, what: Ticket, kind: PartKind = PartKind.TICKET) -> KitchenPart:
    """A part with a number."""
    return KitchenPart(PartRef(kind, number), what)


def one(*parts: KitchenPart) -> KitchenOrder:
    """The one order that some parts make."""
    (order,) = open_orders(parts)
    return order


def minutes(count: float) -> datetime:
    """Some minutes later."""
    return NOW + timedelta(minutes=count)


def test_the_order_that_has_waited_longest_comes_first() -> None:
    later = replace(ticket(FRIES, at=minutes(3)), order_id="later")
    parts = (part(1, later, PartKind.SALE), part(2, ticket(BURGER), PartKind.SALE))
    assert [order.order_id for order in open_orders(parts)] == ["order-1", "later"]


def test_what_is_sent_by_and_by_is_one_order_under_its_number() -> None:
    paid = ticket(COLA, at=minutes(20), call_number=47, name=text("Nr. 47", "No. 47"))
    order = one(part(1, ticket(BURGER)), part(2, ticket(FRIES, at=minutes(5))), part(9, paid, PartKind.SALE))
    assert counted(order.lines) == counted((BURGER, FRIES, COLA))
    assert (order.call_number, order.since, order.is_paid, len(order.parts)) == (47, NOW, True, 3)


def test_what_is_cancelled_is_seen_and_not_made() -> None:
    order = one(part(1, ticket(many(BURGER, 2))), part(2, ticket(NO_ONION, cancelled=(BURGER,), at=minutes(1))))
    assert counted(order.lines) == counted((BURGER, NO_ONION))
    assert order.cancelled == (BURGER,)


def test_what_is_not_as_the_menu_has_it_comes_first() -> None:
    assert one(part(1, ticket(COLA, FRIES, NO_ONION))).lines == (NO_ONION, COLA, FRIES)


def test_an_order_of_which_all_was_done_before_is_not_open() -> None:
    assert open_orders((part(1, ticket(), PartKind.SALE),)) == ()


def test_an_order_is_late_after_ten_minutes_and_a_clock_set_back_makes_none_younger_than_new() -> None:
    order = one(part(1, ticket(BURGER)))
    assert [order.is_late(NOW + LATE - timedelta(seconds=1)), order.is_late(NOW + LATE)] == [False, True]
    assert [order.minutes(minutes(7.5)), order.minutes(minutes(-5))] == [7, 0]


def test_an_allergy_that_was_noted_last_stands_though_the_clock_was_set_back() -> None:
    sent_first = part(7, ticket(BURGER, at=minutes(30)))
    paid = part(2, ticket(allergens=("milk",), is_changed=True, at=minutes(10)), PartKind.SALE)
    assert one(sent_first, paid).allergens == ("milk",)
    assert one(sent_first, part(8, ticket(allergens=("egg",), is_changed=True))).allergens == ("egg",)
