"""The export command."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pos.cli import main
from tests.templates import begin_file


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop's file with one sale."""
    path = tmp_path / "shop.db"
    begin_file(path)
    monkeypatch.setattr("sys.stdin", io.StringIO("b\n\n2\nn\nn\na\n"))
    assert main(["--plain", "--db", str(path), "--printer", "none", "--lang", "en"]) == 0
    return path


def export(db: Path, *words: str) -> int:
    return main(["export", "saft", *words, "--db", str(db), "--lang", "en"])


def test_a_file_is_written_and_its_sums_are_printed(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    out = db.with_name("saft.xml")
    assert export(db, str(out), "--from", "2000-01-01", "--to", "31.12.2100") == 0
    assert "one sale or return" in capsys.readouterr().err
    assert "<nr>K1-1</nr>" in out.read_text()


@pytest.mark.parametrize(("since", "until"), [("2026-11-02", "2026-11-01"), ("yesterday", "2026-11-01")])
def test_malformed_days_are_refused(db: Path, capsys: pytest.CaptureFixture[str], since: str, until: str) -> None:
    capsys.readouterr()
    assert export(db, str(db.with_name("saft.xml")), "--from", since, "--to", until) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not db.with_name("saft.xml").exists()


def test_the_days_are_required(db: Path) -> None:
    assert export(db, str(db.with_name("saft.xml"))) == 2


def test_the_shops_own_file_is_not_overwritten(db: Path) -> None:
    assert export(db, str(db), "--from", "2026-11-01", "--to", "2026-11-02") == 1
    assert db.read_bytes().startswith(b"SQLite format 3")


def test_a_day_is_printed_and_written_as_csv_and_json(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["export", "day", "--json", "--db", str(db)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["sales"]["count"] == 1
    out = db.with_name("day.csv")
    assert main(["export", "day", shown["day"], "--file", str(out), "--db", str(db), "--lang", "nb"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"{out}: ett salg eller én retur, ")
    assert out.read_bytes().startswith(b"\xef\xbb\xbfDag;")
    assert main(["log", "--db", str(db), "--lang", "en"]) == 0
    assert capsys.readouterr().out.count("exported the journal") == 2


def test_days_in_the_wrong_order_are_told_as_such(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert export(db, str(db.with_name("saft.xml")), "--from", "2026-11-02", "--to", "2026-11-01", "--lang", "en") == 1
    said = capsys.readouterr().err
    assert said == "The last day is before the first: --from 2026-11-02 --to 2026-11-01.\n"
