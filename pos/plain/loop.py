"""The loop of plain mode: lines in, lines out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from pos.counter import Counter, say_error
from pos.counter.panels.asking import HelpPanel
from pos.counter.panels.paper import ReceiptPanel
from pos.counter.panels.people import PinPanel
from pos.counter.printing import print_owed
from pos.domain.errors import PosError
from pos.plain.lines import ORDER, QUIT, TILES, lines_of, take
from pos.plain.speech import Hearable, after, hear, opening, unsaid, whole
from pos.plain.words import plain_wording
from pos.store import SMALL, is_sound
from pos.wording.printable import printable


def run_on(counter: Counter, stream: TextIO, out: TextIO) -> int:
    """Take the lines of an input, as `run` does."""
    return run(counter, lines_of(stream, lambda: isinstance(counter.panel, PinPanel)), out)


def run(counter: Counter, lines: Iterable[str], out: TextIO) -> int:
    """Take lines until they end or one says `quit`; returns the exit code 0."""
    counter.register.store.file.on_wait = lambda: _say(out, [plain_wording(counter.language).text("database-waits")])
    _say(out, opening(counter))
    _check_file(counter, out)
    heard = hear(counter)
    for line in lines:
        text = line.rstrip("\r\n")
        word = text.strip().lower()
        if word in QUIT:
            break
        if word in ORDER and counter.panel is None:
            _say(out, whole(hear(counter)))
        elif word in TILES and counter.panel is None:
            _say(out, hear(counter).tiles)
        else:
            _obey(counter, text, heard, out)
        if counter.closing:
            break
        heard = unsaid(heard, hear(counter))
    return 0


def _check_file(counter: Counter, out: TextIO) -> None:
    """Check whether the file is sound before anything is sold. A large file is skipped, because the check would make
    everybody wait."""
    path = counter.register.store.path
    if path.stat().st_size <= SMALL:
        heard = hear(counter)
        counter.take_verdict(is_sound(path))
        if counter.is_file_damaged:
            _say(out, after(counter, heard))
            counter.message = None


def _obey(counter: Counter, text: str, heard: Hearable, out: TextIO) -> None:
    """Handle a line, print what changed, then print receipts."""
    try:
        take(counter, text)
        told = after(counter, heard)
    except PosError as error:  # from reading the file: refusals are already in the counter's message
        counter.panel = None
        counter.message = say_error(error)
        told = after(counter, heard)
    _say(out, told)
    if isinstance(counter.panel, HelpPanel | ReceiptPanel):
        counter.panel = None
    if counter.paid is not None and counter.paid is not heard.paid:
        _print_receipts(counter, out)
        counter.register.tidy()
    elif counter.refunded is not None:
        _print_receipts(counter, out)
    counter.refunded = None


def _say(out: TextIO, lines: Iterable[str]) -> None:
    for line in lines:
        print(printable(line), file=out)
    out.flush()


def _print_receipts(counter: Counter, out: TextIO) -> None:
    """Print owed papers. A printer that fails is reported and stops nothing."""
    heard = hear(counter)
    try:
        problem: PosError | None = print_owed(counter.register)
    except PosError as error:
        problem = error
    if problem is not None:
        counter.message = say_error(problem)
        _say(out, after(counter, heard))
        counter.message = None
