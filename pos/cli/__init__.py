"""The command line: what is asked for, in which language, on which file; everything else is imported late."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TextIO

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run `pos` and return its exit code: 0 done, 1 refused with the reason on stderr, 2 wrong usage.

    No traceback reaches a user: what nobody foresaw goes to a crash log, and one line says where it is.
    """
    from pos.cli.arguments import Usage, parse
    from pos.cli.crash import keep
    from pos.domain.errors import PosError
    from pos.wording import wording

    _speak_utf8()
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        arguments = parse(given, os.environ)
    except Usage as usage:
        print(usage, file=sys.stderr)
        return WRONG_USAGE
    try:
        return arguments.run(arguments)
    except PosError as error:
        print(wording(arguments.language).error(error), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        _forget_output()
        return REFUSED
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        log = keep(error, arguments.database)
        print(wording(arguments.language).text("crashed", path=str(log)), file=sys.stderr)
        return REFUSED


def _speak_utf8() -> None:
    """Input and output are UTF-8 whatever the locale; a byte that is not is replaced, never raised."""
    streams: tuple[TextIO, ...] = (sys.stdin, sys.stdout, sys.stderr)
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _forget_output() -> None:
    """Whoever read our output has gone: nothing is left to flush at exit."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
