"""The doctor: a verdict, a line for each check, and not a byte written."""

from __future__ import annotations

import hashlib
import lzma
import os
import random
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.counter.printing import print_owed
from pos.country import norway
from pos.country.norway.signing import Keys
from pos.devices import DrawerState
from pos.devices.escpos_drawer import EscPosDrawer
from pos.domain.errors import DeviceError
from pos.domain.order.order import TenderState
from pos.domain.sale.sale import Document
from pos.domain.text import LANGUAGES
from pos.office.keeping import machine, state
from pos.office.keeping.checks import Check, Health, Patient
from pos.office.keeping.doctor import examine, lines, verdict
from pos.register.verbs import paying
from pos.store.journal.witness import witness_path
from pos.wording import wording
from tests.builders import NOW
from tests.forks import fork
from tests.office.keeping.shops import SALE, a_shop, backed_up
from tests.rig import a_cashier

GIGABYTES = 10**9


class Broken:
    """A printer that takes nothing."""

    def print(self, document: Document) -> None:
        raise DeviceError("printer-failed", problem="paper")


def patient_of(path: Path, **fields: object) -> Patient:
    patient = Patient(path, norway(), NOW, "none", lambda till: False)
    return replace(patient, **fields)  # type: ignore[arg-type]  # the fields of a patient


def looked(path: Path, **fields: object) -> dict[str, Check]:
    """The checks by name. Asserts that neither the file nor anything beside it has changed."""
    before = stands(path.parent)
    found = examine(patient_of(path, **fields))
    assert stands(path.parent) == before
    for language in LANGUAGES:
        for line in lines(found, wording(language)):
            assert "doctor-" not in line
            assert "{" not in line
    return {check.name: check for check in found}


def stands(folder: Path) -> dict[str, str]:
    return {entry.name: hashlib.sha256(entry.read_bytes()).hexdigest() for entry in folder.iterdir() if entry.is_file()}


@pytest.fixture(autouse=True)
def on_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that the tests' files, which are in memory, are on a disk: the doctor would report that."""
    monkeypatch.setattr(machine, "file_system_of", lambda path: "ext4")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = a_shop(tmp_path / "shop")
    backed_up(found, tmp_path / "copy.db")
    return found


def test_the_first_line_says_that_a_shop_is_in_order(path: Path) -> None:
    found = looked(path)
    assert {name: check.health for name, check in found.items() if not check.health.is_good} == {}
    assert list(found) == [
        "file",
        "journal",
        "numbers",
        "signing",
        "backup",
        "orders",
        "payments",
        "refunds",
        "papers",
        "tills",
        "clock",
        "disk",
        "printer",
        "drawer",
        "versions",
    ]
    first, *_ = lines(tuple(found.values()), wording("en"))
    assert first == "ALL IS WELL. Sell on."


