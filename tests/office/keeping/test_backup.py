"""A backup: made while tills sell, verified before it counts as one, and recorded in the file."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from pos.domain.errors import BadInput, StoreError
from pos.office.keeping.backup import make_backup, needs_consent
from pos.store import copy_while_selling, keys_of, known_of, open_store, read_witness
from pos.store.file import copies
from pos.store.verifying import verify
from tests.builders import NOW
from tests.office.keeping.shops import a_shop, back_up, backed_up, sell, sold_on
from tests.office_acts import gate
from tests.rig import a_cashier, shop_file


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_a_backup_is_the_file_as_it_was_with_its_head_beside_it(tmp_path: Path) -> None:
    path = a_shop(tmp_path / "shop")
    before = known_of(path)
    made = backed_up(path, tmp_path / "copy.db")
    assert made.known == before == known_of(tmp_path / "copy.db")
    assert read_witness(tmp_path / "copy.db") == before
    assert made.bytes == (tmp_path / "copy.db").stat().st_size
    assert [(entry.series, entry.number) for entry in made.known.given] == [("K1", 3)]
    assert names(tmp_path) == {"shop", "copy.db", "copy.db.head", "copy.db.signing"}
    assert not [name for name in names(tmp_path / "shop") if "part" in name]


def test_in_a_folder_the_name_of_a_backup_says_the_day_and_the_head(tmp_path: Path) -> None:
    path = a_shop(tmp_path / "shop")
    (tmp_path / "stick").mkdir()
    made = backed_up(path, tmp_path / "stick")
    assert made.path.name == f"shop-{NOW.date()}-{made.head.seq}-{made.head.hash.hex()[:8]}.db"


def test_the_file_knows_its_backups_by_an_act(tmp_path: Path) -> None:
    path = a_shop(tmp_path / "shop")
    made = backed_up(path, tmp_path / "copy.db")
    with closing(open_store(path)) as store:
        last = store.backups.last()
        assert last is not None
        assert (last.name, last.bytes, last.head) == ("copy.db", made.bytes, made.head)
        assert store.journal.last_seq() == made.head.seq + 1
        assert verify(store.file).finding is None
        with pytest.raises(sqlite3.IntegrityError, match="stays"):
            store.file.conn.execute("DELETE FROM backup")


def test_sales_go_on_while_a_backup_is_made_and_it_is_one_moment_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "PART", 8192)
    cashier = a_cashier(tmp_path / "shop")
    sell(cashier)
    passes: list[int] = []

    def sell_on(done: int, of: int) -> None:
        passes.append(done)
        if len(passes) in (3, 40, 90):
            sell(cashier)

    copy_while_selling(cashier.register.store.path, tmp_path / "copy.db", sell_on)
    with closing(open_store(tmp_path / "copy.db")) as copy:
        assert copy.sales.count() == cashier.register.store.sales.count() >= 3
        assert copy.file.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert verify(copy.file).finding is None


def test_a_backup_is_given_up_when_a_till_writes_all_the_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "PART", 65_536)
    cashier = a_cashier(tmp_path / "shop")
    with pytest.raises(StoreError, match="backup-no-rest"):
        copy_while_selling(
            cashier.register.store.path, tmp_path / "copy.db", lambda done, of: sell(cashier), patience=0.3
        )


def test_no_commit_waits_for_a_slow_backup_disk(tmp_path: Path) -> None:
    """The copy stops in the middle of a write, and a commit succeeds meanwhile."""
    path = a_shop(tmp_path / "shop")
    stands, go_on = threading.Event(), threading.Event()

    def slowly(done: int, of: int) -> None:
        stands.set()
        assert go_on.wait(20)

    thread = threading.Thread(target=copy_while_selling, args=(path, tmp_path / "copy.db", slowly))
    thread.start()
    assert stands.wait(20)
    with closing(sqlite3.connect(path, timeout=0)) as conn:
        conn.execute("UPDATE shop SET phone = phone")
        conn.commit()
    go_on.set()
    thread.join(20)
    assert known_of(tmp_path / "copy.db") == known_of(path)


def test_a_copy_follows_a_file_that_becomes_shorter(tmp_path: Path) -> None:
    path = a_shop(tmp_path / "shop")
    (tmp_path / "copy.db").write_bytes(b"x" * 2_000_000)
    copy_while_selling(path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == path.read_bytes()


def test_a_damaged_file_gives_no_backup(tmp_path: Path) -> None:
    path = a_shop(tmp_path / "shop")
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("DROP TRIGGER sale_is_so")
        conn.execute("UPDATE sale SET total_minor = 1")
        conn.commit()
    with pytest.raises(BadInput, match="backup-not-whole"):
        backed_up(path, tmp_path / "copy.db")
    assert names(tmp_path) == {"shop"}
    with closing(open_store(path)) as store:
        assert store.backups.last() is None


def test_only_an_older_backup_of_the_same_file_is_overwritten(tmp_path: Path) -> None:
    path, other = a_shop(tmp_path / "shop"), a_shop(tmp_path / "other", 1)
    backed_up(path, tmp_path / "copy.db")
    assert needs_consent(path, tmp_path / "copy.db")
    assert not needs_consent(path, tmp_path / "new.db")
    assert not needs_consent(path, tmp_path)
    (tmp_path / "letter.txt").write_text("Dear shop")
    (tmp_path / "link.db").symlink_to(tmp_path / "copy.db")
    for target in (other, tmp_path / "letter.txt", tmp_path / "link.db"):
        with pytest.raises(BadInput, match="backup-other-file"):
            needs_consent(path, target)
    with pytest.raises(BadInput, match="backup-onto-itself"):
        needs_consent(path, path)


def test_a_backup_that_was_sold_from_is_not_overwritten(tmp_path: Path) -> None:
    path = a_shop(tmp_path / "shop")
    (tmp_path / "spare").mkdir()
    backed_up(path, tmp_path / "spare" / "shop.db")
    assert sold_on(tmp_path / "spare" / "shop.db") == "K1-4"
    with pytest.raises(BadInput, match="backup-other-file"):
        needs_consent(path, tmp_path / "spare" / "shop.db")


def test_keys_are_backed_up_separately_and_readable_by_the_owner_only(tmp_path: Path) -> None:
    path = a_shop(tmp_path / "shop")
    own = [key for key in keys_of(path) if key.suffix == ".pem"]
    made = backed_up(path, tmp_path / "copy.db")
    assert own
    assert keys_of(tmp_path / "copy.db") == made.keys
    for key in own:
        copy = tmp_path / "copy.db.signing" / key.name
        assert copy in made.keys
        assert copy.read_bytes() == key.read_bytes()
        assert copy.stat().st_mode & 0o777 == 0o600
        assert key.read_bytes().splitlines()[1] not in (tmp_path / "copy.db").read_bytes()


def test_a_second_backup_at_the_same_time_is_refused(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path / "shop")
    sell(cashier)
    with closing(shop_file(tmp_path / "shop")) as other:
        refused: list[str] = []

        def again(done: int, of: int) -> None:
            with pytest.raises(BadInput) as error:
                back_up(other, tmp_path / "second.db")
            refused.append(error.value.message_id)

        make_backup(gate(cashier.register.store), tmp_path / "first.db", again, lambda done, of: None)
    assert set(refused) == {"backup-under-way"}
    assert (tmp_path / "first.db").exists()
    assert not (tmp_path / "second.db").exists()


def test_a_part_is_read_under_the_lock_in_milliseconds(tmp_path: Path) -> None:
    """The longest of many holds, except those in which the machine did something else."""
    path = tmp_path / "large.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE t (b BLOB)")
        conn.executemany("INSERT INTO t VALUES (randomblob(100000))", [()] * 200)
        conn.commit()
    with closing(copies.read_only(path)) as conn, path.open("rb") as file:
        source = copies._Source(path, conn, file.fileno())
        held: list[float] = []
        conn.set_trace_callback(lambda sql: held.append(monotonic()) if sql in ("BEGIN", "COMMIT") else None)
        for start in range(0, path.stat().st_size, copies.PART):
            source.part(start)
    holds = sorted(end - begin for begin, end in zip(held[::2], held[1::2], strict=True))
    assert len(holds) >= 20
    assert holds[len(holds) // 2] < 0.020
