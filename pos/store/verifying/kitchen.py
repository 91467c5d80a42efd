"""Checks what the kitchen was told and what it said: tickets, their papers and the marks, each against its act."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from pos.store.kitchen.kitchen import mark_values
from pos.store.verifying.facts import TicketPaperTold, text_of
from pos.store.verifying.findings import FindingKind, found
from pos.store.verifying.papers import PaperSoFar
from pos.store.verifying.rows import LEAST, Made, Name, Values, check_beyond, compare

TICKETS = """
    SELECT id, till_id, at_us, offset_s, body FROM kitchen_ticket WHERE id > :after ORDER BY id LIMIT :most
"""
PAPERS = "SELECT ticket_id, till_id FROM kitchen_paper WHERE ticket_id > :after AND ticket_id <= :upto"
PAPER = "SELECT state, attempts, problem, at_us, offset_s FROM kitchen_paper WHERE ticket_id = :id"
MARKS = """
    SELECT id, sale_id, write_off_id, ticket_id, is_done, at_us, offset_s FROM kitchen_mark
    WHERE id > :after ORDER BY id LIMIT :most
"""
BEYOND_TICKETS = (
    ("kitchen_ticket", "SELECT MAX(id) FROM kitchen_ticket"),
    ("kitchen_paper", "SELECT MAX(ticket_id) FROM kitchen_paper"),
)
BEYOND_MARKS = (("kitchen_mark", "SELECT MAX(id) FROM kitchen_mark"),)


@dataclass(slots=True)
class Kitchen:
    """The tickets and marks that were checked, each up to the last one."""

    started_at: int
    """The journal's last row when the verification began. Tills may have written later rows meanwhile."""
    last_ticket: int = 0
    last_mark: int = 0
    waiting: dict[int, PaperSoFar] = field(default_factory=dict)
    """By ticket, a paper that does not yet have the state that the file says."""

    def settle(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        """Compare the next tickets, papers and marks with their acts. Raises `Mismatch`."""
        self._tickets(conn, made)
        self._marks(conn, made)
        for entry in made:
            if entry.told.kitchen_paper is not None:
                self._change(entry, entry.told.kitchen_paper)
        self._look(conn)

    def _tickets(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        after, names = self.last_ticket, dict[object, Name]()
        tickets: list[Values] = []
        papers: list[Values] = []
        for entry in made:
            told = entry.told.kitchen_ticket
            if told is None:
                continue
            self.last_ticket += 1
            tickets.append((self.last_ticket, entry.till, *entry.at, text_of(told.ticket)))
            names[self.last_ticket] = (str(self.last_ticket), entry.seq)
            if told.has_paper:
                papers.append((self.last_ticket, entry.till))
                self.waiting[self.last_ticket] = PaperSoFar(self.last_ticket, "owed", 0, "", entry.at, entry.seq)
        if not tickets:
            return
        stored = conn.execute(TICKETS, {"after": after or LEAST, "most": len(tickets)})
        compare("kitchen_ticket", 1, tickets, stored, lambda key: names.get(key[0], (str(key[0]), None)))
        stored = conn.execute(PAPERS, {"after": after or LEAST, "upto": self.last_ticket})
        compare("kitchen_paper", 1, papers, stored, lambda key: names.get(key[0], (str(key[0]), None)))

    def _marks(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        after, names = self.last_mark, dict[object, Name]()
        marks: list[Values] = []
        for entry in made:
            told = entry.told.kitchen_mark
            for mark in mark_values(told.parts, *entry.at, is_done=told.is_done) if told is not None else ():
                self.last_mark += 1
                marks.append((self.last_mark, *mark.values()))
                names[self.last_mark] = (str(self.last_mark), entry.seq)
        if marks:
            stored = conn.execute(MARKS, {"after": after or LEAST, "most": len(marks)})
            compare("kitchen_mark", 1, marks, stored, lambda key: names.get(key[0], (str(key[0]), None)))

    def _change(self, made: Made, told: TicketPaperTold) -> None:
        """Apply the new state of a paper. Raises `Mismatch` if the file still has the state before this act."""
        paper = self.waiting.get(told.id)
        if paper is not None:
            paper.state, paper.problem, paper.changed_at, paper.row = told.state, told.problem, made.at, made.seq
            paper.attempts += told.state == "printing"
        elif made.seq <= self.started_at:
            raise found(FindingKind.CHANGED, "kitchen_paper", told.id, made.seq)

    def _look(self, conn: sqlite3.Connection, *, at_the_end: bool = False) -> None:
        """Stop waiting for what the file has as the acts say. At the end, raises `Mismatch` for the rest."""
        for ticket, paper in [*self.waiting.items()]:
            if conn.execute(PAPER, {"id": ticket}).fetchone() == paper.values:
                del self.waiting[ticket]
            elif at_the_end:
                raise found(FindingKind.CHANGED, "kitchen_paper", ticket, paper.row)

    def end(self, conn: sqlite3.Connection) -> None:
        """Check that there is nothing more. Raises `Mismatch`."""
        self._look(conn, at_the_end=True)
        check_beyond(conn, self.last_ticket, BEYOND_TICKETS)
        check_beyond(conn, self.last_mark, BEYOND_MARKS)
