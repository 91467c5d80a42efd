"""Starts tills, kills them, and looks at what they left behind."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pos.counter.printing import print_owed
from pos.store import Store, open_store
from pos.store.file.codec import to_json
from pos.store.verifying import verify
from tests.durability.child import a_counter, play_on
from tests.forks import Fork, fork
from tests.office_acts import enter_till
from tests.templates import begin_file

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
ROWS_OF_A_KEY = {"f10": 3}
"""A key is one row; bringing an order back is the other one set aside, the recall, and the look at what has changed."""

SALES_WITHOUT_COVER = """
    SELECT sale.receipt_number
    FROM sale LEFT JOIN tender ON tender.order_key = sale.order_key AND tender.state = 'approved'
    GROUP BY sale.id HAVING sale.total_minor <> TOTAL(tender.amount_minor)
"""
SALES_WITHOUT_LINES = """
    SELECT sale.receipt_number FROM sale LEFT JOIN sale_line AS line ON line.sale_id = sale.id
    GROUP BY sale.id HAVING TOTAL(line.total_minor) <> sale.total_minor
"""
SALES_WITHOUT_DECISIONS = """
    SELECT sale.receipt_number FROM sale LEFT JOIN decision ON decision.sale_id = sale.id
    GROUP BY sale.id HAVING COUNT(decision.kind) <> 2
"""
SALES_NOT_PAID = """
    SELECT receipt_number FROM sale JOIN orders USING (order_key) WHERE orders.state <> 'paid'
    UNION ALL SELECT call_number FROM orders WHERE state = 'paid' AND order_key NOT IN (SELECT order_key FROM sale)
"""
MONEY_ON_NOTHING = """
    SELECT order_id FROM tender JOIN orders USING (order_key)
    WHERE orders.state = 'abandoned' AND tender.state IN ('intent', 'unknown', 'approved')
"""
NUMBERS_SHARED = """
    SELECT call_number FROM orders WHERE state IN ('open', 'held') AND call_number > 0
    GROUP BY call_number HAVING COUNT(*) > 1
"""
MARKS_SINCE = """
    SELECT COUNT(*) FROM journal WHERE seq > ? AND verb IN ('eighty_six', 'restore', 'begin_marks_again')
