"""The journal: a chained row for each act; what an act writes is there wholly or not at all."""

from __future__ import annotations

import hashlib
import json
import lzma
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import Refused, StoreError
from pos.domain.money import Money
from pos.domain.order.order import Tender, TenderKind, TenderState
from pos.store import Store, Till, open_store
from pos.store.acts import Act, Fact, Move, OrderState, Saved
from pos.store.file.codec import from_instant, to_instant
from pos.store.journal.journal import JournalRow, add_act, canonical_row, last, recover
from pos.store.migrations.steps import STEPS, m033_journal, migrate
from tests.office_acts import accept
from tests.store.acting import enter_till
from tests.store.conftest import OpenAgain
from tests.store.samples import NOON, events, later, rung

MADE = Path(__file__).parent.parent / "made_by_0_1_0" / "shop.db.xz"
LOG = "SELECT seq, verb, order_id, till_id, parent FROM order_log ORDER BY seq"
ROWS = "SELECT seq, verb, order_id, till, parent FROM journal LEFT JOIN orders USING (order_key) ORDER BY seq"
FIELDS = """
    SELECT seq, format, lower(hex(id)), at_us, offset_s, till, person, approver, shift, verb, order_id, parent, reason,
        lower(hex(digest)), hash
    FROM journal LEFT JOIN orders USING (order_key) ORDER BY seq
"""


@dataclass(frozen=True)
class Noted:
    """A fact for tests: a setting of the shop."""

    value: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        if self.value == "refused":
            raise Refused("not-a-sale")
        conn.execute("INSERT OR REPLACE INTO shop_setting VALUES ('noted', ?)", (f"{self.value} {act.verb}",))

    def told(self) -> object:
        return {"noted": self.value}


def an_act(verb: str, till: Till | None, number: int = 1, person: int | None = None, **more: object) -> Act:
    act = Act(
        id=number.to_bytes(16, "big"),
        verb=verb,
        at=later(number),
        day=NOON.date(),
        till=None if till is None else till.id,
        person=person,
    )
    return replace(act, **more)  # type: ignore[arg-type]


def do(store: Store, act: Act, moves: Sequence[Move] = (), facts: Sequence[Fact] = ()) -> tuple[Saved, ...]:
    with store.file.writing() as conn:
        return add_act(conn, act, moves, facts)


def facts_of(conn: sqlite3.Connection) -> dict[int, str]:
    facts = dict(conn.execute("SELECT seq, facts FROM order_body").fetchall())
    for (packed,) in conn.execute("SELECT facts FROM body_pack WHERE facts IS NOT NULL"):
        facts.update(json.loads(zlib.decompress(packed)))
    return facts


