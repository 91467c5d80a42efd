"""Rebuilds the tables that follow from the acts, from the journal alone, in a file of its own, and compares them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from itertools import zip_longest

from msgspec.structs import asdict

from pos.domain.order.order import Order
from pos.domain.pricing.price import NEXT_VISIT
from pos.domain.sale.sale import Sale
from pos.domain.sale.write_offs import WriteOff
from pos.store.file.codec import Json, instant_columns, instant_of
from pos.store.file.connection import StoreFile
from pos.store.journal.journal import BEGIN_ORDER, MOVE_ORDER, Head, last
from pos.store.keeping.backups import ADD_BACKUP, ADD_RESTORED
from pos.store.kitchen import tickets
from pos.store.kitchen.kitchen import ADD_MARK, mark_values
from pos.store.offers.ledger import ADD_EVENT, event_row
from pos.store.offers.next_visits import GIVE, given_values
from pos.store.offers.wordings import keep_wordings
from pos.store.refunds.refund_papers import ADD_COPY as ADD_REFUND_COPY
from pos.store.refunds.refund_papers import DROP_COPY as DROP_REFUND_COPY
from pos.store.refunds.refund_papers import MARK as MARK_REFUND
from pos.store.refunds.refund_rows import add_refund
from pos.store.refunds.refunds import END, OWE, REFUND, keep
from pos.store.selling import discards, sales, signatures, write_offs
from pos.store.selling.papers import ADD_COPY, DROP_COPY
from pos.store.selling.rates import upgraded
from pos.store.selling.sale_rows import add_rows, sale_values
from pos.store.tenders import KEEP, tender_row
from pos.store.verifying.chain import Chain
from pos.store.verifying.facts import ActTold, read_facts, state_of, text_of
from pos.store.verifying.findings import FindingKind, found
from pos.store.verifying.orders import HEAD_BODY
from pos.store.verifying.rows import Made
from pos.store.verifying.shifts import shift_rows
from pos.store.verifying.signatures import values_of

SALE = Json(Sale, upgraded)
WRITE_OFF = Json(WriteOff)
ORDER = Json(Order)

HEAD_OF = "SELECT head_seq FROM orders WHERE order_id = :order_id"
REDEEM = """
    UPDATE next_visit SET redeemed_by = :sale_id, redeemed_us = :at_us, redeemed_offset_s = :offset_s,
        gain_minor = :gain, given_minor = :given
    WHERE code = :code
"""
GIVE_NUMBER = "UPDATE till SET receipt_number = :number WHERE series = :series"
GIVE_WRITE_OFF_NUMBER = "UPDATE till SET write_off_number = :number WHERE write_off_series = :series"
GIVE_Z_NUMBER = "UPDATE till SET z_number = MAX(z_number, :number) WHERE id = :till_id"
GIVE_REFUND_NUMBER = "UPDATE till SET refund_number = :number WHERE refund_series = :series"
JUMPED = """
    UPDATE till SET
        receipt_number = MAX(receipt_number, COALESCE(
            (SELECT MAX(to_number) FROM number_jump WHERE number_jump.series = till.series), 0
        )),
        write_off_number = MAX(write_off_number, COALESCE(
            (SELECT MAX(to_number) FROM number_jump WHERE number_jump.series = till.write_off_series), 0
        )),
        refund_number = MAX(refund_number, COALESCE(
            (SELECT MAX(to_number) FROM number_jump WHERE number_jump.series = till.refund_series), 0
        )),
        z_number = MAX(z_number, COALESCE(
            (SELECT MAX(to_number) FROM number_jump WHERE number_jump.series = till.z_series), 0
        ))
