"""The command of the report: what asking brought in, on the screen, as text, JSON, CSV or a page."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.progress import Bar
from pos.domain.errors import BadInput
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments
    from pos.office.report import Report
    from pos.store import Store

HIGHEST_LINE = 100
HIGHEST_CONTROL = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked of the report, as it was typed."""

    since: str = ""
    until: str = ""
    json: bool = False
    csv: bool = False
    html: str = ""
    screen: bool = False
    recount: bool = False
    set_line: str = ""
    set_control: str = ""


def add_report(command: argparse.ArgumentParser) -> None:
    """Take the options of the report."""
    for name in ("since", "until", "html", "set-line", "set-control"):
        command.add_argument(f"--{name}", default="")
    for name in ("json", "csv", "screen", "recount"):
        command.add_argument(f"--{name}", action="store_true")
    command.set_defaults(run=report)


def wish(found: Mapping[str, str | bool | None]) -> Wish:
    """What stands on the command line; nothing for any other command."""

    def text(name: str) -> str:
        return str(found.get(name) or "")

    return Wish(
        since=text("since"),
        until=text("until"),
        json=bool(found.get("json")),
        csv=bool(found.get("csv")),
        html=text("html"),
        screen=bool(found.get("screen")),
        recount=bool(found.get("recount")),
        set_line=text("set_line"),
        set_control=text("set_control"),
    )


def report(arguments: Arguments) -> int:
    """Say what asking brought in, or move the line or the control group."""
    from pos.store import open_store

    asked, words = arguments.report, wording(arguments.language)
    since, until = day(asked.since), day(asked.until)
    if since is not None and until is not None and since > until:
        raise BadInput("report-days-reversed")
    with closing(open_store(arguments.database)) as store:
        if asked.set_line or asked.set_control:
            return _set(store, asked, words)
        _count(store, words, again=asked.recount)
        if asked.screen:
            from pos.ui.report import run_report

            return run_report(store, words, since, until)
        from pos.office.report import make_report

        _show(make_report(store, since, until), asked, words)
    return 0


def _count(store: Store, words: Wording, *, again: bool) -> None:
    """Bring the sums up to date; interrupted, the next report goes on from there."""
    from pos.office.report import bring_up_to_date

    if again:
        store.asking_sums.forget()
    with Bar(lambda seconds: words.text("report-counting", seconds=seconds)) as bar:
        bring_up_to_date(store, bar.tell)


def _show(found: Report, asked: Wish, words: Wording) -> None:
    from pos.office.report.files import report_csv, report_json
    from pos.office.report.page import report_page
    from pos.office.report.text import report_lines

    if asked.html:
        try:
            Path(asked.html).write_text(report_page(found, words), encoding="utf-8")
        except OSError as error:
            raise BadInput("file-unwritable", path=asked.html, reason=error.strerror or "") from error
    if asked.json:
        print(report_json(found, words))
    elif asked.csv:
        print(report_csv(found, words), end="")
    elif asked.html:
        print(words.text("report-page-written", path=asked.html))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        for line in report_lines(found, words, width, fits=sys.stdout.isatty()):
            print(line)


def _set(store: Store, asked: Wish, words: Wording) -> int:
    """Move what the shop measures against."""
    from pos.office.report.account import LINE
    from pos.office.report.tables import percent
    from pos.register import CONTROL_SHARE

    if asked.set_line:
        line = basis_points(asked.set_line, HIGHEST_LINE)
        store.settings.set(LINE, str(line))
        print(words.text("report-line-set", line=percent(words, line / 10_000)))
    if asked.set_control:
        share = basis_points(asked.set_control, HIGHEST_CONTROL)
        store.settings.set(CONTROL_SHARE, str(share))
        message = "report-control-set" if share else "report-control-off"
        print(words.text(message, share=percent(words, share / 10_000)))
    return 0


def day(text: str) -> date | None:
    """A day as it is typed: `2026-11-06` or `06.11.2026`. Raises `BadInput`."""
    if not text:
        return None
    parts = text.split(".")
    if len(parts) == 3:
        text = "-".join(reversed(parts))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("report-no-day", text=text[:20]) from None


def basis_points(text: str, highest: int) -> int:
    """A percentage as it is typed: `7,5`, `10 %`. Raises `BadInput` for anything else, or above the highest."""
    try:
        found = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        raise BadInput("report-no-percentage", text=text[:20], most=highest) from None
    if not 0 <= found <= highest:
        raise BadInput("report-no-percentage", text=text[:20], most=highest)
    return round(found * 100)
