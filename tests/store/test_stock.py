"""What is sold out: items, machines, until when, and for all tills."""

from __future__ import annotations

import pytest

from pos.domain.errors import StoreError
from pos.store import EightySix, Store
from tests.store.conftest import OpenAgain
from tests.store.samples import NOON, later, menu


@pytest.fixture
def store(store: Store) -> Store:
    store.menu.replace(menu(), (), NOON)
    return store


def test_nothing_is_sold_out_at_first(store: Store) -> None:
    assert store.stock.sold_out(NOON) == frozenset()


def test_a_machine_takes_all_that_it_makes(store: Store) -> None:
    store.stock.eighty_six("cola", None, None, NOON)
    store.stock.eighty_six(None, "shakes", None, NOON)
    assert store.stock.sold_out(NOON) == {"cola", "shake", "sundae"}
    store.stock.restore(machine="shakes")
    assert store.stock.sold_out(NOON) == {"cola"}
    store.stock.restore("cola")
    assert store.stock.sold_out(NOON) == frozenset()


def test_what_is_out_for_a_time_comes_back_by_itself(store: Store) -> None:
    store.stock.eighty_six("cola", None, later(3600), NOON)
    assert store.stock.sold_out(later(3599)) == {"cola"}
    assert store.stock.sold_out(later(3600)) == frozenset()
    assert store.stock.entries(later(3600)) == ()
    store.stock.eighty_six("cola", None, later(7200), later(3600))
    assert store.stock.entries(later(3600)) == (EightySix("cola", None, later(7200), later(3600)),)


def test_an_item_that_no_menu_has_cannot_be_sold_out(store: Store) -> None:
    with pytest.raises(StoreError):
        store.stock.eighty_six("no-such-thing", None, None, NOON)


def test_another_tills_change_is_noticed_once_and_its_own_never(store: Store, open_again: OpenAgain) -> None:
    elsewhere = open_again()
    assert not store.changed_elsewhere()
    store.stock.eighty_six("cola", None, None, NOON)
    assert not store.changed_elsewhere()
    elsewhere.stock.restore("cola")
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()
    assert store.stock.sold_out(NOON) == frozenset()
