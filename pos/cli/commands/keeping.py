"""The commands that look after a shop's file: backup, restore, and the doctor."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.confirming import confirmed
from pos.cli.lines import show
from pos.cli.progress import Bar
from pos.cli.shop import existing, gate_of, is_running, now, running_tills
from pos.domain.errors import BadInput
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.office.keeping.backup import MadeBackup
    from pos.office.keeping.restore import Plan

MEGABYTE = 1_000_000
RECEIPT = re.compile(r"([A-ZÆØÅ]\d{1,6})-(\d{1,15})")


def add_keeping(command: ParserMaker) -> None:
    """`pos backup`, `pos restore`, `pos doctor` and their options."""
    parser = command("backup")
    parser.add_argument("file")
    parser.add_argument("--yes", action="store_true")
    parser.set_defaults(run=backup, stopped="backup-stopped")
    parser = command("restore")
    parser.add_argument("file")
    parser.add_argument("--last", metavar="receipts")
    parser.add_argument("--yes", action="store_true")
    parser.set_defaults(run=restore, stopped="backup-stopped")
    parser = command("doctor")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=doctor)


def backup(arguments: Arguments) -> int:
    """Copy the shop's file while tills sell, and print where the copy ends."""
    from pos.office.keeping.backup import make_backup, needs_consent

    words, target = wording(arguments.language), Path(arguments.text("file")).expanduser()
    with existing(arguments) as store:
        if needs_consent(store.path, target):
            question = words.text("backup-ask-over", target=target)
            if not confirmed(arguments, words, question):
                return 1
        with _bar(words, "backup-copying") as copying, _bar(words, "verify-going-on") as checking:
            made = make_backup(gate_of(arguments, store), target, copying.tell, checking.tell)
    show(_made(made, words))
    return 0


def _bar(words: Wording, message_id: str) -> Bar:
    return Bar(lambda seconds: words.text(message_id, seconds=seconds))


def _made(made: MadeBackup, words: Wording) -> Iterator[str]:
    yield words.text("backup-made", path=made.path, size=_size(made.bytes, words))
    yield words.text("backup-head", row=made.head.seq, hash=made.head.short, path=f"{made.path.name}.head")
    given = tuple(f"{entry.series}-{entry.number}" for entry in made.known.given if entry.number)
    if given:
        yield words.text("backup-numbers", numbers=given)
    for key in made.keys:
        yield words.text("backup-key", path=key)


def _size(size: int, words: Wording) -> str:
    return f"{words.decimal(size / MEGABYTE)} MB"


def restore(arguments: Arguments) -> int:
    """Say what restoring a backup loses, and put it in the place of the shop's file."""
    from pos.office.keeping.restore import planned, prepared
    from pos.office.keeping.restore import restore as put_back

    words, source, target = wording(arguments.language), Path(arguments.text("file")).expanduser(), arguments.database
    last = _receipts(arguments.text("last"))
    target = target.resolve()
    _refuse_running(target)
    with ExitStack() as stack:
        with _bar(words, "verify-going-on") as bar:
            store = stack.enter_context(prepared(source, target, bar.tell))
        plan = planned(store, target, last)
        show(_planned(plan, source, target, words))
        if not confirmed(arguments, words, words.text("restore-ask")):
            return 1
        _refuse_running(target)
        aside = put_back(gate_of(arguments, store), plan, source, target)
    show(_restored(target, aside, words))
    return 0


def _receipts(text: str) -> list[tuple[str, int]]:
    """Typed receipt numbers: `K1-57,K2-8`. Raises `BadInput` `restore-no-receipt`."""
    found = []
    for part in filter(None, re.split(r"[,;\s]+", text)):
        match = RECEIPT.fullmatch(part.upper())
        if match is None:
            raise BadInput("restore-no-receipt", text=part[:20])
        found.append((match[1], int(match[2])))
    return found


def _refuse_running(target: Path) -> None:
    tills = running_tills(target)
    if tills:
        raise BadInput("restore-till-runs", path=str(target), tills=tills)


def _planned(plan: Plan, source: Path, target: Path, words: Wording) -> Iterator[str]:
    """What the backup is, and what restoring it loses."""
    head = plan.known.head
    yield words.text("restore-is-whole", path=source, row=head.seq, hash=head.short)
    if plan.is_damaged:
        yield words.text("restore-damaged", path=target)
    if plan.acts:
        yield words.text("restore-loses-acts", count=plan.acts)
    for entry in plan.lost:
        first, last = f"{entry.series}-{entry.first}", f"{entry.series}-{entry.last}"
        yield words.text("restore-loses-one" if entry.first == entry.last else "restore-loses", first=first, last=last)
    following = tuple(f"{entry.series}-{entry.number + 1}" for entry in plan.given)
    if following:
        yield words.text("restore-next", numbers=following)


def _restored(target: Path, aside: tuple[Path, ...], words: Wording) -> Iterator[str]:
    yield words.text("restore-done", path=target)
    if aside:
        yield words.text("restore-aside", path=aside[0])


def doctor(arguments: Arguments) -> int:
    """Check the file, the machine and the till. Returns 1 if something is wrong."""
    from pos.country import norway
    from pos.office.keeping.checks import Patient
    from pos.office.keeping.doctor import examine, lines, verdict

    words, database = wording(arguments.language), arguments.database
    patient = Patient(
        database,
        norway(),
        now(),
        arguments.printer or f"text:{database.parent / 'receipts.txt'}",
        lambda till: is_running(database, till),
        drawer=arguments.text("drawer") or "none",
        is_whole=arguments.flag("all"),
    )
    with _bar(words, "verify-going-on") as bar:
        checks = examine(patient, bar.tell)
    found = verdict(checks)
    if arguments.flag("json"):
        told = [
            {"check": check.name, "health": check.health, "text": check.found(words), "todo": check.todo(words)}
            for check in checks
        ]
        print(json.dumps({"verdict": found, "checks": told}, ensure_ascii=False))
    else:
        show(lines(checks, words))
    sys.stdout.flush()
    return 0 if found.is_good else 1
