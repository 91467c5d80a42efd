"""Daily sums of the offer ledger: read quickly for reports, and brought up to date from new sales."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pos.domain.sale.ledger import KindFacts, LostFacts, RefundFacts, SaleFacts
from pos.store.file.connection import StoreFile

Number: TypeAlias = int | float
KindKey: TypeAlias = tuple[str, str, str, str]
"""Day, cut, name, kind."""

OrderKey: TypeAlias = tuple[str, str, str]
"""Day, cut, name."""

WordingRow: TypeAlias = tuple[str, str, int, int, int, int, float]
"""Offer and wording (`meal:1|0a1b2c3d4e`), kind and day; shown, accepted, answered, milliseconds, and their squares."""

PAGE = 500
"""Sales read at a time: some milliseconds, in which no till can commit."""

NEW_SALES = """
    SELECT
        s.id, (s.paid_us / 1000000 + s.paid_offset_s) / 60 % 1440, s.business_day, COALESCE(person.name, ''),
        s.goods_minor, s.channel,
        u.outcome, u.reason, u.offer_id, u.kept, u.gain_minor, u.margin_minor, u.shown_us, u.answered_us, u.phrase,
        u.spoken_words, u.order_minor, u.wording, u.second, u.answer_ms,
        c.outcome, c.reason, c.offer_id, c.kept, c.gain_minor, c.margin_minor, c.shown_us, c.answered_us, c.phrase,
        c.spoken_words, c.order_minor, c.wording, c.second, c.answer_ms
    FROM (
        SELECT id, paid_us, paid_offset_s, business_day, person, goods_minor, channel
        FROM sale WHERE id > :after ORDER BY id LIMIT :slice
    ) AS s
    LEFT JOIN person ON person.id = s.person
    CROSS JOIN decision AS u ON u.sale_id = s.id AND u.kind = 'upsell'
    CROSS JOIN decision AS c ON c.sale_id = s.id AND c.kind = 'cross_sell'
    ORDER BY s.id
"""
NEW_REFUNDS = """
    SELECT id, sale_id, goods_minor FROM refund
    WHERE id > (SELECT refund_id FROM asking_state) AND sale_id <= (SELECT sale_id FROM asking_state)
        AND NOT EXISTS (
            SELECT 1 FROM refund AS earlier
            WHERE earlier.id > (SELECT refund_id FROM asking_state) AND earlier.id <= refund.id
                AND earlier.sale_id > (SELECT sale_id FROM asking_state)
        )
    ORDER BY id LIMIT :slice
"""
REFUNDED_BEFORE = """
    SELECT TOTAL(goods_minor) FROM refund WHERE sale_id = :sale_id AND id < :id
"""
LOST = """
    SELECT kind, SUM(kept), SUM(gain_minor), SUM(margin_minor) FROM refund_gain
    WHERE sale_id = :sale_id AND refund_id < :before GROUP BY kind
"""
COUNT_REFUNDS_TO = "UPDATE asking_state SET refund_id = :to WHERE refund_id = :after"
REFUNDS_COUNTED_TO = "SELECT refund_id FROM asking_state"
COUNTED_TO = "SELECT sale_id FROM asking_state"
LAST_SALE = "SELECT COALESCE(MAX(id), 0) FROM sale"
COUNT_TO = "UPDATE asking_state SET sale_id = :to WHERE sale_id = :after"
ADD_KIND = """
    INSERT INTO asking_sum VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (cut, day, name, kind) DO UPDATE SET
        shown = shown + excluded.shown, not_asked = not_asked + excluded.not_asked,
        too_fast = too_fast + excluded.too_fast, accepted = accepted + excluded.accepted,
        not_applicable = not_applicable + excluded.not_applicable, gain_minor = gain_minor + excluded.gain_minor,
        gain_squared = gain_squared + excluded.gain_squared, margin_minor = margin_minor + excluded.margin_minor,
        answered = answered + excluded.answered, answer_ms = answer_ms + excluded.answer_ms,
        answer_ms_squared = answer_ms_squared + excluded.answer_ms_squared,
        could_leave = could_leave + excluded.could_leave, leave = leave + excluded.leave
"""
ADD_ORDER = """
    INSERT INTO order_sum VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (cut, day, name) DO UPDATE SET
        orders = orders + excluded.orders, eligible = eligible + excluded.eligible,
        total_minor = total_minor + excluded.total_minor, total_squared = total_squared + excluded.total_squared,
        gain_minor = gain_minor + excluded.gain_minor, gain_squared = gain_squared + excluded.gain_squared,
        total_times_gain = total_times_gain + excluded.total_times_gain,
        could_leave_both = could_leave_both + excluded.could_leave_both, leave_both = leave_both + excluded.leave_both,
        size_known = size_known + excluded.size_known, grown = grown + excluded.grown