def test_the_whole_journal_is_verified_on_request(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("DROP TRIGGER sale_line_is_so")
        conn.execute("UPDATE sale_line SET name = json_set(name, '$.nb', 'Noe annet') WHERE sale_id = 1")
        conn.commit()
    assert looked(path)["journal"].health is Health.GOOD
    found = looked(path, is_whole=True)["journal"]
    assert found.health is Health.STOP
    assert "sale" in found.found(wording("en"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET verb = 'ring' WHERE seq = (SELECT MAX(seq) - 1 FROM journal)",
        "DELETE FROM journal WHERE seq = (SELECT MAX(seq) - 2 FROM journal)",
        "UPDATE order_body SET facts = '[]' WHERE seq = (SELECT MAX(seq) FROM order_body)",
        "DELETE FROM order_body WHERE seq = (SELECT MAX(seq) FROM order_body)",
    ],
)
def test_the_end_of_the_journal_is_always_verified(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as conn:
        for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            conn.execute(f"DROP TRIGGER {name}")
        conn.execute(statement)
        conn.commit()
    assert looked(path)["journal"].health is Health.STOP


def test_a_file_that_went_back_is_a_reason_to_stop(path: Path, tmp_path: Path) -> None:
    path.write_bytes((tmp_path / "copy.db").read_bytes())
    cashier = a_cashier(tmp_path / "other")
    cashier.register.store.close()
    witness = witness_path(path).read_text().replace('"K1",3', '"K1",9')
    witness_path(path).write_text(witness)
    found = looked(path)["numbers"]
    assert (found.health, found.message_id) == (Health.STOP, "database-went-back")


def test_a_missing_witness_asks_to_compare_the_last_numbers_with_paper(path: Path) -> None:
    witness_path(path).unlink()
    assert looked(path)["numbers"].message_id == "doctor-numbers-alone"


def test_a_missing_and_an_old_backup_are_reported(path: Path, tmp_path: Path) -> None:
    assert looked(a_shop(tmp_path / "other"))["backup"].message_id == "doctor-backup-none"
    assert looked(path, at=NOW + timedelta(days=3))["backup"].message_id == "doctor-backup-old"
    a_cashier(tmp_path / "new").register.store.close()
    assert looked(tmp_path / "new" / "shop.db")["backup"].message_id == "doctor-backup-not-yet"


def test_open_orders_and_unknown_payments_are_reported(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path / "shop")
    cashier.press("b", "f9", "b", "enter", "2", "n", "n", "k")
    register = cashier.register
    register.do(paying.terminal_says, TenderState.UNKNOWN)
    register.store.close()
    path = tmp_path / "shop" / "shop.db"
    found = looked(path)
    assert found["orders"].values == {"opened": 1, "held": 1}
    assert found["payments"].health is Health.LOOK
    assert "119" in found["payments"].found(wording("nb"))
    assert looked(path, at=NOW + timedelta(days=2))["orders"].message_id == "doctor-orders-old"


@pytest.mark.parametrize("answer", [(), ("u",), ("-",)])
def test_an_unfinished_refund_is_reported_with_number_and_amount(tmp_path: Path, answer: tuple[str, ...]) -> None:
    cashier = a_cashier(tmp_path / "shop")
    cashier.press("b", "enter", "2", "n", "n", "k", "+")
    assert cashier.counter.paid is not None
    cashier.press(",", "g", "1", "enter", "2", "enter", "1", "k", *answer)
    cashier.register.store.close()
    check = looked(tmp_path / "shop" / "shop.db")["refunds"]
    assert check.health is Health.LOOK
    for language in LANGUAGES:
        assert "K1-1" in check.found(wording(language))
        assert "119" in check.found(wording(language))


def test_an_owed_receipt_is_reported(tmp_path: Path) -> None:
    path = a_shop(tmp_path / "shop")
    assert looked(path)["papers"].health.is_good
    cashier = a_cashier(tmp_path / "shop", printer=Broken())
    cashier.press(*SALE)
    with suppress(DeviceError):
        print_owed(cashier.register)
    cashier.register.store.close()
    assert looked(path)["papers"].values == {"count": 1}


def test_a_running_till_is_marked(path: Path) -> None:
    assert "1 ●" in looked(path, runs=lambda till: True)["tills"].found(wording("nb"))
    assert "1 ○" in looked(path)["tills"].found(wording("nb"))


@pytest.mark.parametrize(
    ("later", "message_id"),
    [
        (timedelta(days=-1), "doctor-clock-behind"),
        (timedelta(days=30), "doctor-clock-far"),
        (timedelta(days=-20 * 365), "doctor-clock-wrong"),
    ],
)
def test_an_implausible_clock_is_reported(path: Path, later: timedelta, message_id: str) -> None:
    assert looked(path, at=NOW + later)["clock"].message_id == message_id


@pytest.mark.parametrize(
    ("kind", "free", "message_id", "health"),
    [
        ("nfs4", 90 * GIGABYTES, "doctor-disk-network", Health.STOP),
        ("ext4", GIGABYTES, "doctor-disk-little", Health.LOOK),
        ("ext4", GIGABYTES // 100, "doctor-disk-little", Health.STOP),
        ("tmpfs", 90 * GIGABYTES, "doctor-disk-in-memory", Health.LOOK),
        ("", 90 * GIGABYTES, "doctor-disk", Health.GOOD),
    ],
)
def test_the_disk_is_checked(
    path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, free: int, message_id: str, health: Health
) -> None:
    monkeypatch.setattr(machine, "file_system_of", lambda path: kind)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": free}))
    found = looked(path)["disk"]
    assert (found.message_id, found.health) == (message_id, health)


def test_a_printer_that_does_not_answer_is_reported(path: Path) -> None:
    found = looked(path, printer="escpos:tcp:127.0.0.1:9")["printer"]
    assert (found.health, found.message_id) == (Health.LOOK, "printer-failed")
    assert looked(path, printer="nonsense")["printer"].health is Health.LOOK
    assert looked(path, printer=f"text:{path.parent / 'none' / 'paper.txt'}")["printer"].health is Health.GOOD


@pytest.mark.parametrize(
    ("state", "health"),
    [(DrawerState.CLOSED, Health.GOOD), (DrawerState.OPEN, Health.LOOK), (DrawerState.UNKNOWN, Health.STOP)],
)
def test_the_drawer_says_how_it_stands(
    path: Path, monkeypatch: pytest.MonkeyPatch, state: DrawerState, health: Health
) -> None:
    monkeypatch.setattr(EscPosDrawer, "state", lambda drawer: state)
    monkeypatch.setattr(EscPosDrawer, "open", lambda drawer: pytest.fail("the doctor opens no drawer"))
    assert looked(path, printer="escpos:tcp:127.0.0.1:9", drawer="printer")["drawer"].health is health


def test_a_drawer_that_does_not_answer_or_cannot_stops_the_till(path: Path) -> None:
    assert looked(path)["drawer"].message_id == "doctor-drawer-none"
    silent = looked(path, printer="escpos:tcp:127.0.0.1:9", drawer="printer")["drawer"]
    assert (silent.health, silent.message_id) == (Health.STOP, "doctor-drawer-silent")
    cannot = looked(path, drawer="printer")["drawer"]
    assert (cannot.health, cannot.message_id) == (Health.STOP, "drawer-cannot-say")


def test_the_key_that_signs_the_next_sale_is_looked_at(path: Path, tmp_path: Path) -> None:
    key = path.with_name(f"{path.name}.signing") / "1.pem"
    assert looked(path)["signing"].message_id == "doctor-signing"
    key.chmod(0o644)
    assert looked(path)["signing"].message_id == "signing-key-open"
    key.chmod(0o600)
    Keys(tmp_path / "other.db", is_practice=False).key(None)
    right = key.read_bytes()
    key.write_bytes((tmp_path / "other.db.signing" / "1.pem").read_bytes())
    other = looked(path)["signing"]
    assert (other.health, other.message_id) == (Health.STOP, "doctor-signing-other")
    key.unlink()
    assert looked(path)["signing"].message_id == "signing-key-missing"
    key.write_bytes(right)


def test_a_large_file_is_read_from_end_to_end_only_on_request(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "LARGE", 1000)
    assert looked(path)["file"].message_id == "doctor-file-unread"
    assert looked(path, is_whole=True)["file"].message_id == "doctor-file"


def test_a_file_with_an_unfinished_commit_is_examined_and_not_changed(path: Path, tmp_path: Path) -> None:
    def die() -> None:
        conn = sqlite3.connect(path, isolation_level=None)
        conn.execute("PRAGMA cache_size = 5")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("CREATE TABLE more (bytes)")
        conn.executemany("INSERT INTO more VALUES (randomblob(900))", [()] * 3000)
        os.kill(os.getpid(), signal.SIGKILL)

    assert fork(die, tmp_path / "told").was_killed()
    found = looked(path)
    assert (found["file"].health, found["file"].message_id) == (Health.LOOK, "doctor-file-cut-off")
    assert found["journal"].health is Health.GOOD


def test_a_file_of_an_older_version_is_examined_and_not_migrated(tmp_path: Path) -> None:
    made = Path(__file__).parents[2] / "store" / "made_by_0_1_0" / "shop.db.xz"
    path = tmp_path / "shop" / "old.db"
    path.parent.mkdir()
    path.write_bytes(lzma.decompress(made.read_bytes()))
    found = looked(path)
    assert found["versions"].message_id == "doctor-versions-older"
    assert found["journal"].health is Health.GOOD


def test_a_newer_file_is_reported(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA user_version = 999")
    found = looked(path)
    assert found["file"].message_id == "database-newer"
    assert verdict(tuple(found.values())) is Health.STOP


def test_a_file_in_wal_mode_is_reported_and_not_changed(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
    assert looked(path)["file"].message_id == "database-wal"


def test_a_locked_file_is_no_reason_to_stop(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        found = looked(path)["file"]
    assert (found.health, found.message_id) == (Health.LOOK, "database-locked")


@pytest.mark.parametrize("content", [b"", b"Dear shop, " * 900, b"SQLite format 3\0" + bytes(5000)])
def test_another_programs_file_is_reported(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shop" / "shop.db"
    path.parent.mkdir()
    path.write_bytes(content)
    assert not looked(path)["file"].health.is_good


def test_a_file_that_is_gone_is_worse_than_one_that_never_was(path: Path, tmp_path: Path) -> None:
    path.unlink()
    assert looked(path)["file"].health is Health.STOP
    assert looked(tmp_path / "never.db")["file"].health is Health.LOOK


def holes(chance: random.Random, content: bytearray) -> None:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(content) - 2048)
        content[at : at + 2048] = chance.choice((bytes(2048), chance.randbytes(2048)))


def flipped(chance: random.Random, content: bytearray) -> None:
    for _ in range(chance.randint(1, 40)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def cut(chance: random.Random, content: bytearray) -> None:
    del content[chance.randrange(1, len(content)) :]


def broken(path: Path, ruin: Callable[[random.Random, bytearray], None], seeds: range) -> int:
    """Damage a file in many ways, one after the other. Returns how many the doctor has examined."""
    whole, told = path.read_bytes(), 0
    for seed in seeds:
        content = bytearray(whole)
        ruin(random.Random(seed), content)
        path.write_bytes(content)
        told += not verdict(tuple(looked(path, is_whole=True).values())).is_good
    return told


@pytest.mark.parametrize("ruin", [holes, flipped, cut])
def test_the_doctor_survives_every_broken_file(path: Path, ruin: Callable[[random.Random, bytearray], None]) -> None:
    assert broken(path, ruin, range(4)) >= 2


@pytest.mark.soak
@pytest.mark.parametrize("ruin", [holes, flipped, cut])
def test_the_doctor_survives_many_broken_files(path: Path, ruin: Callable[[random.Random, bytearray], None]) -> None:
    told = broken(path, ruin, range(100, 400))
    print(f"{told} of 300 told")
    assert told >= 200
