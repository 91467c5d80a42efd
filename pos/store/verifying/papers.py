"""Checks the papers and copies of finished orders: whether each has the state that the acts say."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from pos.store.file.codec import instant_of
from pos.store.verifying.findings import FindingKind, found
from pos.store.verifying.rows import Made, Values, compare

PAPERS_OF_SALES = """
    SELECT sale_id, 'receipt', till_id, state, attempts, problem, at_us, offset_s
    FROM receipt WHERE sale_id > :after AND sale_id <= :upto
    UNION ALL
    SELECT sale_id, 'kitchen_slip', till_id, state, attempts, problem, at_us, offset_s
    FROM kitchen_slip WHERE sale_id > :after AND sale_id <= :upto
"""
PAPERS_OF_WRITE_OFFS = """
    SELECT write_off_id, kind, till_id, state, attempts, problem, at_us, offset_s
    FROM write_off_paper WHERE write_off_id > :after AND write_off_id <= :upto
"""
COPIES = """
    SELECT orders.order_id FROM receipt_copy AS copy
    JOIN sale ON sale.id = copy.sale_id
    JOIN orders ON orders.order_key = sale.order_key
    WHERE copy.sale_id > :after AND copy.sale_id <= :upto
"""
COPY_OF = """
    SELECT at_us, offset_s FROM receipt_copy
    WHERE sale_id = (SELECT id FROM orders JOIN sale USING (order_key) WHERE order_id = :order_id)
"""
STATE = {
    (True, "receipt"): "SELECT state, attempts, problem, at_us, offset_s FROM receipt WHERE sale_id = :id",
    (True, "kitchen_slip"): "SELECT state, attempts, problem, at_us, offset_s FROM kitchen_slip WHERE sale_id = :id",
    (False, "receipt"): """
        SELECT state, attempts, problem, at_us, offset_s FROM write_off_paper
        WHERE write_off_id = :id AND kind = 'receipt'
    """,
    (False, "kitchen_slip"): """
        SELECT state, attempts, problem, at_us, offset_s FROM write_off_paper
        WHERE write_off_id = :id AND kind = 'kitchen_slip'
    """,
}
OF_SALES = ("receipt", PAPERS_OF_SALES)
OF_WRITE_OFFS = ("write_off_paper", PAPERS_OF_WRITE_OFFS)


@dataclass(slots=True)
class PaperSoFar:
    """The state of a paper after the acts read so far; `row` is the last of them."""

    owner: int
    state: str
    attempts: int
    problem: str
    changed_at: tuple[int, int]
    row: int

    @property
    def values(self) -> Values:
        return self.state, self.attempts, self.problem, *self.changed_at


@dataclass(slots=True)
class Papers:
    """The papers and copies that do not yet have the state that the file says."""

    started_at: int
    """The journal's last row when the verification began. Tills may have written later rows meanwhile."""
    waiting: dict[tuple[bool, str, str], PaperSoFar] = field(default_factory=dict)
    copies: dict[str, tuple[tuple[int, int] | None, int]] = field(default_factory=dict)
    unexplained: set[str] = field(default_factory=set)
    """Copies in the file that no act has mentioned so far."""
    read: dict[tuple[bool, str, int], Values] = field(default_factory=dict)
    """The stored state of the papers of this slice."""
    owed: list[Values] = field(default_factory=list)
    """The papers that the finished orders of this slice should have."""

    def owe(self, made: Made, owner: int, *, of_sale: bool, has_slip: bool) -> None:
        """Add the papers of a finished order: owed, or in the state that an older file had them."""
        papers = [
            (kind, PaperSoFar(owner, "owed", 0, "", made.at, made.seq))
            for kind in ("receipt", *["kitchen_slip"] * has_slip)
        ]
        if made.told.papers is not None:
            papers = [
                (
                    old.kind,
                    PaperSoFar(owner, old.state, old.attempts, old.problem, instant_of(old.changed_at), made.seq),
                )
                for old in made.told.papers
            ]
        for kind, paper in papers:
            self.owed.append((owner, kind, made.till))
            self.waiting[of_sale, kind, made.order_id] = paper
        if made.told.copied is not None:
            self.copies[made.order_id] = (instant_of(made.told.copied), made.seq)

    def check_owed(self, conn: sqlite3.Connection, of: tuple[str, str], after: int, upto: int) -> None:
        """Check that the finished orders of a slice have the papers that they should. Raises `Mismatch`."""
        table, sql = of
        owed, self.owed = self.owed, []
        between = {"after": after, "upto": upto}
        rows = conn.execute(sql, between).fetchall()
        compare(table, 2, owed, [row[:3] for row in rows], lambda key: (str(key[0]), None))
        self.read.update(((of is OF_SALES, row[1], row[0]), row[3:]) for row in rows)
        if of is OF_SALES:
            self.unexplained.update(order_id for (order_id,) in conn.execute(COPIES, between))

    def change(self, made: Made) -> None:
        """Apply what an act says of a paper. Raises `Mismatch` if the file still has the state before this act."""
        told = made.told.paper
        if told is not None:
            paper = self.waiting.get((told.of_sale, told.kind, told.order))
            if paper is not None:
                paper.state, paper.problem, paper.changed_at, paper.row = told.state, told.problem, made.at, made.seq
                paper.attempts += told.state == "printing"
            elif made.seq <= self.started_at:
                raise found(FindingKind.CHANGED, _table(of_sale=told.of_sale, kind=told.kind), told.order, made.seq)
        if made.told.copy_reserved is not None:
            self.copies[made.told.copy_reserved.order_id] = (made.at, made.seq)
        if made.told.copy_released is not None:
            self.copies[made.told.copy_released.order_id] = (None, made.seq)

    def settle(self, conn: sqlite3.Connection, *, at_the_end: bool = False) -> None:
        """Stop waiting for what the file has as the acts say. At the end, raises `Mismatch` for the rest."""
        self._settle_papers(conn, at_the_end=at_the_end)
        self._settle_copies(conn, at_the_end=at_the_end)
        self.read = {}

    def _settle_papers(self, conn: sqlite3.Connection, *, at_the_end: bool) -> None:
        for key, paper in [*self.waiting.items()]:
            of_sale, kind, order_id = key
            row = self.read.get((of_sale, kind, paper.owner))
            if row is None:
                row = conn.execute(STATE[of_sale, kind], {"id": paper.owner}).fetchone()
            if row == paper.values:
                del self.waiting[key]
            elif at_the_end:
                raise found(FindingKind.CHANGED, _table(of_sale=of_sale, kind=kind), order_id, paper.row)

    def _settle_copies(self, conn: sqlite3.Connection, *, at_the_end: bool) -> None:
        for order_id, (at, row) in [*self.copies.items()]:
            if conn.execute(COPY_OF, {"order_id": order_id}).fetchone() == at:
                del self.copies[order_id]
                self.unexplained.discard(order_id)
            elif at_the_end:
                raise found(FindingKind.CHANGED, "receipt_copy", order_id, row)
        if at_the_end:
            for order_id in self.unexplained:
                raise found(FindingKind.INSERTED, "receipt_copy", order_id)


def _table(*, of_sale: bool, kind: str) -> str:
    return kind if of_sale else "write_off_paper"
