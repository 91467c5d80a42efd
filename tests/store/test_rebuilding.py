"""Rebuilt tables: the views of an older file give what they gave before, and no reference is dangling."""

from __future__ import annotations

import lzma
import os
import signal
import sqlite3
import zlib
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pos.domain.money import ZERO
from pos.office.verifying import verify_all
from pos.store import Store, open_store
from pos.store.file.connection import StoreFile
from pos.store.migrations.steps import STEPS, Step, m036_by_hand, migrate, number_of
from tests.forks import fork
from tests.net.seen import every_paper

TESTS = Path(__file__).parents[1]
FILES = (
    *((TESTS / "net" / "before" / f"{name}.db.xz") for name in ("counter", "long", "machine", "menus", "sold_out")),
    TESTS / "store" / "made_by_0_1_0" / "shop.db.xz",
)
MADE_BY_48 = TESTS / "store" / "made_by_48"
"""Every act of version 48 of the file; `make.py` there says how."""
MADE_BY_55 = TESTS / "store" / "made_by_55"
"""What has taxes in it, as rates; `make.py` there says how."""
COUNTED = ("journal", "offer_event", "next_visit_try", "call_number")
BEFORE = STEPS[: STEPS.index(m036_by_hand) + 1]
LATER = STEPS[STEPS.index(m036_by_hand) + 1 :]


@cache
def file_before() -> bytes:
    """An older file, brought to the version before everything was rebuilt."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shop.db"
        path.write_bytes(lzma.decompress(FILES[0].read_bytes()))
        with closing(StoreFile(path, 1)) as file:
            migrate(file, BEFORE)
        return path.read_bytes()


def told(conn: sqlite3.Connection, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the views that a file had, and how many rows the tables without a view have."""
    rows = {}
    for view, names in columns.items():
        found = conn.execute(f"SELECT {', '.join(names)} FROM {view}").fetchall()
        rows[view] = sorted(found, key=repr)
    return rows | {table: conn.execute(f"SELECT COUNT(*) FROM {table}").fetchall() for table in COUNTED}


