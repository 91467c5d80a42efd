"""What is typed where nobody may read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO


@contextmanager
def unseen(stream: TextIO) -> Iterator[None]:
    """A terminal shows nothing of what is typed meanwhile; any other input is as it was."""
    with suppress(ImportError, OSError, ValueError):
        if stream.isatty():
            yield from _without_echo(stream.fileno())
            return
    yield


def _without_echo(number: int) -> Iterator[None]:
    import termios  # no other system has one than those whose terminals can be told so

    before = termios.tcgetattr(number)
    termios.tcsetattr(number, termios.TCSADRAIN, [*before[:3], before[3] & ~termios.ECHO, *before[4:]])
    try:
        yield
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
