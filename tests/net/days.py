"""A recorded day: steps at one or two tills of a shop, what was shown after each, and what was left at the end.

A step is a line of words: who (`1` or `2` for a till, `-` for all around them), what, and with what.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from tests.net.seen import Codes, columns_of, filed, left, printed, shown
from tests.net.shops import open_shop
from tests.net.till import Office, Till
from tests.rig import Clock


@dataclass
class Recorded:
    """A day as it is stored in the recording."""

    name: str
    shop: str
    draw: float
    others_run: bool
    tills: int
    at: str = ""
    """The names of its tills, where they differ from the usual ones."""
    later: int = 0
    """How many minutes after the file's last day it begins."""
    codes: list[str] = field(default_factory=list)
    """The next-visit codes that its file has given."""
    deliberate: bool = False
    """Whether its keys come as lines of text do: nothing comes too fast."""
    steps: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What each step changed of all that is shown."""
    end: str = ""


class Day:
    """A day that is being played."""

    def __init__(self, plan: Recorded) -> None:
        self.folder = open_shop(plan.shop)
        self.clock, self.codes = Clock(), Codes()
        self.codes.given = list(plan.codes)
        self.clock.pass_(plan.later * 60_000)
        self.tills = {
            name: Till(self.folder, name, self.clock, plan.draw, others_run=plan.others_run, deliberate=plan.deliberate)
            for name in (plan.at.split() or ("1", "2")[: plan.tills])
        }
        self.office = Office(self.folder)
        self._shown: dict[str, list[str]] = {name: [] for name in self.tills}
        self._papers: dict[str, int] = dict.fromkeys(self.tills, 0)

    def do(self, step: str) -> str:
        """Take a step. Returns what it changed of all that the till shows, and what its printer printed."""
        who, what, *rest = step.split(" ", 2)
        detail = rest[0] if rest else ""
        if who == "-":
            self._around(what, detail)
            return ""
        till = self.tills[who]
        self._at(till, what, detail)
        sale = till.after()
        if sale is not None and sale.next_visit is not None:
            self.codes.add(sale.next_visit.code)
        now, before = shown(till.counter), self._shown[who]
        self._shown[who] = now
        papers = till.printer.printed[self._papers[who] :]
        self._papers[who] += len(papers)
        lines = [line for document in papers for line in printed(document)]
        return self.codes.hidden("\n".join([*changes(before, now), *lines]))

    def _at(self, till: Till, what: str, detail: str) -> None:  # noqa: C901 - one of each sort
        match what:
            case "key" | "fast" | "slow" | "held_down" | "tap":
                getattr(till, what)(detail)
            case "type":
                till.type(detail, 2)
            case "write":
                till.type(detail, 200)
            case "scan":
                till.scan(detail.replace("~~", "\n"))
            case "tick":
                till.tick()
            case "restart":
                till.close()
                till.open()
            case "printer":
                till.printer.problem, till.printer.begun = "" if detail == "works" else "out of paper", detail == "jams"
            case "terminal":
                till.terminal.answer = detail
            case _:
                self._bring(till, what, detail)

    def _bring(self, till: Till, what: str, detail: str) -> None:
        """Bring a code from an earlier visit: type or scan it, right or with its last digit wrong."""
        if not self.codes.given:
            return
        code = self.codes.given[int(detail) % len(self.codes.given)]
        match what:
            case "bring":
                till.scan(code)
            case "bring_typed" if till.counter.state.value in ("ringing", "paid"):
                till.type(f"{code}~~", 200)
            case "bring_typed":  # elsewhere each of its digits, which are left to chance, would mean something
                till.scan(code)
            case "bring_wrong":
                till.scan(f"{code[:-1]}{(int(code[-1]) + 1) % 10}")
            case _:
                raise AssertionError(what)

    def _around(self, what: str, detail: str) -> None:
        match what:
            case "pass":
                self.clock.pass_(int(detail))
            case "set":
                self.clock.set(timedelta(minutes=int(detail)))
            case "menu":
                self.office.load_menu(int(detail))
            case "learn":
                self.office.learn()
            case _:
                raise AssertionError(what)

    def end(self, columns: Mapping[str, list[str]]) -> str:
        """What is left at each till, and what is in the file."""
        lines = [line for till in self.tills.values() for line in left(till.register)]
        return self.codes.hidden("\n".join([*lines, *filed(self.office.store, columns)]))

    def columns(self) -> dict[str, list[str]]:
        """The columns of the views of its file."""
        return columns_of(self.office.store)

    def close(self) -> None:
        """Close the file, and delete it."""
        for till in self.tills.values():
            till.close()
        self.office.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def changes(before: list[str], now: list[str]) -> list[str]:
    """The lines that are gone (`-`) and those that are new (`+`)."""
    found = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [f"- {line}" for line in before[i:j]] + [f"+ {line}" for line in now[k:m]]
    return found


def play(plan: Recorded, columns: Mapping[str, list[str]]) -> Recorded:
    """The same day, played again as the program is now."""
    day = Day(plan)
    try:
        told = [day.do(step) for step in plan.steps]
        return replace(plan, told=told, end=day.end(columns))
    finally:
        day.close()


ENTRY_OF_MORE = re.compile(r"^[+-] .\) (more-[a-z-]+).*$", re.MULTILINE)
"""An entry of the panel *More*, as it comes or goes; the group is its message."""


def difference(kept: Recorded, now: Recorded) -> str:
    """Where a day differs from the recorded one: the first step that differs, and both texts; empty if nothing differs.

    Commands that *More* has got since the day was recorded do not count as a difference.
    """
    known = {entry for told in kept.told for entry in ENTRY_OF_MORE.findall(told)}
    for place, (step, before, found) in enumerate(zip(kept.steps, kept.told, now.told, strict=True), 1):
        after = _without_new_entries(found, known)
        if before != after:
            lead = "\n".join(f"  {entry}" for entry in kept.steps[max(0, place - 12) : place])
            return f"{kept.name}: step {place} of {len(kept.steps)}: {step}\n{lead}\n{_diff(before, after)}"
    if kept.end != now.end:
        return f"{kept.name}: at the end of the day\n{_diff(kept.end, now.end)}"
    return ""


def _without_new_entries(told: str, known: set[str]) -> str:
    """What a step changed, without the entries of *More* whose messages are not known."""
    lines = told.split("\n")
    return "\n".join(line for line in lines if not (new := ENTRY_OF_MORE.fullmatch(line)) or new[1] in known)


def _diff(before: str, after: str) -> str:
    lines: Iterable[str] = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "recorded", "now", lineterm="", n=2
    )
    return "\n".join(lines)