def is_whole(conn: sqlite3.Connection) -> bool:
    """Whether every row is chained to the previous one, and no number is missing."""
    facts = facts_of(conn)
    ((identity,),) = conn.execute("SELECT id FROM file_identity").fetchall()
    previous = hashlib.sha256(identity.encode()).digest()
    for place, (*fields, digest, found) in enumerate(conn.execute(FIELDS).fetchall(), start=1):
        row = json.dumps([*fields, digest or None], ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(previous + f"{row[:-1]},{facts.get(fields[0], '[]')}]".encode()).digest()
        if previous != found or fields[0] != place:
            return False
    return True


# an act


def test_an_order_begins_and_goes_on_from_its_last_row(store: Store, till: Till) -> None:
    (first,) = do(store, an_act("ring", till), [Move(order=rung("a", "burger"), head=None, back=None)])
    order = rung("a", "burger", "cola")
    (second,) = do(store, an_act("ring", till, 2), [Move(order=order, head=first.seq, back=first.seq, events=events())])
    assert second == Saved(2, order, 1, "ring")
    assert store.orders.current(till.id) == second
    assert len(store.ledger.events("a")) == len(events())
    assert is_whole(store.file.conn)


def test_an_order_that_another_till_moved_meanwhile_is_not_moved_from_where_it_was(store: Store, till: Till) -> None:
    do(store, an_act("ring", till), [Move(order=rung("a", "burger"), head=None, back=None)])
    do(store, an_act("ring", till, 2), [Move(order=rung("a", "cola"), head=1, back=1)])
    for head in (None, 1, 7):
        with pytest.raises(Refused, match="order-not-open"):
            do(store, an_act("void", till, 3), [Move(order=rung("a"), head=head, back=1)])
    assert store.orders.current(till.id) == Saved(2, rung("a", "cola"), 1, "ring")
    assert last(store.file.conn).seq == 2


def test_a_till_has_one_open_order(store: Store, till: Till) -> None:
    do(store, an_act("ring", till), [Move(order=rung("a", "burger"), head=None, back=None)])
    other = enter_till(store, "Till 2")
    do(store, an_act("ring", other, 2), [Move(order=rung("b", "burger"), head=None, back=None)])
    for move in (
        Move(order=rung("c", "cola"), head=None, back=None),
        Move(order=rung("b", "burger"), head=2, back=None),
    ):
        with pytest.raises(Refused, match="order-already-open"):
            do(store, an_act("recall", till, 3), [move])
    assert [row[0] for row in store.file.conn.execute("SELECT order_id FROM orders ORDER BY 1")] == ["a", "b"]


def test_a_recall_that_sets_an_order_aside_is_one_act_of_two_rows(store: Store, till: Till) -> None:
    do(store, an_act("ring", till), [Move(order=rung("a", "burger"), head=None, back=None)])
    do(store, an_act("hold", till, 2), [Move(order=rung("a", "burger"), head=1, back=1, state=OrderState.HELD)])
    do(store, an_act("ring", till, 3), [Move(order=rung("b", "cola"), head=None, back=None)])
    aside = Move(order=rung("b", "cola"), head=3, back=3, state=OrderState.HELD)
    saved = do(store, an_act("recall", till, 4), [aside, Move(order=rung("a", "burger"), head=2, back=1)], [Noted("x")])
    assert [(row.seq, row.order.id, row.parent) for row in saved] == [(4, "b", 3), (5, "a", 1)]
    assert recover(store.file.conn, (4).to_bytes(16, "big"), 3) == (4, 5)
    assert [held.order_id for held in store.orders.held()] == ["b"]
    day, held = '"day":"2026-11-20"', '"state":"held"'
    held_then = f'[{{"act":{{{day},{held}}}}}]'
    assert facts_of(store.file.conn) == {
        1: "[]",
        2: held_then,
        3: "[]",
        4: held_then,
        5: f'[{{"act":{{{day}}}}},{{"noted":"x"}}]',
    }
    assert is_whole(store.file.conn)


def test_when_an_order_was_set_aside_stays_known_while_it_is(store: Store, till: Till) -> None:
    held = OrderState.HELD
    do(store, an_act("hold", till), [Move(order=rung("a", "burger"), head=None, back=None, state=held)])
    do(store, an_act("note", till, 5), [Move(order=rung("a", "cola"), head=1, back=1, state=held)])
    assert [entry.held_at for entry in store.orders.held()] == [later(1)]


def test_an_act_without_a_move_is_a_row_with_its_facts(store: Store) -> None:
    act = an_act("set", None, person=store.people.enter("Kari"), reason="asked for", shift=3)
    assert do(store, act, facts=[Noted("a"), Noted("b")]) == ()
    assert store.settings.get("noted") == "b set"
    assert facts_of(store.file.conn) == {1: '[{"act":{"day":"2026-11-20"}},{"noted":"a"},{"noted":"b"}]'}
    row = store.file.conn.execute("SELECT till, person, approver, shift, verb, reason, order_key, digest FROM journal")
    assert row.fetchall() == [(None, 1, None, 3, "set", "asked for", None, None)]
    assert is_whole(store.file.conn)


@dataclass(frozen=True)
class Seen(Noted):
    """A fact about an order."""

    order_id: str = ""


def test_an_act_without_a_move_is_about_the_order_that_a_fact_names(store: Store, till: Till) -> None:
    do(store, an_act("ring", till), [Move(order=rung("a", "burger"), head=None, back=None)])
    for order_id in ("a", "unknown"):
        do(store, an_act("look", till, 2), facts=[Noted("x"), Seen("y", order_id)])
    rows = store.file.conn.execute(
        "SELECT order_id, digest IS NULL FROM journal LEFT JOIN orders USING (order_key) ORDER BY seq"
    ).fetchall()
    assert rows == [("a", 0), ("a", 1), (None, 1)]


def test_an_act_without_facts_or_moves_is_a_row_all_the_same(store: Store) -> None:
    do(store, an_act("print", None))
    assert (last(store.file.conn).seq, facts_of(store.file.conn)) == (1, {})
    assert is_whole(store.file.conn)


def test_an_act_whose_fact_is_refused_leaves_nothing(store: Store, till: Till) -> None:
    with pytest.raises(Refused, match="not-a-sale"):
        do(
            store,
            an_act("ring", till),
            [Move(order=rung("a", "burger"), head=None, back=None, events=events())],
            [Noted("a"), Noted("refused")],
        )
    for table in ("journal", "orders", "order_body", "offer_event", "shop_setting"):
        assert store.file.conn.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,), table


