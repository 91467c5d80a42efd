"""The command line: what it takes, and in which language it answers."""

from pathlib import Path

import pytest

import pos
from pos.cli import main
from tests.cli.typed import plain, run

HELP = {"nb": "Kassa som alltid spør", "en": "The till that always asks"}


# version, usage


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_version_is_the_packages_and_says_that_the_till_is_not_declared(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", language, "--version"]) == 0
    first, _, *rest = capsys.readouterr().out.splitlines()
    assert first == f"pos {pos.__version__}"
    assert "ikke produkterklært" in " ".join(rest).lower()


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


def test_the_last_words_are_in_the_language_that_the_till_has_by_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lines = "b\n\n1\n2\nn\nn\na\nf12\nquit\n"
    arguments = ("--db", str(tmp_path / "a.db"), "--lang", "nb", "--printer", "none")
    assert plain(monkeypatch, lines, *arguments) == 0
    assert "Your questions: 2 shown" in capsys.readouterr().out.splitlines()[-1]