def views_of(conn: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of the views for other tools."""
    views = [name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()]
    views = [name for name in views if name != "decision_kept"]
    return {view: [row[1] for row in conn.execute(f"PRAGMA table_info({view})")] for view in views}


@pytest.mark.parametrize("kept", FILES, ids=lambda path: path.name.split(".")[0])
def test_views_give_of_an_older_file_what_they_gave(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(lzma.decompress(kept.read_bytes()))
    file = StoreFile(path, 1)
    migrate(file, BEFORE)
    columns = views_of(file.conn)
    before = told(file.conn, columns)
    file.close()
    with closing(open_store(path)) as store:
        assert told(store.file.conn, columns) == before
        assert store.file.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert_no_payment_has_left_a_tip(store)
    assert len(columns) == 9


def assert_no_payment_has_left_a_tip(store: Store) -> None:
    assert store.file.conn.execute("SELECT DISTINCT tip_minor FROM tenders").fetchall() in ([], [(0,)])
    numbers = store.file.conn.execute("SELECT series, receipt_number FROM sale").fetchall()
    sold = [store.sales.by_number(series, number) for series, number in numbers]
    assert [sale.tips for sale in sold if sale is not None] == [ZERO] * len(numbers)


def test_a_sale_of_an_order_that_is_lost_keeps_its_name(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(lzma.decompress(FILES[-1].read_bytes()))
    with closing(sqlite3.connect(path)) as conn:
        ((order_id,),) = conn.execute("SELECT order_id FROM sale WHERE id = 2").fetchall()
        conn.execute("DELETE FROM orders WHERE order_id = ?", (order_id,))
        conn.commit()
    with closing(open_store(path)) as store:
        found = store.file.conn.execute("SELECT receipt_number FROM sales WHERE order_id = ?", (order_id,)).fetchall()
    assert found == [(2,)]


def test_each_step_since_gives_what_the_file_gave(tmp_path: Path) -> None:
    """Step by step: what a view gave before a step, it gives after it, and so to the last."""
    path = tmp_path / "shop.db"
    path.write_bytes(file_before())
    for step in LATER:
        with closing(StoreFile(path, 1)) as file:
            columns = views_of(file.conn)
            before = told(file.conn, columns)
            migrate(file, STEPS[: STEPS.index(step) + 1])
            assert file.conn.execute("PRAGMA user_version").fetchone() == (number_of(step),)
            assert told(file.conn, columns) == before, step.__name__
    with closing(open_store(path)) as store:
        assert verify_all(store).finding is None


@pytest.mark.parametrize(
    "step",
    [step if step is LATER[len(LATER) // 2] else pytest.param(step, marks=pytest.mark.soak) for step in LATER],
    ids=lambda step: str(number_of(step)),
)
def test_a_file_of_any_version_since_gives_what_it_gave(step: Step, tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(file_before())
    file = StoreFile(path, 1)
    migrate(file, STEPS[: STEPS.index(step) + 1])
    columns = views_of(file.conn)
    before = told(file.conn, columns)
    file.close()
    with closing(open_store(path)) as store:
        assert told(store.file.conn, columns) == before
        assert verify_all(store).finding is None


def test_a_file_with_every_act_of_version_48_gives_what_it_gave(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(lzma.decompress((MADE_BY_48 / "shop.db.xz").read_bytes()))
    with closing(sqlite3.connect(path)) as conn:
        columns = views_of(conn)
        before = told(conn, columns)
    assert [view for view in columns if not before[view]] == []
    with closing(open_store(path)) as store:
        assert told(store.file.conn, columns) == before
        assert store.file.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert_no_payment_has_left_a_tip(store)
        verified = verify_all(store)
        papers = "\n".join(every_paper(store))
    assert (verified.acts, verified.finding) == (711, None)
    assert papers == lzma.decompress((MADE_BY_48 / "papers.txt.xz").read_bytes()).decode()


@pytest.mark.parametrize("accounts", ["{", "[1]", '{"sales":[["x",1]]}', '{"sales":[[null,1]]}', "null"])
def test_account_numbers_that_cannot_be_read_keep_no_shop_from_opening(tmp_path: Path, accounts: str) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(lzma.decompress((MADE_BY_55 / "shop.db.xz").read_bytes()))
    kept = b'{"accounts":%s}' % accounts.encode()
    bodies = [accounts.encode(), zlib.compress(accounts.encode()), zlib.compress(kept)]
    with closing(sqlite3.connect(path)) as conn:
        conn.executemany("INSERT INTO menu_kept (version, body) VALUES (?, ?)", [*enumerate(bodies, 1000)])
        conn.execute("UPDATE shop SET accounts = ?", (accounts,))
        conn.commit()
    file = StoreFile(path, 1)
    migrate(file)
    assert file.conn.execute("SELECT accounts FROM shop").fetchall() == [(accounts,)]
    found = file.conn.execute("SELECT body FROM menu_kept WHERE version >= 1000 ORDER BY version").fetchall()
    assert [body for (body,) in found] == bodies
    file.close()


def test_taxes_that_were_rates_come_out_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(lzma.decompress((MADE_BY_55 / "shop.db.xz").read_bytes()))
    with closing(sqlite3.connect(path)) as conn:
        columns = views_of(conn)
        before = told(conn, columns)
    with closing(open_store(path)) as store:
        assert told(store.file.conn, columns) == before
        assert store.file.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert verify_all(store).finding is None
        papers = "\n".join(every_paper(store))
        menu, kept = store.menu.load(), store.menu.kept(store.menu.version() - 1)
        several = store.file.conn.execute("SELECT sale_id, tax FROM sale_line WHERE tax IS NULL").fetchall()
        each = store.file.conn.execute("SELECT tax, net_minor, tax_minor FROM sale_line_tax").fetchall()
        taxes = store.file.conn.execute("SELECT * FROM tax").fetchall()
    assert papers == lzma.decompress((MADE_BY_55 / "papers.txt.xz").read_bytes()).decode()
    assert kept is not None
    for accounts in (menu.accounts, kept.accounts):
        assert accounts.sales == (("mva-25", 3001), ("mva-15", 3031))
        assert accounts.output_vat == (("mva-15", 2799),)
    assert taxes == [("mva-0", 0, 0), ("mva-15", 150_000, 0), ("mva-25", 250_000, 0)]
    assert several == [(5, None)]
    assert [tax for tax, _, _ in each] == ["mva-15", "mva-25"]
    assert sum(net + tax for _, net, tax in each) == 3 * 11_900


@cache
def statements_since() -> int:
    """How many statements bring a file from before to this version."""
    run: list[str] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shop.db"
        path.write_bytes(file_before())
        with closing(StoreFile(path, 1)) as file:
            file.conn.set_trace_callback(run.append)
            migrate(file)
    return len(run)


@pytest.mark.parametrize(
    "place", [0.5, 0.99, *(pytest.param(place, marks=pytest.mark.soak) for place in (0.1, 0.7, 0.8, 0.9))]
)
def test_killed_in_the_middle_of_it_the_file_is_as_before_and_the_next_start_brings_it_up(
    tmp_path: Path, place: float
) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(file_before())
    with closing(StoreFile(path, 1)) as file:
        columns = views_of(file.conn)
        before = told(file.conn, columns)
    last = int(place * statements_since())

    def die() -> None:
        left = last
        conn = StoreFile(path, 1)

        def statement(sql: str) -> None:
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

        conn.conn.set_trace_callback(statement)
        migrate(conn)

    assert fork(die, tmp_path / "killed").was_killed()
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (36,)
        assert told(conn, columns) == before
    with closing(open_store(path)) as store:
        assert told(store.file.conn, columns) == before
