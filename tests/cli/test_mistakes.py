"""A command line that is wrong is told why, and what was nearly typed."""

from __future__ import annotations

import pytest

from pos.cli import main

TOLD = {
    "raport": "“pos raport”. Did you mean pos report? Otherwise try: pos --help",
    "rapport --since 2026-11-01": "“pos rapport”. Did you mean pos report?",
    "Learn": "“pos Learn”. Did you mean pos learn?",
    "import past.csv": "“pos import”. Did you mean pos sales import?",
    "menu chek a.toml": "“pos menu chek”. Did you mean pos menu check? Otherwise try: pos menu --help",
    "sell": "There is no “pos sell”. Try: pos --help",
    "report --sinse 2026-11-01": "“pos report --sinse”. Did you mean pos report --since?",
    "report --sin 2026-11-01": "“pos report --sin”. Did you mean pos report --since?",
    "report --plain": "There is no “pos report --plain”.",
    "-x": "There is no “pos -x”. Try: pos --help",
    "menu": "pos menu needs one more word: check, load or export. Try: pos menu --help",
    "menu check": "FILE is missing after pos menu check. Try: pos menu check --help",
    "sales import my orders.csv": "“orders.csv” is one word too many. A name with spaces needs quotation marks.",
    "report yesterday": "“yesterday” is one word too many.",
    "--db": "FILE is missing after --db. Try: pos --help",
    "--db --plain": "FILE is missing after --db.",
    "practice KARI --way": "guided|on-your-own|drill|pair is missing after --way.",
    "practice --way blind": "--way can be guided, on-your-own, drill or pair. Try: pos practice --help",
    "offers --learn=maybe": "--learn can be on or off.",
    "--lang sv": "--lang can be nb or en.",
    "report --html=": "FILE is missing after --html.",
    "report --json=yes": "“pos report --json=yes”. Did you mean pos report --json?",
    "learn --approve a --off b": "These options cannot be used together. Try: pos learn --help",
}


@pytest.mark.parametrize("typed", TOLD)
def test_a_wrong_command_line_is_told_in_one_line_what_to_type(
    typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POS_LANG", "en")
    assert main(typed.split()) == 2
    out, told = capsys.readouterr()
    assert (out, told.count("\n")) == ("", 1)
    assert TOLD[typed] in told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["learn", "--approve", ""], "ID is missing after --approve."),
        (["sales", "import", ""], "FILE is missing after pos sales import."),
        (["practice", ""], "NAME is missing after pos practice."),
        (["menu", ""], "pos menu needs one more word"),
        (["--db", "", "--plain"], "FILE is missing after --db."),
    ],
)
def test_a_name_that_is_empty_is_missing(given: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", *given]) == 2
    assert capsys.readouterr().err.startswith(told)


def test_it_is_told_in_norwegian_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "nb", "raport"]) == 2
    assert main(["menu", "check", "--lang", "nb"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "«pos raport» finnes ikke. Mente du pos report? Prøv ellers: pos --help",
        "Etter pos menu check mangler FIL. Prøv: pos menu check --help",
    ]
