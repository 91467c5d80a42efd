"""Several tills on one file: how long a key waits for the others and for the office, against one raw writer alone.

`BENCH_SECONDS` sets how long each run takes (30). The floor is the same commits, statement by statement, written by
sqlite3 to a copy of the file by one process alone.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from pos.counter import Counter
from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.errors import PosError
from pos.office.history.importing import import_history
from pos.office.learning import learn
from pos.office.menus import export_menu, load_menu_file
from pos.office.report import bring_up_to_date
from pos.plain.speech import opening
from pos.register import Register
from pos.store import open_store
from pos.store.file import StoreFile
from pos.wording import wording
from tests.bench.importing import past_file
from tests.bench.sampling import Sample
from tests.builders import NOW
from tests.durability.child import next_key
from tests.forks import Fork, fork
from tests.templates import SHIPPED, begin_file

SECONDS = float(os.environ.get("BENCH_SECONDS", "30"))
PAUSES = (1 / 3, 1.0)
"""Seconds between two keys of a person: one to three keys a second."""

WAIT = 30.0
PAST_LINES = 20_000
STARTED = time.monotonic()


class Probe:
    """Times every writing transaction of this process: how long from the wish to the end, how long it held the lock,
    and how much of that was not the commit; with the function that asked for it."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.held: list[tuple[float, float, str]] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch all files of this process."""
        sound = StoreFile.writing
        probe = self

        @contextmanager
        def writing(file: StoreFile) -> Iterator[sqlite3.Connection]:
            name = _asker()
            start = time.perf_counter()
            with sound(file) as conn:
                got = time.perf_counter()
                yield conn
                worked = time.perf_counter()
            end = time.perf_counter()
            probe.waited.append(end - start)
            probe.held.append((end - got, worked - got, name))

        StoreFile.writing = writing  # type: ignore[method-assign]  # for the run of this process
        try:
            yield
        finally:
            StoreFile.writing = sound  # type: ignore[method-assign]  # as it was


def _asker() -> str:
    """The function of the till that asked for a transaction."""
    frame = sys._getframe(2)
    while frame.f_back is not None and "/pos/" not in frame.f_code.co_filename:
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_qualname}"


def passing_clock() -> datetime:
    """A time that goes on by itself, in the open hours of the menu at the beginning."""
    return NOW + timedelta(seconds=time.monotonic() - STARTED)


def a_till(path: Path, name: str, seed: int) -> Counter:
    """A counter on the file, with everything real but the devices and the clock."""
    register = Register(
        open_store(path, wait=WAIT),
        Devices(FakePrinter(), ManualTerminal()),
        norway(),
        passing_clock,
        random.Random(seed).random,
        till=name,
        patience=timedelta(0),
    )
    return Counter(register, deliberate=True)


def sell(path: Path, name: str, seed: int, seconds: float, pauses: tuple[float, float] | None) -> None:
    """Sell for so long, and print what each key and each transaction took."""
    chance = random.Random(seed)
    counter = a_till(path, name, seed)
    opening(counter)
    probe, keys, refused = Probe(), list[float](), 0
    end = time.monotonic() + seconds
    with probe.watching():
        while time.monotonic() < end:
            if pauses is not None:
                time.sleep(chance.uniform(*pauses))
            key = next_key(counter, chance)
            start = time.perf_counter()
            try:
                counter.press(key)
                opening(counter)
            except PosError:
                refused += 1
            keys.append(time.perf_counter() - start)
            if counter.message is not None and counter.message.message_id == "database-locked":
                refused += 1
            if counter.paid is not None:
                with suppress(PosError):
                    counter.register.print_owed()
                counter.register.tidy()
    print(json.dumps({"keys": keys, "waited": probe.waited, "held": probe.held, "refused": refused}))


def work_in_the_office(path: Path, folder: Path, seconds: float) -> None:
    """Load menus, import past orders, learn and count sums again for so long; print how long each held the lock."""
    store = open_store(path, wait=WAIT)
    menu = folder / "menu.toml"
    menu.write_text(export_menu(store), encoding="utf-8")
    probe, done, number = Probe(), dict.fromkeys(("load", "import", "learn", "recount"), 0), 0
    end = time.monotonic() + seconds
    with probe.watching():
        while time.monotonic() < end:
            number += 1
            problems = load_menu_file(store, menu, datetime.now(UTC))
            assert not problems, problems
            done["load"] += 1
            past = folder / f"past-{number}.csv"
            past_file(past, PAST_LINES, number)
            import_history(store, past, wording("en"), datetime.now(UTC))
            done["import"] += 1
            learn(store)
            done["learn"] += 1
            store.asking_sums.forget()
            bring_up_to_date(store)
            done["recount"] += 1
    print(json.dumps({"held": probe.held, "done": done}))


