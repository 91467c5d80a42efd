"""Computes a shift's figures from the journal's rows alone, without the till's own sums, tables or reports.

It reads each row's shift, verb, person, the order's body and the facts, as JSON.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pos.store.file.packing import Bodies

ROWS = """
    SELECT journal.seq, journal.till, journal.shift, journal.verb, journal.digest IS NOT NULL, own.body, own.facts,
        orders.order_id
    FROM journal
    LEFT JOIN order_body AS own ON own.seq = journal.seq
    LEFT JOIN orders ON orders.order_key = journal.order_key
    WHERE journal.till IS NOT NULL ORDER BY journal.seq
"""


@dataclass
class Reckoned:
    """The figures of one shift according to the journal; amounts in øre, with counts."""

    sales: list[int] = field(default_factory=list)
    returns: list[int] = field(default_factory=list)
    tenders: Counter[str] = field(default_factory=Counter)
    rounding: int = 0
    tips: list[int] = field(default_factory=list)
    tax: Counter[str] = field(default_factory=Counter)
    gross: Counter[str] = field(default_factory=Counter)
    units: int = 0
    deposits: int = 0
    float: int = 0
    moved: int = 0
    openings: int = 0
    copies: int = 0
    discards: list[int] = field(default_factory=list)
    write_offs: list[int] = field(default_factory=list)
    removed: int = 0
    """Units that were taken out of orders, however."""
    disputed: list[int] = field(default_factory=list)
    is_closed: bool = False

    @property
    def expected(self) -> int:
        """The expected cash in the drawer."""
        return self.float + self.moved + self.tenders["cash"]


def reckoned(path: Path, till: int = 1) -> dict[int, Reckoned]:
    """The figures of every shift of a till, by its id; acts without a shift are under 0."""
    found: dict[int, Reckoned] = {}
    orders: dict[str, dict[str, Any]] = {}
    money = Money()
    with closing(sqlite3.connect(path)) as conn:
        packed = Bodies(conn)
        for seq, at, shift, verb, moves, body, facts, order in conn.execute(ROWS).fetchall():
            money.take(found, order, at, shift or 0, json.loads(packed.facts(seq, facts)))
            if at != till:
                continue
            of = found.setdefault(shift or 0, Reckoned())
            after = json.loads(packed.of(seq, body or "")) if moves else None
            if after is not None:
                _correct(of, verb, orders.get(after["id"]), after)
                orders[after["id"]] = after
            told = {tag: one for fact in json.loads(packed.facts(seq, facts)) for tag, one in fact.items()}
            _take(of, verb, told, after)
    return found


@dataclass
class Money:
    """Where each payment was begun, and each till's current shift."""

    begun_at: dict[tuple[str, int], int] = field(default_factory=dict)
    shifts: dict[int, int] = field(default_factory=dict)

    def take(self, found: dict[int, Reckoned], order: str, at: int, shift: int, facts: list[dict[str, Any]]) -> None:
        """Count an act's money in the shift of the till that took it: where a payment was begun, or where it was given
        back."""
        for fact in facts:
            for row in fact.get("tendered", ()):
                first = self.begun_at.setdefault((order, row["number"]), at)
                paid = row["handed_minor"] - row["change_minor"]
                if row["kind"] == "exchange":
                    continue
                if row["state"] == "approved":
                    taken_in = shift if first == at else self.shifts.get(first, 0)
                    found.setdefault(taken_in, Reckoned()).tenders[row["kind"]] += paid
                elif row["state"] == "given_back":
                    found.setdefault(shift, Reckoned()).tenders[row["kind"]] -= paid
            self._back(found, at, shift, fact)
            if "shift" in fact:
                self.shifts[fact["shift"]["till_id"]] = fact["shift"]["id"]

    def _back(self, found: dict[int, Reckoned], at: int, shift: int, fact: dict[str, Any]) -> None:
        """Take off what a refund paid out, at the till whose terminal was asked or whose drawer it came from."""
        refund = fact.get("refund_begun") or fact.get("refunded")
        for tender in refund["tenders"] if refund else ():
            first = self.begun_at.setdefault((refund["id"], tender["id"]), at)
            if "refunded" in fact and tender["kind"] != "exchange":
                paid_in = shift if first == at else self.shifts.get(first, 0)
                paid = tender["amount"]["minor"] + tender["rounding"]["minor"]
                found.setdefault(paid_in, Reckoned()).tenders[tender["kind"]] -= paid


def _take(of: Reckoned, verb: str, told: dict[str, Any], after: dict[str, Any] | None) -> None:
    if "sold" in told:
        sale = told["sold"]["sale"]
        of.sales.append(sale["total"]["minor"])
        of.rounding += sale["rounding"]["minor"]
        of.tips += [tip for tender in sale["tenders"] if (tip := _tip(tender))]
        goods_paid = [tender for tender in sale["tenders"] if tender["kind"] == "exchange"]
        of.tenders.update({tender["kind"]: tender["amount"]["minor"] for tender in goods_paid})
        _goods(of, sale["lines"], 1)
    if "refunded" in told:
        refund = told["refunded"]
        of.returns.append(refund["total"]["minor"])
        of.rounding -= refund["rounding"]["minor"]
        goods_back = [tender for tender in refund["tenders"] if tender["kind"] == "exchange"]
        of.tenders.subtract({tender["kind"]: tender["amount"]["minor"] for tender in goods_back})
        _goods(of, [entry["line"] for entry in refund["lines"]], -1)
    if "discarded" in told:
        of.discards.append(told["discarded"]["total"]["minor"])
    if "written_off" in told:
        of.write_offs.append(told["written_off"]["worth"]["minor"])
    of.copies += ("copy_reserved" in told) + ("refund_copied" in told)
    of.copies -= ("copy_released" in told) + ("refund_copy_released" in told)
    of.openings += verb == "open_drawer"
    of.is_closed |= verb == "z_report"
    if verb == "book_disputed" and after is not None:
        of.disputed.append(after["tenders"][-1]["handed"]["minor"])
    _move(of, verb, {row["what"]: row["amount"]["minor"] for row in told.get("tallied", {}).get("rows", ())})


def _tip(tender: dict[str, Any]) -> int:
    """What a payment left beyond what it paid for."""
    handed, *less = (tender[name]["minor"] for name in ("handed", "amount", "rounding", "change"))
    return int(handed - sum(less))


def _move(of: Reckoned, verb: str, amounts: dict[str, int]) -> None:
    match verb:
        case "enter_float":
            of.float = amounts["float"]
        case "pay_in":
            of.moved += amounts["pay_in"]
        case "pay_out":
            of.moved -= amounts["pay_out"]
        case "drop":
            of.moved -= amounts["drop"]


def _goods(of: Reckoned, lines: list[dict[str, Any]], sign: int) -> None:
    for line in lines:
        of.units += sign * line["quantity"]
        for part in line["parts"]:
            _taxed(of, part, sign)
        if line["deposit"] is not None:
            of.deposits += sign * line["deposit"]["price"]["minor"]
            _taxed(of, line["deposit"], sign)


def _taxed(of: Reckoned, part: dict[str, Any], sign: int) -> None:
    (row,) = part["taxes"]
    of.gross[row["tax"][0]] += sign * part["price"]["minor"]
    of.tax[row["tax"][0]] += sign * row["amount"]["minor"]


def _correct(of: Reckoned, verb: str, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    """A correction: fewer units in an order than before."""
    if before is not None and verb in ("void", "change_quantity", "take_back"):
        of.removed += max(0, _units(before) - _units(after))


def _units(order: dict[str, Any]) -> int:
    return sum(line["quantity"] for line in order["lines"])
