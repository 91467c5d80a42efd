"""No receipt number is given out twice when a file was moved, emptied, replaced or restored from a backup."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pos.country.norway.signing import folder_of
from pos.domain.errors import StoreError
from pos.domain.order.order import Purpose
from pos.register.verbs import checkout, paying, ringing
from pos.store import open_store
from pos.store.journal.witness import read_witness, witness_path
from tests.durability.test_files import sell
from tests.office_acts import accept
from tests.rig import Cashier, Clock, a_cashier, a_register
from tests.templates import fill_folder

SALE = ("b", "enter", "2", "n", "n", "a")


def sold_by(cashier: Cashier) -> str | None:
    """Make one more sale. Returns its receipt number, or None when the sale was refused."""
    cashier.press(*SALE)
    sale = cashier.counter.paid
    if sale is None:
        return None
    cashier.press("enter")
    return f"{sale.series}-{sale.receipt_number}"


def sell_three(folder: Path) -> None:
    """Make a shop's file with three sales, and a backup `old.db` of it with one sale."""
    cashier = a_cashier(folder)
    sold_by(cashier)
    shutil.copy(cashier.register.store.path, folder / "old.db")
    sold_by(cashier)
    sold_by(cashier)
    cashier.register.store.close()


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """The file that `sell_three` makes."""
    fill_folder(tmp_path, sell_three)
    return tmp_path / "shop.db"


def test_the_witness_says_what_was_given_out(db: Path) -> None:
    witness = read_witness(db)
    assert witness is not None
    assert [(entry.series, entry.number) for entry in witness.given] == [("K1", 3)]


def test_a_file_that_goes_on_is_opened_without_a_word(db: Path) -> None:
    assert "Receipt K1-4" in sell(db).stdout


def test_a_restored_backup_is_refused_until_somebody_says_so(db: Path) -> None:
    shutil.copy(db.with_name("old.db"), db)
    refused = sell(db, code=1)
    assert "ends at receipt K1-1, but K1-3 has been given out" in refused.stderr
    assert "K1-2" not in refused.stdout
    accepted = sell(db, arguments=("--accept-file",))
    assert "Receipt K1-4" in accepted.stdout
    assert "Receipt K1-5" in sell(db).stdout
    with closing(sqlite3.connect(db)) as conn:
        assert conn.execute("SELECT series, from_number, to_number FROM number_jump").fetchall() == [("K1", 1, 3)]


@pytest.mark.parametrize("empty", [True, False])
def test_a_file_that_is_gone_or_empty_is_not_begun_anew_without_a_word(db: Path, empty: bool) -> None:
    db.write_bytes(b"") if empty else db.unlink()
    refused = sell(db, code=1)
    assert ("is empty" if empty else "is not there") in refused.stderr
    assert not db.exists() or not db.stat().st_size
    assert "Receipt K1-4" in sell(db, arguments=("--accept-file",)).stdout


def test_another_shops_file_in_its_place_is_refused(db: Path, tmp_path: Path) -> None:
    other = a_cashier(tmp_path / "other")
    for _ in range(5):
        sold_by(other)
    other.register.store.close()
    shutil.copy(other.register.store.path, db)
    assert "is not the file that receipts were given out from" in sell(db, code=1).stderr


def test_a_copy_without_a_witness_sells_on(db: Path) -> None:
    shutil.copy(db, db.with_name("copy.db"))
    shutil.copytree(folder_of(db), folder_of(db.with_name("copy.db")))
    assert "Receipt K1-4" in sell(db.with_name("copy.db")).stdout


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"format":1}\n', b"\xff\xfe", b"[]\n", b'{"file":1,"given":[["a"]]}\n']
)
def test_a_witness_that_cannot_be_read_hinders_nobody(db: Path, content: bytes) -> None:
    witness_path(db).write_bytes(content)
    assert "Receipt K1-4" in sell(db).stdout
    assert json.loads(witness_path(db).read_bytes().splitlines()[0])["given"] == [[1, "1", "K1", 4]]


def test_a_witness_that_cannot_be_written_hinders_no_sale(db: Path) -> None:
    witness_path(db).unlink()
    witness_path(db).mkdir()
    assert "Receipt K1-4" in sell(db).stdout


def test_a_new_till_on_an_accepted_file_gets_a_series_of_its_own(db: Path) -> None:
    db.unlink()
    sell(db, arguments=("--accept-file", "--till", "bar"))
    assert "Receipt K1-4" in sell(db).stdout


