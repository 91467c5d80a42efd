"""The offer ledger in the file: the events of offers, and their outcomes for reports and learning."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from pos.domain.money import Money
from pos.domain.order.questions import OfferKind, Outcome, Reason
from pos.domain.sale.ledger import EventName, LedgerRow, OfferEvent
from pos.domain.value import value
from pos.store.file.codec import from_instant, from_instant_or_none, instant_of, to_seconds, to_text
from pos.store.file.connection import StoreFile, named_rows

SLICE = 500
"""Sales read at a time. No till can commit while a slice is being read."""

ROWS = """
    SELECT
        s.id, s.paid_unix, orders.order_id, s.paid_us, s.paid_offset_s, s.till, COALESCE(person.name, '') AS cashier,
        s.goods_minor AS total_minor,
        d.kind, d.outcome, d.reason, d.offer_id, d.offered, d.units, d.count, d.kept, d.gain_minor,
        d.shown_us, d.shown_offset_s, d.answered_us, d.answered_offset_s, d.phrase, d.spoken_words, d.propensity,
        d.margin_minor, d.order_minor, d.wording, d.second, d.answer_ms
    FROM (
        SELECT id, paid_unix, order_key, paid_us, paid_offset_s, till, person, goods_minor FROM sale
        WHERE (paid_unix, id) > (:paid_unix, :id) ORDER BY paid_unix, id LIMIT :slice
    ) AS s
    JOIN orders ON orders.order_key = s.order_key
    LEFT JOIN person ON person.id = s.person
    JOIN decision_kept AS d ON d.sale_id = s.id
    ORDER BY s.paid_unix, s.id, d.kind DESC
"""
ROWS_AFTER = """
    SELECT
        s.id, s.paid_unix, orders.order_id, s.paid_us, s.paid_offset_s, s.till, COALESCE(person.name, '') AS cashier,
        s.goods_minor AS total_minor,
        d.kind, d.outcome, d.reason, d.offer_id, d.offered, d.units, d.count, d.kept, d.gain_minor,
        d.shown_us, d.shown_offset_s, d.answered_us, d.answered_offset_s, d.phrase, d.spoken_words, d.propensity,
        d.margin_minor, d.order_minor, d.wording, d.second, d.answer_ms
    FROM (
        SELECT id, paid_unix, order_key, paid_us, paid_offset_s, till, person, goods_minor FROM sale
        WHERE id > :id ORDER BY id LIMIT :slice
    ) AS s
    JOIN orders ON orders.order_key = s.order_key
    LEFT JOIN person ON person.id = s.person
    JOIN decision_kept AS d ON d.sale_id = s.id
    ORDER BY s.id, d.kind DESC
"""
EVENTS = """
    SELECT name, kind, offer_id, at_us, offset_s, outcome, reason, count, units
    FROM offer_event WHERE order_key = (SELECT order_key FROM orders WHERE order_id = :order_id) ORDER BY seq, number
"""

ADD_EVENT = """
    INSERT INTO offer_event (
        order_key, seq, number, name, kind, offer_id, at_us, offset_s, outcome, reason, count, units
    )
    VALUES (
        (SELECT order_key FROM orders WHERE order_id = :order_id), :seq, :number, :name, :kind, :offer_id,
        :at_us, :offset_s, :outcome, :reason, :count, :units
    )
"""

Cell: TypeAlias = str | int | None

EVENT_COLUMNS = ("name", "kind", "offer_id", "at", "outcome", "reason", "count", "units")


def add_events(conn: sqlite3.Connection, order_id: str, seq: int, events: Sequence[OfferEvent]) -> None:
    """Write an act's events of an order's offers, inside its transaction; `seq` is the act's row."""
    if events:
        rows = [event_row(order_id, seq, number, _told(event)) for number, event in enumerate(events)]
        conn.executemany(ADD_EVENT, rows)


