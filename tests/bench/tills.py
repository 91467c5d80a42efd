"""Several tills on one file: how long a key waits for the other tills and the office, against one raw writer alone.

`BENCH_SECONDS` sets the seconds of each run (30). For the floor one process writes the same kind of commits, statement
by statement, by sqlite3 to a copy of the file.
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
from pos.counter.printing import print_owed
from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.errors import PosError
from pos.office.history.forgetting import forget
from pos.office.learning.learning import learn
from pos.office.menus import export_menu, load_menu_file
from pos.office.report import bring_up_to_date, make_report
from pos.plain.speech import opening
from pos.register import Register, Setup
from pos.resources import shipped
from pos.store import open_store
from pos.store.file.connection import StoreFile
from pos.store.learning.baskets import packed
from pos.wording import wording
from tests.bench.finishing import a_paid_order
from tests.bench.growth import fill
from tests.bench.importing import past_file
from tests.bench.sampling import Sample
from tests.builders import NOW
from tests.durability.child import next_key
from tests.forks import Fork, fork
from tests.office.history.taking import import_history
from tests.office_acts import enter_till, gate, set_shop
from tests.templates import SHIPPED, begin_file

SECONDS = float(os.environ.get("BENCH_SECONDS", "30"))
PAUSES = (1 / 3, 1.0)
"""Seconds between two keys of a person: one to three keys a second."""

SALES = int(os.environ.get("BENCH_SALES", "100000"))
HISTORY = int(os.environ.get("BENCH_HISTORY", "500000"))
HISTORY_ITEMS = 300
WAIT = 30.0
PAST_LINES = 20_000
STARTED = time.monotonic()


class Probe:
    """Times every writing transaction of this process: from the request to the end, how long it held the lock, and how
    long it held it before the commit. It also notes the function that asked for the transaction."""

    def __init__(self) -> None:
        self.waited: list[float] = []
        self.held: list[tuple[float, float, str]] = []

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Time the transactions on all files of this process."""
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

        StoreFile.writing = writing  # type: ignore[method-assign]  # while it is watching
        try:
            yield
        finally:
            StoreFile.writing = sound  # type: ignore[method-assign]  # restored


def _is_asker(file: str) -> bool:
    return "/pos/" in file and not file.endswith("store/file.py")


def _asker() -> str:
    """Returns the name of the function of `pos` that asked for a transaction."""
    frame = sys._getframe(2)
    while frame.f_back is not None and not _is_asker(frame.f_code.co_filename):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_qualname}"


def passing_clock() -> datetime:
    """Returns a time that passes as real time does. It begins in the menu's open hours."""
    return NOW + timedelta(seconds=time.monotonic() - STARTED)


def a_till(path: Path, name: str, seed: int) -> Counter:
    """Returns a counter on the file. Everything is real except the devices and the clock."""
    draws = random.Random(seed)
    register = Register(
        open_store(path, wait=WAIT),
        Devices(FakePrinter(), ManualTerminal()),
        norway(),
        passing_clock,
        till=name,
        setup=Setup(patience=timedelta(0)),
        draws=lambda seed: draws.random,
    )
    return Counter(register, deliberate=True)


def sell(path: Path, name: str, seed: int, seconds: float, pauses: tuple[float, float] | None) -> None:
    """Sell for that long, and print the time of each key and each transaction."""
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
                    print_owed(counter.register)
                counter.register.tidy()
    print(json.dumps({"keys": keys, "waited": probe.waited, "held": probe.held, "refused": refused}))