# while the till runs


def running(db: Path) -> Cashier:
    clock = Clock()
    cashier = Cashier(a_register(db.parent, clock=clock), clock)
    cashier.register.store.witness.check()
    assert sold_by(cashier) == "K1-4"
    return cashier


def told_by(cashier: Cashier) -> str | None:
    """Press a key. Returns the message; the till refuses the next sale."""
    said = cashier.press("b").said
    assert sold_by(cashier) is None
    return said


def test_a_file_moved_under_a_running_till_is_reported(db: Path) -> None:
    cashier = running(db)
    db.rename(db.with_name("moved.db"))
    assert told_by(cashier) == "database-moved"


def test_a_file_deleted_under_a_running_till_is_reported(db: Path) -> None:
    cashier = running(db)
    db.unlink()
    assert told_by(cashier) == "database-moved"


def test_a_file_emptied_under_a_running_till_is_reported(db: Path) -> None:
    cashier = running(db)
    os.truncate(db, 0)
    assert told_by(cashier) == "database-emptied"


def test_a_file_replaced_by_another_under_a_running_till_is_reported(db: Path) -> None:
    cashier = running(db)
    shutil.copy(db.with_name("old.db"), db.with_name("new.db"))
    db.with_name("new.db").replace(db)
    assert told_by(cashier) == "database-replaced"


def test_a_backup_copied_over_the_file_of_a_running_till_sells_no_number_twice(db: Path) -> None:
    cashier = running(db)
    shutil.copy(db.with_name("old.db"), db)
    assert told_by(cashier) == "database-went-back"


@pytest.mark.parametrize("keys", [("b",), ("b", "enter", "2"), ("b", "enter", "2", "n", "n", "k")])
def test_an_order_missing_from_a_restored_backup_stays_in_sight_and_the_file_is_reported(
    db: Path, keys: tuple[str, ...]
) -> None:
    cashier = running(db)
    cashier.press(*keys)
    order = cashier.register.view.order
    shutil.copy(db.with_name("old.db"), db)
    cashier.register.catch_up()
    cashier.counter.tell_news()
    assert cashier.register.view.order == order
    cashier.press({"ringing": "b", "question": "n", "terminal": "+"}[cashier.counter.state])
    assert cashier.said == "database-went-back"
    assert cashier.register.view.order == order


def test_practice_begins_anew_as_often_as_somebody_likes(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    for _ in range(2):
        open_store(path, practice=True).close()
        path.unlink()
    assert not witness_path(path).exists()


def test_the_numbers_of_write_offs_are_given_out_once_after_a_restored_backup(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    register, path = cashier.register, tmp_path / "shop.db"

    def write_off() -> str:
        register.do(ringing.ring, "bag")
        register.do(checkout.set_purpose, Purpose.WASTE)
        register.do(checkout.checkout)
        done = register.do(paying.write_off).result
        return f"{done.series}-{done.number}"

    assert write_off() == "U1-1"
    backup = path.read_bytes()
    assert write_off() == "U1-2"
    register.store.close()
    path.write_bytes(backup)
    store = open_store(path)
    with pytest.raises(StoreError, match="database-went-back"):
        store.witness.check()
    accept(store)
    store.witness.check()
    jumps = store.file.conn.execute("SELECT series, from_number, to_number FROM number_jump").fetchall()
    assert jumps == [("U1", 1, 2)]
    store.close()
    register = a_cashier(tmp_path).register
    assert write_off() == "U1-3"


def test_a_new_file_continues_the_write_off_numbers_of_a_lost_one(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path, till="bar")
    cashier.register.do(ringing.ring, "bag")
    cashier.register.do(checkout.set_purpose, Purpose.WASTE)
    cashier.register.do(checkout.checkout)
    cashier.register.do(paying.write_off)
    cashier.register.store.close()
    (tmp_path / "shop.db").unlink()
    with pytest.raises(StoreError, match="database-gone"):
        open_store(tmp_path / "shop.db")
    store = open_store(tmp_path / "shop.db", anew=True)
    accept(store)
    tills = store.file.conn.execute("SELECT name, series, receipt_number, write_off_series, write_off_number FROM till")
    assert tills.fetchall() == [("bar", "K1", 0, "U1", 1)]
