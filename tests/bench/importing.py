"""Importing past orders: the time against only reading the file, the memory meanwhile, and a kill in the middle.

`POS_BENCH_LINES` sets the number of lines (1,000,000). Ratios are of processor time, without the disk's time.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

ITEMS, ORDERS_A_DAY = 200, 500
HEAD = "order,time,item,quantity,price\n"
QUARTERS = 4
FIRST = datetime(2020, 1, 1, 10, tzinfo=UTC)
BAD = ("-1,89.00", "0,89.00", "x,89.00", "1,")
"""Every thousandth line is one of these: a return, none sold, no number, and no price (which is accepted)."""


@dataclass
class Run:
    """One import in a process of its own: wall and processor seconds, the most memory of each quarter of its time (MB),
    and its message about the rows."""

    seconds: float
    busy: float
    quarters: list[float]
    said: str


def past_file(path: Path, lines: int, seed: int = 1) -> None:
    """Write a history of that many lines, the same for the same seed. An order has one to three lines. Order numbers
    start again each day."""
    draw = random.Random(seed)
    weights = [1 / (place + 5) for place in range(ITEMS)]
    written = number = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        while written < lines:
            day, place = divmod(number, ORDERS_A_DAY)
            at = FIRST + timedelta(days=day, minutes=place)
            number += 1
            for item in draw.choices(range(ITEMS), weights, k=1 + number % 3)[: lines - written]:
                written += 1
                rest = "1,89.00" if written % 1000 else BAD[written // 1000 % len(BAD)]
                file.write(f"{place + 1},{at:%Y-%m-%dT%H:%M:%S},Item {item},{rest}\n")


def read_only(path: Path) -> float:
    """The floor: read every row by the standard library. Returns processor seconds."""
    start = time.process_time()
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.process_time() - start


def memory(process: subprocess.Popen[str]) -> float:
    """Returns the resident memory of a process in megabytes."""
    pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def busy() -> float:
    """Returns the processor seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(database: Path, path: Path, kill_after: float = float("inf")) -> Run:
    """Import the file by the command that a shop uses. The import is killed after `kill_after` seconds."""
    command = [
        sys.executable,
        "-m",
        "pos",
        "sales",
        "import",
        str(path),
        "--db",
        str(database),
        "--lang",
        "en",
        "--yes",
    ]
    start, before, held = time.perf_counter(), busy(), []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            held.append(memory(process))
            time.sleep(0.02)
            if time.perf_counter() - start > kill_after:
                process.send_signal(signal.SIGKILL)
        said = process.stdout.read() if process.stdout is not None else ""
    step = max(1, len(held) // QUARTERS)
    quarters = [max(held[place : place + step]) for place in range(0, step * QUARTERS, step)]
    return Run(time.perf_counter() - start, busy() - before, quarters, _last(said))


def _last(said: str) -> str:
    """Returns the import's line about its new rows, or `killed` when there is none."""
    return next((line for line in said.splitlines() if line.startswith(("New rows", "No new"))), "killed")


def orders_in(database: Path) -> tuple[int, str]:
    """Returns the number of imported orders and a digest of them all."""
    digest, count = blake2b(digest_size=8), 0
    conn = sqlite3.connect(database)
    for row in conn.execute("SELECT ref, minute, items FROM history_order ORDER BY minute, ref"):
        digest.update(repr(row).encode())
        count += 1
    conn.close()
    return count, digest.hexdigest()


def shown(name: str, one: Run, floor: float, lines: int) -> str:
    """A row of the report."""
    memories = " ".join(f"{each:.0f}" for each in one.quarters)
    took = f"{one.seconds:8.1f} s   busy {one.busy:6.1f} s   {one.busy / floor:5.1f} ×"
    return f"{name:44} {took}   {lines / one.busy:9,.0f} lines/s   MB {memories}"


def report(folder: Path) -> Iterator[str]:
    """The rows of the report."""
    lines = int(os.environ.get("POS_BENCH_LINES", "1000000"))
    path = folder / "past.csv"
    past_file(path, lines)
    floor = read_only(path)
    yield f"{f'reading {lines:,} lines by csv alone':44} {'':10}   busy {floor:6.1f} s"
    whole = run(folder / "whole.db", path)
    yield shown("importing them", whole, floor, lines)
    yield f"  {whole.said}"
    before = orders_in(folder / "whole.db")
    again = run(folder / "whole.db", path)
    yield f"{'importing them again':44} {again.seconds:8.1f} s   busy {again.busy:6.1f} s"
    assert orders_in(folder / "whole.db") == before, "a second import changed something"
    cut = folder / "cut.db"
    yield shown("killed in the middle", run(cut, path, whole.seconds / 2), floor, lines)
    rest = run(cut, path)
    yield f"{'  and gone on with':44} {rest.seconds:8.1f} s   busy {rest.busy:6.1f} s"
    assert orders_in(cut) == before, "an interrupted import came to something else"
    yield f"  {before[0]:,} orders each time, {(folder / 'whole.db').stat().st_size / 1e6:,.0f} MB"
