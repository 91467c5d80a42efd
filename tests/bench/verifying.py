"""Times `pos verify` over a million acts, against only reading and hashing the rows that it reads.

`BENCH_ACTS` sets the number of acts (1,000,000): copies of one order with both questions answered, packed as the till
packs them. The floor reads every row of the same tables and takes the SHA-256 of each, packed rows included.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from pos.cli import FEW_COLLECTIONS
from pos.domain.order.order import Order
from pos.domain.sale.ledger import OfferEvent
from pos.domain.sale.sale import Sale
from pos.store import Store, open_store
from pos.store.acts import Act, Move, OrderState
from pos.store.file.codec import instant_columns
from pos.store.file.connection import StoreFile
from pos.store.file.packing import pack_oldest
from pos.store.journal.journal import add_act, last
from pos.store.selling.sale_rows import add_rows, sale_values, told_sale
from pos.store.selling.sales import ADD_SALE, OWE_RECEIPT
from pos.store.verifying import verify
from tests.bench.sampling import Sample, shown
from tests.builders import NOW
from tests.office_acts import enter_till
from tests.rig import Cashier, Clock, a_register

ACTS = int(os.environ.get("BENCH_ACTS", "1000000"))
ROUNDS = 3
TABLES = (
    "orders",
    "offer_event",
    "tender",
    "sale",
    "sale_line",
    "sale_basket",
    "sale_discount",
    "sale_tax",
    "sale_line_tax",
    "decision",
    "receipt",
    "next_visit",
)


@dataclass(frozen=True)
class Sold:
    """The sale of a copied order, with its receipt owed."""

    sale: Sale

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        sale_id = conn.execute(ADD_SALE, sale_values(self.sale, act.till)).lastrowid or 0
        add_rows(conn, sale_id, self.sale)
        owed = {"sale_id": sale_id, "till_id": act.till, "code": "", **instant_columns(act.at)}
        conn.execute(OWE_RECEIPT, owed)

    def told(self) -> object:
        return told_sale(self.sale, "")


def four_lines(folder: Path) -> tuple[Store, Order, Sale]:
    """Sell an order of four lines, one of them changed, with both questions answered. Returns store, order, sale."""
    clock = Clock()
    cashier = Cashier(a_register(folder, clock=clock), clock)
    for keys in (("b",), ("1", "1", "enter"), (*"9520001000010", "enter"), ("b",), ("+",), ("enter",)):
        cashier.press(*keys)
    answers = {"serving": "2", "question": "j", "choice": "1", "payment": "a"}
    while cashier.counter.paid is None:
        cashier.press(answers[cashier.counter.state.value])
    sale = cashier.counter.paid
    assert isinstance(sale, Sale)
    store = cashier.register.store
    head = store.file.conn.execute("SELECT head_seq FROM orders WHERE order_id = ?", (sale.order_id,)).fetchone()
    return store, store.orders.at(head[0]).order, sale


def fill(folder: Path, acts: int) -> Path:
    """Make a file with at least `acts` acts. Returns its path."""
    store, order, sale = four_lines(folder)
    rows = store.file.conn.execute(
        "SELECT seq, verb FROM journal JOIN orders USING (order_key) WHERE order_id = ? ORDER BY seq", (order.id,)
    ).fetchall()
    steps = [(verb, store.orders.at(seq).order, _events(store, order.id, seq)) for seq, verb in rows]
    path = store.path
    store.close()
    path.unlink()
    with closing(open_store(folder / "many.db")) as store:
        store.file.conn.execute("PRAGMA synchronous = OFF")
        till = enter_till(store, "1")
        store.people.enter(sale.cashier)
        done = 0
        while done < acts:
            with store.file.writing() as conn:
                for _ in range(64):
                    done = _copy(conn, steps, sale, till.id, done)
                conn.execute("UPDATE till SET receipt_number = (SELECT MAX(receipt_number) FROM sale)")
            while pack_oldest(store.file):
                pass
    return folder / "many.db"


def _events(store: Store, order_id: str, seq: int) -> tuple[OfferEvent, ...]:
    numbers = store.file.conn.execute(
        "SELECT number FROM offer_event JOIN orders USING (order_key) WHERE order_id = ? AND seq = ?", (order_id, seq)
    ).fetchall()
    before = store.file.conn.execute(
        "SELECT COUNT(*) FROM offer_event JOIN orders USING (order_key) WHERE order_id = ? AND seq < ?", (order_id, seq)
    ).fetchone()[0]
    return store.ledger.events(order_id)[before : before + len(numbers)]


def _copy(
    conn: sqlite3.Connection,
    steps: list[tuple[str, Order, tuple[OfferEvent, ...]]],
    sale: Sale,
    till: int,
    done: int,
) -> int:
    """Add the acts of one more copy of the order. Returns the new number of acts."""
    name, head = f"{done:032x}", None
    for verb, order, events in steps:
        is_last = (verb, order, events) == steps[-1]
        act = Act(id=os.urandom(16), verb=verb, at=NOW, day=NOW.date(), till=till)
        state = OrderState.PAID if is_last else OrderState.OPEN
        move = Move(order=replace(order, id=name), head=head, back=head, state=state, events=events)
        number = done // len(steps) + 1
        facts = [Sold(replace(sale, order_id=name, receipt_number=number, paid_at=NOW))] if is_last else []
        head = add_act(conn, act, [move], facts)[-1].seq
        done += 1
    return done


def read_and_hash(path: Path) -> int:
    """Read every row that a verification reads, in slices, and hash it. Returns the number of journal rows."""
    encode, decode = msgspec.json.Encoder().encode, msgspec.json.Decoder(list[tuple[int, str]]).decode
    count = 0
    with closing(sqlite3.connect(path)) as conn:
        for row in _sliced(conn.execute("SELECT * FROM journal ORDER BY seq")):
            hashlib.sha256(encode([each.hex() if isinstance(each, bytes) else each for each in row])).digest()
            count += 1
        for _, body, facts in _sliced(conn.execute("SELECT seq, body, facts FROM order_body ORDER BY seq")):
            hashlib.sha256(body.encode()).digest()
            hashlib.sha256(facts.encode()).digest()
        for bodies, facts in _sliced(conn.execute("SELECT bodies, facts FROM body_pack ORDER BY last_seq")):
            for packed in (bodies, facts):
                for _, text in decode(zlib.decompress(packed)):
                    hashlib.sha256(text.encode()).digest()
        for table in TABLES:
            for row in _sliced(conn.execute(f"SELECT * FROM {table}")):
                hashlib.sha256(encode([each.hex() if isinstance(each, bytes) else each for each in row])).digest()
    return count


def _sliced(cursor: sqlite3.Cursor) -> Iterator[tuple[object, ...]]:
    while rows := cursor.fetchmany(400):
        yield from rows


def report(folder: Path) -> list[str]:
    """The rows of the report: the whole verification, and how long it held the file locked at a time."""
    gc.set_threshold(*FEW_COLLECTIONS)  # as the command sets it
    path = fill(folder, ACTS)
    ours, floor, held = [], [], list[float]()
    with closing(open_store(path)) as store, timed_locks(held):
        for _ in range(ROUNDS):
            start = time.perf_counter()
            read_and_hash(path)
            floor.append(time.perf_counter() - start)
            start = time.perf_counter()
            found = verify(store.file)
            ours.append(time.perf_counter() - start)
            assert found.finding is None, found
        with store.file.reading() as conn:
            acts = last(conn).seq
    held.sort()
    size = path.stat().st_size / 1e9
    return [
        shown(f"pos verify, {acts:,} acts", Sample(tuple(ours)), Sample(tuple(floor)), f"at most 1.5 ×, {size:.2f} GB"),
        f"{'the file locked for a reader meanwhile':44} {held[len(held) // 2] * 1e3:8.2f} ms p50 "
        f"{held[int(len(held) * 0.99)] * 1e3:8.2f} ms p99 {held[-1] * 1e3:8.2f} ms max   n={len(held)}   at most 20 ms",
    ]


@contextmanager
def timed_locks(held: list[float]) -> Iterator[None]:
    """Note how long each snapshot lasts."""
    snapshot = StoreFile.snapshot

    @contextmanager
    def timed(file: StoreFile) -> Iterator[sqlite3.Connection]:
        start = time.perf_counter()
        with snapshot(file) as conn:
            yield conn
        held.append(time.perf_counter() - start)

    StoreFile.snapshot = timed  # type: ignore[method-assign]  # during the benchmark
    try:
        yield
    finally:
        StoreFile.snapshot = snapshot  # type: ignore[method-assign]
