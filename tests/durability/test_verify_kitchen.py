"""`pos verify` finds a changed value in any column of the kitchen's tables, any deleted row and any row put in."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pos.domain.sale.in_kitchen import PartKind, PartRef
from pos.office.verifying import verify_file
from pos.register.verbs import kitchen, papers, ringing
from pos.store import open_store
from pos.store.verifying import Finding, FindingKind, verify
from tests.durability.tampering import without_triggers
from tests.register.every_act import Till, owed_ticket
from tests.templates import EMPTY, begin_file

KEYS = {"kitchen_ticket": "id", "kitchen_paper": "ticket_id", "kitchen_mark": "id"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop's file with a ticket that was printed at the second try, a correction whose paper is owed, and a sale that
    was done, taken back and done again."""
    folder = tmp_path_factory.mktemp("kitchen")
    till = Till(folder)
    ticket = owed_ticket(till)
    till.do(papers.begin_paper, ticket)
    till.do(papers.begin_paper, ticket)
    till.do(papers.paper_printed, ticket)
    till.do(ringing.ring, "cola-m", 1)
    till.do(kitchen.send_to_kitchen)
    order = ticket.ticket.order_id
    parts = (PartRef(PartKind.TICKET, 1), PartRef(PartKind.TICKET, 2))
    till.do(kitchen.say_done, order, parts)
    till.do(kitchen.take_done_back)
    till.do(kitchen.say_done, order, parts)
    assert verify_file(till.register.store).finding is None
    conn = till.register.store.file.conn
    assert [conn.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in KEYS] == [2, 2, 6]
    till.register.store.close()
    return folder / "shop.db"


def finding(path: Path, sql: str) -> Finding | None:
    """What is found after a statement that changes one row."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn, without_triggers(conn):
        assert conn.execute(sql).rowcount == 1
    with closing(open_store(path)) as store:
        return verify_file(store).finding


@pytest.mark.parametrize("which", ["MIN", "MAX"])
@pytest.mark.parametrize("table", KEYS)
def test_a_row_taken_out_is_found(made: Path, tmp_path: Path, table: str, which: str) -> None:
    path, key = Path(shutil.copy(made, tmp_path / "shop.db")), KEYS[table]
    there = finding(path, f"DELETE FROM {table} WHERE {key} = (SELECT {which}({key}) FROM {table})")
    assert there is not None
    assert (there.kind, there.table) == (FindingKind.LOST, table)
    assert there.row is not None


@pytest.mark.parametrize("number", [-5, 99])
@pytest.mark.parametrize("table", KEYS)
def test_a_row_put_in_is_found(made: Path, tmp_path: Path, table: str, number: int) -> None:
    path, key = Path(shutil.copy(made, tmp_path / "shop.db")), KEYS[table]
    columns = [column for of, column in every_column() if of == table and column != key]
    named = ", ".join(columns)
    put = f"INSERT INTO {table} ({key}, {named}) SELECT {number}, {named} FROM {table} WHERE {key} = 1"
    there = finding(path, put)
    assert there is not None
    assert (there.kind, there.table) == (FindingKind.INSERTED, table)


def every_column() -> list[tuple[str, str]]:
    """Every column of the kitchen's tables, as (table, column)."""
    with TemporaryDirectory() as folder:
        begin_file(Path(folder) / "empty.db", EMPTY)
        with closing(sqlite3.connect(Path(folder) / "empty.db")) as conn:
            return [(table, row[1]) for table in KEYS for row in conn.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize(("table", "column"), every_column())
def test_a_changed_value_is_found(made: Path, tmp_path: Path, table: str, column: str) -> None:
    path, key = Path(shutil.copy(made, tmp_path / "shop.db")), KEYS[table]
    with closing(sqlite3.connect(path)) as conn:
        kind = next(row[2] for row in conn.execute(f"PRAGMA table_info({table})") if row[1] == column)
    changed = f"COALESCE({column}, 0) + 7" if kind == "INTEGER" else f"COALESCE({column}, '') || 'x'"
    there = finding(path, f"UPDATE {table} SET {column} = {changed} WHERE {key} = (SELECT MAX({key}) FROM {table})")
    assert there is not None
    assert there.table == table


@pytest.mark.parametrize("table", KEYS)
def test_rows_where_no_act_was_are_found(tmp_path: Path, table: str) -> None:
    till = Till(tmp_path)
    sale = till.sold()
    till.register.store.close()
    values = {
        "kitchen_ticket": "(1, 1, 0, 0, '{}')",
        "kitchen_paper": "(1, 1, 'owed', 0, '', 0, 0)",
        "kitchen_mark": "(1, 1, NULL, NULL, 1, 0, 0)",
    }[table]
    there = finding(tmp_path / "shop.db", f"INSERT INTO {table} VALUES {values}")
    assert (sale.receipt_number, there) == (1, Finding(FindingKind.INSERTED, table, "1"))


def test_a_kitchen_that_goes_on_meanwhile_is_no_finding(tmp_path: Path) -> None:
    till = Till(tmp_path)
    ticket = owed_ticket(till)
    parts = (PartRef(PartKind.TICKET, 1),)
    steps = iter(
        (
            lambda: till.do(papers.begin_paper, ticket),
            lambda: till.do(papers.paper_printed, ticket),
            lambda: till.do(kitchen.say_done, ticket.ticket.order_id, parts),
            lambda: till.do(kitchen.take_done_back),
        )
    )
    store = open_store(tmp_path / "shop.db")
    with closing(store):
        checked = verify(store.file, lambda done, of: next(steps, lambda: None)())
    assert checked.finding is None
    assert next(steps, None) is None