"""
MARK = {
    (True, "receipt"): """
        UPDATE receipt
        SET state = :state, problem = :problem, at_us = :at_us, offset_s = :offset_s,
            attempts = attempts + (:state = 'printing')
        WHERE sale_id = (SELECT id FROM orders JOIN sale USING (order_key) WHERE order_id = :order)
    """,
    (True, "kitchen_slip"): """
        UPDATE kitchen_slip
        SET state = :state, problem = :problem, at_us = :at_us, offset_s = :offset_s,
            attempts = attempts + (:state = 'printing')
        WHERE sale_id = (SELECT id FROM orders JOIN sale USING (order_key) WHERE order_id = :order)
    """,
    (False, "receipt"): """
        UPDATE write_off_paper
        SET state = :state, problem = :problem, at_us = :at_us, offset_s = :offset_s,
            attempts = attempts + (:state = 'printing')
        WHERE write_off_id = (SELECT id FROM orders JOIN write_off USING (order_key) WHERE order_id = :order)
            AND kind = 'receipt'
    """,
    (False, "kitchen_slip"): """
        UPDATE write_off_paper
        SET state = :state, problem = :problem, at_us = :at_us, offset_s = :offset_s,
            attempts = attempts + (:state = 'printing')
        WHERE write_off_id = (SELECT id FROM orders JOIN write_off USING (order_key) WHERE order_id = :order)
            AND kind = 'kitchen_slip'
    """,
}
OLD_PAPER = {
    (True, "receipt"): """
        INSERT INTO receipt (sale_id, till_id, state, attempts, problem, at_us, offset_s)
        VALUES (:owner, :till, :state, :attempts, :problem, :at_us, :offset_s)
    """,
    (True, "kitchen_slip"): """
        INSERT INTO kitchen_slip (sale_id, till_id, state, attempts, problem, at_us, offset_s)
        VALUES (:owner, :till, :state, :attempts, :problem, :at_us, :offset_s)
    """,
    (False, "receipt"): """
        INSERT INTO write_off_paper (write_off_id, kind, till_id, state, attempts, problem, at_us, offset_s)
        VALUES (:owner, 'receipt', :till, :state, :attempts, :problem, :at_us, :offset_s)
    """,
    (False, "kitchen_slip"): """
        INSERT INTO write_off_paper (write_off_id, kind, till_id, state, attempts, problem, at_us, offset_s)
        VALUES (:owner, 'kitchen_slip', :till, :state, :attempts, :problem, :at_us, :offset_s)
    """,
}
BRING_BACK = """
    UPDATE discard SET recalled_us = :at_us, recalled_offset_s = :offset_s
    WHERE order_key = (SELECT order_key FROM orders WHERE order_id = :order_id) AND recalled_us IS NULL