"""
KIND_ROWS = """
    SELECT
        cut, name, kind, SUM(shown), SUM(not_asked), SUM(too_fast), SUM(accepted), SUM(not_applicable), SUM(gain_minor),
        SUM(gain_squared), SUM(margin_minor), SUM(answered), SUM(answer_ms), SUM(answer_ms_squared), SUM(could_leave),
        SUM(leave)
    FROM asking_sum WHERE cut = :cut AND day BETWEEN :since AND :until GROUP BY name, kind ORDER BY name, kind DESC
"""
ORDER_ROWS = """
    SELECT
        cut, name, SUM(orders), SUM(eligible), SUM(total_minor), SUM(total_squared), SUM(gain_minor), SUM(gain_squared),
        SUM(total_times_gain), SUM(could_leave_both), SUM(leave_both), SUM(size_known), SUM(grown)
    FROM order_sum WHERE cut = :cut AND day BETWEEN :since AND :until GROUP BY name ORDER BY name
"""
DAY_ROWS = """
    SELECT
        day, name, orders, eligible, total_minor, total_squared, gain_minor, gain_squared, total_times_gain,
        could_leave_both, leave_both, size_known, grown
    FROM order_sum WHERE cut = :cut AND day BETWEEN :since AND :until ORDER BY day, name
"""
WORDING_SPANS = """
    SELECT name, MIN(day), MAX(day) FROM asking_sum
    WHERE cut = 'wording' AND day BETWEEN :since AND :until AND shown > 0 GROUP BY name
"""
WORDING_ROWS = """
    SELECT name, kind, SUM(shown), SUM(accepted), SUM(answered), SUM(answer_ms), SUM(answer_ms_squared)
    FROM asking_sum WHERE cut = 'wording' AND day BETWEEN :since AND :until AND shown > 0 GROUP BY name, kind
"""
ANSWERS = """
    SELECT name, kind, MAX(day), SUM(accepted), SUM(shown - not_asked - too_fast)
    FROM asking_sum WHERE cut = 'part' AND day >= :since
    GROUP BY name, kind, CAST(julianday(day) / 7 AS INTEGER) ORDER BY name