def event_row(order_id: str, seq: int, number: int, told: Mapping[str, Cell]) -> dict[str, Cell]:
    """The row of an event in a fact; `number` is its place in the act."""
    at_us, offset_s = instant_of(str(told["at"]))
    return {**told, "order_id": order_id, "seq": seq, "number": number, "at_us": at_us, "offset_s": offset_s}


def told_events(events: Sequence[OfferEvent]) -> list[object]:
    """The fact with the events of an act, or none."""
    return [{"asked": [_told(event) for event in events]}] if events else []


def _told(event: OfferEvent) -> dict[str, Cell]:
    values = (
        event.name,
        event.kind,
        event.offer_id,
        to_text(event.at),
        event.outcome,
        event.reason,
        event.count,
        event.units,
    )
    return dict(zip(EVENT_COLUMNS, values, strict=True))


@value
class LedgerEntry:
    """The outcome of one kind of offer, with its sale; `total` is the price of its goods, before cash rounding."""

    order_id: str
    paid_at: datetime
    till: str
    cashier: str
    total: Money
    row: LedgerRow


class LedgerStore:
    """The offer ledger of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def rows(self, since: datetime | None = None) -> Iterator[LedgerEntry]:
        """Two entries for every sale paid at or after a time, in the order of payment, the up-sell first.

        Read in slices, so that tills can sell meanwhile.
        """
        paid_unix, sale_id = (-1 if since is None else to_seconds(since)), -1
        while True:
            values = {"paid_unix": paid_unix, "id": sale_id, "slice": SLICE}
            with self._file.reading() as conn:
                rows = named_rows(conn, ROWS, values)
            if not rows:
                return
            with self._file.errors():
                entries = [_entry(row) for row in rows]
            yield from (entry for entry in entries if since is None or entry.paid_at >= since)
            sale_id, paid_unix = rows[-1]["id"], rows[-1]["paid_unix"]

    def rows_after(self, sale_id: int) -> Iterator[LedgerEntry]:
        """Two entries for every sale after one, in the order in which they were stored, whatever the clock showed."""
        while True:
            with self._file.reading() as conn:
                rows = named_rows(conn, ROWS_AFTER, {"id": sale_id, "slice": SLICE})
            if not rows:
                return
            with self._file.errors():
                entries = [_entry(row) for row in rows]
            yield from entries
            sale_id = rows[-1]["id"]

    def events(self, order_id: str) -> tuple[OfferEvent, ...]:
        """Every event of an order's offers, in order."""
        with self._file.reading() as conn:
            return tuple(_event(row) for row in named_rows(conn, EVENTS, {"order_id": order_id}))


def _entry(row: sqlite3.Row) -> LedgerEntry:
    return LedgerEntry(
        row["order_id"],
        from_instant(row["paid_us"], row["paid_offset_s"]),
        row["till"],
        row["cashier"],
        Money(row["total_minor"]),
        _row(row),
    )


def _row(row: sqlite3.Row) -> LedgerRow:
    return LedgerRow(
        OfferKind(row["kind"]),
        Outcome(row["outcome"]),
        _reason(row["reason"]),
        row["offer_id"],
        row["offered"],
        row["units"],
        row["count"],
        row["kept"],
        Money(row["gain_minor"]),
        from_instant_or_none(row["shown_us"], row["shown_offset_s"]),
        from_instant_or_none(row["answered_us"], row["answered_offset_s"]),
        row["phrase"],
        row["spoken_words"],
        row["propensity"],
        Money(row["margin_minor"]),
        None if row["order_minor"] is None else Money(row["order_minor"]),
        row["wording"],
        bool(row["second"]),
        row["answer_ms"],
    )


def _event(row: sqlite3.Row) -> OfferEvent:
    return OfferEvent(
        EventName(row["name"]),
        OfferKind(row["kind"]),
        row["offer_id"],
        from_instant(row["at_us"], row["offset_s"]),
        None if row["outcome"] is None else Outcome(row["outcome"]),
        _reason(row["reason"]),
        row["count"],
        row["units"],
    )


def _reason(text: str | None) -> Reason | None:
    return None if text is None else Reason(text)
