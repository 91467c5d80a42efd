"""Signatures of sales and returns: a chain for each till, in the order in which they were made."""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import TypeAlias

from pos.domain.money import Money
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import from_instant, to_instant
from pos.store.file.connection import StoreFile, Unreadable

SLICE = 500
"""Rows read at a time. No till can commit while a slice is being read."""

KEY = "SELECT version FROM signing_key ORDER BY id DESC LIMIT 1"
KEYS = "SELECT version, public FROM signing_key ORDER BY id"
ADD_KEY = "INSERT INTO signing_key (version, public) VALUES (:version, :public)"
LAST = "SELECT signature FROM signature WHERE till_id = :till_id ORDER BY id DESC LIMIT 1"
ADD = """
    INSERT INTO signature (
        till_id, series, number, at_us, offset_s, total_minor, net_minor, key_id, signature
    ) VALUES (
        :till_id, :series, :number, :at_us, :offset_s, :total_minor, :net_minor,
        (SELECT id FROM signing_key WHERE version = :key), :signature
    )
"""
COLUMNS = ("till_id", "series", "number", "at_us", "offset_s", "total_minor", "net_minor", "key", "signature")
"""The values of `ADD`, in order."""

AFTER = """
    SELECT
        signature.id, till_id, series, number, at_us, offset_s, total_minor, net_minor, signing_key.version, signature
    FROM signature
    JOIN signing_key ON signing_key.id = signature.key_id
    WHERE signature.id > :after ORDER BY signature.id LIMIT :most
"""

StoredRow: TypeAlias = tuple[int, str, int, int, int, int, int, str, bytes]


@value
class SigningKeyEntered:
    """A key signs from now on. Only its public half is in the file."""

    version: str
    public: str

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(ADD_KEY, {"version": self.version, "public": self.public})

    def told(self) -> object:
        return {"signing_key": self}


@value
class Signature:
    """The signature of a sale or, with negative amounts, of a return, and what it signs."""

    series: str
    number: int
    at: datetime
    total: Money
    net: Money
    key: str
    signature: bytes

    @property
    def columns(self) -> tuple[str | int | bytes, ...]:
        """Its values without the till, in the order of `COLUMNS`."""
        amounts = (self.total.minor, self.net.minor)
        return (self.series, self.number, *to_instant(self.at), *amounts, self.key, self.signature)

    def told(self) -> dict[str, object]:
        """Its fact, with the signature in base64, as the tax office gets it."""
        return dict(zip(COLUMNS[1:], (*self.columns[:-1], b64encode(self.signature).decode()), strict=True))


@value
class Signed:
    """The sales and returns of an act are signed, each in the till's chain. Written before these."""

    signatures: tuple[Signature, ...]

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        if act.till is None:
            raise Unreadable("the till of a signature")
        for one in self.signatures:
            conn.execute(ADD, dict(zip(COLUMNS, (act.till, *one.columns), strict=True)))

    def told(self) -> object:
        return {"signed": [one.told() for one in self.signatures]}


@value
class StoredSignature:
    """A signature with its till."""

    till_id: int
    signature: Signature


class SignatureStore:
    """The signatures of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def key(self) -> str | None:
        """The version of the current key; None before the first signature."""
        with self._file.reading() as conn:
            row = conn.execute(KEY).fetchone()
        return None if row is None else str(row[0])

    def public_keys(self) -> dict[str, str]:
        """The public keys by version, the oldest first."""
        with self._file.reading() as conn:
            return dict(conn.execute(KEYS).fetchall())

    def last(self, till_id: int) -> bytes:
        """The last signature of a till; empty before the first."""
        with self._file.reading() as conn:
            row = conn.execute(LAST, {"till_id": till_id}).fetchone()
        return b"" if row is None else bytes(row[0])

    def all(self) -> Iterator[StoredSignature]:
        """Every signature in the order in which they were made, read in slices."""
        after = 0
        while True:
            with self._file.reading() as conn:
                rows = conn.execute(AFTER, {"after": after, "most": SLICE}).fetchall()
            if not rows:
                return
            yield from (_stored(row[1:]) for row in rows)
            after = rows[-1][0]


def _stored(row: StoredRow) -> StoredSignature:
    till_id, series, number, at_us, offset_s, total_minor, net_minor, key, signature = row
    at = from_instant(at_us, offset_s)
    return StoredSignature(till_id, Signature(series, number, at, Money(total_minor), Money(net_minor), key, signature))