"""
OFFERED = "SELECT offered FROM pairing WHERE id = :id"
TRIGGER = "SELECT trigger_kind, trigger_id FROM pairing WHERE id = :id"
FORGET = ("DELETE FROM asking_sum", "DELETE FROM order_sum", "UPDATE asking_state SET sale_id = 0, refund_id = 0")


class AskingSums:
    """The kept sums of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def new_sales(self, slice_: int) -> Sequence[SaleFacts]:
        """The oldest sales that are not counted yet, at most `slice_`; empty when all are counted."""
        found, after = list[SaleFacts](), self.counted_to()
        while len(found) < slice_:
            with self._file.reading() as conn:
                page = _sales_after(conn, after, min(PAGE, slice_ - len(found)))
            if not page:
                break
            found += page
            after = page[-1].id
        return found

    def new_refunds(self, slice_: int) -> list[RefundFacts]:
        """The oldest refunds that are not counted yet and whose sales are, at most `slice_`."""
        with self._file.reading() as conn:
            rows = conn.execute(NEW_REFUNDS, {"slice": min(PAGE, slice_)}).fetchall()
            return [_refund(conn, *row) for row in rows]

    def counted_to(self) -> int:
        """The number of the last sale that is in the sums."""
        with self._file.reading() as conn:
            return int(conn.execute(COUNTED_TO).fetchone()[0])

    def last_sale(self) -> int:
        """The number of the latest sale; 0 when nothing has been sold."""
        with self._file.reading() as conn:
            return int(conn.execute(LAST_SALE).fetchone()[0])

    def add(
        self,
        after: int,
        to: int,
        kinds: Mapping[KindKey, Sequence[Number]],
        orders: Mapping[OrderKey, Sequence[Number]],
    ) -> bool:
        """Add the sums of the sales after one number, up to another: all or nothing.

        Returns False, and adds nothing, if somebody else has counted them meanwhile.
        """
        return self._add(COUNT_TO, after, to, kinds, orders)

    def _add(
        self,
        count_to: str,
        after: int,
        to: int,
        kinds: Mapping[KindKey, Sequence[Number]],
        orders: Mapping[OrderKey, Sequence[Number]],
    ) -> bool:
        with self._file.writing() as conn:
            if not conn.execute(count_to, {"after": after, "to": to}).rowcount:
                return False
            conn.executemany(ADD_KIND, [(*key, *sums) for key, sums in kinds.items()])
            conn.executemany(ADD_ORDER, [(*key, *sums) for key, sums in orders.items()])
        return True

    def refunds_counted_to(self) -> int:
        """The number of the last refund that is in the sums."""
        with self._file.reading() as conn:
            return int(conn.execute(REFUNDS_COUNTED_TO).fetchone()[0])

    def add_refunds(
        self,
        after: int,
        to: int,
        kinds: Mapping[KindKey, Sequence[Number]],
        orders: Mapping[OrderKey, Sequence[Number]],
    ) -> bool:
        """The same for the refunds after one number, up to another."""
        return self._add(COUNT_REFUNDS_TO, after, to, kinds, orders)

    def forget(self) -> None:
        """Empty the sums, so that they are counted again from the ledger."""
        with self._file.writing() as conn:
            for statement in FORGET:
                conn.execute(statement)

    def answers(self, since: str) -> list[tuple[str, str, str, int, int]]:
        """What was said to each offer from a day on, in weeks: part of the day and offer (`noon|meal:1`, or
        `noon+|cola` for a second of its sort), kind, the last day of it, yeses, and times said."""
        with self._file.reading() as conn:
            return [(*row,) for row in conn.execute(ANSWERS, {"since": since}).fetchall()]

    def wordings(self, since: str, until: str) -> list[WordingRow]:
        """The sums of each wording (`meal:1|0a1b2c3d4e`) over some days, both included."""
        with self._file.reading() as conn:
            return conn.execute(WORDING_ROWS, {"since": since, "until": until}).fetchall()

    def wording_spans(self, since: str, until: str) -> dict[str, tuple[str, str]]:
        """The first and last of these days on which each wording was shown."""
        with self._file.reading() as conn:
            rows = conn.execute(WORDING_SPANS, {"since": since, "until": until}).fetchall()
        return {name: (first, last) for name, first, last in rows}

    def offered(self, pairing: str) -> str | None:
        """The SKU that a pairing offers; None if the menu no longer has the pairing."""
        with self._file.reading() as conn:
            row = conn.execute(OFFERED, {"id": pairing}).fetchone()
        return None if row is None else str(row[0])

    def trigger(self, pairing: str) -> tuple[str, str] | None:
        """The trigger of a pairing: `sku`, `category` or `anything`, and which; None if the menu no longer has the
        pairing."""
        with self._file.reading() as conn:
            row = conn.execute(TRIGGER, {"id": pairing}).fetchone()
        return None if row is None else (str(row[0]), str(row[1]))

    def kinds(self, cut: str, since: str, until: str) -> dict[tuple[str, str], tuple[Number, ...]]:
        """The sums of a cut over some days, both included, by name and kind."""
        return {(row[1], row[2]): row[3:] for row in self._rows(KIND_ROWS, cut, since, until)}

    def orders(self, cut: str, since: str, until: str) -> dict[str, tuple[Number, ...]]:
        """The sums of whole orders of a cut over some days, by name."""
        return {row[1]: row[2:] for row in self._rows(ORDER_ROWS, cut, since, until)}

    def days(self, cut: str, since: str, until: str) -> dict[tuple[str, str], tuple[Number, ...]]:
        """The same for each day, by day and name."""
        return {(row[0], row[1]): row[2:] for row in self._rows(DAY_ROWS, cut, since, until)}

    def _rows(self, sql: str, cut: str, since: str, until: str) -> list[sqlite3.Row]:
        with self._file.reading() as conn:
            return conn.execute(sql, {"cut": cut, "since": since, "until": until}).fetchall()


def _sales_after(conn: sqlite3.Connection, after: int, slice_: int) -> list[SaleFacts]:
    """The next sales after a number, at most `slice_`."""
    rows = conn.execute(NEW_SALES, {"after": after, "slice": slice_}).fetchall()
    return [SaleFacts._make((*row[:6], KindFacts._make(row[6:20]), KindFacts._make(row[20:34]))) for row in rows]


def _refund(conn: sqlite3.Connection, number: int, sale_id: int, total: int) -> RefundFacts:
    """A refund with its sale before and after it."""
    (sale,) = _sales_after(conn, sale_id - 1, 1)
    (gone,) = conn.execute(REFUNDED_BEFORE, {"sale_id": sale_id, "id": number}).fetchone()
    before, after = (
        sale.less(amount, *_lost(conn, sale_id, upto))
        for amount, upto in ((int(gone), number), (int(gone) + total, number + 1))
    )
    return RefundFacts(number, before, after)


def _lost(conn: sqlite3.Connection, sale_id: int, before: int) -> tuple[LostFacts, LostFacts]:
    """What both kinds of offer of a sale had lost before a refund of a number, the up-sell first."""
    rows = conn.execute(LOST, {"sale_id": sale_id, "before": before}).fetchall()
    lost = {kind: LostFacts(*values) for kind, *values in rows}
    return lost.get("upsell", LostFacts()), lost.get("cross_sell", LostFacts())
