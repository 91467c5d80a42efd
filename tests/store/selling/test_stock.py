"""What is sold out: items, machines, until when, and for all tills."""

from __future__ import annotations

import pytest

from pos.domain.errors import StoreError
from pos.store import EightySix, Store
from tests.office_acts import put_menu
from tests.store.acting import eighty_six, restore
from tests.store.conftest import OpenAgain
from tests.store.samples import NOON, later, menu


@pytest.fixture
def store(store: Store) -> Store:
    put_menu(store, menu(), (), NOON)
    return store


def test_nothing_is_sold_out_at_first(store: Store) -> None:
    assert store.stock.sold_out(NOON) == frozenset()


def test_a_machine_takes_all_that_it_makes(store: Store) -> None:
    eighty_six(store, "cola", NOON)
    eighty_six(store, None, NOON, machine="shakes")
    assert store.stock.sold_out(NOON) == {"cola", "shake", "sundae"}
    restore(store, machine="shakes")
    assert store.stock.sold_out(NOON) == {"cola"}
    restore(store, "cola")
    assert store.stock.sold_out(NOON) == frozenset()


def test_what_is_out_for_a_time_comes_back_by_itself(store: Store) -> None:
    eighty_six(store, "cola", NOON, until=later(3600))
    assert store.stock.sold_out(later(3599)) == {"cola"}
    assert store.stock.sold_out(later(3600)) == frozenset()
    assert store.stock.entries(later(3600)) == ()
    eighty_six(store, "cola", later(3600), until=later(7200))
    assert store.stock.entries(later(3600)) == (EightySix("cola", None, later(7200), later(3600)),)


def test_an_item_that_no_menu_has_cannot_be_sold_out(store: Store) -> None:
    with pytest.raises(StoreError):
        eighty_six(store, "no-such-thing", NOON)


def test_what_is_committed_here_or_elsewhere_is_noticed_and_nothing_else(store: Store, open_again: OpenAgain) -> None:
    elsewhere = open_again()
    seen = store.changes()
    assert store.stock.sold_out(NOON) == frozenset()
    assert store.changes() == seen
    eighty_six(store, "cola", NOON)
    after_own = store.changes()
    assert after_own != seen
    assert store.changes() == after_own
    restore(elsewhere, "cola")
    after_the_others = store.changes()
    assert after_the_others not in (seen, after_own)
    assert store.changes() == after_the_others
    assert store.stock.sold_out(NOON) == frozenset()
