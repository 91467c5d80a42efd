"""Receipts: owed until they are known to be on paper, one copy and no more."""

from __future__ import annotations

import pytest

from pos.domain.errors import StoreError
from pos.domain.sale.sale import ReceiptState
from pos.store import Store, Till
from tests.store.acting import enter_till, mark_receipt, take_copy
from tests.store.conftest import OpenAgain
from tests.store.samples import NOON, later
from tests.store.test_sales import sell


def test_a_receipt_is_owed_until_it_is_printed(store: Store, till: Till) -> None:
    first, second = sell(store, till, "a"), sell(store, till, "b")
    assert store.receipts.owed(till.id) == (first, second)
    assert store.receipts.state("a") is ReceiptState.OWED
    mark_receipt(store, first, ReceiptState.PRINTING, later(1))
    assert store.receipts.owed(till.id) == (first, second)
    mark_receipt(store, first, ReceiptState.PRINTED, later(2))
    assert store.receipts.state("a") is ReceiptState.PRINTED
    assert store.receipts.owed(till.id) == (second,)


def test_a_till_owes_its_own_receipts_only(store: Store, till: Till) -> None:
    other = enter_till(store, "Till 2")
    sell(store, till, "a")
    assert store.receipts.owed(other.id) == ()


def test_attempts_and_the_last_problem_are_kept(store: Store, till: Till, open_again: OpenAgain) -> None:
    sold = sell(store, till, "a")
    assert store.receipts.attempts("a") == (0, "")
    mark_receipt(store, sold, ReceiptState.PRINTING, NOON)
    mark_receipt(store, sold, ReceiptState.OWED, NOON, "printer-out-of-paper")
    assert store.receipts.attempts("a") == (1, "printer-out-of-paper")
    mark_receipt(store, sold, ReceiptState.PRINTING, NOON)
    store.close()
    assert open_again().receipts.attempts("a") == (2, "")


def test_a_sale_has_one_copy_after_a_restart_too(store: Store, till: Till, open_again: OpenAgain) -> None:
    sell(store, till, "a")
    assert store.receipts.copies("a") == 0
    take_copy(store, "a", NOON)
    store.close()
    again = open_again()
    assert again.receipts.copies("a") == 1
    with pytest.raises(StoreError):  # the register refuses a second one before: tests/register/test_acts.py
        take_copy(again, "a", NOON)
    assert again.receipts.copies("a") == 1


def test_an_order_that_is_no_sale_has_no_receipt(store: Store, till: Till) -> None:
    with pytest.raises(KeyError):
        store.receipts.state("a")
    with pytest.raises(KeyError):
        store.receipts.attempts("a")