def work_in_the_office(path: Path, folder: Path, seconds: float) -> None:
    """Load menus, import past orders, learn and recount for that long. Prints how long each held the lock."""
    store = open_store(path, wait=WAIT)
    menu = folder / "menu.toml"
    menu.write_text(export_menu(store), encoding="utf-8")
    probe, done, number = Probe(), dict.fromkeys(("load", "import", "learn", "recount"), 0), 0
    end = time.monotonic() + seconds
    with probe.watching():
        while time.monotonic() < end:
            number += 1
            problems = load_menu_file(gate(store, lambda: datetime.now(UTC)), menu)
            assert not problems, problems
            done["load"] += 1
            past = folder / f"past-{number}.csv"
            past_file(past, PAST_LINES, number)
            import_history(store, past, wording("en"), datetime.now(UTC))
            done["import"] += 1
            learn(gate(store))
            done["learn"] += 1
            store.asking_sums.forget()
            bring_up_to_date(store)
            done["recount"] += 1
    print(json.dumps({"held": probe.held, "done": done}))


def run(
    folder: Path, tills: int, seconds: float, pauses: tuple[float, float] | None, *, office: bool
) -> dict[str, list[dict[str, object]]]:
    """Run so many tills, and the office where `office` is set. Returns what each has printed."""
    path = folder / "shop.db"
    begin_file(path, SHIPPED)
    for name in range(1, tills + 1):
        store = open_store(path)
        enter_till(store, str(name))
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
    """Wait for all children to end. An error in one kills the others."""
    try:
        for child in children:
            assert not child.was_killed()
    finally:
        for child in children:
            if child.status is None:
                os.kill(child.pid, signal.SIGKILL)


def raw_floor(folder: Path, keys: int = 600) -> Sample:
    """Let one till sell alone, then write its commits again by sqlite3 to a copy of the file. Returns their seconds."""
    folder.mkdir()
    path, copy = folder / "shop.db", folder / "copy.db"
    begin_file(path, SHIPPED)
    counter = a_till(path, "1", 1)
    shutil.copyfile(path, copy)
    statements = _recorded(counter, keys)
    counter.register.store.close()
    conn = sqlite3.connect(copy, isolation_level=None)
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "foreign_keys = ON"):
        conn.execute(f"PRAGMA {pragma}")
    seconds = [_once(conn, transaction) for transaction in _transactions(statements)]
    conn.close()
    return Sample(tuple(seconds))


def _recorded(counter: Counter, keys: int) -> list[str]:
    """Returns the SQL statements of so many keys."""
    statements = [""]

    def note(statement: str) -> None:
        if statement != statements[-1]:  # a statement is reported again each time that its trigger fires
            statements.append(statement)

    counter.register.store.file.conn.set_trace_callback(note)
    chance = random.Random(1)
    for _ in range(keys):
        counter.press(next_key(counter, chance))
        print_owed(counter.register)
    return statements


def _transactions(statements: list[str]) -> Iterator[list[str]]:
    begun: list[str] = []
    for statement in statements:
        if statement == "BEGIN IMMEDIATE" or begun:
            begun.append(statement)
        if statement in ("COMMIT", "ROLLBACK") and begun:
            yield begun
            begun = []


def _once(conn: sqlite3.Connection, statements: list[str]) -> float:
    start = time.perf_counter()
    for statement in statements:
        conn.execute(statement)
    return time.perf_counter() - start


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
    (folder / "office").mkdir()
    yield from beside_the_office(folder / "office")


