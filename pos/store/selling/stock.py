"""What is sold out: items in one size or in all, modifiers, and machines with everything made on them."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pos.domain.menu.items import Sku
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import from_instant, from_instant_or_none, instant_columns, to_instant_or_never
from pos.store.file.connection import StoreFile, Unreadable

ENTRIES = """
    SELECT sku, all_sizes, machine, modifier, until_us, until_offset_s, at_us, offset_s FROM eighty_six ORDER BY id
"""
ADD = """
    INSERT OR REPLACE INTO eighty_six (sku, all_sizes, machine, modifier, until_us, until_offset_s, at_us, offset_s)
    VALUES (:sku, :all_sizes, :machine, :modifier, :until_us, :until_offset_s, :at_us, :offset_s)
"""
RESTORE = "DELETE FROM eighty_six WHERE sku = :sku OR machine = :machine OR modifier = :modifier"
IS_MARKED = "SELECT 1 FROM eighty_six WHERE sku = :sku OR machine = :machine OR modifier = :modifier"
MADE_ON = "SELECT sku FROM item WHERE made_on = :machine"
SIZES = "SELECT sku FROM item WHERE family = (SELECT family FROM item WHERE sku = :sku)"
DROP_SIZES = """
    DELETE FROM eighty_six
    WHERE sku IN (SELECT sku FROM item WHERE family = (SELECT family FROM item WHERE sku = :sku))
"""


@value
class EightySix:
    """An item, a machine or a modifier that is sold out, `until` a time, or until it is restored. With `all_sizes` the
    item is sold out in every size."""

    sku: Sku | None
    machine: str | None
    until: datetime | None
    at: datetime
    modifier: str | None = None
    all_sizes: bool = False


@value
class Out:
    """Everything that is sold out at a time, and when the first mark ends (None: none ends by itself)."""

    skus: frozenset[Sku] = frozenset()
    modifiers: frozenset[str] = frozenset()
    until: datetime | None = None


@value
class MarkedOut:
    """An item, a machine or a modifier (one of the three) is sold out. Marking it again sets a new time.

    A mark for all sizes replaces those of single sizes.
    """

    sku: Sku | None
    machine: str | None
    until: datetime | None
    modifier: str | None = None
    all_sizes: bool = False

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        until_us, until_offset_s = to_instant_or_never(self.until)
        values = {
            "sku": self.sku,
            "all_sizes": int(self.all_sizes),
            "machine": self.machine,
            "modifier": self.modifier,
            "until_us": until_us,
            "until_offset_s": until_offset_s,
            **instant_columns(act.at),
        }
        if self.all_sizes:
            conn.execute(DROP_SIZES, {"sku": self.sku})
        conn.execute(ADD, values)

    def told(self) -> object:
        return {"marked_out": self}


@value
class Restored:
    """An item, a machine or a modifier is no longer sold out; an item marked in all sizes, in all of them."""

    sku: Sku | None
    machine: str | None
    modifier: str | None

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Remove the mark. Raises `Unreadable` if there is none."""
        values = {"sku": self.sku, "machine": self.machine, "modifier": self.modifier}
        if not conn.execute(RESTORE, values).rowcount:
            raise Unreadable("the mark of what is there again")

    def told(self) -> object:
        return {"restored": self}


class StockStore:
    """What is sold out, for all tills of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def all_entries(self) -> tuple[EightySix, ...]:
        """Every mark, also those whose time is over, in the order in which they were made."""
        with self._file.reading() as conn:
            return tuple(_entry(row) for row in conn.execute(ENTRIES).fetchall())

    def entries(self, now: datetime) -> tuple[EightySix, ...]:
        """The marks that hold at a time, in the order in which they were made."""
        return tuple(entry for entry in self.all_entries() if entry.until is None or now < entry.until)

    def is_marked(self, sku: Sku | None, machine: str | None, modifier: str | None) -> bool:
        """Whether an item, a machine or a modifier has a mark, even one whose time is over."""
        values = {"sku": sku, "machine": machine, "modifier": modifier}
        with self._file.reading() as conn:
            return conn.execute(IS_MARKED, values).fetchone() is not None

    def out(self, now: datetime) -> Out:
        """Every SKU and modifier that is sold out at a time: by itself, by its other sizes, or by its machine."""
        skus: set[Sku] = set()
        modifiers: set[str] = set()
        entries = self.entries(now)
        with self._file.reading() as conn:
            for entry in entries:
                if entry.sku is not None:
                    skus.add(entry.sku)
                    if entry.all_sizes:
                        skus.update(sku for (sku,) in conn.execute(SIZES, {"sku": entry.sku}).fetchall())
                elif entry.modifier is not None:
                    modifiers.add(entry.modifier)
                else:
                    skus.update(sku for (sku,) in conn.execute(MADE_ON, {"machine": entry.machine}).fetchall())
        until = min((entry.until for entry in entries if entry.until is not None), default=None)
        return Out(frozenset(skus), frozenset(modifiers), until)

    def sold_out(self, now: datetime) -> frozenset[Sku]:
        """Every SKU that is sold out at a time."""
        return self.out(now).skus


def _entry(row: tuple[Sku | None, int, str | None, str | None, int | None, int | None, int, int]) -> EightySix:
    """The mark in a row of `ENTRIES`."""
    sku, all_sizes, machine, modifier, until_us, until_offset_s, *at = row
    until = from_instant_or_none(until_us, until_offset_s)
    return EightySix(sku, machine, until, from_instant(*at), modifier, bool(all_sizes))
