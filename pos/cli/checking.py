"""The commands that look into the file: whether it is as the till wrote it, and what happened."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pos.cli.progress import Bar
from pos.cli.shop import existing
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, Command
    from pos.store.verifying import Finding
    from pos.wording import Wording


def add_checking(command: Command) -> None:
    """`pos verify` and its options."""
    parser = command("verify")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=verify)


def verify(arguments: Arguments) -> int:
    """Hold the file against its journal; returns 1 where a row is not what was written."""
    from pos.office.verifying import verify_all, verify_file

    words = wording(arguments.language)
    is_all = arguments.flag("all")
    with (
        existing(arguments, changes=False) as store,
        Bar(lambda seconds: words.text("verify-going-on", seconds=seconds)) as bar,
    ):
        found = (verify_all if is_all else verify_file)(store, bar.tell)
    if arguments.flag("json"):
        print(json.dumps(_as_json(found.acts, found.finding), ensure_ascii=False))
    elif found.finding is None:
        print(words.text("verify-whole-again" if is_all else "verify-whole", count=found.acts))
    else:
        print(_sentence(found.finding, words), file=sys.stderr)
    return 0 if found.finding is None else 1


def _as_json(acts: int, finding: Finding | None) -> dict[str, object]:
    if finding is None:
        return {"acts": acts, "whole": True}
    what = {"what": finding.kind, "table": finding.table, "key": finding.key, "row": finding.row}
    return {"acts": acts, "whole": False, "finding": what}


def _sentence(finding: Finding, words: Wording) -> str:
    """What a finding is in words."""
    if not finding.table:
        return words.text("verify-damaged")
    if finding.table == "journal":
        return words.text(f"verify-journal-{finding.kind}", row=finding.key)
    if finding.row is None:
        return words.text(f"verify-stray-{finding.kind}", table=finding.table, key=finding.key)
    return words.text(f"verify-row-{finding.kind}", table=finding.table, key=finding.key, row=finding.row)
