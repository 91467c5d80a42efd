"""Input, output and errors: whatever comes in or cannot go out, the till stays upright and says one clear line."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pos.cli import main
from pos.store import open_store
from tests.cli.typed import ROOT, plain, run
from tests.templates import SHIPPED, begin_file


@pytest.fixture(autouse=True)
def shop(neutral: None, tmp_path: Path) -> None:
    """A till that is not at its first start, which takes longer than all that is tried here."""
    begin_file(tmp_path / "shop.db", SHIPPED)


def test_plain_mode_plays_the_canonical_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plain(monkeypatch, "b\n\n1\n2\nj\n1\nd\n") == 0
    out, err = capsys.readouterr()
    assert err == ""
    told = out.splitlines()
    totals = [line for line in told if line.startswith("Sum ") and line.endswith("00")]
    assert totals == ["Sum 119,00", "Sum 134,00", "Sum 173,00"]
    large = [  # which of them, the day decides
        "Vil du ha stor meny?",
        "Skal vi si stor?",
        "Hva med å gjøre menyen stor?",
    ]
    assert any(f"1 av 2. Si: «{words} 15 kroner ekstra.»" in told for words in large)
    assert "Tilbake 27,00" in told


def test_a_counter_that_closes_has_its_sales_counted_for_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plain(monkeypatch, "b\n\n1\n2\nj\n1\nd\n") == 0
    with closing(open_store(tmp_path / "shop.db")) as store:
        assert store.asking_sums.counted_to() == store.asking_sums.last_sale() == 1


def test_bytes_that_are_not_utf8_do_not_stop_the_till() -> None:
    out, err = run("--plain", "--lang", "en", lines=b"\xe6\xf8\xe5\n/\xe6\n\xff\xfe\nb\n\n1\n2\nn\nn\na\n")
    assert "Receipt K1-1" in out
    assert err == ""


def test_a_line_without_end_is_one_line_too_long() -> None:
    lines = b"b" * 1_000_000 + b"\nc\n" + b"e" * 1000
    out, err = run("--plain", "--lang", "en", lines=lines)
    told = out.splitlines()
    assert told.count("! The line is too long: at most 200 characters.") == 2
    assert told[-2:] == ["Total 139.00", "! The line is too long: at most 200 characters."]
    assert err == ""


def test_no_locale_changes_what_is_written() -> None:
    out, _ = run("--plain", "--lang", "nb", lines=b"q\xc3\xb8\n", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert "Bølgenmeny" in out
    assert "«qø»" in out


def test_whoever_stops_reading_stops_the_till_quietly() -> None:
    command = f"{sys.executable} -m pos menu export | head -c 10; echo ${{PIPESTATUS[0]}}"
    for what in ("menu export", "--help", "--plain < <(yes b)"):
        ran = subprocess.run(
            ["bash", "-c", command.replace("menu export", what)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert ran.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device")
@pytest.mark.parametrize("what", [["menu", "export"], ["--help"], ["--plain"]])
def test_output_that_cannot_be_written_is_told_in_one_line(what: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "pos", *what],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert ran.returncode == 1
    assert ran.stderr.decode() == "Det som skulle vises, kan ikke skrives: disken er full.\n"


def test_streams_that_are_closed_are_empty_ones() -> None:
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        ran = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m pos --plain {closed}"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert ran.returncode == 0, (closed, ran.stderr)


def test_what_nobody_foresaw_is_one_line_and_a_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr("pos.plain.run_on", broken)
    for _ in range(2):
        assert plain(monkeypatch, "", "--lang", "en") == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert "secret" not in err
        assert str(tmp_path / "pos-crash.log") in err
    log = (tmp_path / "pos-crash.log").read_text()
    assert log.count("ZeroDivisionError: a secret") == 2


@pytest.mark.parametrize("command", ["menu export", "learn", "report", "offers", "sales import past.csv", "--plain"])
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_name_that_no_file_can_have_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, language: str
) -> None:
    assert main([*command.split(), "--lang", language, "--db", str(tmp_path / ("x" * 300))]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith({"nb": "Kan ikke skrive til", "en": "Cannot write to"}[language])


@pytest.mark.parametrize(("command", "told"), [("report", "Stopped. Nothing is lost.\n"), ("--plain", "")])
def test_ctrl_c_in_the_middle_of_a_command_is_one_line_and_at_the_till_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, told: str
) -> None:
    def interrupted(*_: object, **__: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("pos.store.open_store", interrupted)
    Path(os.environ["POS_DB"]).touch()
    assert main([command, "--lang", "en"]) == 130
    assert capsys.readouterr() == ("", told)
    monkeypatch.setattr("pos.cli.grammar.parse", interrupted)
    assert main([command]) == 130
    assert capsys.readouterr() == ("", "")


def test_leaving_with_ctrl_c_is_quiet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("pos.plain.run_on", interrupted)
    assert plain(monkeypatch, "") == 130
    assert capsys.readouterr().err == ""
    assert plain(monkeypatch, "") == 130, "the name of the till is free again"
