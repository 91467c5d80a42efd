"""Tickets sent to the kitchen before payment, corrections of them, and the state of their papers."""

from __future__ import annotations

import sqlite3

from pos.domain.sale.sale import ReceiptState
from pos.domain.sale.tickets import OwedTicket, Ticket
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import Json, instant_columns, to_json
from pos.store.file.connection import Unreadable

TICKET = Json(Ticket)

ADD = """
    INSERT INTO kitchen_ticket (till_id, at_us, offset_s, body) VALUES (:till_id, :at_us, :offset_s, :body)
"""
OWE = """
    INSERT INTO kitchen_paper (ticket_id, till_id, state, at_us, offset_s)
    VALUES (:ticket_id, :till_id, 'owed', :at_us, :offset_s)
"""
OWED = """
    SELECT ticket.id, ticket.body, paper.state
    FROM kitchen_paper AS paper JOIN kitchen_ticket AS ticket ON ticket.id = paper.ticket_id
    WHERE paper.till_id = :till_id AND paper.state <> 'printed'
    ORDER BY ticket.id
"""
STATE = "SELECT state FROM kitchen_paper WHERE ticket_id = :id"
MARK = """
    UPDATE kitchen_paper
    SET state = :state, problem = :problem, at_us = :at_us, offset_s = :offset_s,
        attempts = attempts + (:state = 'printing')
    WHERE ticket_id = :id
"""


@value
class TicketSent:
    """A ticket was sent before payment, or a correction. With `has_paper` a printer owes it."""

    ticket: Ticket
    has_paper: bool

    @property
    def order_id(self) -> str:
        """The order of the ticket."""
        return self.ticket.order_id

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Write it down, and what is owed."""
        values = {"till_id": act.till, **instant_columns(act.at)}
        ticket_id = conn.execute(ADD, {**values, "body": to_json(self.ticket)}).lastrowid
        if self.has_paper:
            conn.execute(OWE, {**values, "ticket_id": ticket_id})

    def told(self) -> object:
        return {"kitchen_ticket": {"ticket": self.ticket, "has_paper": self.has_paper}}


@value
class TicketMarked:
    """The state of a ticket's paper changed; `problem` is what the printer said."""

    owed: OwedTicket
    state: ReceiptState
    problem: str = ""

    @property
    def order_id(self) -> str:
        """The order of the ticket."""
        return self.owed.ticket.order_id

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Raises `Unreadable` for a ticket without a paper."""
        values = {"id": self.owed.id, "state": self.state, "problem": self.problem}
        if not conn.execute(MARK, {**values, **instant_columns(act.at)}).rowcount:
            raise Unreadable(f"the paper of kitchen ticket {self.owed.id}")

    def told(self) -> object:
        return {"kitchen_paper": {"id": self.owed.id, "state": self.state, "problem": self.problem}}


def owed_tickets(conn: sqlite3.Connection, till_id: int) -> tuple[OwedTicket, ...]:
    """The till's tickets that are not known to be printed, the oldest first."""
    return tuple(
        OwedTicket(ticket_id, TICKET.read(body), ReceiptState(state))
        for ticket_id, body, state in conn.execute(OWED, {"till_id": till_id}).fetchall()
    )


def paper_state(conn: sqlite3.Connection, ticket_id: int) -> ReceiptState | None:
    """The state of a ticket's paper; None if it has none."""
    row = conn.execute(STATE, {"id": ticket_id}).fetchone()
    return None if row is None else ReceiptState(row[0])
