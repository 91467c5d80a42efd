"""The recording as a file: a line of JSON for the columns of the views, then one for each day; packed with xz."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path

from tests.net.days import Recorded

FILE = Path(__file__).parent / "days.jsonl.xz"
GOING_ON_FILE = Path(__file__).parent / "before" / "going_on.jsonl.xz"
"""How the program that made the files of `before` went on in them."""

DAYS = 201
SAMPLE = 45
"""The number of days that are played in each run of the tests: the first ones."""


@cache
def kept(path: Path = FILE) -> tuple[dict[str, list[str]], list[Recorded]]:
    """The columns of the views, and every day."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        columns, *days = [json.loads(line) for line in file]
    return columns, [Recorded(**day) for day in days]


def most_telling_first(days: list[Recorded]) -> list[Recorded]:
    """The days, each followed by the one with the most facts that none before it has."""
    left, seen, found = list(days), set[tuple[str, str]](), []
    while left:
        best = max(left, key=lambda day: len(facts_of(day) - seen))
        seen |= facts_of(best)
        found.append(best)
        left.remove(best)
    return found


def facts_of(day: Recorded) -> set[tuple[str, str]]:
    """The facts of a day: which step led to which lines, by their first words."""
    found = set()
    for step, told in zip(day.steps, day.told, strict=True):
        key = step.split(" ", 1)[1]
        found |= {(key, " ".join(line.split()[:3])) for line in told.splitlines() if line[:3] in TELLING}
    return found | {("end", " ".join(line.split()[:3])) for line in day.end.splitlines()}


TELLING = ("+ s", "+ a", "+ t", "+ p", "+ d", "+ h", "+ o")
"""The beginnings of the lines that say most: states, messages, what is asked, tenders, what is paid, held and owed."""


def keep(columns: dict[str, list[str]], days: Iterable[Recorded], path: Path = FILE) -> None:
    """Write a recording in place of the one that is there."""
    lines = [columns, *map(asdict, days)]
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
