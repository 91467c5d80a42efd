"""A PIN in plain mode: a terminal does not show it."""

from __future__ import annotations

import os
import pty
import termios
from io import StringIO

from pos.plain.lines import lines_of


def echoes(number: int) -> bool:
    return bool(termios.tcgetattr(number)[3] & termios.ECHO)


def test_a_terminal_shows_no_secret_and_shows_again_what_comes_after_it() -> None:
    ours, theirs = pty.openpty()
    seen: list[bool] = []

    def is_secret() -> bool:
        return len(seen) == 0

    with os.fdopen(theirs, "r") as stream:
        os.write(ours, b"4711\n")
        lines = lines_of(stream, is_secret)
        assert next(lines) == "4711\n"
        seen.append(echoes(theirs))
        os.write(ours, b"b\n")
        assert next(lines) == "b\n"
        assert seen == [True]
    shown = os.read(ours, 100)
    os.close(ours)
    assert b"b" in shown


def test_an_input_that_is_no_terminal_is_read_as_it_is() -> None:
    assert list(lines_of(StringIO("4711\nb\n"), lambda: True)) == ["4711\n", "b\n"]
