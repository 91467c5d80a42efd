"""Orders in the form for counting: a row each, with the numbers of the different items, four bytes each."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby

from pos.domain.value import value

NUMBER_BYTES = 4
IS_LITTLE = sys.byteorder == "little"

SLICE = 5_000
"""Orders read at a time: some milliseconds, in which no till can commit."""

FIND_SKU = "SELECT id FROM sold_sku WHERE sku = ?"
ADD_SKU = "INSERT INTO sold_sku (sku) VALUES (?)"
ADD_BASKET = "INSERT INTO sale_basket (sale_id, items) VALUES (?, ?)"

ADD_SKUS = "INSERT INTO sold_sku (sku) SELECT DISTINCT sku FROM sale_line ORDER BY sku"
LINES = """
    SELECT l.sale_id, s.id FROM sale_line AS l JOIN sold_sku AS s ON s.sku = l.sku ORDER BY l.sale_id, l.number
"""


@value
class Baskets:
    """Consecutive orders: the number of the last one, how many different items each has, and the items' numbers, one
    order after the other."""

    last: int
    sizes: list[int]
    items: array[int]


def packed(items: Iterable[int]) -> bytes:
    """Numbers as four bytes each, ascending."""
    found = array("I", sorted(items))
    return found.tobytes() if IS_LITTLE else _little(found).tobytes()


def unpacked(blob: bytes) -> array[int]:
    """The numbers that `packed` wrote."""
    items = array("I")
    items.frombytes(blob)
    return _little(items)


def _little(items: array[int]) -> array[int]:
    if not IS_LITTLE:
        items.byteswap()
    return items


def baskets(conn: sqlite3.Connection, sql: str, after: int, upto: int) -> Baskets | None:
    """The next orders after a number, up to another; None if there are none. `sql` selects number and items."""
    rows = conn.execute(sql, {"after": after, "upto": upto, "most": SLICE}).fetchall()
    if not rows:
        return None
    sizes = [len(items) // NUMBER_BYTES for _, items in rows]
    return Baskets(rows[-1][0], sizes, unpacked(b"".join([items for _, items in rows])))


def add_basket(conn: sqlite3.Connection, sale_id: int, skus: Iterable[str]) -> None:
    """Write the different items of a sale, inside the open transaction."""
    conn.execute(ADD_BASKET, (sale_id, packed([_number(conn, sku) for sku in {*skus}])))


def _number(conn: sqlite3.Connection, sku: str) -> int:
    """The number of a SKU; a new one gets the next number."""
    found = conn.execute(FIND_SKU, (sku,)).fetchone()
    return int(found[0]) if found is not None else conn.execute(ADD_SKU, (sku,)).lastrowid or 0


def fill_baskets(conn: sqlite3.Connection) -> None:
    """Write the baskets of older sales, inside the open transaction."""
    conn.execute(ADD_SKUS)
    conn.executemany(ADD_BASKET, _past(conn))


def _past(conn: sqlite3.Connection) -> Iterator[tuple[int, bytes]]:
    for sale_id, lines in groupby(conn.execute(LINES), lambda line: line[0]):
        yield sale_id, packed({number for _, number in lines})
