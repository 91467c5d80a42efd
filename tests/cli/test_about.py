"""The system description is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pos import __version__
from pos.cli import main
from pos.cli.commands.about import every_verb
from pos.cli.grammar import parse
from pos.counter import COMMANDS
from pos.domain.people import RIGHTS, Right
from pos.domain.text import LANGUAGES
from pos.wording import wording
from tests.register import every_act


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_every_command_key_verb_and_right(
    capsys: pytest.CaptureFixture[str], language: str, tmp_path: Path
) -> None:
    words = wording(language)
    assert main(["about", "--lang", language, "--db", str(tmp_path / "none.db")]) == 0
    said = capsys.readouterr().out
    lines = [line.strip() for line in said.splitlines()]
    commands = [parser for parser in parse(["about"], {}).commands() if not parser.commands]
    assert [one.prog for one in commands if not any(line.startswith(one.prog) for line in lines)] == []
    assert [one.id for one in COMMANDS if words.text(f"help-{one.id}") not in said] == []
    assert [one.name for one in every_verb() if not any(line.startswith(f"{one.name}: ") for line in lines)] == []
    assert [right for right in Right if words.label(right) not in said] == []
    assert [role for role in RIGHTS if words.label(role) not in said] == []
    assert __version__ in said
    assert re.search("ikke produkterklært", said, re.IGNORECASE)


def test_no_verb_of_the_house_is_overlooked() -> None:
    assert {one.name for one in every_verb()} >= every_act.every_verb().keys()


def test_it_names_each_till_of_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    every_act.Till(tmp_path)
    assert main(["about", "--lang", "en", "--db", str(tmp_path / "shop.db")]) == 0
    assert "Till 1: series K1, file " in capsys.readouterr().out
