"""`pos kitchen` and `pos display` from the command line, where nobody sits at a terminal."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from pos.cli import main
from tests.cli.typed import plain


def test_without_a_terminal_each_says_so_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command, said in (("kitchen", "pos kitchen --plain"), ("display", "needs a terminal")):
        assert main(["--db", str(tmp_path / "shop.db"), "--lang", "en", command]) == 1
        told = capsys.readouterr()
        assert (told.out, told.err.count("\n")) == ("", 1)
        assert said in told.err


def test_a_mistyped_name_creates_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "shop.db"
    assert main(["--db", str(path), "kitchen", "--plain"]) == 1
    assert "shop.db" in capsys.readouterr().err
    assert not path.exists()


def test_a_script_reads_the_open_orders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, tickets = tmp_path / "shop.db", tmp_path / "kitchen.txt"
    plain(monkeypatch, "b\n,\nk\n", "--db", str(path), "--printer", "none", "--kitchen-printer", f"text:{tickets}")
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", StringIO(""))
    assert main(["--db", str(path), "--lang", "en", "kitchen", "--plain"]) == 0
    assert capsys.readouterr().out.startswith("1 open\n[1] ")
    assert "Cheeseburgermeny" in tickets.read_text(encoding="utf-8")
