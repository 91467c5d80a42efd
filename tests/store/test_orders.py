"""Orders: a verb a row, back after a crash, held and recalled by one till only."""

from __future__ import annotations

import msgspec
import pytest

from pos.domain.errors import Refused, StoreError
from pos.domain.order.order import Order
from pos.domain.sale.sale import ReceiptState
from pos.store import Saved, Store, Till
from tests.store.acting import abandon, enter_till, finish, hold, keep, mark_receipt, recall
from tests.store.conftest import OpenAgain
from tests.store.samples import NOON, events, full_order, later, rung, sale


def test_an_order_comes_back_after_a_restart_as_it_was(store: Store, till: Till, open_again: OpenAgain) -> None:
    seq = keep(store, till.id, "ring", full_order(), None, NOON, cashier="Kari").seq
    store.close()
    assert open_again().orders.current(till.id) == Saved(seq, full_order(), None, "ring")


def test_the_sample_order_leaves_no_field_at_its_default() -> None:
    full = full_order()
    plain = Order(full.id, full.call_number, full.opened_at)
    same = {name for name in Order.__slots__ if getattr(full, name) == getattr(plain, name)}
    # An order carries a next-visit code only where one was given: tests/register/test_next_visit_once.py keeps those.
    # It becomes a sale in other tests: tests/counter/test_write_offs.py keeps those that are none.
    assert same <= {"id", "call_number", "opened_at", "held_total", "next_visit", "purpose"}


def test_a_till_without_an_order_has_none(store: Store, till: Till) -> None:
    assert store.orders.current(till.id) is None


def test_each_verb_is_a_row_that_undo_can_go_back_to(store: Store, till: Till) -> None:
    first = keep(store, till.id, "ring", rung("a", "burger"), None, NOON).seq
    second = keep(store, till.id, "ring", rung("a", "burger", "cola"), first, later(1)).seq
    undone = store.orders.at(second).parent
    assert undone is not None
    before = store.orders.at(undone)
    assert before == Saved(first, rung("a", "burger"), None, "ring")
    third = keep(store, till.id, "undo", before.order, before.parent, later(2)).seq
    assert store.orders.current(till.id) == Saved(third, rung("a", "burger"), None, "undo")
    assert store.orders.at(second).order == rung("a", "burger", "cola")


def test_a_row_that_was_never_written_is_damage(store: Store) -> None:
    with pytest.raises(StoreError) as caught:
        store.orders.at(7)
    assert caught.value.message_id == "database-damaged"


def test_a_body_that_is_no_order_is_damage(store: Store, till: Till) -> None:
    seq = keep(store, till.id, "ring", rung("a", "burger"), None, NOON).seq
    store.file.conn.execute("DROP TRIGGER order_body_is_so")
    for body in ("{", '{"id": 1}', msgspec.json.encode({"id": "a", "call_number": 1, "opened_at": "noon"}).decode()):
        store.file.conn.execute("UPDATE order_body SET body = ? WHERE seq = ?", (body, seq))
        with pytest.raises(StoreError) as caught:
            store.orders.current(till.id)
        assert caught.value.message_id == "database-damaged"


def test_two_tills_have_an_order_each(store: Store, till: Till) -> None:
    other = enter_till(store, "Till 2")
    keep(store, till.id, "ring", rung("a", "burger"), None, NOON)
    keep(store, other.id, "ring", rung("b", "cola"), None, NOON)
    assert [saved.order.id for one in (till, other) if (saved := store.orders.current(one.id))] == ["a", "b"]


def test_a_second_open_order_at_a_till_is_refused_and_leaves_nothing(store: Store, till: Till) -> None:
    keep(store, till.id, "ring", rung("a", "burger"), None, NOON)
    with pytest.raises(Refused, match="order-already-open"):
        keep(store, till.id, "ring", rung("b", "cola"), None, NOON)
    assert store.file.conn.execute("SELECT order_id FROM journal JOIN orders USING (order_key)").fetchall() == [("a",)]


def test_an_order_given_up_is_not_open_and_takes_no_more(store: Store, till: Till) -> None:
    seq = keep(store, till.id, "ring", rung("a", "burger"), None, NOON).seq
    abandon(store, till.id, rung("a", "burger"), seq, later(1))
    assert store.orders.current(till.id) is None
    with pytest.raises(Refused, match="order-not-open"):
        keep(store, till.id, "ring", rung("a", "cola"), seq, later(2), head=seq)
    keep(store, till.id, "ring", rung("b", "cola"), None, later(3))


