"""Prices that were set at the counter and are in no menu file."""

from __future__ import annotations

from pos.domain.menu.items import Sku
from pos.domain.money import Money
from pos.domain.value import value
from pos.store.file.codec import Json
from pos.store.file.connection import StoreFile
from pos.store.file.packing import Bodies
from pos.store.journal.told_rows import FAR, last_row

CHANGES = """
    SELECT journal.seq, journal.verb, own.facts
    FROM journal LEFT JOIN order_body AS own ON own.seq = journal.seq
    WHERE journal.seq > :after AND journal.seq <= :upto AND journal.verb IN ('change_price', 'publish')
    ORDER BY journal.seq DESC
"""


@value
class SetPrice:
    """The fact of a new price."""

    sku: Sku
    now: Money


@value
class PriceFact:
    """A fact, if it is a new price."""

    price_set: SetPrice | None = None


FACTS = Json(list[PriceFact])


def prices_at_counter(file: StoreFile) -> dict[Sku, frozenset[Money]]:
    """The prices set for each item at the counter since a menu was last loaded. The journal is read backwards in short
    slices, so that tills can sell meanwhile."""
    found: dict[Sku, frozenset[Money]] = {}
    for upto in range(last_row(file), 0, -FAR):
        with file.snapshot() as conn:
            bodies = Bodies(conn)
            values = {"after": max(0, upto - FAR), "upto": upto}
            for seq, verb, facts in conn.execute(CHANGES, values).fetchall():
                if verb == "publish":
                    return found
                for fact in FACTS.read(bodies.facts(seq, facts)):
                    if (told := fact.price_set) is not None:
                        found[told.sku] = found.get(told.sku, frozenset()) | {told.now}
    return found
