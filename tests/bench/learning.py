"""Counting all pairs in the till's own sales, against only reading their rows and against libraries for it.

`POS_BENCH_ORDERS` sets the number of orders (1,000,000). A library that is not installed is reported as left out. Above
a million orders only the baskets that the till counts are filled in, and reading them is the floor.
"""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, groupby
from pathlib import Path
from unittest.mock import patch

from pos.insights.pairing.matrix import has_numpy
from pos.insights.pairing.pairs import NumericTally, PairCounts
from pos.office.learning import counting
from pos.office.learning.counting import count_orders
from pos.store import Store, open_store
from pos.store.learning.baskets import ADD_BASKET, packed
from tests.builders import MENU, NOW
from tests.office_acts import put_menu

ITEMS, LINES = 200, 4
MOST_SOLD = 1_000_000
ROUNDS = 3
ADD_SALE = """
    INSERT INTO sale (
        id, order_key, till_id, till, series, receipt_number, call_number, paid_us, paid_offset_s, business_day,
        language, serving_mode, total_minor, goods_minor, tax_minor, rounding_minor, change_minor, note, body
    ) VALUES (?1, ?1, 1, '1', 'K1', ?1, 1, ?1 * 60000000, 0, '', 'nb', 'eat_in', 0, 0, 0, 0, 0, '', '{}')
"""
ADD_LINE = """
    INSERT INTO sale_line
    VALUES (?, ?, ?, '{"nb":"Vare","en":"Item"}', '[]', '', 1, 8900, 8900, 0, 8900, 'mva-15', 1161)
"""
READ = "SELECT sale_id, sku FROM sale_line ORDER BY sale_id, number"
BASKETS = "SELECT sale_id, items FROM sale_basket ORDER BY sale_id"

Transactions = list[tuple[str, ...]]


def fill(path: Path, first: int, last: int) -> None:
    """Write sales with those numbers, four lines each, some items much more popular than others. Of each sale only the
    lines and the basket are written."""
    draw = random.Random(first)
    weights = [1 / (place + 5) for place in range(ITEMS)]
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("BEGIN")
    conn.executemany("INSERT OR IGNORE INTO sold_sku VALUES (?, ?)", ((n + 1, f"item-{n}") for n in range(ITEMS)))
    for number in range(first, last + 1):
        items = draw.choices(range(ITEMS), weights, k=LINES)
        conn.execute(ADD_SALE, (number,))
        conn.executemany(ADD_LINE, [(number, place, f"item-{item}") for place, item in enumerate(items, 1)])
        conn.execute(ADD_BASKET, (number, packed({item + 1 for item in items})))
    conn.execute("COMMIT")
    conn.close()


def fill_baskets(path: Path, last: int) -> None:
    """Write only the baskets of so many sales: a hundred thousand random baskets, over and over."""
    draw = random.Random(1)
    weights = [1 / (place + 5) for place in range(1, ITEMS + 1)]
    some = [packed({*draw.choices(range(1, ITEMS + 1), weights, k=LINES)}) for _ in range(100_000)]
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("BEGIN")
    conn.executemany("INSERT INTO sold_sku VALUES (?, ?)", ((n, f"item-{n}") for n in range(1, ITEMS + 1)))
    conn.executemany(ADD_BASKET, zip(range(1, last + 1), cycle(some)))
    conn.execute("COMMIT")
    conn.close()


def a_shop(path: Path) -> Store:
    """Returns a new till's file with a menu."""
    store = open_store(path)
    put_menu(store, MENU, (), NOW)
    return store


def read_only(path: Path) -> int:
    """The floor: read every row of every sale into Python. Returns their number."""
    rows = 0
    for _ in sqlite3.connect(path).execute(READ):
        rows += 1
    return rows


def read_baskets(path: Path) -> int:
    """A lower floor: read only the basket that the till keeps of each sale. Returns their number."""
    rows = 0
    for _ in sqlite3.connect(path).execute(BASKETS):
        rows += 1
    return rows


