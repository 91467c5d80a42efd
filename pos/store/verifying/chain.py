"""Reads the journal from its first row to its last, with bodies and facts, and checks that each row is chained to the
previous one."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple, TypeAlias, TypeVar

import msgspec

from pos.store.acts import OrderState
from pos.store.file.codec import Json
from pos.store.file.connection import StoreFile, Unreadable
from pos.store.journal.journal import FORMAT, NO_FACTS, Head, beginning, canonical, digest_of
from pos.store.verifying.facts import read_facts, state_of
from pos.store.verifying.findings import FindingKind, Mismatch, found

SLICE = 512
"""Rows read at a time: a few milliseconds, in which no till can commit."""

ROWS = """
    SELECT
        seq, format, id, at_us, offset_s, till, person, approver, shift, verb, orders.order_id, parent, reason, digest,
        journal.order_key, hash
    FROM journal LEFT JOIN orders ON orders.order_key = journal.order_key
    WHERE seq > :after ORDER BY seq LIMIT :most
"""
OWN = "SELECT seq, body, facts FROM order_body WHERE seq > :after AND seq <= :upto"
PACKS = "SELECT first_seq, last_seq, bodies, facts FROM body_pack WHERE last_seq > :after ORDER BY last_seq"
OTHERS = (
    "SELECT MAX(seq) FROM order_body",
    "SELECT MAX(last_seq) FROM body_pack",
    "SELECT MAX(head_seq) FROM orders",
)

TEXTS = Json(list[tuple[int, str]])


class BodyName(msgspec.Struct):
    """The id in the body of an order."""

    id: str


NAMED = Json(BodyName)
NO_TEXTS = ("", NO_FACTS)
"""The body and facts of a row that has neither."""

NO_BODY = ("", None)

Stored: TypeAlias = tuple[
    int,
    int,
    bytes,
    int,
    int,
    int | None,
    int | None,
    int | None,
    int | None,
    str,
    str | None,
    int | None,
    str,
    bytes | None,
    int | None,
    bytes,
]
"""The columns of `ROWS`."""


@dataclass(slots=True)
class Raw:
    """A slice of the journal as stored."""

    rows: list[Stored]
    own: dict[int, tuple[str, str]]
    packs: list[tuple[int, int, bytes, bytes | None]]
    """First row, last row, and the bodies and facts, still packed."""


class ChainedRow(NamedTuple):
    """A row of the journal whose hash was checked, with the order's body after it ('' for none)."""

    seq: int
    id: bytes
    at_us: int
    offset_s: int
    till: int | None
    person: int | None
    order_id: str | None
    digest: bytes | None
    facts: str
    body: str

    @property
    def at(self) -> tuple[int, int]:
        """Its time, as tables store it."""
        return self.at_us, self.offset_s

    @property
    def moves_an_order(self) -> bool:
        """Whether the act moved an order. A row from the old log did, even if its body was lost."""
        return self.order_id is not None and (self.digest is not None or int.from_bytes(self.id, "big") == self.seq)


