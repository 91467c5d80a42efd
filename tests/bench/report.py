"""Times the report over a million past orders: the first count, the next count, and opening the report."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from pathlib import Path

from pos.cli import FEW_COLLECTIONS
from pos.office.report import bring_up_to_date, make_report
from pos.office.report.text import report_lines
from pos.store import Store
from pos.store.offers.asking_sums import NEW_SALES, PAGE
from pos.wording import wording
from tests.bench.sampling import Sample, once, sample, shown
from tests.builders import TODAY
from tests.office.report.sales import sell_many
from tests.rig import shop_file

ORDERS = int(os.environ.get("POS_BENCH_ORDERS", "1000000"))
A_DAY = 1000
ROUNDS = 5


def report(folder: Path) -> list[str]:
    """The rows of the report."""
    gc.set_threshold(*FEW_COLLECTIONS)  # as the command sets it
    store = shop_file(folder)
    sell_many(store, ORDERS, a_day=A_DAY)
    rows = [_counting(store)]
    sell_many(store, A_DAY, a_day=A_DAY)
    again = once(lambda: bring_up_to_date(store))
    rows.append(f"{f'counting the next {A_DAY:,}':44} {again * 1e3:8.1f} ms")
    rows.append(shown("the report from the kept sums", sample(lambda: _lines(store), 5, 1), bound="below 1 s"))
    store.close()
    command = [sys.executable, "-m", "pos", "report", "--db", str(folder / "shop.db"), "--lang", "en"]
    rows.append(
        shown(
            "pos report, as a command",
            sample(lambda: subprocess.run(command, check=True, capture_output=True), 5, 1),
            bound="below 1 s",
        )
    )
    return rows


def _counting(store: Store) -> str:
    """Counting all sums from the beginning, against only fetching their rows. Both in processor time, in turn."""
    floor, ours = list[float](), list[float]()
    for _ in range(ROUNDS):
        store.asking_sums.forget()
        start = time.process_time()
        _fetch(store)
        floor.append(time.process_time() - start)
        start = time.process_time()
        bring_up_to_date(store)
        ours.append(time.process_time() - start)
    return shown(f"counting {ORDERS:,} orders", Sample(tuple(ours)), Sample(tuple(floor)), "at most 3 ×")


def _fetch(store: Store) -> None:
    after, conn = 0, store.file.conn
    while rows := conn.execute(NEW_SALES, {"after": after, "slice": PAGE}).fetchall():
        after = rows[-1][0]


def _lines(store: Store) -> list[str]:
    bring_up_to_date(store)
    return [*report_lines(make_report(store, TODAY), wording("en"), 100)]