def test_a_held_order_comes_back_as_it_was(store: Store, till: Till) -> None:
    seq = keep(store, till.id, "ring", full_order(), None, NOON, events()).seq
    hold(store, till.id, full_order(), seq, later(1))
    assert store.orders.current(till.id) is None
    (held,) = store.orders.held()
    assert (held.order_id, held.call_number, held.till_name, held.held_at) == ("order-1", 1, "Till 1", later(1))
    assert held.order == full_order()
    saved = recall(store, till.id, "order-1", later(60))
    assert saved == store.orders.current(till.id)
    assert (saved.order, saved.parent, saved.verb) == (full_order(), seq, "recall")
    assert store.orders.held() == ()
    assert store.ledger.events("order-1") == events()


def test_the_oldest_held_order_comes_first(store: Store, till: Till) -> None:
    for name in ("b", "a", "c"):
        keep(store, till.id, "ring", rung(name, "burger"), None, NOON)
        hold(store, till.id, rung(name, "burger"), None, NOON)
    assert [held.order_id for held in store.orders.held()] == ["b", "a", "c"]


def test_a_held_order_that_another_till_has_taken_is_not_taken_from_where_it_was(
    store: Store, till: Till, open_again: OpenAgain
) -> None:
    elsewhere = open_again()
    other = enter_till(elsewhere, "Till 2")
    keep(store, till.id, "ring", rung("a", "burger"), None, NOON)
    held = hold(store, till.id, rung("a", "burger"), None, NOON).seq
    assert [entry.order_id for entry in elsewhere.orders.held()] == ["a"]
    assert recall(elsewhere, other.id, "a", later(1)).order == rung("a", "burger")
    for verb in ("recall", "ring"):
        with pytest.raises(Refused, match="order-not-open"):
            keep(store, till.id, verb, rung("a", "cola"), None, later(2), head=held)
    assert store.orders.current(till.id) is None
    current = elsewhere.orders.current(other.id)
    assert current is not None
    assert current.order == rung("a", "burger")


def test_an_order_is_recalled_to_a_till_with_none_open(store: Store, till: Till) -> None:
    keep(store, till.id, "ring", rung("a", "burger"), None, NOON)
    hold(store, till.id, rung("a", "burger"), None, NOON)
    keep(store, till.id, "ring", rung("b", "cola"), None, NOON)
    with pytest.raises(Refused, match="order-already-open"):
        recall(store, till.id, "a", later(1))
    assert [held.order_id for held in store.orders.held()] == ["a"]


def test_events_of_offers_keep_their_order_over_several_verbs(store: Store, till: Till) -> None:
    first, *rest = events()
    seq = keep(store, till.id, "checkout", rung("a", "burger"), None, NOON, [first]).seq
    keep(store, till.id, "answer", rung("a", "meal-m"), seq, later(1), rest)
    assert store.ledger.events("a") == events()
    assert store.ledger.events("b") == ()


def test_a_verb_looks_at_the_same_few_rows_however_long_the_log_is(store: Store, till: Till) -> None:
    def steps(name: str) -> int:
        """How much SQLite works for a new order with a verb and a sale, in hundreds of its instructions."""
        count = 0

        def tick() -> int:
            nonlocal count
            count += 1
            return 0

        store.file.conn.set_progress_handler(tick, 1)
        seq = keep(store, till.id, "ring", rung(name, "burger"), None, NOON, events()).seq
        sold = finish(store, sale(name), rung(name, "burger"), till.id, seq, NOON)
        store.orders.current(till.id)
        mark_receipt(store, sold, ReceiptState.PRINTED, NOON)
        store.file.conn.set_progress_handler(None, 0)
        return count

    steps("first")
    short = steps("second")
    keep(store, till.id, "ring", rung("long", "burger"), None, NOON)
    filler = """
        WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < 20000)
        INSERT INTO journal (seq, format, id, at_us, offset_s, till, verb, order_key, reason, hash)
        SELECT i + (SELECT MAX(seq) FROM journal), 1, zeroblob(16), 0, 0, 1, '', order_key, '', zeroblob(32)
        FROM number JOIN orders ON order_id = 'long'
    """
    store.file.conn.execute(filler)
    abandon(store, till.id, rung("long", "burger"), None, NOON)
    assert steps("third") <= short + 100
