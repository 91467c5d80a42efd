"""Opening the file: made and migrated by whoever comes first, refused in plain words when it cannot be used."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from pos.domain.errors import PosError, StoreError
from pos.store import Store, Till, open_store
from pos.store.file.connection import StoreFile
from pos.store.learning.counts import CountState
from pos.store.migrations import steps as migrations
from pos.store.migrations.steps import STEPS, m011_wordings, m014_learned, migrate, number_of
from tests.office_acts import put_menu
from tests.store.acting import keep, set_setting
from tests.store.conftest import OpenAgain
from tests.store.samples import NOON, menu, rung
from tests.store.test_sales import sell
from tests.templates import take_every_step


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(PosError) as caught:
        act()
    assert isinstance(caught.value, StoreError)
    assert isinstance(caught.value.values["path"], Path)
    return caught.value.message_id


def test_every_connection_has_the_pragmas_that_keep_sales(store: Store, open_again: OpenAgain) -> None:
    for one in (store, open_again()):
        asked = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout")
        answers = [one.file.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
        assert answers == ["delete", 3, 1, 0, 0], "SQLite's own waiting is not fair: the till waits by itself"
        assert one.file.conn.isolation_level is None


def test_a_file_left_in_wal_is_brought_back_to_the_rollback_journal(path: Path, store: Store) -> None:
    store.close()
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.close()
    again = open_store(path)
    assert again.file.conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    again.close()


def test_every_table_is_strict_and_every_amount_a_whole_number(store: Store) -> None:
    tables = store.file.conn.execute("PRAGMA table_list").fetchall()
    ours = {row[1]: row[5] for row in tables if row[2] == "table" and not row[1].startswith(("sqlite_", "_sqlite_"))}
    assert {"sale", "item", "journal"} <= ours.keys()
    assert set(ours.values()) == {1}
    for table in ours:
        for column in store.file.conn.execute(f"PRAGMA table_info({table})"):
            assert not column[1].endswith("_minor") or column[2] == "INTEGER", (table, column)
            assert not re.search(r"price$|cost$|total$|amount$", column[1]), (table, column)


def test_a_row_that_points_nowhere_is_refused(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.file.conn.execute("INSERT INTO setting VALUES (99, 'rush', 'on')")


def test_an_order_needs_a_till_that_exists(store: Store) -> None:
    assert refusal(lambda: keep(store, 99, "ring", rung("a", "burger"), None, NOON)) == "database-damaged"
    assert store.file.conn.execute("SELECT COUNT(*) FROM journal").fetchone() == (0,)


def test_a_closed_store_says_so_in_the_tills_words(store: Store) -> None:
    store.close()
    store.close()
    assert refusal(store.sales.count) == "database-unwritable"


def tables_of(store: Store) -> list[tuple[str, str]]:
    return store.file.conn.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


def test_the_steps_done_one_by_one_make_the_same_file(tmp_path: Path, store: Store) -> None:
    file = StoreFile(tmp_path / "steps.db", 1)
    for count in range(1, len(STEPS) + 1):
        migrate(file, STEPS[:count])
        assert file.conn.execute("PRAGMA user_version").fetchone() == (number_of(STEPS[count - 1]),)
    assert tables_of(Store(file)) == tables_of(store)
    file.close()


def test_every_step_that_is_written_is_done() -> None:
    written = [step for name, step in vars(migrations).items() if re.match(r"m\d{3}_", name)]
    assert list(STEPS) == written


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    def m003_broken(db: Database) -> None:
        db.execute("CREATE TABLE half (id INTEGER) STRICT")
        db.execute("CREATE TABLE half (id INTEGER) STRICT")

    file = StoreFile(tmp_path / "broken.db", 1)
    migrate(file, STEPS[:1])
    assert refusal(lambda: migrate(file, (*STEPS[:2], m003_broken))) == "database-damaged"
    assert file.conn.execute("PRAGMA user_version").fetchone() == (1,)
    migrate(file)
    assert file.conn.execute("PRAGMA user_version").fetchone() == (number_of(STEPS[-1]),)
    file.close()


def test_sums_that_were_kept_by_phrase_keep_their_figures_under_that_name(tmp_path: Path) -> None:
    file = StoreFile(tmp_path / "sums.db", 1)
    migrate(file, STEPS[: STEPS.index(m011_wordings)])
    sums = "INSERT INTO asking_sum VALUES ('2026-11-23', ?, ?, 'upsell', 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)"
    file.conn.executemany(sums, [("wording", "say"), ("all", "")])
    migrate(file)
    found = file.conn.execute("SELECT cut, name, shown FROM asking_sum ORDER BY cut").fetchall()
    assert found == [("all", "", 7), ("phrase", "say", 7)]
    file.close()


def test_what_was_learned_from_is_remembered_no_more_and_the_counts_stand(tmp_path: Path) -> None:
    file = StoreFile(tmp_path / "learned.db", 1)
    migrate(file, STEPS[: STEPS.index(m014_learned)])
    settings = [("learned-from", "5f1d 14417"), ("offers-learn", "on")]
    file.conn.executemany("INSERT INTO shop_setting VALUES (?, ?)", settings)
    file.conn.execute("UPDATE learned_state SET basis = '5f1d', history_id = 9, orders = 14417, unapproved = 1")
    migrate(file)
    assert Store(file).counts.state() == CountState("5f1d", 0, 9, 14_417, True)
    assert file.conn.execute("SELECT key FROM shop_setting").fetchall() == [("offers-learn",)]
    file.close()


OPEN = """
import sys
from pathlib import Path
from pos.store import open_store
from tests.office_acts import enter_till
sys.stdin.readline()
print(enter_till(open_store(Path(sys.argv[1])), sys.argv[2]).series)
"""


def test_three_processes_may_start_on_an_empty_folder_at_once(path: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(path), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for name in ("Till 1", "Till 2", "Till 3")
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    assert sorted(child.communicate()[0].strip() for child in children) == ["K1", "K2", "K3"]
    store = open_store(path)
    (applied,) = store.file.conn.execute("SELECT COUNT(*) FROM _sqlite_migrations").fetchone()
    store.close()
    assert applied == len(STEPS)


def test_an_ordinary_start_does_not_load_sqlite_utils(path: Path, store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from pos.store import open_store; open_store(Path(sys.argv[1]));"
        "sys.exit('sqlite_utils' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_a_file_of_a_later_version_is_refused_and_left_alone(path: Path, store: Store) -> None:
    store.file.conn.execute("PRAGMA user_version = 999")
    store.close()
    before = path.read_bytes()
    assert refusal(lambda: open_store(path)) == "database-newer"
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear diary, today I sold forty shakes. " * 50, encoding="utf-8")
    before = path.read_bytes()
    assert refusal(lambda: open_store(path)) == "not-a-database"
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE bookmarks (url TEXT)")
    conn.close()
    before = path.read_bytes()
    assert refusal(lambda: open_store(path)) == "not-a-database"
    assert path.read_bytes() == before


def test_an_empty_file_is_a_new_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_every_step(monkeypatch)
    path.parent.mkdir()
    path.touch()
    store = open_store(path)
    assert store.menu.is_empty()
    store.close()


def test_a_folder_in_the_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    assert refusal(lambda: open_store(path)) == "database-unwritable"


def test_a_file_in_the_place_of_the_folder_is_refused(path: Path) -> None:
    path.parent.touch()
    assert refusal(lambda: open_store(path)) == "database-unwritable"


AS_NOBODY = """
    import os, sys
    from pathlib import Path
    from pos.domain.errors import StoreError
    from pos.store import open_store
    import sqlite_utils
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    try:
        open_store(Path(sys.argv[1]))
    except StoreError as error:
        print(error.message_id)
