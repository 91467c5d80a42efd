"""`pos backup`, `pos restore` and `pos doctor`: a spare machine sells within five minutes from a backup."""

from __future__ import annotations

import json
import re
import shlex
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from pos.cli import main
from pos.cli.grammar import parse
from pos.office.keeping import machine
from pos.store import open_store
from pos.store.journal.witness import witness_path
from tests.cli.typed import plain
from tests.durability.test_files import sell
from tests.templates import fill_folder

DOCUMENT = (Path(__file__).parents[2] / "docs" / "backup.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POS_LANG", "en")
    monkeypatch.setattr(machine, "file_system_of", lambda path: "ext4")


def sell_first(folder: Path) -> None:
    """Sell for the first time at a till, which creates its file."""
    sell(folder / "till.db")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A shop's file after one sale."""
    fill_folder(tmp_path / "shop", sell_first)
    return tmp_path / "shop" / "till.db"


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> tuple[list[str], list[str]]:
    """The lines that a command printed, on both streams."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == code, capsys.readouterr()
    out, err = capsys.readouterr()
    return out.splitlines(), err.splitlines()


def test_a_spare_machine_sells_from_a_backup_within_five_minutes(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    out, _ = said(capsys, "backup", stick, "--db", db)
    assert out[0].startswith(f"The backup is made and checked: {stick}/till-")
    (copy,) = stick.glob("*.db")
    begun, spare = monotonic(), tmp_path / "spare" / "till.db"
    out, _ = said(capsys, "restore", copy, "--db", spare, "--yes")
    assert "The next numbers will be K1-2" in out[1]
    assert out[-1] == f"{spare} is restored. The till can be opened."
    assert "Receipt K1-2" in sell(spare).stdout
    assert monotonic() - begun < 300
    assert said(capsys, "verify", "--all", "--db", spare)[0][0].endswith("from the journal.")
    out, _ = said(capsys, "log", "--db", spare)
    assert any("put a backup of the file in place" in line for line in out)


def test_receipts_that_only_paper_knows_are_not_given_out_again(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup", tmp_path / "copy.db", "--db", db)
    spare = tmp_path / "spare" / "till.db"
    out, _ = said(capsys, "restore", tmp_path / "copy.db", "--db", spare, "--last", "k1-5", "--yes")
    assert "Receipts K1-2 to K1-5 are not in the backup. The numbers are not used again." in out
    assert "Receipt K1-6" in sell(spare).stdout
    assert said(capsys, "verify", "--all", "--db", spare)[1] == []


@pytest.mark.parametrize("last", ["K1", "57", "K1-", "K1-0x5", "K1-5 and more"])
def test_a_malformed_receipt_number_is_refused(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], last: str
) -> None:
    said(capsys, "backup", tmp_path / "copy.db", "--db", db)
    _, err = said(capsys, "restore", tmp_path / "copy.db", "--db", tmp_path / "new.db", "--last", last, "--yes", code=1)
    assert len(err) == 1
    assert "is not a receipt number" in err[0]


def test_a_restore_needs_consent(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "backup", tmp_path / "copy.db", "--db", db)
    _, err = said(capsys, "restore", tmp_path / "copy.db", "--db", tmp_path / "new.db", code=1)
    assert err == ["Put the backup in place? Nothing was changed. Add --yes to do it."]
    assert not (tmp_path / "new.db").exists()


def test_a_file_with_more_than_the_backup_is_not_replaced(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup", tmp_path / "copy.db", "--db", db)
    sell(db)
    before = db.read_bytes()
    _, err = said(capsys, "restore", tmp_path / "copy.db", "--db", db, "--yes", code=1)
    assert len(err) == 1
    assert re.search(r"goes further than the backup: \d+ rows of the journal and 1 receipts more", err[0])
    assert db.read_bytes() == before


def test_a_damaged_file_is_replaced_and_kept(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "backup", tmp_path / "copy.db", "--db", db)
    sell(db)
    db.write_bytes(b"\0" * 5000)
    out, _ = said(capsys, "restore", tmp_path / "copy.db", "--db", db, "--yes")
    assert f"{db} is damaged. It is kept aside, not deleted." in out
    assert "Receipt K1-2 is not in the backup. The number is not used again." in out
    assert [entry.read_bytes() for entry in db.parent.glob("till.db.aside-*") if entry.suffix != ".head"] == [
        b"\0" * 5000
    ]
    assert "Receipt K1-3" in sell(db).stdout


def test_restoring_is_refused_while_a_till_runs(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, "backup", tmp_path / "copy.db", "--db", db)
    refused: list[str] = []

    def while_it_runs(*arguments: object) -> int:
        assert main(["restore", str(tmp_path / "copy.db"), "--db", str(db), "--yes"]) == 1
        refused.append(capsys.readouterr().err)
        return 0

    monkeypatch.setattr("pos.plain.run_on", while_it_runs)
    assert plain(monkeypatch, "", "--db", str(db)) == 0
    assert refused == [f"A till is open on {db}: 1. Close it first.\n"]


def test_only_an_older_backup_is_replaced_and_only_with_consent(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    said(capsys, "backup", copy, "--db", db)
    before = copy.read_bytes()
    _, err = said(capsys, "backup", copy, "--db", db, code=1)
    assert err == [f"{copy} is an older backup of the same file. Replace it? Nothing was changed. Add --yes to do it."]
    assert copy.read_bytes() == before
    sell(db)
    said(capsys, "backup", copy, "--db", db, "--yes")
    with closing(open_store(copy)) as store:
        assert store.sales.count() == 2
    (tmp_path / "letter.txt").write_text("Dear shop")
    for target in (tmp_path / "letter.txt", db, witness_path(db)):
        _, err = said(capsys, "backup", target, "--db", db, "--yes", code=1)
        assert len(err) == 1
    assert (tmp_path / "letter.txt").read_text() == "Dear shop"


@pytest.mark.parametrize("target", ["/nowhere/at/all/copy.db", "/dev/full", "/proc/copy.db"])
def test_a_target_that_cannot_be_written_to_is_refused(
    db: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    _, err = said(capsys, "backup", target, "--db", db, code=1)
    assert len(err) == 1
    assert "Something unexpected" not in err[0]
    assert not list(db.parent.glob("*part*"))


def test_a_missing_file_and_a_practice_file_are_not_backed_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, err = said(capsys, "backup", tmp_path / "copy.db", "--db", tmp_path / "none.db", code=1)
    assert "There is no till file" in err[0]
    open_store(tmp_path / "practice.db", practice=True).close()
    _, err = said(capsys, "backup", tmp_path / "copy.db", "--db", tmp_path / "practice.db", code=1)
    assert "is a practice file" in err[0]
    _, err = said(capsys, "restore", tmp_path / "practice.db", "--db", tmp_path / "new.db", "--yes", code=1)
    assert err[0].startswith(f"{tmp_path / 'practice.db'} is a practice file")


def test_the_doctor_begins_with_a_verdict_and_sets_the_exit_code(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = said(capsys, "doctor", "--db", db, code=1)
    assert out[0] == "LOOK AT THIS. You can go on selling; do what stands behind the arrows."
    assert sum("→" in line for line in out) == 1
    said(capsys, "backup", tmp_path / "copy.db", "--db", db)
    out, err = said(capsys, "doctor", "--db", db)
    assert (out[0], err) == ("ALL IS WELL. Sell on.", [])
    db.write_bytes(b"\0" * 5000)
    out, err = said(capsys, "doctor", "--db", db, code=1)
    assert (out[0][:13], err) == ("STOP AND CALL", [])


def test_the_doctor_prints_json(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "doctor", "--json", "--db", db, code=1)
    (line,) = out
    told = json.loads(line)
    assert told["verdict"] == "look"
    assert {check["check"]: check["health"] for check in told["checks"]}["backup"] == "look"


def test_the_page_for_the_owner_names_every_command_that_it_needs() -> None:
    typed = [line.strip() for line in DOCUMENT.splitlines() if re.match(r" *pos\b", line)]
    assert {line.split()[1] for line in typed if " " in line} == {"backup", "restore", "doctor"}
    for line in typed:
        parse(shlex.split(line)[1:], {})


def test_a_backup_into_a_folder_that_is_not_there_says_so(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "gone" / "copy.db"
    _, err = said(capsys, "backup", target, "--db", db, code=1)
    assert err == [f"Cannot write to {target}: the folder is not there."]