def test_an_act_is_found_by_its_id_behind_a_row(store: Store) -> None:
    for number in (1, 2, 3):
        do(store, an_act("print", None, number))
    two = (2).to_bytes(16, "big")
    assert [recover(store.file.conn, two, since) for since in (0, 1, 2, 3)] == [(2,), (2,), (), ()]
    assert recover(store.file.conn, b"\xff" * 16, 0) == ()


def test_a_tender_is_told_when_it_changes(store: Store, till: Till) -> None:
    kari, ola = store.people.enter("Kari"), store.people.enter("Ola")

    def with_tender(state: TenderState) -> Move:
        tender = Tender(1, TenderKind.CARD, Money.of(10), Money.of(10), state, later(1))
        head = last(store.file.conn).seq or None
        return Move(order=replace(rung("a", "burger"), tenders=(tender,)), head=head, back=head)

    states = (TenderState.INTENT, TenderState.INTENT, TenderState.APPROVED)
    for number, (state, person) in enumerate(zip(states, (kari, kari, ola), strict=True), start=1):
        do(store, an_act("ask", till, number, person), [with_tender(state)])
    told = [json.loads(facts) for facts in facts_of(store.file.conn).values()]
    told = [[fact["tendered"][0] for fact in facts[1:]] for facts in told]
    assert [[tender["state"] for tender in act] for act in told] == [["intent"], [], ["approved"]]
    assert [tender["person"] for act in told for tender in act] == [kari, ola]
    assert store.file.conn.execute("SELECT cashier, state FROM tenders").fetchall() == [("Kari", "approved")]


def test_a_person_has_one_id_and_nobody_has_none(store: Store) -> None:
    assert [store.people.enter(name) for name in ("Kari", "Ola", "Kari", "")] == [1, 2, 1, None]
    assert [store.people.name(person) for person in (1, 2, 3, None)] == ["Kari", "Ola", "", ""]


@given(st.integers(-(10**15), 10**17), st.integers(-86_399, 86_399))
def test_a_time_is_kept_to_the_microsecond_with_its_offset(at_us: int, offset_s: int) -> None:
    at = from_instant(at_us, offset_s)
    assert to_instant(at) == (at_us, offset_s)
    assert at == NOON + timedelta(microseconds=at_us - to_instant(NOON)[0])


@given(
    *(st.text(st.characters(exclude_categories=["Cs"])) for _ in range(3)),
    st.binary(min_size=16, max_size=16),
    st.integers(-(2**63), 2**63 - 1),
    st.none() | st.binary(min_size=32, max_size=32),
)
def test_the_canonical_form_is_what_another_program_makes_of_it(
    verb: str, reason: str, order_id: str, act_id: bytes, number: int, digest: bytes | None
) -> None:
    row = JournalRow(
        number, 1, act_id, number, 3600, number, None, 2, None, verb, order_id, None, reason, digest, '[{"a":1}]'
    )
    fields = [number, 1, act_id.hex(), number, 3600, number, None, 2, None, verb, order_id, None, reason]
    told = [*fields, None if digest is None else digest.hex(), [{"a": 1}]]
    assert canonical_row(row) == json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


