"""A progress bar on the error stream, with an estimate of the time left; on terminals only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

WIDTH = 30
SECONDS_BETWEEN = 0.2


class Bar:
    """Shows progress; silent without a terminal."""

    def __init__(
        self, left: Callable[[int], str], stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`left` makes the words for a number of seconds."""
        self._stream = sys.stderr if stream is None else stream
        self._left, self._clock = left, clock
        self._watched = self._stream is not None and self._stream.isatty()
        self._started = clock()
        self._first: int | None = None
        self._painted = -SECONDS_BETWEEN
        self._wide = 0

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._wide:
            print("\r" + " " * self._wide + "\r", end="", file=self._stream, flush=True)

    def tell(self, done: int, size: int) -> None:
        """Show progress. The estimate counts from the first call, so that work done earlier does not distort it."""
        now = self._clock()
        if self._first is None:
            self._first, self._started = done, now
        if not self._watched or now - self._painted < SECONDS_BETWEEN:
            return
        self._painted = now
        share = done / size if size else 1.0
        full = round(WIDTH * share)
        line = f"[{'#' * full}{'.' * (WIDTH - full)}] {100 * share:3.0f} %"
        if done > self._first:
            line += "  " + self._left(round((now - self._started) * (size - done) / (done - self._first)))
        print("\r" + line.ljust(self._wide), end="", file=self._stream, flush=True)
        self._wide = max(self._wide, len(line))