def run(
    folder: Path, tills: int, seconds: float, pauses: tuple[float, float] | None, *, office: bool
) -> dict[str, list[dict[str, object]]]:
    """Start so many tills, and the office where it works, and give what each has printed."""
    path = folder / "shop.db"
    begin_file(path, SHIPPED)
    for name in range(1, tills + 1):
        store = open_store(path)
        store.tills.enter(str(name))
        store.close()
    children = [
        fork(partial(sell, path, str(name), name, seconds, pauses), folder / f"till-{name}")
        for name in range(1, tills + 1)
    ]
    if office:
        children.append(fork(partial(work_in_the_office, path, folder, seconds), folder / "office"))
    _see_out(children)
    found = {child.output.name.split("-")[0]: list[dict[str, object]]() for child in children}
    for child in children:
        found[child.output.name.split("-")[0]].append(json.loads(child.output.read_text(encoding="utf-8")))
    return found


def _see_out(children: list[Fork]) -> None:
    """Wait for all of them to end; an error in one ends the others."""
    try:
        for child in children:
            assert not child.was_killed()
    finally:
        for child in children:
            if child.status is None:
                os.kill(child.pid, signal.SIGKILL)


def raw_floor(folder: Path, keys: int = 600) -> Sample:
    """Let one till sell alone, then write its commits once more by sqlite3 to a copy of the file; seconds a commit."""
    folder.mkdir()
    path, copy = folder / "shop.db", folder / "copy.db"
    begin_file(path, SHIPPED)
    counter = a_till(path, "1", 1)
    shutil.copyfile(path, copy)
    statements: list[str] = []
    counter.register.store.file.conn.set_trace_callback(statements.append)
    chance = random.Random(1)
    for _ in range(keys):
        counter.press(next_key(counter, chance))
        counter.register.print_owed()
    counter.register.store.close()
    conn = sqlite3.connect(copy, isolation_level=None)
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "foreign_keys = ON"):
        conn.execute(f"PRAGMA {pragma}")
    seconds, start, inside = [], 0.0, False
    for statement in statements:
        if statement == "BEGIN IMMEDIATE":
            start, inside = time.perf_counter(), True
        if inside:
            conn.execute(statement)
        if statement in ("COMMIT", "ROLLBACK") and inside:
            inside = False
            seconds.append(time.perf_counter() - start)
    conn.close()
    return Sample(tuple(seconds))


def report(folder: Path) -> Iterator[str]:
    """The rows of the report."""
    floor = raw_floor(folder / "floor")
    yield f"{'the same commits by one raw writer':44} {_in_ms(floor)}"
    for name, tills, pauses, office in (
        ("four tills with pauses", 4, PAUSES, False),
        ("four tills with pauses and the office", 4, PAUSES, True),
        ("six tills without pauses", 6, None, False),
        ("six tills without pauses and the office", 6, None, True),
    ):
        place = folder / name.replace(" ", "-")
        place.mkdir()
        found = run(place, tills, SECONDS, pauses, office=office)
        commits = Sample(tuple(_all(found["till"], "waited")))
        keys = Sample(tuple(_all(found["till"], "keys")))
        refused = sum(int(str(one["refused"])) for one in found["till"])
        each = [len(_all([one], "keys")) for one in found["till"]]
        ratio = f"{commits.p50 / floor.p50:.1f} × p50, {commits.p99 / floor.p99:.1f} × p99 of the raw writer's"
        yield f"{name + ': a commit':44} {_in_ms(commits)}   {ratio}"
        yield f"{'  a key, with what is painted':44} {_in_ms(keys)}   {min(each)}–{max(each)} a till, {refused} refused"
        for office_found in found.get("office", []):
            yield f"  the office: {office_found['done']}"
            yield from _longest(office_found)


def _longest(found: dict[str, object]) -> Iterator[str]:
    """The functions that held the lock longest."""
    longest: dict[str, list[tuple[float, float]]] = {}
    for held, worked, name in found["held"]:  # type: ignore[attr-defined]  # what a child has printed
        longest.setdefault(name, []).append((held, worked))
    for name, all_of_it in sorted(longest.items(), key=lambda entry: -max(entry[1])[0]):
        held, worked = (Sample(tuple(times)) for times in zip(*all_of_it, strict=True))
        worst = f"at worst {max(held.seconds) * 1e3:7.1f} ms, {max(worked.seconds) * 1e3:7.1f} before the commit"
        yield f"    {name:36} held {held.p50 * 1e3:6.1f} ms p50, {worst}   n={len(all_of_it)}"


def _all(found: list[dict[str, object]], name: str) -> list[float]:
    return [seconds for one in found for seconds in one[name]]  # type: ignore[attr-defined]  # what a child has printed


def _in_ms(times: Sample) -> str:
    p50, p99, worst = times.p50 * 1e3, times.p99 * 1e3, max(times.seconds) * 1e3
    return f"{p50:7.2f} ms p50 {p99:8.1f} ms p99 {worst:8.1f} ms worst   n={len(times.seconds)}"
