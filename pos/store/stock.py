"""What is sold out: items in one size or in all of them, modifiers, and machines with all that they make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pos.domain.items import Sku
from pos.domain.value import value
from pos.store.codec import to_text, to_time, to_time_or_none
from pos.store.file import StoreFile

ENTRIES = "SELECT sku, all_sizes, machine, modifier, until, at FROM eighty_six ORDER BY id"
TIMES = "SELECT id, until, at FROM eighty_six"
MOVE = "UPDATE eighty_six SET until = :until, at = :at WHERE id = :id"
ADD = """
    INSERT OR REPLACE INTO eighty_six (sku, all_sizes, machine, modifier, until, at)
    VALUES (:sku, :all_sizes, :machine, :modifier, :until, :at)
"""
RESTORE = "DELETE FROM eighty_six WHERE sku = :sku OR machine = :machine OR modifier = :modifier"
MADE_ON = "SELECT sku FROM item WHERE made_on = :machine"
SIZES = "SELECT sku FROM item WHERE family = (SELECT family FROM item WHERE sku = :sku)"
DROP_SIZES = """
    DELETE FROM eighty_six
    WHERE sku IN (SELECT sku FROM item WHERE family = (SELECT family FROM item WHERE sku = :sku))
"""


@value
class EightySix:
    """An item, a machine or a modifier that is out, `until` a time or until somebody restores it. With `all_sizes` the
    item is out in every size."""

    sku: Sku | None
    machine: str | None
    until: datetime | None
    at: datetime
    modifier: str | None = None
    all_sizes: bool = False


@value
class Out:
    """Everything that is out at a time."""

    skus: frozenset[Sku] = frozenset()
    modifiers: frozenset[str] = frozenset()


class StockStore:
    """What is sold out, for all tills of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def eighty_six(
        self,
        sku: Sku | None,
        machine: str | None,
        until: datetime | None,
        at: datetime,
        *,
        modifier: str | None = None,
        all_sizes: bool = False,
    ) -> None:
        """Mark an item, a machine or a modifier (one of the three) as out; said again, the new time counts.

        An item marked in all its sizes takes the place of what was said of single ones.
        """
        values = {
            "sku": sku,
            "all_sizes": int(all_sizes),
            "machine": machine,
            "modifier": modifier,
            "until": to_text(until),
            "at": to_text(at),
        }
        with self._file.writing() as conn:
            if all_sizes:
                conn.execute(DROP_SIZES, {"sku": sku})
            conn.execute(ADD, values)

    def restore(self, sku: Sku | None = None, machine: str | None = None, modifier: str | None = None) -> None:
        """Sell an item, what a machine makes, or a modifier again. An item that was out in all sizes comes back so."""
        with self._file.writing() as conn:
            conn.execute(RESTORE, {"sku": sku, "machine": machine, "modifier": modifier})

    def begin_again(self, now: datetime) -> None:
        """Let what was marked at a time that has not been yet last from now, as long as it was marked for: the clock
        has been set back, and would keep it out for as long as it was ahead."""
        with self._file.writing() as conn:
            for rowid, until_text, at_text in conn.execute(TIMES).fetchall():
                until, at = to_time_or_none(until_text), to_time(at_text)
                if at > now:
                    lasts = None if until is None else now + (until - at)
                    conn.execute(MOVE, {"id": rowid, "until": to_text(lasts), "at": to_text(now)})

    def entries(self, now: datetime) -> tuple[EightySix, ...]:
        """What is out at that time, in the order in which it was said."""
        with self._file.reading():
            return tuple(self._entries(now))

    def _entries(self, now: datetime) -> Iterator[EightySix]:
        for sku, all_sizes, machine, modifier, until_text, at in self._file.conn.execute(ENTRIES).fetchall():
            until = to_time_or_none(until_text)
            if until is None or now < until:
                yield EightySix(sku, machine, until, to_time(at), modifier, bool(all_sizes))

    def out(self, now: datetime) -> Out:
        """Every SKU and modifier that is out at that time: by itself, by its other sizes, or by its machine."""
        with self._file.reading() as conn:
            skus: set[Sku] = set()
            modifiers: set[str] = set()
            for entry in self._entries(now):
                if entry.sku is not None:
                    skus.add(entry.sku)
                    if entry.all_sizes:
                        skus.update(sku for (sku,) in conn.execute(SIZES, {"sku": entry.sku}).fetchall())
                elif entry.modifier is not None:
                    modifiers.add(entry.modifier)
                else:
                    skus.update(sku for (sku,) in conn.execute(MADE_ON, {"machine": entry.machine}).fetchall())
            return Out(frozenset(skus), frozenset(modifiers))

    def sold_out(self, now: datetime) -> frozenset[Sku]:
        """Every SKU that is out at that time."""
        return self.out(now).skus
