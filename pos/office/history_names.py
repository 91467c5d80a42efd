"""What a past order calls an item, and what the menu calls it: found by sku, by name, or proposed."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from pos.domain.errors import BadInput
from pos.domain.items import MenuItem, Sku
from pos.domain.menu import Menu
from pos.office.history_source import source_of
from pos.office.written import write

MOST_PROPOSED = 500
"""Names of which the likeliest item is looked for: a comparison with the whole menu takes milliseconds."""

ALIKE = 0.6
OWN = "name:"
"""Stands before a name that the menu does not have; no SKU has a colon."""

_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th"})


def plain(text: str) -> str:
    """A name without capitals, accents and signs: `Crème Brûlée` and `creme brulee` are the same."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    letters = "".join(part if part.isalnum() else " " for part in parts if not unicodedata.combining(part))
    return " ".join(letters.split())


@dataclass(frozen=True, slots=True)
class Proposed:
    """A name of a history, and the item that it may be."""

    name: str
    sku: Sku


class Names:
    """Every way to name an item of the menu. Of sizes that share a name the one with a tile is meant."""

    def __init__(self, menu: Menu) -> None:
        self._items = menu.items
        self._by_name: dict[str, Sku] = {}
        ranked = sorted(menu.items.values(), key=lambda item: (item.retired, not item.tile))
        for item in ranked:
            for name in _names(item):
                self._by_name.setdefault(plain(name), item.sku)

    def find(self, name: str) -> Sku | None:
        """The item with that SKU or that name in either language."""
        return name if name in self._items else self._by_name.get(plain(name))

    def kin(self, name: str, said: Sku | None = None) -> str:
        """What a name counts as: its family, or itself where the menu has no such thing."""
        sku = said if said in self._items else self.find(name)
        return OWN + name if sku is None else self.kin_of_sku(sku)

    def kin_of_sku(self, sku: Sku) -> str:
        """The family of an item of the menu; of a meal that of what it is built around. A SKU that is not there is a
        family of its own."""
        item = self._items.get(sku)
        if item is not None and item.meal is not None:
            item = self._items[item.meal.main]
        return sku if item is None else item.kin

    def proposed(self, unknown: Iterable[str]) -> list[Proposed]:
        """For names that the menu does not have the item that is written most alike, where one is near."""
        known = list(self._by_name)
        return [
            Proposed(name, self._by_name[near])
            for name in islice(unknown, MOST_PROPOSED)
            for near in get_close_matches(plain(name), known, 1, ALIKE)
        ]


def _names(item: MenuItem) -> Iterable[str]:
    yield item.sku
    yield item.kin
    for name, size in (
        (item.name.nb, item.size.nb if item.size else ""),
        (item.name.en, item.size.en if item.size else ""),
    ):
        yield name
        if size:
            yield f"{name}, {size}"
            yield f"{size} {name}"


def write_mapping(path: Path, proposed: Iterable[Proposed]) -> None:
    """Write what was proposed for the manager to check and to give back. Raises `BadInput`."""
    rows = io.StringIO(newline="")
    writer = csv.writer(rows)
    writer.writerow(("item", "sku"))
    writer.writerows((one.name, one.sku) for one in proposed)
    write(path, rows.getvalue())


def read_mapping(path: Path, items: Mapping[Sku, MenuItem]) -> dict[str, Sku]:
    """What a mapping says; rows without a SKU say nothing. Raises `BadInput` for a SKU that the menu does not have."""
    found: dict[str, Sku] = {}
    for row in source_of(path).rows():
        if len(row.cells) >= 2 and row.cells[1].strip():
            name, sku = row.cells[0].strip(), row.cells[1].strip()
            if sku not in items:
                raise BadInput("history-mapping-sku", path=path.name, line=row.number, sku=sku)
            found[name] = sku
    return found