"""

MADE_AGAIN: Mapping[str, str] = {
    "orders": """
        SELECT
            order_key, order_id, till_id, call_number, state, opened_us, opened_offset_s, held_us, held_offset_s,
            head_seq
        FROM orders ORDER BY order_key
    """,
    "offer_event": "SELECT * FROM offer_event ORDER BY order_key, seq, number",
    "tender": "SELECT * FROM tender ORDER BY order_key, number",
    "sale": """
        SELECT
            id, order_key, till_id, till, series, receipt_number, call_number, paid_us, paid_offset_s,
            business_day, person, language, serving_mode, channel, total_minor, goods_minor, tax_minor,
            rounding_minor, change_minor, note
        FROM sale ORDER BY id
    """,
    "sale_line": "SELECT * FROM sale_line ORDER BY sale_id, number",
    "sale_line_tax": "SELECT * FROM sale_line_tax ORDER BY sale_id, number, tax",
    "sale_line_deposit": "SELECT * FROM sale_line_deposit ORDER BY sale_id, number",
    "sale_discount": "SELECT * FROM sale_discount ORDER BY sale_id, number",
    "tax": "SELECT * FROM tax ORDER BY id",
    "sale_tax": "SELECT * FROM sale_tax ORDER BY sale_id, tax",
    "decision": "SELECT * FROM decision ORDER BY sale_id, kind",
    "offer_ledger": "SELECT * FROM offer_ledger ORDER BY series, receipt_number, kind",
    "receipt": "SELECT sale_id, till_id, state, attempts, problem, at_us, offset_s FROM receipt ORDER BY sale_id",
    "kitchen_slip": "SELECT * FROM kitchen_slip ORDER BY sale_id",
    "receipt_copy": "SELECT * FROM receipt_copy ORDER BY sale_id",
    "discard": "SELECT * FROM discard ORDER BY id",
    "write_off": "SELECT * FROM write_off ORDER BY id",
    "write_off_line": "SELECT * FROM write_off_line ORDER BY write_off_id, number",
    "write_off_paper": "SELECT * FROM write_off_paper ORDER BY write_off_id, kind",
    "next_visit": """
        SELECT
            code, sale_id, day, offer_id, below, sku, modifier, name, off_minor, last_day, refused,
            redeemed_by, redeemed_us, redeemed_offset_s, gain_minor, given_minor
        FROM next_visit ORDER BY code
    """,
    "signing_key": "SELECT * FROM signing_key ORDER BY id",
    "signature": "SELECT * FROM signature ORDER BY id",
    "shift": "SELECT * FROM shift ORDER BY id",
    "shift_tally": "SELECT * FROM shift_tally ORDER BY id",
    "shift_count": "SELECT * FROM shift_count ORDER BY id",
    "shift_count_reason": "SELECT * FROM shift_count_reason ORDER BY count_id",
    "shift_report": "SELECT * FROM shift_report ORDER BY id",
    "refund": "SELECT * FROM refund ORDER BY id",
    "refund_line": "SELECT * FROM refund_line ORDER BY refund_id, number",
    "refund_line_tax": "SELECT * FROM refund_line_tax ORDER BY refund_id, number, tax",
    "refund_line_deposit": "SELECT * FROM refund_line_deposit ORDER BY refund_id, number",
    "refund_tax": "SELECT * FROM refund_tax ORDER BY refund_id, tax",
    "refund_tender": "SELECT * FROM refund_tender ORDER BY refund_id, number",
    "refund_gain": "SELECT * FROM refund_gain ORDER BY sale_id, kind, refund_id",
    "refund_begun": "SELECT * FROM refund_begun ORDER BY id",
    "refund_paper": "SELECT * FROM refund_paper ORDER BY refund_id",
    "refund_copy": "SELECT * FROM refund_copy ORDER BY refund_id",
    "till": "SELECT id, name, series, receipt_number, write_off_number, refund_number, z_number FROM till ORDER BY id",
    "kitchen_ticket": "SELECT * FROM kitchen_ticket ORDER BY id",
    "kitchen_paper": "SELECT * FROM kitchen_paper ORDER BY ticket_id",
    "kitchen_mark": "SELECT * FROM kitchen_mark ORDER BY id",
    "backup": "SELECT at_us, offset_s, name, bytes, head_seq, head_hash FROM backup ORDER BY id",
    "file_restored": "SELECT at_us, offset_s, head_seq, head_hash, lost_to FROM file_restored ORDER BY id",
}
"""The tables that are compared, and their columns. Left out is what no act records: the codes that receipts have yet to
print, which order carries one, and the count of orders begun at a till, which practice and older files count
differently."""

SUMS: Mapping[str, str] = {
    "asking_sum": "SELECT * FROM asking_sum ORDER BY cut, day, name, kind",
    "order_sum": "SELECT * FROM order_sum ORDER BY cut, day, name",
}
SCHEMA = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
UNCOUNTED = (
    "DROP TRIGGER decision_stays",
    "DROP TRIGGER sale_stays",
    "DELETE FROM decision WHERE sale_id > :upto",
    "DELETE FROM sale WHERE id > :upto",
    "DROP TRIGGER refund_gain_stays",
    "DROP TRIGGER refund_stays",
    "DELETE FROM refund_gain WHERE refund_id > :refunds_upto",
    "DELETE FROM refund WHERE id > :refunds_upto",
)
COUNTED_TO = "SELECT sale_id, refund_id FROM asking_state"


def remake(file: StoreFile, made: StoreFile, tell: Callable[[int, int], None]) -> None:
    """Rebuild the tables of `file` in `made`, a new file with empty tables, and compare them.

    Nobody may write to `file` meanwhile. Raises `Mismatch` at the first row that differs.
    """
    with file.reading() as conn:
        size = last(conn).seq
    with made.rebuilding() as conn, made.errors():
        conn.executemany(
            "INSERT INTO person (id, name) VALUES (?, ?)", file.conn.execute("SELECT id, name FROM person")
        )
        conn.executemany(
            "INSERT INTO till (id, name, series) VALUES (?, ?, ?)",
            file.conn.execute("SELECT id, name, series FROM till"),
        )
        conn.executemany(
            "INSERT INTO number_jump VALUES (?, ?, ?, ?, ?, ?)", file.conn.execute("SELECT * FROM number_jump")
        )
        chain = Chain(file, Head(0, b""))
        chain.begin()
        again = _Again(conn)
        while (raw := chain.read()).rows:
            for step in chain.follow(raw):
                again.act(Made(step, read_facts(step.facts)))
            tell(chain.seq, size)
        conn.execute(JUMPED)
    compare_tables(file, made, MADE_AGAIN)


def compare_schema(file: StoreFile, made: StoreFile) -> None:
    """Check that a file has the tables, indices, views and triggers of a new file, and no further trigger. Further
    views and indices are allowed. Raises `Mismatch`."""
    with file.reading() as conn, made.reading() as other:
        stored = {row[:2]: row[2] for row in conn.execute(SCHEMA)}
        wanted = {row[:2]: row[2] for row in other.execute(SCHEMA)}
    for kind, name in sorted(wanted.keys() | stored.keys()):
        if (kind, name) not in stored:
            raise found(FindingKind.LOST, "sqlite_schema", f"{kind} {name}")
        if (kind, name) not in wanted and kind == "trigger":
            raise found(FindingKind.INSERTED, "sqlite_schema", f"{kind} {name}")
        if stored[kind, name] != wanted.get((kind, name), stored[kind, name]):
            raise found(FindingKind.CHANGED, "sqlite_schema", f"{kind} {name}")


def only_counted(file: StoreFile, made: StoreFile) -> None:
    """Delete the sales and refunds from a rebuilt file that are not in the other file's sums yet."""
    with file.reading() as conn:
        upto, refunds_upto = conn.execute(COUNTED_TO).fetchone()
    with made.rebuilding() as conn:
        for sql in UNCOUNTED:
            conn.execute(sql, {"upto": upto, "refunds_upto": refunds_upto})


