"""The file that maps names in past orders to items of the menu. The manager checks it and reads it back in."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pos.domain.errors import BadInput
from pos.domain.menu.items import MenuItem, Sku
from pos.files import guard
from pos.office.history.lists import first_place, places_for
from pos.office.history.names import Names, UnknownName
from pos.office.history.source import source_of
from pos.office.written import write
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import Store
from pos.store.learning.history import NamesMapped
from pos.wording import Wording
from pos.wording.reasons import reason_of

HEADING = ("item", "sku", "orders", "menu_item", "code")
OWN_NAME = "-"
"""In place of a SKU: the name is an item of its own, whatever was said before."""


@dataclass(frozen=True, slots=True)
class Naming:
    """The names in a file that the menu does not have, best sellers first, and the path of their list. `is_kept` is
    true if the list existed before; the manager may have edited it."""

    unknown: Sequence[UnknownName] = ()
    path: Path | None = None
    is_kept: bool = False

    @property
    def proposed(self) -> Sequence[UnknownName]:
        """The names for which an item of the menu is proposed."""
        return [one for one in self.unknown if one.proposed is not None]


def name_items(store: Store, path: Path, words: Wording, sold: Counter[str]) -> Naming:
    """List the names of a file that the menu does not have; `sold` has the number of orders with each. An existing list
    keeps its rows and new names are appended. Raises `BadInput` if nothing can be written."""
    menu = store.menu.load()
    names, items = Names(menu), store.history.items()
    missing = [
        (name, count)
        for name, count in sorted(sold.items(), key=lambda found: (-found[1], found[0]))
        if name in items and items[name].sku is None and not names.find(name) and not names.of_code(items[name].code)
    ]
    if not missing:
        return Naming()
    near = names.near([name for name, _ in missing])
    unknown = [UnknownName(name, count, items[name].code, near.get(name)) for name, count in missing]
    place, is_kept = first_place(places_for(path, store.path, "mapping.csv"), lambda place: _put(place, unknown, words))
    return Naming(unknown, place, is_kept)


def _put(place: Path, unknown: Sequence[UnknownName], words: Wording) -> bool:
    """Write the list, or append what is missing; returns True if the list existed."""
    there: set[str] | None = None
    with suppress(BadInput):
        there = {row.cells[0].strip() for row in source_of(place).rows() if row.cells} if place.is_file() else None
    new = [one for one in unknown if there is None or one.name not in there]
    if there is None:
        write(place, _text([HEADING], ",") + _text([_row(one, words) for one in new], ","))
    elif new:
        _put_behind(place, new, words)
    return there is not None


def _put_behind(place: Path, new: Sequence[UnknownName], words: Wording) -> None:
    """Append rows to a list. A workbook or a UTF-16 file is left unchanged. Raises `BadInput` `file-unwritable`."""
    guard(place)
    try:
        with place.open("r+b") as file:
            if file.read(2) in (b"\xff\xfe", b"\xfe\xff", b"PK"):
                return
            file.seek(-1, io.SEEK_END)
            end = b"" if file.read() == b"\n" else b"\n"
            file.write(
                end + _text([_row(one, words) for one in new], source_of(place).delimiter).encode(errors="replace")
            )
    except OSError as error:
        raise BadInput("file-unwritable", path=str(place), reason=reason_of(error)) from error


def _row(one: UnknownName, words: Wording) -> tuple[str, str, str, str, str]:
    item = one.proposed
    return one.name, item.sku if item else "", str(one.orders), words.item_name(item) if item else "", one.code


def _text(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


@verb
def match_names(scene: ShopScene, mapping: Mapping[str, Sku | None]) -> Change[None]:
    """Record which items of the menu the names of past orders are; None is an item of its own."""
    return Change(None, facts=(NamesMapped(tuple(mapping.items())),))


def map_names(gate: ShopGate, path: Path) -> int:
    """Map the names of past orders to items of the menu, as a file says; returns the number of names decided."""
    store = gate.store
    mapping = read_mapping(path, store.menu.load().items)
    gate.do(match_names, mapping)
    return len(mapping.keys() & store.history.items().keys())


def read_mapping(path: Path, items: Mapping[Sku, MenuItem]) -> dict[str, Sku | None]:
    """Read a mapping. Rows without a SKU are skipped; with `-` the name is an item of its own (None).

    Raises `BadInput` `history-mapping-sku` for a SKU that the menu does not have.
    """
    found: dict[str, Sku | None] = {}
    for row in source_of(path).rows():
        if len(row.cells) >= 2 and row.cells[1].strip():
            name, sku = row.cells[0].strip(), row.cells[1].strip()
            if sku not in items and sku != OWN_NAME:
                raise BadInput("history-mapping-sku", path=path.name, line=row.number, sku=sku)
            found[name] = None if sku == OWN_NAME else sku
    return found
