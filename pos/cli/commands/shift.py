"""The command of shifts: an X of a till's current shift, or its Z reports by number or day."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pos.cli.lines import show
from pos.cli.shop import existing, gate_of
from pos.cli.typed import day
from pos.domain.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pos.cli.arguments import Arguments, ParserMaker
    from pos.domain.shift.report import ShiftReport
    from pos.store import Store, Till

PAPER = 64
"""Characters in a row."""


def add_shift(command: ParserMaker) -> None:
    """`pos shift` and its options."""
    parser = command("shift")
    parser.add_argument("which", nargs="?")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=shift)


def shift(arguments: Arguments) -> int:
    """Print a till's report. Raises `BadInput` `no-such-z`, and `Refused` `no-shift-runs`."""
    with existing(arguments) as store:
        till = store.tills.find(arguments.till)
        if till is None:
            raise BadInput("no-shift-runs")
        found = _found(arguments, store, till)
    if arguments.flag("json"):
        from pos.store.file.codec import to_json

        print(json.dumps([json.loads(to_json(report)) for report in found], ensure_ascii=False, indent=2))
    else:
        show(_lines(found, arguments.language))
    sys.stdout.flush()
    return 0


def _found(arguments: Arguments, store: Store, till: Till) -> Sequence[ShiftReport]:
    """The reports that were asked for: a Z by its number, those of a day, or an X now."""
    which = arguments.text("which")
    if not which:
        from pos.office.shifts import read_shift

        return (gate_of(arguments, store).do(read_shift, till, arguments.cashier).result,)
    if which.isascii() and which.isdecimal():
        one = store.reports.by_number(till.id, int(which[:9]))
        found: Sequence[ShiftReport] = () if one is None else (one,)
    else:
        wanted = day(which)
        found = () if wanted is None else store.reports.of_day(till.id, wanted)
    if not found:
        raise BadInput("no-such-z", text=which[:20])
    return found


def _lines(found: Sequence[ShiftReport], language: str) -> Iterator[str]:
    from pos.country import norway
    from pos.devices.layout import rows
    from pos.wording.shift_report import report_paper

    for place, report in enumerate(found):
        yield from [""] if place else []
        for line in report_paper(report, language, norway().headings).lines:
            yield from (row.rstrip() for row in rows(line, PAPER))