@dataclass(slots=True)
class Chain:
    """How far the journal has been checked."""

    file: StoreFile
    witnessed: Head
    seq: int = 0
    hash: bytes = b""
    packed_to: int = 0
    bodies: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    facts: dict[int, str] = field(default_factory=dict)
    """The facts of rows in opened packs that have not been reached."""
    retained: dict[str, int] = field(default_factory=dict)
    """By order, the packed row whose body also has a row of its own in `order_body`."""

    def begin(self) -> None:
        """Start before the first row."""
        with self.file.reading() as conn:
            self.hash = beginning(conn).hash

    def read(self) -> Raw:
        """The next slice as stored; without rows at the end."""
        with self.file.snapshot() as conn:
            rows = conn.execute(ROWS, {"after": self.seq, "most": SLICE}).fetchall()
            if not rows:
                return Raw([], {}, [])
            upto = rows[-1][0]
            own = conn.execute(OWN, {"after": self.seq, "upto": upto}).fetchall()
            # Stop at the first pack that begins after the slice. `_open` reports packs that are out of order.
            in_order = conn.execute(PACKS, {"after": self.packed_to})
            packs = [*takewhile(lambda pack: pack[0] <= upto, in_order)]
            in_order.close()
        return Raw(rows, {seq: (body, facts) for seq, body, facts in own}, packs)

    def follow(self, raw: Raw) -> list[ChainedRow]:
        """The checked rows of a slice. Raises `Mismatch` at the first row that was changed, lost or inserted."""
        for pack in raw.packs:
            self._open(*pack)
        steps = [self._step(stored, raw) for stored in raw.rows]
        for seq in raw.own:
            raise found(FindingKind.INSERTED, "order_body", seq)
        for seq in self.bodies.keys() | self.facts.keys():
            if seq <= self.seq:
                raise found(FindingKind.INSERTED, "body_pack", seq)
        return steps

    def end(self, conn: sqlite3.Connection) -> None:
        """Check that nothing refers to rows after the last one. Raises `Mismatch`."""
        if self.seq < self.witnessed.seq:
            raise found(FindingKind.CUT, "journal", self.seq + 1, self.seq + 1)
        for sql in OTHERS:
            (number,) = conn.execute(sql).fetchone()
            if number is not None and number > self.seq:
                raise found(FindingKind.CUT, "journal", self.seq + 1, self.seq + 1)

    def _open(self, first: int, last: int, bodies: bytes, facts: bytes | None) -> None:
        if first != self.packed_to + 1 or last < first:
            kind = FindingKind.LOST if first > self.packed_to + 1 else FindingKind.CHANGED
            raise found(kind, "body_pack", self.packed_to + 1)
        self.packed_to = last
        digests = [(seq, (body, digest_of(body))) for seq, body in _unpacked(bodies)]
        _take_in(self.bodies, digests, first, last, self.seq)
        if facts is not None:
            _take_in(self.facts, _unpacked(facts), first, last, self.seq)

    def _step(self, stored: Stored, raw: Raw) -> ChainedRow:
        seq, made, digest = self.seq + 1, stored[-1], stored[13]
        if stored[0] != seq:
            raise found(
                FindingKind.LOST if stored[0] > seq else FindingKind.INSERTED, "journal", min(seq, stored[0]), seq
            )
        body, facts, made_of_body = self._texts(seq, stored, raw)
        if stored[1] != FORMAT or _hash(self.hash, seq, stored, facts) != made:
            raise self._broken(stored, raw, body, facts)
        if digest != made_of_body:
            kind = FindingKind.CHANGED if body and digest else FindingKind.INSERTED if body else FindingKind.LOST
            raise found(kind, "body_pack" if seq <= self.packed_to else "order_body", seq, seq)
        if seq == self.witnessed.seq and made != self.witnessed.hash:
            raise found(FindingKind.CHANGED, "journal", seq, seq)
        self.seq, self.hash = seq, made
        return ChainedRow(seq, *stored[2:7], stored[10], digest, facts, body)

    def _texts(self, seq: int, stored: Stored, raw: Raw) -> tuple[str, str, bytes | None]:
        """The body and facts of a row, from its pack if it is packed, and the body's SHA-256. Raises `Mismatch` for
        texts that should not be there."""
        own = raw.own.pop(seq, None)
        if own == NO_TEXTS:
            raise found(FindingKind.INSERTED, "order_body", seq, seq)
        if seq > self.packed_to:
            body, facts = own or NO_TEXTS
            return body, facts, digest_of(body) if body else None
        body, digest = self.bodies.pop(seq, NO_BODY)
        facts = self.facts.pop(seq, NO_FACTS)
        if own is not None and own != (body, facts):
            raise found(FindingKind.CHANGED, "order_body", seq, seq)
        if self.retained or own is not None:
            self._check_retained(seq, stored, facts, is_retained=own is not None)
        return body, facts, digest

    def _check_retained(self, seq: int, stored: Stored, facts: str, *, is_retained: bool) -> None:
        """Check that a packed row keeps its own row in `order_body` only if its order was open or held there when the
        last pack was made. Raises `Mismatch`."""
        order_id = stored[10]
        if order_id is None or stored[13] is None:
            return
        earlier = self.retained.pop(order_id, None)
        if earlier is not None:
            raise found(FindingKind.INSERTED, "order_body", earlier, earlier)
        if is_retained:
            if state_of(read_facts(facts)) not in (OrderState.OPEN, OrderState.HELD):
                raise found(FindingKind.INSERTED, "order_body", seq, seq)
            self.retained[order_id] = seq

    def _broken(self, stored: Stored, raw: Raw, body: str, facts: str) -> Mismatch:
        """The finding for a row with a wrong hash: its order is lost or has another id, its body and facts are lost,
        the row was inserted before the one that follows, or it was changed."""
        seq, order_id, order_key = stored[0], stored[10], stored[14]
        if order_key is not None and order_id is None:
            return found(FindingKind.LOST, "orders", order_key, seq)
        named = _named_in(body)
        if named != order_id:
            own = (*stored[:10], named, *stored[11:])
            if _hash(self.hash, seq, own, facts) == stored[-1]:
                return found(FindingKind.CHANGED, "orders", named, seq)
        if stored[13] is not None and not body:
            return found(FindingKind.LOST, "body_pack" if seq <= self.packed_to else "order_body", seq, seq)
        following = next((row for row in raw.rows if row[0] == seq + 1), None)
        if following is not None:
            next_facts = raw.own.get(seq + 1, NO_TEXTS)[1]
            if next_facts == NO_FACTS:
                next_facts = self.facts.get(seq + 1, NO_FACTS)
            if _hash(self.hash, seq, following, next_facts) == following[-1]:
                return found(FindingKind.INSERTED, "journal", seq, seq)
        return found(FindingKind.CHANGED, "journal", seq, seq)


def _hash(previous: bytes, seq: int, stored: Stored, facts: str) -> bytes:
    """The hash that a row has as row `seq`, after a row with the hash `previous`."""
    digest = stored[13]
    fields = (seq, stored[1], stored[2].hex(), *stored[3:13], None if digest is None else digest.hex())
    return hashlib.sha256(previous + canonical(fields, facts)).digest()


def _named_in(body: str) -> str | None:
    """The order's id in a body; None if it cannot be read."""
    with suppress(Unreadable):
        return NAMED.read(body).id
    return None


Text = TypeVar("Text")


def _take_in(texts: dict[int, Text], found_there: list[tuple[int, Text]], first: int, last: int, after: int) -> None:
    """Keep the texts of a pack that belong to rows after row `after`; earlier rows were checked with the texts beside
    them.

    Raises `Mismatch` if a row is in the pack twice, or does not belong to it.
    """
    for seq, text in found_there:
        if not first <= seq <= last or seq in texts:
            raise found(FindingKind.CHANGED, "body_pack", last)
        if seq > after:
            texts[seq] = text


def _unpacked(blob: bytes) -> list[tuple[int, str]]:
    try:
        return TEXTS.read(zlib.decompress(blob))
    except (zlib.error, UnicodeDecodeError, Unreadable):
        return []  # the rows that need these texts are reported as lost
