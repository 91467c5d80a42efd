"""The pages of help: whole, in both languages, no wider than a terminal, with examples that work."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import pytest

from pos.cli import main
from pos.cli.grammar import _parser, parse
from pos.cli.pages import JOBS, option_id, own_arguments, page
from pos.cli.parser import Parser
from pos.domain.text import LANGUAGES
from pos.wording import wording
from pos.wording.compile import messages

FRONT = {"nb": "Kassa som alltid spør", "en": "The till that always asks"}
OF_HELP = ("cli-", "page-", "option-", "example-", "value-", "job-", "front-")
"""How the ids begin that the pages put together."""

OF_ALL_PAGES = {"cli-about", "page-more", "page-more-of", "page-examples", "page-common"}


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window as wide as any page."""
    monkeypatch.setenv("COLUMNS", "120")


GRAMMARS = {language: list(_parser(wording(language)).parsers()) for language in LANGUAGES}
ALL = GRAMMARS["nb"]
VALUES = {
    language: {name: text for name, text in messages(language).items() if name.startswith("value-")}
    for language in LANGUAGES
}


def used_ids(parser: Parser) -> Iterator[str]:
    """The messages that a page is made of, by the grammar alone."""
    if not parser.commands:
        yield from (f"page-{parser.name}", f"example-{parser.name}")
        if " " in parser.prog.removeprefix("pos "):
            yield f"cli-{parser.name}"  # a line on the page of its group
    elif parser.name:
        yield f"page-{parser.name}"
    for argument in own_arguments(parser) if not parser.name or not parser.commands else ():
        yield option_id(parser, argument)
        if argument.nargs != 0 and not argument.choices:
            yield from (name for name, text in VALUES[parser.words.language].items() if text == argument.metavar)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_argument_is_described_and_nothing_is_described_that_is_none(language: str) -> None:
    wanted = {message_id for parser in GRAMMARS[language] for message_id in used_ids(parser)} | OF_ALL_PAGES
    wanted |= {f"{what}-{job}" for job in JOBS for what in ("job", "front")}
    assert wanted ^ {name for name in messages(language) if name.startswith(OF_HELP)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_names_every_command(language: str) -> None:
    front = " ".join(wording(language).text(f"front-{job}") for job in JOBS)
    named = set(re.findall(r"\w+", front))
    commands = [parser.prog.split()[-1] for parser in GRAMMARS[language] if not parser.commands]
    assert [name for name in commands if name not in named] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_terminal_and_the_first_fits_one(language: str) -> None:
    for parser in GRAMMARS[language]:
        lines = page(parser).splitlines()
        assert max(map(len, lines)) <= 80
        assert parser.name or len(lines) <= 24 - 1  # the shell asks for the next command in the last
        assert [line for line in lines if line != line.rstrip()] == []


def test_in_a_narrow_window_no_word_of_a_page_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    for parser in ALL:
        wide = page(parser).split()
        with monkeypatch.context() as narrow:
            narrow.setenv("COLUMNS", "60")
            shown = page(parser)
        assert shown.split() == wide
        assert max(map(len, shown.splitlines())) <= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_a_command_line_of_its_own_page(language: str) -> None:
    for parser in (parser for parser in ALL if not parser.commands):
        for line in wording(language).text(f"example-{parser.name}").splitlines():
            assert line.startswith(parser.prog)
            assert parse(shlex.split(line)[1:], {}).run is parser.get_default("run")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["", "report", "sales import", "menu", "menu check"])
def test_help_is_asked_for_before_and_after_the_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, language: str
) -> None:
    said = []
    for given in (["--help", "--lang", language], ["-h", f"--lang={language}"]):
        assert main([*command.split(), *given]) == 0
        said.append(capsys.readouterr())
    assert main(["--lang", language, *command.split(), "--help"]) == 0
    said.append(capsys.readouterr())
    monkeypatch.setenv("POS_LANG", language)
    assert main([*command.split(), "--help"]) == 0
    said.append(capsys.readouterr())
    assert len(set(said)) == 1
    assert said[0].err == ""
    (parser,) = [parser for parser in GRAMMARS[language] if parser.prog == f"pos {command}".strip()]
    assert said[0].out == page(parser)
    assert said[0].out.startswith(FRONT[language]) == (command == "")
