"""The commands that examine the file: whether it is as the till wrote it, and what happened."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from pos.cli.lines import show
from pos.cli.progress import Bar
from pos.cli.shop import existing, now
from pos.domain.errors import BadInput
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.store.verifying import Finding
    from pos.wording import Wording


def add_checking(command: ParserMaker) -> None:
    """`pos verify`, `pos log` and their options."""
    parser = command("verify")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=verify)
    parser = command("log")
    parser.add_argument("order", nargs="?")
    parser.set_defaults(run=log)


def verify(arguments: Arguments) -> int:
    """Compare the file with its journal. Returns 1 if a row differs."""
    from pos.country import norway
    from pos.office.verifying import verify_all, verify_file

    words = wording(arguments.language)
    is_all = arguments.flag("all")
    with (
        existing(arguments, changes=False) as store,
        Bar(lambda seconds: words.text("verify-going-on", seconds=seconds)) as bar,
    ):
        found = (verify_all if is_all else verify_file)(store, bar.tell, norway().fiscal)
    if arguments.flag("json"):
        print(json.dumps(_as_json(found.acts, found.finding), ensure_ascii=False))
    elif found.finding is None:
        print(words.text("verify-whole-again" if is_all else "verify-whole", count=found.acts))
    else:
        print(_sentence(found.finding, words), file=sys.stderr)
    return 0 if found.finding is None else 1


def log(arguments: Arguments) -> int:
    """Print the acts of one order, or of this business day. Raises `BadInput` `log-no-order`."""
    from pos.country import norway
    from pos.office.acts import day_lines, order_lines
    from pos.store.journal.act_log import ActLog

    words, name, country = wording(arguments.language), arguments.text("order"), norway()
    with existing(arguments, changes=False) as store:
        acts, menu, ends = ActLog(store.file), store.menu.load(), store.menu.day_ends()
        yesterday = country.business_day(now(), ends) - timedelta(days=1)
        today = country.day_ends_at(yesterday, ends)
        if name:
            order_id = acts.find(name, today)
            if order_id is None:
                raise BadInput("log-no-order", name=name)
            show(order_lines(acts, order_id, menu, words))
            return 0
        is_empty = True
        for line in day_lines(acts, today, menu, words):
            show([line])
            is_empty = False
        if is_empty:
            print(words.text("log-nothing"))
    return 0


def _as_json(acts: int, finding: Finding | None) -> dict[str, object]:
    if finding is None:
        return {"acts": acts, "whole": True}
    what = {"what": finding.kind, "table": finding.table, "key": finding.key, "row": finding.row}
    return {"acts": acts, "whole": False, "finding": what}


def _sentence(finding: Finding, words: Wording) -> str:
    """The sentence about a finding."""
    if not finding.table:
        return words.text("verify-damaged")
    if finding.table == "journal":
        return words.text(f"verify-journal-{finding.kind}", row=finding.key)
    if finding.table == "signature" and finding.row is None and finding.kind == "changed":
        return words.text("verify-signature", key=finding.key)
    if finding.row is None:
        return words.text(f"verify-stray-{finding.kind}", table=finding.table, key=finding.key)
    return words.text(f"verify-row-{finding.kind}", table=finding.table, key=finding.key, row=finding.row)
