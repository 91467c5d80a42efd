"""A process split off from the one that runs the tests, to be killed: all is imported, so that it begins at once."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Fork:
    """A process that does one thing, its stdout in a file."""

    pid: int
    output: Path
    status: int | None = None
    """How it ended; None while it runs."""

    @property
    def errors(self) -> Path:
        """What went wrong in it."""
        return self.output.with_suffix(".errors")

    def is_over(self) -> bool:
        """Whether it has ended by itself."""
        if self.status is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = status if ended else None
        return self.status is not None

    def kill(self) -> None:
        """Kill it at once, with -9; that it was still running, and died of this, is asserted."""
        if not self.is_over():
            os.kill(self.pid, signal.SIGKILL)
        assert self.was_killed(), "it had ended by itself"

    def was_killed(self) -> bool:
        """Wait for its end: whether it was killed, by itself or another. An error in it is an error here."""
        if self.status is None:
            _, self.status = os.waitpid(self.pid, 0)
        assert os.WIFSIGNALED(self.status) or os.WEXITSTATUS(self.status) == 0, self.errors.read_text()
        return os.WIFSIGNALED(self.status)


def fork(act: Callable[[], None], output: Path) -> Fork:
    """Do something in a process of its own."""
    output.touch()
    child = Fork(os.fork(), output)
    if child.pid:
        return child
    code = 1
    try:
        sys.stdout = output.open("w", encoding="utf-8")
        act()
        sys.stdout.flush()
        code = 0
    except BaseException:
        child.errors.write_text(traceback.format_exc(), encoding="utf-8")
    finally:
        os._exit(code)
