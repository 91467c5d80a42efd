"""The commands for the accountant: the SAF-T file for the tax office, and the figures of a day."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pos import __version__
from pos.cli.shop import existing, gate_of, now, practice_opened
from pos.cli.typed import day
from pos.domain.errors import BadInput
from pos.domain.money import Money
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker


def add_exporting(command: ParserMaker) -> None:
    """`pos export saft` and `pos export day`."""
    parser = command("export", "saft")
    parser.add_argument("file")
    parser.add_argument("--from", dest="since", metavar="day", required=True)
    parser.add_argument("--to", dest="until", metavar="day", required=True)
    parser.set_defaults(run=export_saft)
    parser = command("export", "day")
    parser.add_argument("day", nargs="?")
    parser.add_argument("--file")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=export_day)


def export_saft(arguments: Arguments) -> int:
    """Write a SAF-T Cash Register file of some days, and print its sums. Raises `BadInput`."""
    from pos.office.accounts.saft import export_saft as write

    words = wording(arguments.language)
    since, until = day(arguments.text("since")), day(arguments.text("until"))
    if since is None or until is None:
        raise BadInput("export-no-days")
    if since > until:
        raise BadInput("export-days-reversed", since=words.date(since), until=words.date(until))
    path = Path(arguments.text("file"))
    with ExitStack() as stack:
        store = stack.enter_context(existing(arguments))
        is_there = arguments.practice_database.exists()
        practice = stack.enter_context(practice_opened(arguments, changes=False)) if is_there else None
        sums = write(gate_of(arguments, store), practice, (since, until), path, __version__)
    print(words.text("export-done", path=str(path), count=sums.count, total=sums.total), file=sys.stderr)
    if sums.training_count:
        print(words.text("export-saft-training", count=sums.training_count), file=sys.stderr)
    return 0


def export_day(arguments: Arguments) -> int:
    """Print or write the figures of a business day, by default today. Raises `BadInput`."""
    from pos.office.accounts.day import as_csv, as_json, figures_of
    from pos.office.accounts.saft import export
    from pos.office.written import write
    from pos.store import Exported

    words = wording(arguments.language)
    with existing(arguments) as store:
        gate = gate_of(arguments, store)
        wanted = day(arguments.text("day")) or gate.country.business_day(now(), store.menu.day_ends())
        figures = figures_of(gate, wanted)
        is_json = arguments.flag("json")
        text = json.dumps(as_json(figures), ensure_ascii=False, indent=2) + "\n" if is_json else as_csv(figures, words)
        if arguments.text("file"):
            write(Path(arguments.text("file")), text)
        else:
            sys.stdout.write(text)
        total = figures.total
        if arguments.text("file"):
            done = {"path": arguments.text("file"), "count": total.count, "total": Money(total.gross)}
            print(words.text("export-done", **done), file=sys.stderr)
        told = Exported("day", wanted.isoformat(), wanted.isoformat(), total.count, Money(total.gross))
        gate.do(export, told)
    return 0
