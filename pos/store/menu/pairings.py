"""Pairings, stored with their rank, so that the best of a trigger are fetched by a short index scan."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from pos.domain.menu.items import MenuItem, Sku
from pos.domain.menu.paths import Origin, Pairing
from pos.store.menu.reading import read_words
from pos.store.menu.rows import WordRows

BEST = 8
"""How many pairings of a trigger are considered."""

ADD = """
    INSERT INTO pairing (
        trigger_kind, trigger_id, rank, id, place, offered, words_id, priority, margin_minor, origin, retired
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
ALL = """
    SELECT
        pairing.trigger_kind, pairing.trigger_id, pairing.id, pairing.offered, pairing.priority, pairing.margin_minor,
        pairing.origin, words.say, words.many, words.rush, words.after_no, words.also
    FROM pairing JOIN words ON words.id = pairing.words_id
    ORDER BY pairing.place
"""
BEST_OF = """
    SELECT
        pairing.trigger_kind, pairing.trigger_id, pairing.id, pairing.offered, pairing.priority, pairing.margin_minor,
        pairing.origin, words.say, words.many, words.rush, words.after_no, words.also
    FROM pairing JOIN words ON words.id = pairing.words_id
    WHERE pairing.trigger_kind = :kind AND pairing.trigger_id = :id AND pairing.rank <= :best AND NOT pairing.retired
    ORDER BY pairing.rank
"""

Trigger: TypeAlias = tuple[str, str]
Worth: TypeAlias = tuple[int, int, str]
"""The sort key of pairings, the best first: priority and margin (both negated), then id."""


def pairing_rows(
    pairings: Sequence[Pairing], items: Mapping[Sku, MenuItem], words: WordRows
) -> Iterator[tuple[str | int, ...]]:
    """Pairings as `ADD` writes them, each with its rank among those of its trigger.

    Raises `KeyError` for one that offers what is not on the menu.
    """
    margins = {sku: (item.price - item.cost).minor for sku, item in items.items()}

    def order(place: int) -> tuple[str, str, bool, int, int, str]:
        pairing = pairings[place]
        kind, key = trigger(pairing)
        return kind, key, items[pairing.offered].retired, -pairing.priority, -margins[pairing.offered], pairing.id

    ranked = sorted(range(len(pairings)), key=order)
    for (kind, key), places in groupby(ranked, lambda place: trigger(pairings[place])):
        for rank, place in enumerate(places, 1):
            pairing = pairings[place]
            yield (
                kind,
                key,
                rank,
                pairing.id,
                place,
                pairing.offered,
                words.id_of(pairing.words),
                pairing.priority,
                margins[pairing.offered],
                pairing.origin,
                int(items[pairing.offered].retired),
            )


def trigger(pairing: Pairing) -> Trigger:
    """The trigger of a pairing, as its two columns."""
    if pairing.sku is not None:
        return "sku", pairing.sku
    return ("anything", "") if pairing.category is None else ("category", pairing.category)


def all_pairings(conn: sqlite3.Connection) -> tuple[Pairing, ...]:
    """Every pairing, in the order of the file."""
    return tuple(pairing for _, pairing in _read(conn.execute(ALL)))


def best_pairings(conn: sqlite3.Connection, items: Iterable[MenuItem]) -> dict[Sku, tuple[Pairing, ...]]:
    """For each item the best of its SKU, of its category and of anything, together the best first."""
    fetched: dict[Trigger, list[tuple[Worth, Pairing]]] = {}
    found: dict[Sku, tuple[Pairing, ...]] = {}
    for item in items:
        together: list[tuple[Worth, Pairing]] = []
        for key in (("sku", item.sku), ("category", item.category), ("anything", "")):
            if key not in fetched:
                values = {"kind": key[0], "id": key[1], "best": BEST}
                fetched[key] = list(_read(conn.execute(BEST_OF, values)))
            together += fetched[key]
        together.sort(key=_worth)
        found[item.sku] = tuple(pairing for _, pairing in together)
    return found


def _worth(entry: tuple[Worth, Pairing]) -> Worth:
    return entry[0]


def _read(cursor: sqlite3.Cursor) -> Iterator[tuple[Worth, Pairing]]:
    for kind, key, pairing_id, offered, priority, margin, origin, *words in cursor:
        pairing = Pairing(
            pairing_id,
            offered,
            read_words(*words),
            key if kind == "sku" else None,
            key if kind == "category" else None,
            priority,
            Origin(origin),
        )
        yield (-priority, -margin, pairing_id), pairing
