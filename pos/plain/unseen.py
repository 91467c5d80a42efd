"""Reading secret lines: the terminal does not show what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO


@contextmanager
def unseen(stream: TextIO) -> Iterator[None]:
    """Switch the terminal's echo off meanwhile; other inputs are unchanged."""
    with suppress(ImportError, OSError, ValueError):
        if stream.isatty():
            yield from _without_echo(stream.fileno())
            return
    yield


def _without_echo(number: int) -> Iterator[None]:
    import termios  # only systems that have this module can switch the echo off

    before = termios.tcgetattr(number)
    termios.tcsetattr(number, termios.TCSADRAIN, [*before[:3], before[3] & ~termios.ECHO, *before[4:]])
    try:
        yield
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
