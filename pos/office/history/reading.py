"""How a file of past orders is read: its source, header and columns, as the manager says and as the file shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pos.domain.errors import BadInput
from pos.office.history.columns import SAMPLE, Layout, layout_of
from pos.office.history.header import find_header
from pos.office.history.rows import Clock, Details
from pos.office.history.source import Source, source_of
from pos.office.history.tills import ExportTable, shipped_table
from pos.office.history.times import read_moment


@dataclass(frozen=True, slots=True)
class Options:
    """The manager's choices for a file: columns by meaning, the order of dates (`dmy` or `mdy`), the time zone of the
    shop's clock, what to do with sizes, variants and modifiers, and which words of a status mean a `sale` or `none`."""

    columns: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    zone: str = ""
    details: Details = Details.LEAVE
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """A file, and how its rows are read."""

    source: Source
    layout: Layout
    table: ExportTable
    options: Options
    today: date

    def clock(self, seen: str = "") -> Clock:
        """A clock for the file's times; `seen` is what an earlier clock of the file has seen."""
        return Clock(self.layout, seen, ZoneInfo(self.options.zone) if self.options.zone else None, self.today)

    def known_by(self) -> str:
        """A digest of how the file is read: the same bytes read in another way count as another file."""
        how: tuple[object, ...] = (self.layout.known_by(), self.options.zone, str(self.options.details))
        how = (*how, sorted(self.options.words.items())) if self.options.words else how
        return blake2b(repr(how).encode(), digest_size=8).hexdigest()


def plan_of(path: Path, options: Options, today: date, table: ExportTable | None = None) -> ReadingPlan:
    """Plan how to read a file. Raises `BadInput` for a file that cannot be read, and `OpenDates` or `OpenColumn` for
    what is ambiguous."""
    table = shipped_table() if table is None else table
    source = source_of(path)
    if source.head:
        header = find_header(source.head, table, options.columns)
        source.begin_after(header.row, header.names)

    def rows() -> Iterable[Sequence[str]]:
        return (row.cells for row in source.rows())

    if next(iter(rows()), None) is None and source.first_row <= len(source.head) + 1 and len(source.header) > 1:
        raise BadInput("history-empty", path=path.name)
    layout = layout_of(path.name, source.header, rows, options.columns, table, today, options.dates)
    if options.zone:
        _check_zone(options.zone, layout, islice(rows(), SAMPLE))
    return ReadingPlan(source, layout, table, options, today)


def _check_zone(zone: str, layout: Layout, rows: Iterable[Sequence[str]]) -> None:
    """Raise `BadInput` for an unknown time zone, or for a zone given for times without an offset."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput("history-zone-unknown", zone=zone[:40]) from None
    texts = [cells[layout.time] for cells in rows if len(cells) > layout.time]
    found = [moment for text in texts if (moment := read_moment(text, layout.day_first is not False)) is not None]
    if layout.day is not None or (found and all(moment.offset is None for moment in found)):
        raise BadInput("history-zone-unneeded", zone=zone)
