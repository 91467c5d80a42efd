"""Checks refunds: each against its act, unfinished ones and papers against the last act that mentions them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from pos.store.journal.journal import digest_of
from pos.store.refunds.refund_rows import refund_values, under_refund
from pos.store.refunds.refunds import REFUND
from pos.store.verifying.facts import RefundNamed, text_of
from pos.store.verifying.findings import FindingKind, found
from pos.store.verifying.numbers import Numbers
from pos.store.verifying.rows import LEAST, Made, Name, Values, check, check_beyond, compare

REFUNDS = """
    SELECT
        r.id, s.series, s.receipt_number, r.till_id, r.series, r.number, r.person, r.at_us, r.offset_s, r.business_day,
        r.reason, r.cash_reason, r.total_minor, r.goods_minor, r.tax_minor, r.rounding_minor, r.leaves_nothing,
        x.series, x.receipt_number, r.body
    FROM refund AS r JOIN sale AS s ON s.id = r.sale_id LEFT JOIN sale AS x ON x.id = r.exchange_id
    WHERE r.id > :after ORDER BY r.id LIMIT :most
"""
IS_REFUND = "SELECT 1 FROM refund WHERE series = :series AND number = :number"
# The columns of each table are in the order of `under_refund`.
UNDER = {
    "refund_line": """
        SELECT refund_id, number, quantity, gross_minor, discount_minor, total_minor, tax, tax_minor
        FROM refund_line WHERE refund_id > :after AND refund_id <= :upto
    """,
    "refund_line_tax": """
        SELECT refund_id, number, tax, net_minor, tax_minor
        FROM refund_line_tax WHERE refund_id > :after AND refund_id <= :upto
    """,
    "refund_line_deposit": """
        SELECT refund_id, number, price_minor, tax, tax_minor
        FROM refund_line_deposit WHERE refund_id > :after AND refund_id <= :upto
    """,
    "refund_tax": """
        SELECT refund_id, tax, net_minor, tax_minor
        FROM refund_tax WHERE refund_id > :after AND refund_id <= :upto
    """,
    "refund_tender": """
        SELECT refund_id, number, kind, amount_minor, handed_minor, rounding_minor
        FROM refund_tender WHERE refund_id > :after AND refund_id <= :upto
    """,
    "refund_gain": """
        SELECT g.refund_id, g.kind, g.kept, g.gain_minor, g.margin_minor
        FROM refund_gain AS g JOIN refund AS r ON r.id = g.refund_id AND r.sale_id = g.sale_id
        WHERE g.refund_id > :after AND g.refund_id <= :upto
    """,
}
KEYS = {"refund_line_tax": 3}
"""How many columns a table's key has, if not two."""

BEGUN = """
    SELECT begun.refund, sale.series, sale.receipt_number, begun.till_id, begun.state, begun.body
    FROM refund_begun AS begun LEFT JOIN sale ON sale.id = begun.sale_id
"""
PAPERS = """
    SELECT r.series, r.number, p.till_id, p.state, p.attempts, p.problem, p.at_us, p.offset_s
    FROM refund_paper AS p LEFT JOIN refund AS r ON r.id = p.refund_id
"""
COPIES = """
    SELECT r.series, r.number, c.at_us, c.offset_s FROM refund_copy AS c LEFT JOIN refund AS r ON r.id = c.refund_id
"""
BEYOND = (
    ("refund", "SELECT MAX(id) FROM refund"),
    ("refund_line", "SELECT MAX(refund_id) FROM refund_line"),
    ("refund_line_tax", "SELECT MAX(refund_id) FROM refund_line_tax"),
    ("refund_line_deposit", "SELECT MAX(refund_id) FROM refund_line_deposit"),
    ("refund_tax", "SELECT MAX(refund_id) FROM refund_tax"),
    ("refund_tender", "SELECT MAX(refund_id) FROM refund_tender"),
    ("refund_gain", "SELECT MAX(refund_id) FROM refund_gain"),
)


