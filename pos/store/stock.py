"""What is sold out: items, and machines with all that they make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pos.domain.items import Sku
from pos.domain.value import value
from pos.store.codec import to_text, to_time, to_time_or_none
from pos.store.file import StoreFile

ENTRIES = "SELECT sku, machine, until, at FROM eighty_six ORDER BY id"
ADD = "INSERT OR REPLACE INTO eighty_six (sku, machine, until, at) VALUES (:sku, :machine, :until, :at)"
RESTORE = "DELETE FROM eighty_six WHERE sku = :sku OR machine = :machine"
MADE_ON = "SELECT sku FROM item WHERE made_on = :machine"


@value
class EightySix:
    """An item or a machine that is out, `until` a time or until somebody restores it."""

    sku: Sku | None
    machine: str | None
    until: datetime | None
    at: datetime


class StockStore:
    """What is sold out, for all tills of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def eighty_six(self, sku: Sku | None, machine: str | None, until: datetime | None, at: datetime) -> None:
        """Mark an item or a machine (one of the two) as out; said again, the new time counts."""
        values = {"sku": sku, "machine": machine, "until": to_text(until), "at": to_text(at)}
        with self._file.writing() as conn:
            conn.execute(ADD, values)

    def restore(self, sku: Sku | None = None, machine: str | None = None) -> None:
        """Sell an item, or what a machine makes, again."""
        with self._file.writing() as conn:
            conn.execute(RESTORE, {"sku": sku, "machine": machine})

    def entries(self, now: datetime) -> tuple[EightySix, ...]:
        """What is out at that time, in the order in which it was said."""
        with self._file.reading():
            return tuple(self._entries(now))

    def _entries(self, now: datetime) -> Iterator[EightySix]:
        for sku, machine, until_text, at in self._file.conn.execute(ENTRIES).fetchall():
            until = to_time_or_none(until_text)
            if until is None or now < until:
                yield EightySix(sku, machine, until, to_time(at))

    def sold_out(self, now: datetime) -> frozenset[Sku]:
        """Every SKU that is out at that time, by itself or by its machine."""
        with self._file.reading() as conn:
            found: set[Sku] = set()
            for entry in self._entries(now):
                if entry.sku is not None:
                    found.add(entry.sku)
                else:
                    found.update(sku for (sku,) in conn.execute(MADE_ON, {"machine": entry.machine}).fetchall())
            return frozenset(found)
