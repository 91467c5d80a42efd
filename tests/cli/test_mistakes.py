"""A command line that is wrong is told why, and what was nearly typed."""

from __future__ import annotations

import argparse
import gettext
import inspect
import os
import re

import pytest

from pos.cli import main
from pos.domain.text import LANGUAGES
from pos.wording.compile import messages

TOLD = {
    "raport": "“pos raport”. Did you mean pos report? Otherwise try: pos --help",
    "rapport --since 2026-11-01": "“pos rapport”. Did you mean pos report?",
    "bogus": "There is no “pos bogus”. Try: pos --help",
    "Learn": "“pos Learn”. Did you mean pos learn?",
    "import past.csv": "“pos import”. Did you mean pos sales import?",
    "menu chek a.toml": "“pos menu chek”. Did you mean pos menu check? Otherwise try: pos menu --help",
    "sell": "There is no “pos sell”. Try: pos --help",
    "report --sinse 2026-11-01": "“pos report --sinse”. Did you mean pos report --since?",
    "report --sin 2026-11-01": "“pos report --sin”. Did you mean pos report --since?",
    "report --plain": "There is no “pos report --plain”.",
    "-x": "There is no “pos -x”. Try: pos --help",
    "menu": "Missing: check, load or export. Try: pos menu --help",
    "menu check": "Missing: FILE. Try: pos menu check --help",
    "sales import my orders.csv": "“orders.csv” is one word too many. A name with spaces needs quotation marks.",
    "report yesterday": "“yesterday” is one word too many.",
    "--db": "--db needs a value. Try: pos --help",
    "--db --plain": "--db needs a value.",
    "practice KARI --way": "--way needs a value.",
    "practice --way blind": "--way cannot be 'blind'. Choose from 'guided', 'on-your-own', 'drill', 'pair'. Try:",
    "offers --learn=maybe": "--learn cannot be 'maybe'. Choose from 'on', 'off'.",
    "--lang sv": "--lang cannot be 'sv'. Choose from 'nb', 'en'.",
    "report --html=": "--html needs a value.",
    "report --json=yes": "--json takes no value, but got 'yes'.",
    "learn --approve a --off b": "--off cannot be used together with --approve. Try: pos learn --help",
    "--sinse report": "There is no “pos --sinse”.",
    "report --since": "--since needs a value. Try: pos report --help",
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
        (["learn", "--approve", ""], "--approve needs a value."),
        (["sales", "import", ""], "FILE needs a value."),
        (["practice", ""], "NAME needs a value."),
        (["menu", ""], "Missing: check, load or export."),
        (["--db", "", "--plain"], "--db needs a value."),
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
        "Her mangler: FIL. Prøv: pos menu check --help",
    ]


def test_reading_a_command_line_leaves_gettext_and_the_environment_as_they_were() -> None:
    before = gettext.textdomain(), os.environ.get("LANGUAGE")
    for given in (["--lang", "nb", "menu"], ["--version"]):
        main(given)
    assert (gettext.textdomain(), os.environ.get("LANGUAGE")) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_translated_of_argparse_is_what_it_says(language: str) -> None:
    said, source = messages(language, "argparse"), inspect.getsource(argparse)
    assert [text for text in said if repr(text) not in source] == []
    gaps = re.compile(r"%(?:\(\w+\))?[rs]")
    assert [text for text, ours in said.items() if sorted(gaps.findall(text)) != sorted(gaps.findall(ours))] == []
