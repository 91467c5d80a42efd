"""A finished order keeps what the order had: nothing that a paper says is lost between the two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos.domain.moment import Moment
from pos.domain.order.order import Order
from pos.domain.sale.finished import Finished
from pos.domain.sale.sale import Sale
from pos.domain.sale.write_offs import WriteOff
from pos.register.verbs.closing import make_sale, make_write_off
from pos.store import Till
from tests.builders import burger, moment, order
from tests.store.samples import full_order

TILL = Till(1, "1", "K1")
MADE_ANEW = {"lines", "tenders", "language", "next_visit", "purpose", "exchange"}
"""What a finished order has in a form of its own, or is tested where it comes from."""


def plain(value: object) -> object:
    """A value as a finished order has it: what is in no order there is in one."""
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def sold(entry: Order, at: Moment) -> Finished:
    return make_sale(entry, at, (), TILL, "Kari", "nb")


def written_off(entry: Order, at: Moment) -> Finished:
    return make_write_off(entry, at, TILL, "Kari", "nb")


@pytest.mark.parametrize(("finish", "kind"), [(sold, Sale), (written_off, WriteOff)], ids=["sale", "write-off"])
def test_what_an_order_and_a_finished_one_both_have_is_the_same(
    finish: Callable[[Order, Moment], Finished], kind: type[Sale | WriteOff]
) -> None:
    shared = ({*Order.__slots__} & {*kind.__slots__}) - MADE_ANEW
    assert {"note", "allergens", "serving_mode"} <= shared
    full = full_order()
    entry = replace(order(burger), **{name: getattr(full, name) for name in shared})
    finished = finish(entry, moment())
    assert {name: getattr(finished, name) for name in shared} == {name: plain(getattr(entry, name)) for name in shared}
