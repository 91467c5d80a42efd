"""Cells that hold several items, as in exports with one row per order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pos.office.history.tills import Packed

COUNT = re.compile(r"(\d+(?:[.,]\d+)?) ?[x×] ?(?=\S)", re.IGNORECASE)
COUNT_BEHIND = re.compile(r" ?[x×] ?(\d+(?:[.,]\d+)?)$", re.IGNORECASE)
NEXT_COUNTED = re.compile(r"(?: ?[,;+|\n] ?| / )(?=\d+(?:[.,]\d+)? ?[x×] ?\S)", re.IGNORECASE)
COUNTED_BEFORE = re.compile(r"( ?[x×] ?\d+(?:[.,]\d+)?)(?: ?[,;+|\n] ?| / )", re.IGNORECASE)
BETWEEN = re.compile(r"(?:[,;\n]| \| ) ?(?![^(]*\))")
"""The separators of items, outside of brackets."""

BRACKETS = re.compile(r" ?\(([^()]*)\)")


class PackedItem(NamedTuple):
    """One item of a cell that holds several: its name, quantity, and the text in brackets."""

    name: str
    quantity: float
    details: Sequence[str]


FEWEST_ORDERS = 5
NEARLY_ALL = 0.9
"""If more than this part of the cells begins with a count, every item has a count, and a comma without one is part of a
name."""
FEWEST_WITH_COMMAS = 0.1
"""If a smaller part of the cells has commas, the column holds one name per cell, and the commas are part of some
names."""


def packed_form(texts: Sequence[str], *, named: bool = False, one_row_an_order: bool = False) -> Packed | None:
    """The form in which cells hold several items: "" if each holds one, None if that is not clear.

    Cells hold several items if most begin with a count and some have a second count. If there is one row per order, or
    the column's name says so (*Items*), a count after a comma is enough; so are commas alone, if most of the parts
    between them occur again in other cells. Other commas in files with one row per order are not clear.
    """
    counted = [text for text in texts if COUNT.match(text)]
    may_be = named or one_row_an_order
    if any(NEXT_COUNTED.search(text) for text in (texts if may_be else counted)):
        if len(counted) > NEARLY_ALL * len(texts):
            return "counted"
        if may_be or len(counted) > 0.5 * len(texts):
            return "square"
    parts = [[part.strip() for part in BETWEEN.split(text)] for text in texts]
    several = sum(1 for found in parts if len(found) > 1)
    if not several or not may_be:
        return ""
    seen = Counter(part for found in parts for part in {*found})
    again = sum(count for count in seen.values() if count > 1)
    if named or (len(texts) >= FEWEST_ORDERS and again > 0.5 * seen.total()):
        return "square"
    return "" if several < FEWEST_WITH_COMMAS * len(texts) else None


def unpacked_items(text: str, form: Packed) -> list[PackedItem]:
    """The items of a cell that holds several."""
    if form == "pairs" and "name:" in text:
        return list(_pairs(text))
    return [_counted(part.strip()) for part in _parts(text, form) if part.strip()]


def _parts(text: str, form: Packed) -> list[str]:
    if form != "square" and COUNT.match(text):
        return NEXT_COUNTED.split(text)
    if COUNT_BEHIND.search(text) and not COUNT.match(text):
        found = COUNTED_BEFORE.split(text)
        return [name + "".join(found[place + 1 : place + 2]) for place, name in enumerate(found) if place % 2 == 0]
    return BETWEEN.split(text)


def _counted(text: str) -> PackedItem:
    quantity = 1.0
    if (found := COUNT.match(text)) is not None:
        quantity, text = _number(found[1]), text[found.end() :]
    elif (found := COUNT_BEHIND.search(text)) is not None:
        quantity, text = _number(found[1]), text[: found.start()]
    return PackedItem(BRACKETS.sub("", text).strip() or text, quantity, BRACKETS.findall(text))


def _pairs(text: str) -> Iterable[PackedItem]:
    """Read `name:Cola|quantity:2;name:Fries|quantity:1`; values may contain colons."""
    for part in re.split(r";(?=\s*[a-z_]+:)", text):
        values = dict(pair.split(":", 1) for pair in part.split("|") if ":" in pair)
        cells = {key.strip().casefold(): value.strip() for key, value in values.items()}
        if cells.get("name"):
            details = [cells["meta"]] if cells.get("meta") else []
            yield PackedItem(cells["name"], _number(cells.get("quantity") or cells.get("qty") or "1"), details)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0
