"""Checks signatures and their keys, each against its act, and against the sale or return that it signs.

The signatures themselves are not verified here: that takes the country's own rules.
"""

from __future__ import annotations

import sqlite3
from base64 import b64decode
from dataclasses import dataclass, field

from pos.store.verifying.facts import SignedTold
from pos.store.verifying.findings import FindingKind, found
from pos.store.verifying.rows import LEAST, Made, Values, check, check_beyond

ROWS = """
    SELECT
        signature.id, signature.till_id, signature.series, signature.number, signature.at_us, signature.offset_s,
        signature.total_minor, net_minor, signing_key.version, signature,
        sale.paid_us, sale.paid_offset_s, sale.total_minor, sale.tax_minor,
        refund.at_us, refund.offset_s, refund.total_minor, refund.tax_minor
    FROM signature
    LEFT JOIN signing_key ON signing_key.id = signature.key_id
    LEFT JOIN sale ON sale.series = signature.series AND sale.receipt_number = signature.number
    LEFT JOIN refund ON refund.series = signature.series AND refund.number = signature.number
    WHERE signature.id > :after ORDER BY signature.id LIMIT :most
"""
OWN_COLUMNS = 10
KEYS = "SELECT version, public FROM signing_key ORDER BY id"
BEYOND = (("signature", "SELECT MAX(id) FROM signature"),)


@dataclass(slots=True)
class Signatures:
    """The signatures that were checked, up to `last`."""

    last: int = 0
    keys: list[tuple[str, str]] = field(default_factory=list)
    """The keys that acts have entered so far."""
    signing: set[int | None] = field(default_factory=set)
    """The tills that have begun to sign."""

    def settle(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        """Compare the next signatures with their acts. Raises `Mismatch`."""
        most = sum(len(entry.told.signed or ()) for entry in made)
        rows = iter(conn.execute(ROWS, {"after": self.last or LEAST, "most": most}).fetchall())
        for entry in made:
            if entry.told.signing_key is not None:
                self.keys.append((entry.told.signing_key.version, entry.told.signing_key.public))
            for told in entry.told.signed or ():
                self._check(entry, told, next(rows, None))
            signs = (entry.told.sold is not None) + (len(entry.told.refunded) > 0)
            if entry.till in self.signing and len(entry.told.signed or ()) != signs:
                raise found(FindingKind.LOST, "signature", entry.step.order_id or str(entry.seq), entry.seq)

    def _check(self, made: Made, told: SignedTold, row: Values | None) -> None:
        name = f"{told.series}-{told.number}"
        if row is None:
            raise found(FindingKind.LOST, "signature", name, made.seq)
        is_so = row[:OWN_COLUMNS] == (self.last + 1, *values_of(made.till, told))
        amounts = (told.at_us, told.offset_s, told.total_minor, told.net_minor)
        check(is_so and amounts in _signed_amounts(row[OWN_COLUMNS:]), "signature", name, made.seq)
        self.last += 1
        self.signing.add(made.till)

    def end(self, conn: sqlite3.Connection) -> None:
        """Check that there is nothing more. Raises `Mismatch`."""
        check_beyond(conn, self.last, BEYOND)
        stored = conn.execute(KEYS).fetchall()
        for number, row in enumerate(stored):
            if number == len(self.keys):
                raise found(FindingKind.INSERTED, "signing_key", row[0])
            check(row == self.keys[number], "signing_key", self.keys[number][0], None)
        if len(stored) < len(self.keys):
            raise found(FindingKind.LOST, "signing_key", self.keys[len(stored)][0])


def _signed_amounts(columns: Values) -> list[Values]:
    """The time of a sale and its total with and without tax, or the same of a return, negative."""
    paid_us, paid_offset_s, total, tax, at_us, offset_s, back, back_tax = columns
    amounts: list[Values] = []
    if isinstance(total, int) and isinstance(tax, int):
        amounts.append((paid_us, paid_offset_s, total, total - tax))
    if isinstance(back, int) and isinstance(back_tax, int):
        amounts.append((at_us, offset_s, -back, back_tax - back))
    return amounts


def values_of(till: int | None, told: SignedTold) -> tuple[object, ...]:
    """The columns of `signature` for a signature in a fact, without its own number."""
    amounts = (told.total_minor, told.net_minor)
    named = (till, told.series, told.number, told.at_us, told.offset_s)
    return (*named, *amounts, told.key, b64decode(told.signature))
