"""`pos verify` finds a changed value in any column of the refund tables, and any deleted row."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pos.domain.order.exchange import RefundReason
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.refunds.refund import Refund, RefundPaper
from pos.domain.sale.sale import Sale
from pos.office.verifying import verify_file
from pos.register.verbs import answering, checkout, exchanging, papers, paying, refunding, ringing
from pos.store import open_store
from tests.durability.tampering import without_triggers
from tests.register.every_act import ALL_OF_IT, Till
from tests.rig import ask_terminal
from tests.templates import EMPTY, begin_file

TABLES = (
    "refund",
    "refund_line",
    "refund_tax",
    "refund_tender",
    "refund_gain",
    "refund_paper",
    "refund_copy",
    "refund_begun",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop's file with a finished card refund of an accepted offer and a copy of its receipt, another refund that was
    begun, and an exchange."""
    folder = tmp_path_factory.mktemp("refunded")
    till = Till(folder)
    sale = paid_by_card(till)
    begun = till.do(refunding.refund, sale.number, ALL_OF_IT, RefundReason.MADE_WRONG)
    assert isinstance(begun, Refund)
    till.do(refunding.refund_says, begun.id, TenderState.APPROVED)
    for paper in till.register.store.refund_papers.owed(till.register.till.id):
        till.do(papers.begin_paper, RefundPaper(paper))
        till.do(papers.paper_printed, RefundPaper(paper))
    till.do(papers.reserve_copy)
    till.do(refunding.refund, paid_by_card(till).number, ALL_OF_IT, RefundReason.NOT_GOOD)
    till.do(exchanging.exchange, till.sold().number, ALL_OF_IT, RefundReason.MISSING)
    till.do(ringing.ring, "cola-m", 1)
    till.do(checkout.checkout)
    till.do(paying.pay_cash)
    assert verify_file(till.register.store).finding is None
    till.register.store.close()
    return folder / "shop.db"


def paid_by_card(till: Till) -> Sale:
    till.rung("cheeseburger")
    till.do(checkout.checkout)
    till.do(answering.yes)
    while type(till.register.view.prompt).__name__ == "QuestionPrompt":
        till.do(answering.no)
    ask_terminal(till.register, TenderKind.CARD)
    sale = till.do(paying.terminal_says, TenderState.APPROVED)
    assert isinstance(sale, Sale)
    return sale


def is_found(path: Path, sql: str) -> bool:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn, without_triggers(conn):
        assert conn.execute(sql).rowcount == 1
    with closing(open_store(path)) as store:
        return verify_file(store).finding is not None


@pytest.mark.parametrize("table", TABLES)
def test_a_row_taken_out_is_found(made: Path, tmp_path: Path, table: str) -> None:
    path = Path(shutil.copy(made, tmp_path / "shop.db"))
    key = "rowid" if table in ("refund", "refund_paper", "refund_copy", "refund_begun") else None
    with closing(sqlite3.connect(path)) as conn:
        info = conn.execute(f"PRAGMA table_info({table})").fetchall()
        keys = [key] if key else [row[1] for row in info if row[5]]
        first = conn.execute(f"SELECT {', '.join(map(str, keys))} FROM {table} LIMIT 1").fetchone()
    where = " AND ".join(f"{name} = {value!r}" for name, value in zip(keys, first, strict=True))
    assert is_found(path, f"DELETE FROM {table} WHERE {where}")


def columns() -> list[tuple[str, str]]:
    """Returns every column of the refund tables as (table, column)."""
    with TemporaryDirectory() as folder:
        begin_file(Path(folder) / "empty.db", EMPTY)
        conn = sqlite3.connect(Path(folder) / "empty.db")
        every = [(table, row[1]) for table in TABLES for row in conn.execute(f"PRAGMA table_info({table})")]
        conn.close()
        return [one for one in every if one != ("refund_begun", "id")]  # no other row refers to it


@pytest.mark.parametrize(("table", "column"), columns())
def test_a_changed_value_is_found(made: Path, tmp_path: Path, table: str, column: str) -> None:
    path = Path(shutil.copy(made, tmp_path / "shop.db"))
    with closing(sqlite3.connect(path)) as conn:
        kind = next(row[2] for row in conn.execute(f"PRAGMA table_info({table})") if row[1] == column)
        (most,) = conn.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
    assert most
    changed = "COALESCE(COLUMN, 0) + 7" if kind == "INTEGER" else "COALESCE(COLUMN, '') || 'x'"
    keys = "rowid" if table in ("refund", "refund_paper", "refund_copy", "refund_begun") else "refund_id"
    where = f"{keys} = (SELECT MAX({keys}) FROM {table})"
    sql = f"UPDATE {table} SET {column} = {changed.replace('COLUMN', column)} WHERE {where}"
    if keys == "refund_id":
        sql += (
            " AND "
            + {
                "refund_line": "number = 1",
                "refund_tax": "tax = (SELECT MAX(tax) FROM refund_tax)",
                "refund_tender": "number = 1",
                "refund_gain": "kind = 'upsell'",
            }[table]
        )
    assert is_found(path, sql)