# files from before


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file made by version 0.1.0, migrated to the step before the journal."""
    path = tmp_path / "shop.db"
    path.write_bytes(lzma.decompress(MADE.read_bytes()))
    with closing(open_before(path)):
        return path


def open_before(path: Path) -> sqlite3.Connection:
    from pos.store.file.connection import StoreFile

    file = StoreFile(path, 1)
    migrate(file, STEPS[: STEPS.index(m033_journal)])
    return file.conn


def test_the_log_of_an_old_file_is_chained_row_by_row(old: Path) -> None:
    with closing(sqlite3.connect(old)) as conn:
        log = conn.execute(LOG).fetchall()
        cashiers = conn.execute("SELECT seq, at, cashier FROM order_log ORDER BY seq").fetchall()
        sales = [json.loads(body) for (body,) in conn.execute("SELECT body FROM sale ORDER BY id")]
    store = open_store(old)
    conn = store.file.conn
    rows = conn.execute(ROWS).fetchall()
    assert rows == [*log, (len(log) + 1, "migrated", None, None, None)]
    assert is_whole(conn)
    people = conn.execute("SELECT seq, at_us, offset_s, name FROM journal LEFT JOIN person ON person.id = person")
    told = [(seq, from_instant(at_us, offset_s).isoformat(), name or "") for seq, at_us, offset_s, name in people]
    assert told[:-1] == cashiers
    for seq, digest in conn.execute("SELECT seq, digest FROM journal WHERE order_key IS NOT NULL ORDER BY seq"):
        ((body,),) = conn.execute("SELECT body FROM order_body WHERE seq = ?", (seq,)).fetchall()
        assert hashlib.sha256(body.encode()).digest() == digest
        assert store.orders.at(seq).order
    facts = [fact for text in facts_of(conn).values() for fact in json.loads(text)]
    assert [fact["sold"]["sale"] for fact in facts if "sold" in fact] == sales
    asked = [event for fact in facts for event in fact.get("asked", ())]
    assert len(asked) == conn.execute("SELECT COUNT(*) FROM offer_event").fetchone()[0] > 0
    tendered = [tender for fact in facts for tender in fact.get("tendered", ())]
    assert len(tendered) == conn.execute("SELECT COUNT(*) FROM tender").fetchone()[0] > 0
    assert facts[-1] == {"migrated": {"rows": len(log), "unreadable": []}}
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert conn.execute("PRAGMA foreign_keys").fetchone() == (1,)
    store.close()


def pack_before(conn: sqlite3.Connection, first: int, upto: int) -> None:
    """Pack rows as the version before the journal did."""
    rows = conn.execute("SELECT seq, body FROM order_body WHERE seq BETWEEN ? AND ?", (first, upto)).fetchall()
    pack = zlib.compress(json.dumps(rows).encode())
    conn.execute("INSERT INTO body_pack (first_seq, last_seq, bodies) VALUES (?, ?, ?)", (first, upto, pack))
    heads = "SELECT head_seq FROM orders WHERE state IN ('open', 'held')"
    conn.execute(f"DELETE FROM order_body WHERE seq BETWEEN ? AND ? AND seq NOT IN ({heads})", (first, upto))


def test_the_facts_of_packed_rows_come_to_their_packs(old: Path) -> None:
    with closing(sqlite3.connect(old)) as conn:
        conn.execute("INSERT OR IGNORE INTO order_body SELECT seq, body FROM order_log WHERE body <> ''")
        for first in (1, 21):
            pack_before(conn, first, first + 19)
        conn.commit()
    store = open_store(old)
    assert store.file.conn.execute("SELECT COUNT(*) FROM body_pack WHERE facts IS NOT NULL").fetchone() == (2,)
    assert is_whole(store.file.conn)
    facts = [fact for text in facts_of(store.file.conn).values() for fact in json.loads(text)]
    assert sum("sold" in fact for fact in facts) == 4
    with pytest.raises(sqlite3.IntegrityError):
        store.file.conn.execute("UPDATE body_pack SET facts = NULL")
    store.close()


def test_a_body_that_was_lost_before_is_named_and_hinders_nothing(old: Path) -> None:
    with closing(sqlite3.connect(old)) as conn:
        conn.execute("INSERT OR IGNORE INTO order_body SELECT seq, body FROM order_log WHERE body <> ''")
        pack_before(conn, 1, 20)
        conn.execute("DROP TRIGGER body_pack_is_so")
        conn.execute("UPDATE body_pack SET bodies = x'00'")
        conn.execute("CREATE TRIGGER body_pack_is_so BEFORE UPDATE ON body_pack BEGIN SELECT RAISE(ABORT, ''); END")
        conn.commit()
    store = open_store(old)
    assert is_whole(store.file.conn)
    lost = store.file.conn.execute("SELECT seq FROM journal WHERE digest IS NULL AND verb <> 'migrated'").fetchall()
    mark = json.loads(facts_of(store.file.conn)[last(store.file.conn).seq])
    assert mark[0]["migrated"]["unreadable"] == [seq for (seq,) in lost] != []
    store.close()


# the witness


def test_a_journal_that_was_cut_off_behind_the_witness_is_noticed(store: Store, open_again: OpenAgain) -> None:
    do(store, an_act("print", None, 1))
    do(store, an_act("print", None, 2))
    with store.file.reading() as conn:
        store.witness.write(conn)
    do(store, an_act("print", None, 3))
    store.file.conn.execute("DROP TRIGGER journal_stays")
    store.file.conn.execute("DELETE FROM journal WHERE seq > 2")
    store.witness.check()
    store.file.conn.execute("DELETE FROM journal WHERE seq > 1")
    with pytest.raises(StoreError, match="journal-cut"):
        store.witness.check()
    with pytest.raises(StoreError, match="journal-cut"), store.file.writing():
        pass
    again = open_again()
    accept(again, NOON)
    again.witness.check()


def test_another_chain_in_the_place_of_the_witnessed_one_is_noticed(store: Store) -> None:
    do(store, an_act("print", None, 1))
    do(store, an_act("print", None, 2))
    with store.file.reading() as conn:
        store.witness.write(conn)
    store.file.conn.execute("DROP TRIGGER journal_stays")
    store.file.conn.execute("DELETE FROM journal WHERE seq > 1")
    do(store, an_act("print", None, 8))
    do(store, an_act("print", None, 9))
    with pytest.raises(StoreError, match="journal-changed"):
        store.witness.check()