"""


def as_nobody(path: Path) -> str:
    """What opening says to a user whom the permissions hold for (they do not for root)."""
    code = textwrap.dedent(AS_NOBODY)
    ran = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)
    return ran.stdout.strip()


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that any user can reach, as none below pytest's own is."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)
        Path(folder).chmod(0o777)


def test_a_read_only_file_is_refused_when_it_is_opened(open_to_all: Path) -> None:
    path = open_to_all / "till.db"
    open_store(path).close()
    path.chmod(0o444)
    assert as_nobody(path) == "database-read-only"


def test_a_folder_that_takes_no_journal_is_refused_when_it_is_opened(open_to_all: Path) -> None:
    path = open_to_all / "till.db"
    open_store(path).close()
    path.chmod(0o666)
    open_to_all.chmod(0o555)
    assert as_nobody(path) == "database-unwritable"


def test_a_file_that_another_holds_is_waited_for_and_then_refused(
    path: Path, store: Store, till: Till, open_again: OpenAgain
) -> None:
    other = open_again()
    with other.file.writing():
        assert refusal(lambda: set_setting(store, till.id, "rush", "yes")) == "database-locked"
        assert refusal(lambda: open_store(path, wait=0.01)) == "database-locked"
    assert store.tills.setting(till.id, "rush") is None
    set_setting(store, till.id, "rush", "yes")


def test_a_commit_that_a_reader_blocks_is_undone(store: Store, till: Till, open_again: OpenAgain) -> None:
    reader = open_again()
    with reader.file.snapshot() as conn:
        conn.execute("SELECT * FROM till").fetchall()
        assert refusal(lambda: set_setting(store, till.id, "rush", "yes")) == "database-locked"
    assert not store.file.conn.in_transaction
    assert store.tills.setting(till.id, "rush") is None
    set_setting(store, till.id, "rush", "yes")


def test_a_full_disk_refuses_the_verb_and_keeps_what_was_there(store: Store, till: Till) -> None:
    seq = keep(store, till.id, "ring", rung("a", "burger"), None, NOON).seq
    (pages,) = store.file.conn.execute("PRAGMA page_count").fetchone()
    store.file.conn.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        long = rung("a", *["burger"] * 400)
        for _ in range(100):
            keep(store, till.id, "ring", long, seq, NOON)

    assert refusal(fill) == "disk-full"
    assert not store.file.conn.in_transaction
    store.file.conn.execute("PRAGMA max_page_count = 1000000")
    assert store.file.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert sell(store, till, "a").receipt_number == 1


def test_a_damaged_file_is_told_as_damaged(path: Path, store: Store) -> None:
    put_menu(store, menu(), (), NOON)
    (page,) = store.file.conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'item'").fetchone()
    (size,) = store.file.conn.execute("PRAGMA page_size").fetchone()
    store.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(os.urandom(size))
    again = open_store(path)
    assert refusal(again.menu.load) == "database-damaged"
    again.close()


def test_a_file_cut_short_is_told_as_damaged(path: Path, store: Store) -> None:
    store.close()
    os.truncate(path, 4096)
    assert refusal(lambda: open_store(path)) == "database-damaged"
