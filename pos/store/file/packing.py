"""Packs the older bodies and facts of the journal, which makes them twenty times smaller."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence

from pos.store.file.codec import Json, to_json
from pos.store.file.connection import StoreFile, Unreadable

PACK = 64
"""Bodies in a pack. They are similar, so larger packs take less room for each: 128 would save 7 % more, and take twice
as long."""

PLAIN = 256
"""The last rows of the journal, whose bodies are not packed: tills are using them. Taking back opens no pack."""

PACKED_TO = "SELECT COALESCE(MAX(last_seq), 0) FROM body_pack"
LAST = "SELECT COALESCE(MAX(seq), 0) FROM journal"
NEXT = """
    SELECT journal.seq, own.body, own.facts
    FROM journal LEFT JOIN order_body AS own ON own.seq = journal.seq
    WHERE journal.seq > :after AND journal.seq <= :upto ORDER BY journal.seq LIMIT :most
"""
ADD_PACK = """
    INSERT INTO body_pack (first_seq, last_seq, bodies, facts) VALUES (:first, :last, :bodies, :facts)
"""
# The body of an open or held order stays where SQL can read it, until the first pack after the order's end.
LET_GO = """
    DELETE FROM order_body WHERE seq <= :last AND seq NOT IN (
        SELECT head_seq FROM orders WHERE state = 'open' UNION ALL SELECT head_seq FROM orders WHERE state = 'held'
    )
"""
PACK_OF = "SELECT bodies FROM body_pack WHERE last_seq >= :seq ORDER BY last_seq LIMIT 1"
FACTS_OF = "SELECT first_seq, last_seq, facts FROM body_pack WHERE last_seq >= :seq ORDER BY last_seq LIMIT 1"

BODIES = Json(list[tuple[int, str]])


class Bodies:
    """Reads bodies and facts wherever they are now. The last opened pack is kept, because consecutive rows share
    one."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._pack: dict[int, str] = {}
        self._facts: dict[int, str] = {}
        self._facts_of = range(0)

    def of(self, seq: int, body: str) -> str:
        """The body of a row: `body`, or if that is empty the one in its pack. Raises `Unreadable` if there is none."""
        if body:
            return body
        if seq not in self._pack:
            self._pack = self._opened(seq)
        if seq not in self._pack:
            raise Unreadable(f"the body of row {seq} of the journal")
        return self._pack[seq]

    def facts(self, seq: int, facts: str | None) -> str:
        """The facts of a row: `facts`, or if that is empty those in its pack. Raises `Unreadable`."""
        if facts:
            return facts
        if seq not in self._facts_of:
            row = self._conn.execute(FACTS_OF, {"seq": seq}).fetchone()
            first, last, packed = (seq, seq, None) if row is None else row
            self._facts_of, self._facts = range(first, last + 1), {} if packed is None else dict(_unpacked(packed))
        return self._facts.get(seq, "[]")

    def _opened(self, seq: int) -> dict[int, str]:
        found = self._conn.execute(PACK_OF, {"seq": seq}).fetchone()
        return {} if found is None else dict(_unpacked(found[0]))


def pack_oldest(file: StoreFile) -> bool:
    """Move the oldest bodies into a pack. Returns False when there are too few.

    Bodies never change, so they are packed before the file is locked. If two tills pack the same rows, the second finds
    it done.
    """
    with file.reading() as conn:
        after = _packed_to(conn)
        upto = int(conn.execute(LAST).fetchone()[0]) - PLAIN
        if upto - after < PACK:
            return False
        rows = conn.execute(NEXT, {"after": after, "upto": upto, "most": PACK}).fetchall()
    pack = {
        "first": rows[0][0],
        "last": rows[-1][0],
        "bodies": _packed([(seq, body) for seq, body, _ in rows if body]),
        "facts": packed_facts([(seq, facts) for seq, _, facts in rows if facts and facts != "[]"]),
    }
    with file.writing() as conn:
        if _packed_to(conn) != after:
            return False
        for statement in (ADD_PACK, LET_GO):
            conn.execute(statement, pack)
    return True


def _packed_to(conn: sqlite3.Connection) -> int:
    return int(conn.execute(PACKED_TO).fetchone()[0])


def packed_facts(rows: Sequence[tuple[int, str]]) -> bytes | None:
    """The facts of the rows of a pack that have some, by number; None for none."""
    return _packed(rows) if rows else None


def _packed(rows: Sequence[tuple[int, str]]) -> bytes:
    return zlib.compress(to_json(rows).encode())


def _unpacked(pack: bytes) -> list[tuple[int, str]]:
    try:
        return BODIES.read(zlib.decompress(pack).decode())
    except (zlib.error, UnicodeDecodeError) as error:
        raise Unreadable("a pack of the journal") from error
