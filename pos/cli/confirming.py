"""Questions on the terminal before something that cannot be undone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pos.cli.shop import is_terminal
from pos.domain.errors import Refused
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments

YES = {"nb": "j", "en": "y"}


def typed(question: str) -> str:
    """The answer that somebody types. Raises `Refused` `history-not-confirmed` at the end of the input."""
    try:
        return input(question + " ")
    except EOFError:
        raise Refused("history-not-confirmed") from None


def confirmed(arguments: Arguments, words: Wording, question: str) -> bool:
    """Whether to go on: `--yes`, or an answer on the terminal. Raises `Refused` `say-yes` in a script without them."""
    if arguments.flag("yes"):
        return True
    if not is_terminal(sys.stdin, sys.stdout):
        raise Refused("say-yes", question=question)
    answer = typed(words.text("ask-yes-or-no", question=question)).strip().casefold()
    if answer[:1] in YES.values():
        return True
    print(words.text("history-not-confirmed"))
    return False