def timed(act: Callable[[], object]) -> float:
    """Returns the seconds of one run."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def transactions(path: Path) -> Transactions:
    """Returns the different items of each order, as the libraries take them."""
    rows = sqlite3.connect(path).execute(READ)
    return [tuple({sku for _, sku in order}) for _, order in groupby(rows, lambda row: row[0])]


def by_mlxtend(path: Path) -> int:
    """`fpgrowth` of mlxtend."""
    import pandas as pd
    from mlxtend.frequent_patterns import fpgrowth
    from mlxtend.preprocessing import TransactionEncoder

    orders = transactions(path)
    encoder = TransactionEncoder()
    table = pd.DataFrame(encoder.fit_transform(orders), columns=encoder.columns_)
    found = fpgrowth(table, min_support=1 / len(orders), max_len=2)
    return int((found["itemsets"].map(len) == 2).sum())


def by_efficient_apriori(path: Path) -> int:
    """`itemsets_from_transactions` of efficient-apriori."""
    from efficient_apriori import itemsets_from_transactions

    orders = transactions(path)
    return len(itemsets_from_transactions(orders, min_support=1 / len(orders), max_length=2)[0][2])


def by_pyfim(path: Path) -> int:
    """`fpgrowth` of PyFIM."""
    from fim import fpgrowth

    return len(fpgrowth(transactions(path), target="s", supp=-1, zmin=2, zmax=2))


def by_duckdb(path: Path) -> int:
    """A self-join in DuckDB on the rows, passed as an Arrow table."""
    import duckdb
    import pyarrow as pa

    numbers, skus = zip(*sqlite3.connect(path).execute(READ), strict=True)
    conn = duckdb.connect()
    conn.register("given", pa.table({"sale_id": numbers, "sku": skus}))
    conn.execute("CREATE TABLE line AS SELECT DISTINCT sale_id, sku FROM given")
    pairs = """
        SELECT COUNT(*) FROM (
            SELECT a.sku, b.sku, COUNT(*) FROM line AS a JOIN line AS b ON a.sale_id = b.sale_id AND a.sku < b.sku
            GROUP BY ALL
        )
    """
    return int(conn.execute(pairs).fetchone()[0])


OTHERS: dict[str, Callable[[Path], int]] = {
    "DuckDB SQL": by_duckdb,
    "PyFIM": by_pyfim,
    "efficient-apriori": by_efficient_apriori,
    "mlxtend fpgrowth": by_mlxtend,
}


def count_all(store: Store) -> int:
    """Count every order from the beginning."""
    store.file.conn.execute("UPDATE learned_state SET basis = ''")
    return count_orders(store)


def peak() -> float:
    """Returns the peak memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tallies() -> Iterator[tuple[type[PairCounts], str, str]]:
    """The ways of counting, each with its name and bound. NumPy's is left out where NumPy is not installed."""
    yield PairCounts, "standard library", "2.5 ×"
    if has_numpy():
        yield NumericTally, "NumPy", "1.3 ×"


def against_floor(
    store: Store, path: Path, orders: int, floor: Callable[[Path], int], rounds: int = ROUNDS
) -> Iterator[str]:
    """The first count of all orders, by the standard library and by NumPy, against the floor."""
    floor(path)  # so that every run finds the file in the system's cache
    for tally, name, bound in tallies():
        before, floors, lower, counts = peak(), [], [], []
        with patch.object(counting, "new_tally", tally):
            for _ in range(rounds):  # in turn, so that changes in the machine's speed affect all
                floors.append(timed(lambda: floor(path)))
                lower.append(timed(lambda: read_baskets(path)))
                counts.append(timed(lambda: count_all(store)))
        ratios = sorted(one / other for one, other in zip(counts, floors, strict=True))
        yield (
            f"counting all pairs of {orders:,} orders, {name}".ljust(58)
            + f" {min(counts):8.2f} s   rows {min(floors):6.2f} s   {min(counts) / min(floors):5.2f} ×"
            + f" [{ratios[0]:.2f}–{ratios[-1]:.2f}]   n={rounds}"
            + (f"   at most {bound}" if floor is read_only else "")
        )
        yield (
            "  against the rows of numbers alone".ljust(58)
            + f" {'':10} rows {min(lower):6.2f} s   {min(counts) / min(lower):5.2f} ×"
            + f"   {peak() - before:+.0f} MB on {before:.0f}"
        )


def when_more_come(store: Store, path: Path, orders: int) -> Iterator[str]:
    """The time to count a thousand new orders after that, and to count when nothing is new."""
    floor = timed(lambda: read_only(path))
    fill(path, orders + 1, orders + 1000)
    again = timed(lambda: count_orders(store))
    yield "counting 1,000 new orders after that".ljust(58) + f" {again:8.3f} s   {again / floor:5.3f} × the rows of all"
    yield "counting when nothing is new".ljust(58) + f" {timed(lambda: count_orders(store)):8.3f} s"
    assert store.counts.counted().orders == orders + 1000


def against_others(store: Store, path: Path, orders: int) -> Iterator[str]:
    """Each library, end to end from the till's file, against ours. A different number of pairs is reported."""
    pairs = len(store.counts.counted().pairs)
    yield f"against others, {orders:,} orders:"
    for name, count in OTHERS.items():
        try:
            found: Counter[str] = Counter()
            ours = timed(lambda: count_all(store))
            seconds = timed(lambda count=count, found=found: found.update(pairs=count(path)))  # type: ignore[misc]
        except ImportError as error:
            yield f"  {name}: left out, {error.name} is not installed"
            continue
        same = "" if found["pairs"] == pairs else f"   but {found['pairs']:,} pairs, not {pairs:,}"
        yield f"  {name}".ljust(58) + f" {seconds:8.2f} s   ours {ours:6.2f} s   {seconds / ours:5.1f} × ours{same}"


def report(folder: Path) -> Iterator[str]:
    """The rows of the report."""
    orders, path = int(os.environ.get("POS_BENCH_ORDERS", "1000000")), folder / "sales.db"
    store = a_shop(path)
    if orders > MOST_SOLD:
        fill_baskets(path, orders)
        yield from against_floor(store, path, orders, read_baskets, rounds=1)
    else:
        fill(path, 1, orders)
        yield from against_floor(store, path, orders, read_only)
        yield from when_more_come(store, path, orders)
        yield from against_others(store, path, orders + 1000)
    store.close()
