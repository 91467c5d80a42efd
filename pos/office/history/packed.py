"""Cells that hold several items, as exports with one row an order write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pos.office.history.tills import Packed

COUNT = re.compile(r"(\d+(?:[.,]\d+)?) ?[x×] ?(?=\S)", re.IGNORECASE)
COUNT_BEHIND = re.compile(r" ?[x×] ?(\d+(?:[.,]\d+)?)$", re.IGNORECASE)
NEXT_COUNTED = re.compile(r"[,;+\n] ?(?=\d+(?:[.,]\d+)? ?[x×] ?\S)", re.IGNORECASE)
BETWEEN = re.compile(r"[,;\n] ?(?![^(]*\))")
"""What separates items, outside of brackets."""

BRACKETS = re.compile(r" ?\(([^()]*)\)")


class PackedItem(NamedTuple):
    """An item of such a cell: its name, how many, and what its brackets say."""

    name: str
    quantity: float
    details: Sequence[str]


FEWEST_ORDERS = 5


def is_packed(texts: Sequence[str], *, named: bool = False, one_row_an_order: bool = False) -> bool:
    """Whether cells hold several items each: most of them begin with a count, and some have a second one. Where there
    is one row an order, or the column is named so (*Items*), commas tell as well, if most of what is between them comes
    again in other cells: that is no name with a comma in it."""
    counted = [text for text in texts if COUNT.match(text)]
    if len(counted) > 0.5 * len(texts) and any(NEXT_COUNTED.search(text) for text in counted):
        return True
    parts = [[part.strip() for part in BETWEEN.split(text)] for text in texts]
    if not any(len(found) > 1 for found in parts):
        return False
    seen = Counter(part for found in parts for part in {*found})
    again = sum(count for count in seen.values() if count > 1)
    return named or (one_row_an_order and len(texts) >= FEWEST_ORDERS and again > 0.5 * seen.total())


def unpacked_items(text: str, form: Packed) -> list[PackedItem]:
    """The items of a cell."""
    if form == "pairs" and "name:" in text:
        return list(_pairs(text))
    parts = (NEXT_COUNTED if form != "square" and COUNT.match(text) else BETWEEN).split(text)
    return [_counted(part.strip()) for part in parts if part.strip()]


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
