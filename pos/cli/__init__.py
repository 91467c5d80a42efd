"""The command line: which command, in which language, on which file. Everything else is imported late."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments

DONE, REFUSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


FEW_COLLECTIONS = (100_000, 50, 1000)
"""Imported modules stay in memory: searching them for garbage is a tenth of the start, and a pause of 40 ms between two
keys. The counter collects at quiet moments."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `pos`. Returns the exit code: 0 done, 1 refused with the reason on stderr, 2 wrong usage.

    No traceback reaches a user: an unexpected error goes to a crash log, and one line says where it is.
    """
    gc.set_threshold(*FEW_COLLECTIONS)
    _speak_utf8()
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _obey(given)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:  # before a command began
        return INTERRUPTED
    except BrokenPipeError:
        pass
    except OSError as error:  # such as a full disk, if the output goes to a file
        _tell(_unwritable(error, given))
    _forget_output()
    return REFUSED


def _obey(given: list[str]) -> int:
    from pos.cli.grammar import parse
    from pos.cli.parser import Usage

    try:
        arguments = parse(given, os.environ)
    except Usage as usage:
        _tell(str(usage))
        return WRONG_USAGE
    except SystemExit:  # argparse has printed help, or the version
        return DONE
    return _run(arguments)


def _run(arguments: Arguments) -> int:
    from pos.crash import write_down
    from pos.domain.errors import PosError, StoreError
    from pos.wording import wording

    words = wording(arguments.language)
    try:
        return arguments.run(arguments)
    except PosError as error:
        _tell(words.error(error))
        return REFUSED
    except KeyboardInterrupt:
        if arguments.text("stopped"):
            _tell(words.text(arguments.text("stopped")))
        return INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:  # of our own output: an error of a file names it
            raise
        from pos.store import is_sound

        log = write_down(error, arguments.database.parent)
        damaged = StoreError("database-damaged", path=arguments.database)
        is_damaged = is_sound(arguments.database) is False
        _tell(words.error(damaged) if is_damaged else words.text("crashed", log=str(log or "-")))
        return REFUSED


def _unwritable(error: OSError, given: Sequence[str]) -> str:
    """The message when nothing can be shown."""
    from pos.cli.grammar import language_of
    from pos.wording import wording
    from pos.wording.reasons import reason_of

    return wording(language_of(given, os.environ)).text("output-unwritable", reason=reason_of(error))


def _tell(text: str) -> None:
    """One line on stderr."""
    from pos.wording.printable import printable

    with contextlib.suppress(OSError):
        print(printable(text), file=sys.stderr, flush=True)


def _speak_utf8() -> None:
    """Make input and output UTF-8 whatever the locale. Invalid bytes are replaced, never raised.

    A stream that the caller closed becomes an empty one.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - for good, as it stands
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _forget_output() -> None:
    """The reader of our output has gone: leave nothing to be flushed at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
