"""What was learned: proposals with their counts and the manager's decisions, and the pairings made from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from functools import partial
from itertools import count

from pos.domain.menu.items import MenuItem, Sku
from pos.domain.menu.paths import Origin, Pairing
from pos.domain.order.order import Order
from pos.domain.proposal import Proposal
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import Json, from_instant, to_json, to_json_or_none, to_seconds
from pos.store.file.connection import StoreFile
from pos.store.file.packing import Bodies
from pos.store.menu.rows import other_words
from pos.store.slices import Slices

PROPOSALS = """
    SELECT id, state, trigger_kin, offered_kin, orders, triggers, offereds, together FROM learned_proposal ORDER BY id
"""
PUT_PROPOSAL = """
    INSERT INTO learned_proposal (id, trigger_kin, offered_kin, state, orders, triggers, offereds, together)
    VALUES (:id, :trigger, :offered, :state, :orders, :triggers, :offereds, :together)
    ON CONFLICT (id) DO UPDATE SET
        orders = excluded.orders, triggers = excluded.triggers, offereds = excluded.offereds,
        together = excluded.together
"""
DROP_PROPOSED = "DELETE FROM learned_proposal WHERE state = 'proposed'"
SET_STATE = "UPDATE learned_proposal SET state = :state WHERE id = :id"

LEARNED_TRIGGERS = "SELECT DISTINCT trigger_id FROM pairing WHERE origin = 'learned' AND trigger_kind = 'sku'"
OF_TRIGGER = """
    SELECT id, place, offered, words_id, priority, margin_minor, origin, retired FROM pairing
    WHERE trigger_kind = 'sku' AND trigger_id = :sku AND origin = 'written'
"""
DROP_TRIGGER = "DELETE FROM pairing WHERE trigger_kind = 'sku' AND trigger_id = :sku"
ADD_PAIRING = """
    INSERT INTO pairing (
        trigger_kind, trigger_id, rank, id, place, offered, words_id, priority, margin_minor, origin, retired
    ) VALUES ('sku', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
FIND_WORDS = """
    SELECT id FROM words
    WHERE say = :say AND after_no IS :after_no AND many IS NULL AND rush IS NULL AND also IS :also
"""
ADD_WORDS = "INSERT INTO words (say, after_no, also) VALUES (:say, :after_no, :also)"
LAST_PLACE = "SELECT COALESCE(MAX(place), -1) FROM pairing"
PAID_ORDERS = """
    SELECT s.paid_us, s.paid_offset_s, log.seq, COALESCE(head.body, '')
    FROM sale AS s
    JOIN orders AS o ON o.order_key = s.order_key
    JOIN journal AS log ON log.seq = o.head_seq
    LEFT JOIN order_body AS head ON head.seq = o.head_seq
    WHERE s.paid_unix >= :since ORDER BY s.paid_unix, s.id LIMIT :most
"""

ORDER = Json(Order)
Row = tuple[str, int, str, int, int, int, str, int]
"""A stored pairing without its trigger and rank: id, place, offered, words, priority, margin, origin, retired."""


class ProposalState(StrEnum):
    """The manager's decision on a proposal."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    OFF = "off"


@value
class StoredProposal:
    """A proposed pairing of kins, its id in the file, and the manager's decision."""

    id: str
    state: ProposalState
    proposal: Proposal


class LearnedStore:
    """What one file has learned."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def proposals(self) -> tuple[StoredProposal, ...]:
        """All proposals, with the decisions on them."""
        with self._file.reading() as conn:
            rows = conn.execute(PROPOSALS).fetchall()
        return tuple(StoredProposal(key, ProposalState(state), Proposal(*pair)) for key, state, *pair in rows)

    def asking(self, pairings: Sequence[Pairing], items: Mapping[Sku, MenuItem]) -> Slices:
        """The fact that these learned pairings, all triggered by a SKU, are asked, and no other learned ones. Written
        pairings stay. It is done trigger by trigger; after an interruption, doing it again completes it."""
        by_trigger: dict[Sku, list[Pairing]] = {}
        for pairing in pairings:
            assert pairing.sku is not None
            by_trigger.setdefault(pairing.sku, []).append(pairing)
        with self._file.reading() as conn:  # both read all pairings, outside the lock
            before = [sku for (sku,) in conn.execute(LEARNED_TRIGGERS).fetchall()]
            (last,) = conn.execute(LAST_PLACE).fetchone()
        places = count(last + 1)
        asked: dict[Sku, list[str]] = {}

        def rerank(sku: Sku, conn: sqlite3.Connection) -> None:
            learned = by_trigger.get(sku, [])
            _rerank(sku, learned, places, items, conn)
            asked[sku] = [pairing.id for pairing in learned]

        def told() -> object:
            done = dict(asked)
            asked.clear()
            return {"learned_asked": done}

        return Slices((partial(rerank, sku) for sku in dict.fromkeys([*before, *by_trigger])), told)

    def paid_orders(self, since: datetime, most: int) -> list[tuple[datetime, Order]]:
        """The orders that became sales since a time, as they were when paid, with that time."""
        with self._file.reading() as conn:
            rows = conn.execute(PAID_ORDERS, {"since": to_seconds(since), "most": most}).fetchall()
            bodies = Bodies(conn)
            return [(from_instant(*paid_at), ORDER.read(bodies.of(seq, body))) for *paid_at, seq, body in rows]


@value
class ProposalsPut:
    """New proposals replace the earlier ones. Decisions stay, and so does a proposal that was approved or switched off,
    with its counts."""

    proposals: tuple[StoredProposal, ...]

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(DROP_PROPOSED)
        for one in self.proposals:
            conn.execute(PUT_PROPOSAL, {"id": one.id, "state": one.state, **asdict(one.proposal)})

    def told(self) -> object:
        return {"proposals": [one.id for one in self.proposals]}


@value
class ProposalSaid:
    """A proposal is approved, or switched off."""

    id: str
    state: ProposalState

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(SET_STATE, {"id": self.id, "state": self.state})

    def told(self) -> object:
        return {"proposal": self}


def _rerank(
    sku: Sku,
    learned: Sequence[Pairing],
    places: Iterator[int],
    items: Mapping[Sku, MenuItem],
    conn: sqlite3.Connection,
) -> None:
    """Write all pairings of a trigger anew, ranked as the menu does it."""
    rows: list[Row] = conn.execute(OF_TRIGGER, {"sku": sku}).fetchall()
    for pairing in learned:
        item = items[pairing.offered]
        margin = (item.price - item.cost).minor
        origin, words = Origin.LEARNED, _words(conn, pairing)
        rows.append((pairing.id, next(places), item.sku, words, pairing.priority, margin, origin, int(item.retired)))
    rows.sort(key=lambda row: (row[7], -row[4], -row[5], row[0]))
    conn.execute(DROP_TRIGGER, {"sku": sku})
    conn.executemany(ADD_PAIRING, [(sku, rank, *row) for rank, row in enumerate(rows, 1)])


def _words(conn: sqlite3.Connection, pairing: Pairing) -> int:
    """The number of a pairing's words; alike ones are stored once."""
    say, after_no = pairing.words.say, pairing.words.after_no
    values = {
        "say": to_json(say),
        "after_no": to_json_or_none(after_no),
        "also": other_words(pairing.words),
    }
    found = conn.execute(FIND_WORDS, values).fetchone()
    return int(found[0]) if found is not None else conn.execute(ADD_WORDS, values).lastrowid or 0