@dataclass(slots=True)
class Refunds:
    """The refunds that were checked, up to `last`."""

    numbers: Numbers
    last: int = 0
    begun: dict[str, tuple[Values, int]] = field(default_factory=dict)
    """By id, the expected row of each refund that was begun (with the digest of its body), and the last act's row."""
    ends: dict[int, str] = field(default_factory=dict)
    """By the act's row, the id of each checked refund that `change` has yet to mark as done."""
    papers: dict[Values, tuple[Values, int]] = field(default_factory=dict)
    copies: dict[Values, tuple[Values, int]] = field(default_factory=dict)

    def settle(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        """Compare the next refunds with their acts. Raises `Mismatch`."""
        if not made:
            return
        names: dict[object, Name] = {}
        told: dict[str, list[Values]] = {table: [] for table in UNDER}
        after = self.last or LEAST
        rows = conn.execute(REFUNDS, {"after": after, "most": len(made)}).fetchall()
        for place, entry in enumerate(made):
            text = text_of(entry.told.refunded)
            refund = REFUND.read(text)
            if place == len(rows):
                raise found(FindingKind.LOST, "refund", refund.name, entry.seq)
            number, *values = rows[place]
            if (values[3], values[4]) != (refund.series, refund.number):
                names_it = {"series": refund.series, "number": refund.number}
                if conn.execute(IS_REFUND, names_it).fetchone() is None:
                    raise found(FindingKind.LOST, "refund", refund.name, entry.seq)
                raise found(FindingKind.INSERTED, "refund", f"{values[3]}-{values[4]}")
            wanted = refund_values(refund, entry.till, entry.step.person, text)
            check(number == self.last + 1 and tuple(values) == (*wanted.values(),), "refund", refund.name, entry.seq)
            self.numbers.count(refund.series, refund.number, "refund", entry.seq)
            names[number], self.last = (refund.name, entry.seq), number
            for table, under in under_refund(number, refund).items():
                told[table].extend((*row.values(),) for row in under)
            at = entry.step.at_us, entry.step.offset_s
            self.papers[refund.series, refund.number] = (entry.till, "owed", 0, "", *at), entry.seq
            self.ends[entry.seq] = refund.id
        between = {"after": after, "upto": self.last}
        for table, sql in UNDER.items():
            stored = conn.execute(sql, between)
            compare(table, KEYS.get(table, 2), told[table], stored, lambda key: names.get(key[0], (str(key[0]), None)))

    def change(self, made: Made) -> None:
        """Apply what an act says of an unfinished refund or of a paper."""
        told, done = made.told, self.ends.pop(made.seq, "")
        if done in self.begun:
            (series, number, _, _, digest), _ = self.begun[done]
            self.begun[done] = (series, number, made.till, "done", digest), made.seq
        for state, text in (("open", told.refund_begun), ("dropped", told.refund_dropped)):
            if len(text):
                body = text_of(text)
                refund = REFUND.read(body)
                values = (refund.of.series, refund.of.number, made.till, state, digest_of(body))
                self.begun[refund.id] = values, made.seq
        at = made.step.at_us, made.step.offset_s
        paper = told.refund_paper
        if paper is not None:
            key = paper.series, paper.number
            (till, _, attempts, *_), _ = self.papers.get(key, ((made.till, "", 0), 0))
            tried = int(str(attempts)) + (paper.state == "printing")
            self.papers[key] = (till, paper.state, tried, paper.problem, *at), made.seq
        if told.refund_copied is not None:
            self.copies[_key(told.refund_copied)] = at, made.seq
        if told.refund_copy_released is not None:
            self.copies.pop(_key(told.refund_copy_released), None)

    def end(self, conn: sqlite3.Connection) -> None:
        """Check that there is nothing more, and that unfinished refunds and papers have their last state. Raises
        `Mismatch`."""
        check_beyond(conn, self.last, BEYOND)
        begun = [(*row[:-1], digest_of(row[-1])) for row in conn.execute(BEGUN)]
        told = [(refund, *values) for refund, (values, _) in self.begun.items()]
        compare("refund_begun", 1, told, begun, lambda key: (str(key[0]), self.begun.get(str(key[0]), ((), None))[1]))
        for table, sql, known in (("refund_paper", PAPERS, self.papers), ("refund_copy", COPIES, self.copies)):
            rows = [(*key, *values) for key, (values, _) in known.items()]
            compare(table, 2, rows, conn.execute(sql), lambda key: (f"{key[0]}-{key[1]}", None))


def _key(told: RefundNamed) -> Values:
    return told.series, told.number
