"""The report over a million past orders: the first count, the next, and how soon it opens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pos.office.report import bring_up_to_date, make_report
from pos.office.report.text import report_lines
from pos.store import Store
from pos.wording import wording
from tests.bench.sampling import once, sample, shown
from tests.builders import TODAY
from tests.office.report.sales import sell_many
from tests.rig import shop_file

ORDERS = int(os.environ.get("POS_BENCH_ORDERS", "1000000"))
A_DAY = 1000


def report(folder: Path) -> list[str]:
    """The rows of the report."""
    store = shop_file(folder)
    sell_many(store, ORDERS, a_day=A_DAY)
    first = once(lambda: bring_up_to_date(store))
    rows = [f"{f'counting {ORDERS:,} orders, the first time':44} {first:8.1f} s"]
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


def _lines(store: Store) -> list[str]:
    bring_up_to_date(store)
    return [*report_lines(make_report(store, TODAY), wording("en"), 100)]
