"""docs/database.md says what the views hold, all of it and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pos.store import Store, Till
from pos.store.file import packing
from pos.store.file.connection import APPLICATION_ID
from pos.store.migrations.steps import STEPS, number_of
from tests.store.acting import finish, keep
from tests.store.samples import NOON, events, rung, sale

DOCUMENT = (Path(__file__).parent.parent.parent / "docs" / "database.md").read_text(encoding="utf-8")


def section(heading: str) -> str:
    return next(part for part in DOCUMENT.split("\n## ") if part.startswith(heading))


@pytest.mark.parametrize(
    "view",
    [
        "sales",
        "sale_lines",
        "sale_line_taxes",
        "tenders",
        "shift_reports",
        "discards",
        "write_offs",
        "write_off_lines",
        "refunds",
        "refund_lines",
        "refund_taxes",
        "refund_tenders",
        "offer_ledger",
        "next_visit_offers",
    ],
)
def test_every_column_of_a_view_is_described(store: Store, view: str) -> None:
    columns = [row[1] for row in store.file.conn.execute(f"PRAGMA table_info({view})")]
    named = set(re.findall(r"`(\w+)`", section(f"`{view}`")))
    assert columns
    assert set(columns) <= named


def test_every_table_is_named(store: Store) -> None:
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
    tables = {name for (name,) in store.file.conn.execute(query)}
    rows = [line.split(" | ")[0] for line in section("The tables").splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == tables


LOCAL = {"daypart.start_at", "daypart.end_at", "_sqlite_migrations.applied_at"}
"""Hours of any day, and what is no table of ours."""


def test_no_table_has_a_time_as_a_text_or_a_column_for_a_language(store: Store) -> None:
    query = """
        SELECT tables.name || '.' || columns.name
        FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND columns.type = 'TEXT'
    """
    texts = {name for (name,) in store.file.conn.execute(query)} - LOCAL
    assert "sale_line.name" in texts
    assert [name for name in texts if re.search(r"(\.|_)at$|_(nb|en)$", name)] == []


def test_the_example_queries_run(store: Store) -> None:
    queries = re.findall(r"```sql\n(.+?)```", DOCUMENT, re.DOTALL)
    assert len(queries) >= 2
    for query in queries:
        assert store.file.conn.execute(query).fetchall() == []


def test_the_numbers_of_the_file_are_the_ones_described(store: Store) -> None:
    assert str(APPLICATION_ID) in section("Versions")
    assert store.file.conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert store.file.conn.execute("PRAGMA user_version").fetchone() == (number_of(STEPS[-1]),)


def test_the_example_reads_what_is_packed(
    store: Store, till: Till, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packing, "PACK", 1)
    monkeypatch.setattr(packing, "PLAIN", 0)
    keep(store, till.id, "ring", rung("a", "burger"), None, NOON)
    assert store.orders.pack()
    monkeypatch.chdir(path.parent)
    (example,) = re.findall(r"```python\n(.+?)```", section("How large"), re.DOTALL)
    exec(example, {})
    assert re.fullmatch(r"1 \[.*'sku': 'burger'.*\]\n", capsys.readouterr().out)


def test_the_example_checks_the_chain(
    store: Store, till: Till, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packing, "PACK", 2)
    monkeypatch.setattr(packing, "PLAIN", 2)
    seq = None
    for _ in range(3):
        seq = keep(store, till.id, 'ring "æ\n\x1f\x7f"', rung("a", "burger"), seq, NOON, events()).seq
    finish(store, sale("a"), rung("a", "burger"), till.id, seq, NOON)
    assert store.orders.pack()
    monkeypatch.chdir(path.parent)
    (example,) = re.findall(r"```python\n(.+?)```", section("The journal"), re.DOTALL)
    exec(example, {})
    assert capsys.readouterr().out.splitlines() == ["1 right", "2 right", "3 right", "4 right"]
    store.file.conn.execute("DROP TRIGGER journal_is_so")
    store.file.conn.execute("UPDATE journal SET person = NULL, till = NULL WHERE seq = 2")
    exec(example, {})
    assert capsys.readouterr().out.splitlines() == ["1 right", "2 wrong", "3 wrong", "4 wrong"]