def compare_tables(file: StoreFile, made: StoreFile, tables: Mapping[str, str]) -> None:
    """Raise `Mismatch` at the first row that differs between the files."""
    for table, sql in tables.items():
        with file.reading() as conn, made.reading() as other:
            for row, again in zip_longest(conn.execute(sql), other.execute(sql)):
                if row != again:
                    raise found(FindingKind.CHANGED, table, " ".join(str(part) for part in (row or again)[:2]))


class _Again:
    """Applies acts to tables without foreign keys."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def act(self, made: Made) -> None:
        """Write everything that an act made true."""
        if made.step.moves_an_order:
            self._move(made)
        for again in self.FACTS:
            again(self, made)

    def _move(self, made: Made) -> None:
        row, order_id, state = made.step, made.order_id, state_of(made.told)
        body = HEAD_BODY.read(made.step.body)
        opened_us, opened_offset_s = instant_of(body.opened_at)
        before = self._conn.execute(HEAD_OF, {"order_id": order_id}).fetchone()
        values = {
            "order_id": order_id,
            "till": row.till,
            "state": state,
            "opened_us": opened_us,
            "opened_offset_s": opened_offset_s,
            "call_number": body.call_number,
            **_instant(made),
            "seq": row.seq,
            "head": None if before is None else before[0],
        }
        if before is None:
            self._conn.execute(BEGIN_ORDER, values)
        self._conn.execute(MOVE_ORDER, values)

    def _asked(self, made: Made) -> None:
        rows = [
            event_row(made.order_id, made.seq, number, asdict(event))
            for number, event in enumerate(made.told.asked or ())
        ]
        self._conn.executemany(ADD_EVENT, rows)

    def _tendered(self, made: Made) -> None:
        for tender in made.told.tendered or ():
            self._conn.execute(KEEP, tender_row(made.order_id, asdict(tender)))

    def _signed(self, made: Made) -> None:
        """Write signatures before their sale or return, as the act did: triggers refuse an unsigned one."""
        key, signed = made.told.signing_key, made.told.signed
        if key is not None:
            self._conn.execute(signatures.ADD_KEY, asdict(key))
        for one in signed or ():
            row = dict(zip(signatures.COLUMNS, values_of(made.till, one), strict=True))
            self._conn.execute(signatures.ADD, row)

    def _sold(self, made: Made) -> None:
        conn, sold = self._conn, made.told.sold
        if sold is None:
            return
        sale, till = SALE.read(text_of(sold.sale)), made.till
        sale_id = conn.execute(sales.ADD_SALE, sale_values(sale, till)).lastrowid or 0
        add_rows(conn, sale_id, sale)
        conn.execute(GIVE_NUMBER, {"series": sale.series, "number": sale.receipt_number})
        if sale.next_visit is not None:
            conn.execute(GIVE, given_values(sale, sale_id, sold.code))
        order = ORDER.read(made.step.body) if made.step.body else None
        off = next((discount for discount in sale.discounts if discount.id == NEXT_VISIT), None)
        if order is not None:
            keep_wordings(conn, order)
        if off is not None and order is not None and order.next_visit is not None:
            used = {"code": order.next_visit.code, "gain": order.next_visit.gain.minor, "given": off.amount.minor}
            conn.execute(REDEEM, {**used, "sale_id": sale_id, **instant_columns(sale.paid_at)})
        if not self._papers(made, sale_id, of_sale=True):
            owed = {"sale_id": sale_id, "till_id": till, **_instant(made), "code": ""}
            conn.execute(sales.OWE_RECEIPT, owed)
            if sale.kitchen_slip:
                conn.execute(sales.OWE_SLIP, owed)
        if made.told.copied is not None:
            conn.execute(ADD_COPY, {"order_id": made.order_id, **_told_at(made.told.copied)})

    def _written_off(self, made: Made) -> None:
        if not len(made.told.written_off):
            return
        conn, till = self._conn, made.till
        body = text_of(made.told.written_off)  # not encoded anew: older versions had fewer fields
        done = WRITE_OFF.read(body)
        values = {**write_offs.write_off_values(done, till), "body": body}
        number = conn.execute(write_offs.ADD, values).lastrowid or 0
        conn.executemany(write_offs.ADD_LINE, write_offs.write_off_lines(number, done))
        conn.execute(GIVE_WRITE_OFF_NUMBER, {"series": done.series, "number": done.number})
        if not self._papers(made, number, of_sale=False):
            for kind in ("receipt", *["kitchen_slip"] * done.kitchen_slip):
                owed = {"write_off_id": number, "kind": kind, "till_id": till, **_instant(made)}
                conn.execute(write_offs.OWE, owed)

    def _papers(self, made: Made, owner: int, *, of_sale: bool) -> bool:
        """Write the papers that a fact of an older file has; False if it has none."""
        for paper in made.told.papers or ():
            values = {"state": paper.state, "attempts": paper.attempts, "problem": paper.problem}
            places = {"owner": owner, "till": made.till, **_told_at(paper.changed_at)}
            self._conn.execute(OLD_PAPER[of_sale, paper.kind], {**values, **places})
        return made.told.papers is not None

    def _discarded(self, made: Made) -> None:
        told, act = made.told.discarded, made.told.act or ActTold()
        if told is None:
            return
        values = {
            "order_id": told.order_id,
            "till_id": made.till,
            "cashier": told.cashier,
            "reason": told.reason,
            **_instant(made),
            "business_day": told.day or act.day,
            "units": told.units,
            "total_minor": told.total.minor,
        }
        self._conn.execute(discards.ADD, values)
        if told.recalled_at is not None:
            self._conn.execute(BRING_BACK, {"order_id": told.order_id, **_told_at(told.recalled_at)})

    def _brought_back(self, made: Made) -> None:
        if made.told.brought_back is not None:
            self._conn.execute(BRING_BACK, {"order_id": made.told.brought_back.order_id, **_instant(made)})

    def _paper(self, made: Made) -> None:
        told = made.told.paper
        if told is None:
            return
        values = {"order": told.order, "state": told.state, "problem": told.problem, **_instant(made)}
        self._conn.execute(MARK[told.of_sale, told.kind], values)

    def _copy_reserved(self, made: Made) -> None:
        if made.told.copy_reserved is not None:
            self._conn.execute(ADD_COPY, {"order_id": made.told.copy_reserved.order_id, **_instant(made)})

    def _copy_released(self, made: Made) -> None:
        if made.told.copy_released is not None:
            self._conn.execute(DROP_COPY, {"order_id": made.told.copy_released.order_id})

    def _refunded(self, made: Made) -> None:
        if not len(made.told.refunded):
            return
        conn, body = self._conn, text_of(made.told.refunded)  # not encoded anew
        refund = REFUND.read(body)
        refund_id = add_refund(conn, refund, made.till, made.step.person, body)
        conn.execute(GIVE_REFUND_NUMBER, {"series": refund.series, "number": refund.number})
        conn.execute(OWE, {"refund_id": refund_id, "till_id": made.till, **_instant(made)})
        conn.execute(END, {"refund": refund.id, "till_id": made.till})

    def _refund_kept(self, made: Made) -> None:
        for told, is_dropped in ((made.told.refund_begun, False), (made.told.refund_dropped, True)):
            if len(told):
                body = text_of(told)
                keep(self._conn, REFUND.read(body), made.till, is_dropped=is_dropped, body=body)

    def _refund_papers(self, made: Made) -> None:
        told, at = made.told, _instant(made)
        if told.refund_paper is not None:
            self._conn.execute(MARK_REFUND, {**asdict(told.refund_paper), **at})
        if told.refund_copied is not None:
            self._conn.execute(ADD_REFUND_COPY, {**asdict(told.refund_copied), **at})
        if told.refund_copy_released is not None:
            self._conn.execute(DROP_REFUND_COPY, asdict(told.refund_copy_released))

    def _kitchen_ticket(self, made: Made) -> None:
        told = made.told.kitchen_ticket
        if told is None:
            return
        at = {"till_id": made.till, "at_us": made.step.at_us, "offset_s": made.step.offset_s}
        ticket_id = self._conn.execute(tickets.ADD, {**at, "body": text_of(told.ticket)}).lastrowid
        if told.has_paper:
            self._conn.execute(tickets.OWE, {**at, "ticket_id": ticket_id})

    def _kitchen_paper(self, made: Made) -> None:
        told = made.told.kitchen_paper
        if told is not None:
            at = {"at_us": made.step.at_us, "offset_s": made.step.offset_s}
            values = {"id": told.id, "state": told.state, "problem": told.problem}
            self._conn.execute(tickets.MARK, {**values, **at})

    def _kitchen_mark(self, made: Made) -> None:
        told = made.told.kitchen_mark
        if told is not None:
            at_us, offset_s = made.step.at_us, made.step.offset_s
            marks = mark_values(told.parts, at_us, offset_s, is_done=told.is_done)
            self._conn.executemany(ADD_MARK, marks)

    def _backed_up(self, made: Made) -> None:
        if made.told.backed_up is not None:
            self._conn.execute(ADD_BACKUP, {**asdict(made.told.backed_up), **_instant(made)})

    def _file_restored(self, made: Made) -> None:
        if made.told.file_restored is not None:
            self._conn.execute(ADD_RESTORED, {**asdict(made.told.file_restored), **_instant(made)})

    def _shift(self, made: Made) -> None:
        for sql, values in shift_rows(made):
            self._conn.execute(sql, values)
            if values.get("kind") == "z":
                self._conn.execute(GIVE_Z_NUMBER, values)

    FACTS: tuple[Callable[[_Again, Made], None], ...] = (
        _asked,
        _tendered,
        _signed,
        _sold,
        _written_off,
        _discarded,
        _brought_back,
        _paper,
        _copy_reserved,
        _copy_released,
        _refund_kept,
        _refunded,
        _refund_papers,
        _kitchen_ticket,
        _kitchen_paper,
        _kitchen_mark,
        _backed_up,
        _file_restored,
        _shift,
    )
    """How each fact is applied. Facts of settings, marks and attempts change nothing that is compared."""


def _instant(made: Made) -> dict[str, int]:
    return {"at_us": made.step.at_us, "offset_s": made.step.offset_s}


def _told_at(text: str) -> dict[str, int]:
    at_us, offset_s = instant_of(text)
    return {"at_us": at_us, "offset_s": offset_s}
