"""The older bodies of the log: moved into packs, where they take a twentieth of the room and lose nothing."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence

from pos.store.codec import Json, to_json
from pos.store.file import StoreFile, Unreadable

PACK = 64
"""Bodies in a pack. They are much alike, and the more there are, the less room each takes: 128 would save 7 % more, and
take twice as long."""

PLAIN = 256
"""Rows at the end of the log whose bodies are not packed: what the tills are at, so that taking back opens no pack."""

PACKED_TO = "SELECT COALESCE(MAX(last_seq), 0) FROM body_pack"
LAST = "SELECT COALESCE(MAX(seq), 0) FROM order_log"
NEXT = """
    SELECT log.seq, COALESCE(own.body, log.body)
    FROM order_log AS log LEFT JOIN order_body AS own ON own.seq = log.seq
    WHERE log.seq > :after AND log.seq <= :upto ORDER BY log.seq LIMIT :most
"""
ADD_PACK = "INSERT INTO body_pack (first_seq, last_seq, bodies) VALUES (:first, :last, :bodies)"
# What an open or a held order stands on stays where SQL can look at it, until the first pack after its end.
LET_GO = """
    DELETE FROM order_body WHERE seq <= :last AND seq NOT IN (
        SELECT head_seq FROM orders WHERE state = 'open' UNION ALL SELECT head_seq FROM orders WHERE state = 'held'
    )
"""
LET_GO_OF_OLD = "UPDATE order_log SET body = '' WHERE seq BETWEEN :first AND :last AND body <> ''"
PACK_OF = "SELECT bodies FROM body_pack WHERE last_seq >= :seq ORDER BY last_seq LIMIT 1"

BODIES = Json(list[tuple[int, str]])


class Bodies:
    """Bodies as they were written, wherever they are now. The pack opened last stays open: rows that follow each other
    share one."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._pack: dict[int, str] = {}

    def of(self, seq: int, body: str) -> str:
        """The body of a row: `body`, or out of its pack where that is empty. Raises `Unreadable` where it is not."""
        if body:
            return body
        if seq not in self._pack:
            self._pack = self._opened(seq)
        if seq not in self._pack:
            raise Unreadable(f"the body of row {seq} of the log")
        return self._pack[seq]

    def _opened(self, seq: int) -> dict[int, str]:
        found = self._conn.execute(PACK_OF, {"seq": seq}).fetchone()
        return {} if found is None else dict(_unpacked(found[0]))


def pack_oldest(file: StoreFile) -> bool:
    """Move the oldest bodies into a pack, all of them or none; False when there are too few.

    No body ever changes, so they are packed before the file is locked. Of two tills that pack the same rows the second
    finds it done.
    """
    with file.reading() as conn:
        after = _packed_to(conn)
        upto = int(conn.execute(LAST).fetchone()[0]) - PLAIN
        if upto - after < PACK:
            return False
        rows = conn.execute(NEXT, {"after": after, "upto": upto, "most": PACK}).fetchall()
    pack = {"first": rows[0][0], "last": rows[-1][0], "bodies": _packed(rows)}
    with file.writing() as conn:
        if _packed_to(conn) != after:
            return False
        for statement in (ADD_PACK, LET_GO, LET_GO_OF_OLD):
            conn.execute(statement, pack)
    return True


def _packed_to(conn: sqlite3.Connection) -> int:
    return int(conn.execute(PACKED_TO).fetchone()[0])


def _packed(rows: Sequence[tuple[int, str]]) -> bytes:
    return zlib.compress(to_json(rows).encode())


def _unpacked(pack: bytes) -> list[tuple[int, str]]:
    try:
        return BODIES.read(zlib.decompress(pack).decode())
    except (zlib.error, UnicodeDecodeError) as error:
        raise Unreadable("a pack of the log") from error
