"""What is wrong with a command line, in one sentence, with what was nearly typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import zip_longest

from pos.cli.pages import value_name
from pos.cli.parser import Parser
from pos.wording import Wording

LONGEST_SHOWN = 40


def mistake(parser: Parser, given: Sequence[str], words: Wording) -> str:
    """Why a command line does not fit its grammar; it names the page of the command that was meant."""
    left, front, unnamed = iter(given), parser, list[str]()
    for word in left:
        if word.startswith("-") and word != "-":
            wrong = _wrong_option(parser, word, left, words)
            if wrong:
                return wrong
        elif not parser.commands:
            unnamed.append(word)
        elif word in parser.commands:
            parser = parser.commands[word]
        elif word:
            return _unknown(parser, word, _near_command(front, parser, word), words)
    if parser.commands:
        return words.text("usage-which", command=parser.prog, commands=_either(parser.commands, words))
    return _wrong_count(parser, unnamed, words)


def _wrong_count(parser: Parser, unnamed: Sequence[str], words: Wording) -> str:
    """What to say where each word is right by itself."""
    wanted = [action for action in parser.arguments if not action.option_strings]
    if len(unnamed) > len(wanted):
        return words.text("usage-too-many", word=unnamed[len(wanted)][:LONGEST_SHOWN], command=parser.prog)
    for action, word in zip_longest(wanted, unnamed):
        if word == "" or (word is None and action.required):
            value = value_name(action, words)
            return words.text("usage-no-value", option=parser.prog, value=value, command=parser.prog)
    return words.text("usage-together", command=parser.prog)


def _wrong_option(parser: Parser, word: str, left: Iterator[str], words: Wording) -> str:
    """What is wrong with an option and its value, which is taken from what is left; nothing if they are right."""
    name, sign, value = word.partition("=")
    option = parser.option(name)
    if option is None or (sign and option.nargs == 0):
        known = [each for action in parser.arguments for each in action.option_strings]
        near = get_close_matches(name, known, 1)
        return _unknown(parser, word, f"{parser.prog} {near[0]}" if near else "", words)
    if option.nargs == 0:
        return ""
    if not sign:
        value = next(left, "")
    if not value or (value.startswith("--") and not sign):
        return words.text("usage-no-value", option=name, value=value_name(option, words), command=parser.prog)
    if option.choices and value not in option.choices:
        choices = _either(option.choices, words)
        return words.text("usage-choice", option=name, choices=choices, command=parser.prog)
    return ""


def _unknown(parser: Parser, word: str, near: str, words: Wording) -> str:
    what = f"{parser.prog} {word[:LONGEST_SHOWN]}"
    if near:
        return words.text("usage-meant", what=what, near=near, command=parser.prog)
    return words.text("usage-unknown", what=what, command=parser.prog)


def _near_command(front: Parser, parser: Parser, word: str) -> str:
    """The command that is written most alike; one in a group may have been called by its last name."""
    deep = {command.prog.split()[-1]: command.prog for command in front.all_commands()}
    known = {**deep, **{name: command.prog for name, command in parser.commands.items()}}
    near = get_close_matches(word.lower(), known, 1)
    return known[near[0]] if near else ""


def _either(names: Iterable[str], words: Wording) -> str:
    """`nb eller en`, `check, load eller export`."""
    *first, last = names
    return words.text("usage-either", first=", ".join(first), last=last) if first else last
