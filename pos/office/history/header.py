"""Finds the header of a file: below title lines, in one line or two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pos.office.history.blocks import HeadRow
from pos.office.history.tills import ExportTable, plain

FEWEST_KNOWN = 2
"""A line with fewer known column names is no header, unless it is the first."""

A_TILL = 100


class Header(NamedTuple):
    """The last row of a header, and the column names."""

    row: HeadRow
    names: Sequence[str]


def find_header(head: Sequence[HeadRow], table: ExportTable, said: Mapping[str, str]) -> Header:
    """The header among the first rows (at least one): the row with most known column names, the first among equals."""
    known = _known(table)
    found = max(_candidates(head, known), key=lambda header: _score(header, table, known, said))
    if _score(found, table, known, said) < FEWEST_KNOWN:
        return _without_names(head)
    return found


def known_names(header: Header, table: ExportTable) -> int:
    """The number of known column names in a header. A till's own header has many more names."""
    return _score(header, table, _known(table), {})


def _known(table: ExportTable) -> frozenset[str]:
    """All known column names, in plain form."""
    names = {name for found in table.columns.values() for name in found}
    return frozenset(names | table.word_columns | table.flag_columns.keys())


def _candidates(head: Sequence[HeadRow], known: frozenset[str]) -> Iterator[Header]:
    """Each row alone, and each row with the one above it as the first line of the header."""
    for place, row in enumerate(head):
        yield Header(row, row.cells)
        above = head[place - 1].cells if place else ()
        if sum(1 for cell in above if cell.strip()) > 1:
            yield Header(row, _joined(above, row.cells, known))


def _joined(above: Sequence[str], below: Sequence[str], known: frozenset[str]) -> list[str]:
    """Join names in two lines. A name in the upper line continues over the empty cells to its right. `Vare` over `Navn`
    is `Vare navn`; if that is no known column name, the lower name alone is used."""
    names, group = [], ""
    for place, cell in enumerate(below):
        group = (above[place].strip() if place < len(above) else "") or group
        whole = f"{group} {cell}".strip()
        names.append(cell if plain(cell) in known and plain(whole) not in known else whole)
    return names


def _score(header: Header, table: ExportTable, known: frozenset[str], said: Mapping[str, str]) -> int:
    names = [plain(name) for name in header.names if name.strip()]
    till = table.till_of(names)
    chosen = sum(1 for name in said.values() if plain(name) in names)
    return chosen * A_TILL * 10 + (A_TILL if till else 0) + len({name for name in names if name in known})


def _without_names(head: Sequence[HeadRow]) -> Header:
    """The first row; if that is a title in one cell, the first row with more than two cells."""
    row = next((row for row in head if len([cell for cell in row.cells if cell.strip()]) > 2), head[0])
    row = row if len([cell for cell in head[0].cells if cell.strip()]) < 2 else head[0]
    return Header(row, row.cells)