"""
ROWS_SINCE = "SELECT COUNT(*) FROM journal WHERE till = ? AND seq > ? AND digest IS NOT NULL"


@dataclass
class Shop:
    """A folder with the file of one or more tills, and everything that its tills have acknowledged."""

    folder: Path
    till: str = "1"
    sales: dict[tuple[str, int], list[Any]] = field(default_factory=dict)
    kills: int = 0
    journals: int = 0
    started: int = 0

    @property
    def db(self) -> Path:
        return self.folder / "shop.db"

    @property
    def paper(self) -> Path:
        return self.folder / f"paper-{self.till}"

    def fill(self) -> None:
        """The small menu."""
        begin_file(self.db)

    def killed(self) -> None:
        """Count a kill, and the journal that a kill in the middle of a commit leaves behind."""
        self.kills += 1
        self.journals += self.db.with_name("shop.db-journal").exists()

    def start(self, seed: int, keys: str = "") -> Playing:
        """Start a till that plays."""
        self.started += 1
        output = self.folder / f"acknowledged-{self.till}-{self.started}"
        return Playing(self, fork(lambda: play_on(self.db, self.till, self.paper, seed, keys), output))


@dataclass
class Playing:
    """A till that runs."""

    shop: Shop
    child: Fork

    def until(self, lines: int, seconds: float = 20) -> Playing:
        """Wait until that many keys are acknowledged."""
        limit = time.monotonic() + seconds
        while self.child.output.read_bytes().count(b"\n") < lines:
            if self.child.is_over() or time.monotonic() > limit:
                self.kill()
                raise AssertionError("no word")
            time.sleep(0.002)
        return self

    def kill(self) -> list[dict[str, Any]]:
        """Kill it at once. Returns what it had acknowledged; a line that is not whole does not count."""
        self.child.kill()
        self.shop.killed()
        return acknowledged_in(self.child.output)


def acknowledged_in(output: Path) -> list[dict[str, Any]]:
    """What a till has shown; a line that is not whole does not count."""
    entries = map(json.loads, output.read_bytes().split(b"\n")[:-1])
    return [entry for entry in entries if "key" in entry]


def assert_nothing_is_lost(shop: Shop, acknowledged: list[dict[str, Any]]) -> None:
    """Check after a kill: the file is whole and matches its journal, each acknowledged sale is in it once, and the
    order is the one shown last."""
    for entry in acknowledged:
        if entry["sale"] is not None:
            shop.sales[entry["sale"][0], entry["sale"][1]] = entry["sale"]
    store = open_store(shop.db)
    conn = store.file.conn
    assert_sound(conn)
    assert verify(store.file).finding is None
    till = enter_till(store, shop.till)
    for series, number in shop.sales:
        sale = store.sales.by_number(series, number)
        assert sale is not None, f"{series}-{number} was acknowledged and is lost"
        assert [series, number, sale.order_id, sale.total.minor] == shop.sales[series, number]
    mine = sum(series == till.series for series, _ in shop.sales)
    ((stored,),) = conn.execute("SELECT COUNT(*) FROM sale WHERE till_id = ?", (till.id,)).fetchall()
    assert stored - mine in (0, 1), f"{stored} sales, {mine} acknowledged"
    assert_same_order(shop, store, till.id, acknowledged)
    # What was stored and not acknowledged is seen by the next start.
    for series, number, order_id, total in conn.execute(
        "SELECT series, receipt_number, order_id, total_minor FROM sales WHERE till = ?", (till.name,)
    ):
        shop.sales[series, number] = [series, number, order_id, total]
    store.close()


def assert_sound(conn: sqlite3.Connection) -> None:
    """Check the file by itself: it is whole, and no sale is half there."""
    assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    sales = (SALES_WITHOUT_COVER, SALES_WITHOUT_LINES, SALES_WITHOUT_DECISIONS, SALES_NOT_PAID)
    for rule in (*sales, MONEY_ON_NOTHING, NUMBERS_SHARED):
        assert conn.execute(rule).fetchall() == [], rule
    numbers: dict[str, list[int]] = {}
    for series, number in conn.execute("SELECT series, receipt_number FROM sale ORDER BY series, receipt_number"):
        numbers.setdefault(series, []).append(number)
    for series, given in numbers.items():
        assert given == list(range(1, len(given) + 1)), series
    for series, last in conn.execute("SELECT series, receipt_number FROM till"):
        assert last == len(numbers.get(series, [])), series


def assert_same_order(shop: Shop, store: Store, till_id: int, acknowledged: list[dict[str, Any]]) -> None:
    """Check that a new start shows the order shown last, or the order after the verb that was under way."""
    if not acknowledged:
        return
    last = acknowledged[-1]
    ((rows,),) = store.file.conn.execute(ROWS_SINCE, (till_id, last["seq"])).fetchall()
    assert rows <= max(ROWS_OF_A_KEY.values()), f"{rows} rows after the last acknowledged key"
    counter = a_counter(shop.db, shop.till, shop.paper, shop.started)
    register = counter.register
    if rows == 0:
        ((marks,),) = store.file.conn.execute(MARKS_SINCE, (last["seq"],)).fetchall()
        if last["written"] and marks:
            # Something was marked and nobody has seen yet what that makes of the question: what is rung is the same.
            shown = json.loads(last["order"])
            now = json.loads(to_json(register.view.order))
            assert (now["id"], now["lines"]) == (shown["id"], shown["lines"])
        elif last["written"]:
            assert to_json(register.view.order) == last["order"]
            assert type(counter.prompt).__name__ == last["prompt"]
        else:
            assert register.view.order.is_untouched()
    else:
        head = store.orders.current(till_id)
        if head is None:
            assert register.view.order.is_untouched()
        else:
            assert register.view.order == head.order
    register.store.close()


def assert_each_receipt_is_on_paper(shop: Shop) -> None:
    """Print what is owed. Then check that each sale was printed as an original at most once, and after that only as a
    copy."""
    counter = a_counter(shop.db, shop.till, shop.paper, shop.started)
    assert print_owed(counter.register) is None
    assert counter.register.store.receipts.owed(counter.register.till.id) == ()
    mine = {f"{series}-{number}" for series, number in shop.sales if series == counter.register.till.series}
    counter.register.store.close()
    printed = Counter(shop.paper.read_text().split()) if shop.paper.exists() else Counter()
    originals = {name: times for name, times in printed.items() if not name.endswith("-copy")}
    assert set(originals.values()) <= {1}
    assert {name.removesuffix("-copy") for name in printed} == mine
    copies = sum(printed.values()) - len(originals)
    assert copies <= shop.kills
