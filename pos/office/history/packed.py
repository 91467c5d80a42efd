"""Cells that hold several items, as exports with one row an order write them."""

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
"""What separates items, outside of brackets."""

BRACKETS = re.compile(r" ?\(([^()]*)\)")


class PackedItem(NamedTuple):
    """An item of a cell with several: its name, count, and the text in brackets."""

    name: str
    quantity: float
    details: Sequence[str]


FEWEST_ORDERS = 5
NEARLY_ALL = 0.9
"""Where more cells than that begin with a count, every item has one, and a comma without is in a name."""
FEWEST_WITH_COMMAS = 0.1
"""With commas in fewer of its cells than that a column holds names, some of which have one."""


def packed_form(texts: Sequence[str], *, named: bool = False, one_row_an_order: bool = False) -> Packed | None:
    """How cells hold several items each; nothing where each holds one, None where that cannot be told.

    Most of them begin with a count, and some have a second one. Where there is one row an order, or the column is named
    so (*Items*), a count behind a comma tells as well, and commas alone if most of what is between them comes again in
    other cells. One row an order and other commas may be several items, or names with a comma in them."""
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
    """The items of a cell."""
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
    """`name:Cola|quantity:2;name:Fries|quantity:1`; values may hold colons."""
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
