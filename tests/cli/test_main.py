"""The command line: what it takes, in which language it answers, and how it refuses."""

import errno
import io
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import pos
from pos.cli import main
from pos.domain.errors import BadInput
from pos.office.written import write
from pos.resources import shipped
from pos.store import open_store

ROOT = Path(__file__).parent.parent.parent
HELP = {"nb": "Kassa som alltid spør", "en": "The till that always asks"}


@pytest.fixture(autouse=True)
def neutral(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of whoever runs the tests counts."""
    for name in ("POS_LANG", "POS_DB", "POS_TILL", "POS_CASHIER", "POS_PRINTER", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("POS_DB", str(tmp_path / "shop.db"))


def run(*arguments: str, lines: bytes = b"", code: int = 0, **variables: str) -> tuple[str, str]:
    """The till as a process of its own: what it wrote to stdout and stderr."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    ran = subprocess.run(
        [sys.executable, "-m", "pos", *arguments],
        cwd=ROOT,
        env=environment,
        input=lines,
        capture_output=True,
        check=False,
        timeout=60,
    )
    out, err = ran.stdout.decode(), ran.stderr.decode()
    assert ran.returncode == code, out + err
    assert "Traceback" not in err
    return out, err


def plain(monkeypatch: pytest.MonkeyPatch, lines: str, *arguments: str) -> int:
    """Plain mode in this process."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return main(["--plain", *arguments])


# version, usage


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"pos {pos.__version__}\n"


@pytest.mark.parametrize(
    "given",
    [
        ["--nonsense"],
        ["sell"],
        ["menu"],
        ["menu", "burn"],
        ["menu", "check"],
        ["menu", "load", "a", "b"],
        ["--lang", "sv"],
        ["--lang"],
        ["--db"],
        ["--pla"],
        ["--till", "a\x1b[2Jb"],
        ["--till", "   "],
        ["--till", "x" * 21],
        ["--till", "\u202eabc"],
        ["--till", "caf\udce9"],
        ["--cashier", "a\nb"],
    ],
)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_wrong_usage_is_one_line_and_exit_code_two(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, given: list[str], language: str
) -> None:
    monkeypatch.setenv("POS_LANG", language)
    assert main(given) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err[:-1].isprintable()
    assert any(word in err for word in (("Prøv", "kan ikke") if language == "nb" else ("ry:", "cannot")))


# which language


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "nb"),
        ({"LANG": "C"}, "nb"),
        ({"LANG": "C.UTF-8"}, "nb"),
        ({"LANG": "POSIX"}, "nb"),
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "nn_NO.UTF-8"}, "nb"),
        ({"LANG": "no_NO"}, "nb"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "nb_NO.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "en_GB.UTF-8", "POS_LANG": "nb"}, "nb"),
        ({"LANG": "en_GB.UTF-8", "POS_LANG": "klingon"}, "en"),
    ],
)
def test_the_language_follows_from_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    main(["--help"])
    assert capsys.readouterr().out.startswith(HELP[language])
    main(["--help", "--lang=en"])
    assert capsys.readouterr().out.startswith(HELP["en"])


# which file, which till


def test_file_and_till_come_from_the_environment_and_the_argument_wins(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("POS_TILL", "Luke")
    assert plain(monkeypatch, "") == 0
    assert "Kasse Luke." in capsys.readouterr().out
    assert (tmp_path / "shop.db").exists()
    assert plain(monkeypatch, "", "--till", "Disk", "--db", str(tmp_path / "other.db")) == 0
    assert "Kasse Disk." in capsys.readouterr().out
    assert (tmp_path / "other.db").exists()


def test_without_a_terminal_one_line_names_plain(tmp_path: Path) -> None:
    out, err = run("--lang", "nb", code=1, POS_DB=str(tmp_path / "never.db"))
    assert (out, err.count("\n")) == ("", 1)
    assert "pos --plain" in err
    assert not (tmp_path / "never.db").exists()


def test_a_printer_that_is_none_of_those_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plain(monkeypatch, "", "--printer", "pigeon") == 1
    assert capsys.readouterr().err.count("\n") == 1


# menu files


def test_a_menu_that_is_exported_and_loaded_is_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    assert main(["menu", "export", str(first)]) == 0
    assert main(["menu", "load", str(first), "--db", str(tmp_path / "new.db")]) == 0
    assert "new.db" in capsys.readouterr().out
    assert main(["menu", "export", str(second), "--db", str(tmp_path / "new.db")]) == 0
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")
    assert main(["menu", "check", str(second)]) == 0
    assert main(["menu", "check", str(shipped("menu.toml"))]) == 0
    checked = capsys.readouterr().out.splitlines()
    assert checked[-1] == checked[-2]
    assert main(["menu", "export", "--db", str(tmp_path / "new.db")]) == 0
    assert capsys.readouterr().out == second.read_text(encoding="utf-8")


def test_a_menu_with_problems_is_refused_whole_and_each_problem_is_a_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["menu", "export", str(tmp_path / "before.toml")]) == 0
    bad = tmp_path / "bad.toml"
    text = shipped("menu.toml").read_text(encoding="utf-8")
    bad.write_text(text.replace('vat = "food"', 'vat = "fodd"', 1).replace("price = 119.00", "price = -1", 1))
    capsys.readouterr()
    for command in ("check", "load"):
        assert main(["menu", command, str(bad)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        lines = err.splitlines()
        assert len(lines) >= 2
        assert all(line.startswith("bad.toml:") for line in lines)
    assert main(["menu", "export", str(tmp_path / "after.toml")]) == 0
    assert (tmp_path / "before.toml").read_text() == (tmp_path / "after.toml").read_text()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"= = =", b"[[item]]\n", bytes(1000), b"x = " + b"[" * 5000, b"x = " + b"9" * 5000],
)
def test_a_file_that_is_no_menu_is_told_in_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "menu.toml"
    file.write_bytes(content)
    assert main(["--lang", "en", "menu", "check", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "menu.toml" in err
    assert "::" not in err
    assert "Something unexpected" not in err


@pytest.mark.parametrize("name", ["missing.toml", ".", "missing/folder/menu.toml"])
def test_a_menu_file_that_cannot_be_read_or_written_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    assert main(["--lang", "en", "menu", "check", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    if name != "missing.toml":
        assert main(["--lang", "en", "menu", "export", str(tmp_path / name)]) == 1
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "Cannot write to" in err


def test_an_export_that_fails_leaves_the_old_file_and_nothing_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "menu.toml").write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(BadInput, match="file-unwritable"):
            write(folder / "menu.toml", "new")
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("menu.toml", "old")]
    assert main(["menu", "export", str(folder / "menu.toml")]) == 0
    assert [file.name for file in folder.iterdir()] == ["menu.toml"]
    assert "[[item]]" in (folder / "menu.toml").read_text(encoding="utf-8")


def test_what_is_written_goes_where_a_link_leads_and_keeps_who_may_read_it(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "link.toml"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write(link, "new")
    assert (link.is_symlink(), real.read_text(), real.stat().st_mode & 0o777) == (True, "new", 0o640)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(pipe, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert not pipe.is_file()


# input, output and errors


def test_plain_mode_plays_the_canonical_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plain(monkeypatch, "b\n\n2\nj\n1\nd\n") == 0
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
    assert plain(monkeypatch, "b\n\n2\nj\n1\nd\n") == 0
    with closing(open_store(tmp_path / "shop.db")) as store:
        assert store.asking_sums.counted_to() == store.asking_sums.last_sale() == 1


def test_bytes_that_are_not_utf8_do_not_stop_the_till() -> None:
    out, err = run("--plain", "--lang", "en", lines=b"\xe6\xf8\xe5\n/\xe6\n\xff\xfe\nb\n\n2\nn\nn\na\n")
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
    def interrupted(*_: object) -> bool:
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