def beside_the_office(folder: Path) -> Iterator[str]:
    """The time of small commits during each task of the office, on a file with many past orders and sales."""
    register, _, sale = a_paid_order(folder)
    path, stop = register.store.path, folder / "stop"
    register.store.close()
    fill(path, sale.order_id, SALES)
    _fill_history(path)
    past = folder / "past.csv"
    past_file(past, PAST_LINES * 5)
    store, spans = open_store(path, wait=WAIT), dict[str, tuple[float, float]]()
    victim = fork(partial(commit_on, path, stop), folder / "victim")
    probe = Probe()
    with probe.watching():
        for name, work in (
            ("nothing", lambda: time.sleep(SECONDS / 5)),
            ("menu load", lambda: [load_menu_file(gate(store), shipped("menu.toml")) for _ in range(10)]),
            ("import", lambda: import_history(store, past, wording("en"), NOW)),
            ("list of files", store.history.files),
            ("learn", lambda: learn(gate(store))),
            ("recount", lambda: (store.asking_sums.forget(), bring_up_to_date(store))),
            ("report", lambda: [make_report(store, NOW.date()) for _ in range(10)]),
            ("menu export", lambda: export_menu(store)),
            ("forget a file", lambda: [forget(gate(store), file) for file in store.history.files()]),
        ):
            begun = time.monotonic()
            work()
            spans[name] = begun, time.monotonic()
    stop.touch()
    _see_out([victim])
    commits = json.loads(victim.output.read_text(encoding="utf-8"))
    yield f"commits of a till on a file with {SALES:,} sales and {HISTORY:,} past orders, beside"
    for name, (begun, ended) in spans.items():
        took = Sample(tuple(seconds for at, seconds in commits if begun <= at <= ended) or (0.0,))
        yield f"  {name:42} {_in_ms(took)}   {ended - begun:6.1f} s"
    yield from _longest({"held": probe.held})


def commit_on(path: Path, stop: Path) -> None:
    """Make small commits with small pauses until the file `stop` exists. Prints each one's start and duration."""
    store, commits, number = open_store(path, wait=WAIT), list[tuple[float, float]](), 0
    while not stop.exists():
        time.sleep(0.005)
        number += 1
        at = time.monotonic()
        set_shop(store, "bench", str(number))
        commits.append((at, time.monotonic() - at))
    print(json.dumps(commits))


def _fill_history(path: Path) -> None:
    draw, some = random.Random(2), list[bytes]()
    for _ in range(5_000):
        some.append(packed({*draw.choices(range(1, HISTORY_ITEMS + 1), k=4)}))
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("BEGIN")
    conn.executemany(
        "INSERT INTO history_item (id, name, code) VALUES (?, ?, '')",
        ((number, f"Thing {number}") for number in range(1, HISTORY_ITEMS + 1)),
    )
    conn.execute(
        """
        INSERT INTO history_file (
            id, head, how, tail, name, read_to, lines, refused, refused_bytes, unpriced, at_us, offset_s
        ) VALUES (1, 'head', '', '', 'old.csv', 0, ?, 0, 0, 0, 0, 0)
        """,
        (HISTORY,),
    )
    conn.executemany(
        "INSERT INTO history_order (ref, minute, items, file) VALUES (?, ?, ?, 1)",
        ((str(number % 500), 20_000_000 + number, some[number % len(some)]) for number in range(HISTORY)),
    )
    conn.execute("COMMIT")
    conn.close()


def _longest(found: dict[str, object]) -> Iterator[str]:
    """The functions that held the lock longest, one line each."""
    longest: dict[str, list[tuple[float, float]]] = {}
    for held, worked, name in found["held"]:  # type: ignore[attr-defined]  # what a child has printed
        longest.setdefault(name, []).append((held, worked))
    for name, all_of_it in sorted(longest.items(), key=lambda entry: -max(entry[1])[0])[:8]:
        held, worked = (Sample(tuple(times)) for times in zip(*all_of_it, strict=True))
        worst = f"at worst {max(held.seconds) * 1e3:7.1f} ms, {max(worked.seconds) * 1e3:7.1f} before the commit"
        yield f"    {name:36} held {held.p50 * 1e3:6.1f} ms p50, {worst}   n={len(all_of_it)}"


def _all(found: list[dict[str, object]], name: str) -> list[float]:
    return [seconds for one in found for seconds in one[name]]  # type: ignore[attr-defined]  # what a child has printed


def _in_ms(times: Sample) -> str:
    p50, p99, worst = times.p50 * 1e3, times.p99 * 1e3, max(times.seconds) * 1e3
    return f"{p50:7.2f} ms p50 {p99:8.1f} ms p99 {worst:8.1f} ms worst   n={len(times.seconds)}"
