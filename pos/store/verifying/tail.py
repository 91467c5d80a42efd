"""A quick check of the end of the journal, which takes the same time however long the journal is."""

from __future__ import annotations

from pos.store.file.connection import StoreFile
from pos.store.journal.journal import Head, hash_at, last
from pos.store.journal.witness import read_witness
from pos.store.verifying.chain import Chain
from pos.store.verifying.findings import Finding, Mismatch
from pos.store.verifying.walk import witnessed_head

TAIL = 512
"""Rows checked."""

PACKED_TO = "SELECT COALESCE(MAX(last_seq), 0) FROM body_pack"


def verify_tail(file: StoreFile, rows: int = TAIL) -> Finding | None:
    """The first of the journal's last rows that differs from what was written, or None. Rows in packs are not checked.
    Raises `StoreError`."""
    with file.snapshot() as conn:
        (packed,) = conn.execute(PACKED_TO).fetchone()
        start = max(0, int(packed), last(conn).seq - rows)
        made = hash_at(conn, start) if start else None
    chain = Chain(file, witnessed_head(file, read_witness(file.path)))
    with file.errors():
        chain.begin()
        if made is not None:
            chain.seq, chain.hash = start, made
            chain.packed_to = start
        try:
            while (raw := chain.read()).rows:
                chain.follow(raw)
            with file.snapshot() as conn:
                if last(conn) == Head(chain.seq, chain.hash):
                    chain.end(conn)
        except Mismatch as there:
            return there.finding
    return None
