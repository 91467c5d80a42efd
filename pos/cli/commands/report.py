"""The command of the report: what asking brought in, on the screen, as text, JSON, CSV or a page."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.progress import Bar
from pos.cli.shop import existing, gate_of, is_terminal, now
from pos.cli.typed import basis_points, day
from pos.domain.errors import BadInput
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.office.report import Report
    from pos.register import ShopGate
    from pos.store import Store

HIGHEST_LINE = 100
HIGHEST_CONTROL = 50


def add_report(command: ParserMaker) -> None:
    """`pos report` and its options."""
    parser = command("report")
    for name in ("since", "until"):
        parser.add_argument(f"--{name}", metavar="day")
    parser.add_argument("--html", metavar="file")
    for name in ("screen", "json", "csv"):
        parser.add_argument(f"--{name}", action="store_true")
    for name in ("set-line", "set-control"):
        parser.add_argument(f"--{name}", metavar="percent")
    parser.add_argument("--recount", action="store_true")
    parser.set_defaults(run=report)


def report(arguments: Arguments) -> int:
    """Print what asking brought in, or set the line or the control group."""
    from pos.country import norway

    words = wording(arguments.language)
    since, until = day(arguments.text("since")), day(arguments.text("until"))
    if since is not None and until is not None and since > until:
        raise BadInput("report-days-reversed")
    if arguments.flag("screen") and not is_terminal(sys.stdin, sys.stdout, sys.stderr):
        raise BadInput("report-no-terminal")
    sets = bool(arguments.text("set_line") or arguments.text("set_control"))
    with existing(arguments, changes=sets) as store:
        if sets:
            return _set(gate_of(arguments, store), arguments, words)
        _count(store, words, again=arguments.flag("recount"))
        today = norway().business_day(now(), store.menu.day_ends())
        if arguments.flag("screen"):
            from pos.ui.report import run_report

            return run_report(store, words, today, since, until)
        from pos.office.report import make_report

        _show(make_report(store, today, since, until), arguments, words)
    return 0


def _count(store: Store, words: Wording, *, again: bool) -> None:
    """Bring the sums up to date. After an interruption, the next report continues from there."""
    from pos.office.report import bring_up_to_date

    if again:
        store.asking_sums.forget()
    with Bar(lambda seconds: words.text("report-counting", seconds=seconds)) as bar:
        bring_up_to_date(store, bar.tell)


def _show(found: Report, arguments: Arguments, words: Wording) -> None:
    from pos.office.report.files import report_csv, report_json
    from pos.office.report.page import report_page
    from pos.office.report.text import report_lines
    from pos.office.written import write

    if arguments.text("html"):
        write(Path(arguments.text("html")), report_page(found, words))
    if arguments.flag("json"):
        print(report_json(found, words))
    elif arguments.flag("csv"):
        print(report_csv(found, words), end="")
    elif arguments.text("html"):
        print(words.text("report-page-written", path=arguments.text("html")))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        for line in report_lines(found, words, width, fits=sys.stdout.isatty()):
            print(line)


def _set(gate: ShopGate, arguments: Arguments, words: Wording) -> int:
    """Change what the shop measures against."""
    from pos.office.report.account import set_control, set_line
    from pos.office.report.tables import percent

    if arguments.text("set_line"):
        line = basis_points(arguments.text("set_line"), HIGHEST_LINE)
        gate.do(set_line, line)
        print(words.text("report-line-set", line=percent(words, line / 10_000)))
    if arguments.text("set_control"):
        share = basis_points(arguments.text("set_control"), HIGHEST_CONTROL)
        gate.do(set_control, share)
        message = "report-control-set" if share else "report-control-off"
        print(words.text(message, share=percent(words, share / 10_000)))
    return 0
