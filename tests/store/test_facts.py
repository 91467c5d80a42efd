"""A fact about something that does not exist is refused, and leaves no act."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import StoreError
from pos.domain.sale.finished import Paper
from pos.domain.sale.sale import PaperKind, ReceiptState
from pos.register.verbs import papers, stock
from pos.store import BroughtBack, CopyReleased, CopyReserved, Fact, PaperMarked
from pos.store.selling.stock import Restored
from tests.register.every_act import CountedClock, Till
from tests.rig import a_register
from tests.store.acting import an_act, write
from tests.store.samples import NOON


@pytest.fixture
def till(tmp_path: Path) -> Till:
    return Till(tmp_path)


def facts_of_what_is_not_there(till: Till) -> dict[str, Fact]:
    """Of a sale that another file has, of one without a slip and without a copy, of what is not marked."""
    sale = till.sold()
    elsewhere = type(sale)(**{name: getattr(sale, name) for name in sale.__slots__} | {"order_id": "elsewhere"})
    return {
        "copy of no sale": CopyReserved("elsewhere"),
        "no copy": CopyReleased(sale.order_id),
        "receipt of no sale": PaperMarked(Paper(PaperKind.RECEIPT, elsewhere), ReceiptState.PRINTED),
        "no slip": PaperMarked(Paper(PaperKind.KITCHEN_SLIP, sale), ReceiptState.PRINTED),
        "no order": BroughtBack("elsewhere"),
        "not discarded": BroughtBack(sale.order_id),
        "not marked": Restored("cola-m", None, None),
        "no machine": Restored(None, "grill", None),
    }


def test_a_fact_about_a_missing_thing_leaves_no_act(till: Till) -> None:
    store = till.register.store
    for name, fact in facts_of_what_is_not_there(till).items():
        before = store.journal.last_seq()
        with pytest.raises(StoreError):
            write(store, an_act(store, till.register.till.id, "test", NOON), facts=[fact])
        assert store.journal.last_seq() == before, name


def test_to_restore_what_is_not_sold_out_is_no_act(till: Till) -> None:
    store = till.register.store
    till.do(stock.eighty_six, "cola-m")
    till.do(stock.restore, "cola-m")
    before = store.journal.last_seq()
    till.do(stock.restore, "cola-m")
    till.do(stock.restore, machine="grill")
    assert store.journal.last_seq() == before


def test_of_two_tills_that_restore_at_once_the_second_does_nothing(tmp_path: Path, till: Till) -> None:
    other = a_register(tmp_path, till="2", clock=CountedClock())
    till.do(stock.eighty_six, "cola-m")
    till.do(stock.restore, "cola-m")
    before = other.store.journal.last_seq()
    other.do(stock.restore, "cola-m")
    assert other.store.journal.last_seq() == before
    other.store.close()


def test_to_give_back_a_copy_that_was_not_taken_is_no_act(till: Till) -> None:
    sale, store = till.sold(), till.register.store
    before = store.journal.last_seq()
    till.do(papers.release_copy, sale)
    assert store.journal.last_seq() == before
    till.do(papers.reserve_copy)
    till.do(papers.release_copy, sale)
    till.do(papers.release_copy, sale)
    assert store.journal.last_seq() == before + 2
    assert store.receipts.copies(sale.order_id) == 0
