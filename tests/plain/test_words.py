"""What plain mode calls its keys is what is typed for them, in its lists, in its help and inside every message."""

import re
import unicodedata
from pathlib import Path

import pytest

from pos.counter import Counter, keys
from pos.counter.commands import COMMANDS
from pos.domain.text import LANGUAGES
from pos.plain.lines import WORDS
from pos.plain.words import SIGNS, UNTYPED, plain_wording
from pos.wording.compile import messages
from tests.plain.test_lines import a_counter, said

KEY_NAMES = re.compile(
    r"\b(?:Enter|Esc|Backspace|Delete|Ins|Insert|Tab|PgUp|PgDn|Space|[Mm]ellomrom|F\d{1,2}|Ctrl\+\w)\b"
)
NOT_AT_THE_TILL = {"key-insert": "in plain mode no key is called by it", "listen-begin": "pos trainer listen says it"}


def texts(language: str) -> dict[str, str]:
    """Every message, as plain mode would say it."""
    words = plain_wording(language)
    return {name: words.text(name) for name in messages(language) if name not in NOT_AT_THE_TILL}


def typed(language: str, key: str) -> str | None:
    """The key that the name of a key stands for, if it is typed."""
    name = plain_wording(language).key(key)
    if name == plain_wording(language).text("plain-key-enter"):
        name = ""
    return keys.ENTER if not name else WORDS.get(name.lower(), name.lower())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_is_called_by_what_is_typed_for_it(language: str) -> None:
    every = {key for command in COMMANDS for key in command.keys} | {*SIGNS.values(), *WORDS.values()}
    assert [key for key in sorted(every - {*UNTYPED}) if typed(language, key) != key] == []


def test_each_command_has_a_key_that_is_typed() -> None:
    assert [command.id for command in COMMANDS if not {*command.keys} - {*UNTYPED}] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_has_a_sign_that_stands_on_a_key(language: str) -> None:
    assert {name: text for name, text in texts(language).items() if any(map(is_sign_of_a_key, text))} == {}


def is_sign_of_a_key(character: str) -> bool:
    """An arrow, or one of the technical signs among which ⌫ and ⏎ are."""
    return any(word in unicodedata.name(character, "") for word in ("ARROW", "ERASE", "RETURN SYMBOL", "KEY"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_a_message_names_by_a_word_is_typed_as_that_word(language: str) -> None:
    named = {name: KEY_NAMES.findall(text) for name, text in texts(language).items()}
    assert {name: found for name, found in named.items() if any(word.lower() not in WORDS for word in found)} == {}


STATES = [(), ("b",), ("b", ""), ("b", "", "2"), ("b", "", "2", "n", "n"), ("b", "", "2", "n", "n", "k")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lines", STATES, ids=len)
def test_every_key_that_the_help_names_can_be_typed(tmp_path: Path, language: str, lines: tuple[str, ...]) -> None:
    counter = a_counter(tmp_path, language)
    said(counter, *lines)
    named = [line.split("  ")[0] for line in said(counter, "?")[1:] if "  " in line]
    assert named
    for name in named:
        assert_typed(counter, name)


def assert_typed(counter: Counter, name: str) -> None:
    words = plain_wording(counter.language)
    several = words.text("plain-keys", first="(.+)", last="(.+)")
    found = re.fullmatch(several, name)
    for key in found.groups() if found else name.replace(words.text("plain-key-enter"), "").split():
        assert len(key) == 1 or key.lower() in WORDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_a_list_can_be_typed(tmp_path: Path, language: str) -> None:
    counter = a_counter(tmp_path, language)
    said(counter, "b")
    letters = [line.split("  ")[0] for line in said(counter, ",")[1:]]
    said(counter, "esc")
    for letter in letters:
        rows = said(counter, f", {letter}")
        for row in rows:
            if "  " in row and not row.startswith("! "):
                assert_typed(counter, row.split("  ")[0])
        for _ in range(3):
            said(counter, "esc")


@pytest.mark.parametrize(
    ("language", "word"), [("nb", "«angre» gir betalingen tilbake"), ("en", "“undo” gives it back")]
)
def test_what_takes_a_payment_back_is_said_as_it_is_typed(tmp_path: Path, language: str, word: str) -> None:
    counter = a_counter(tmp_path, language)
    told = said(counter, "b", "", "2", "n", "n", "50a", "esc", "b")
    assert any(word in line for line in told), told
