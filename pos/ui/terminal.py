"""The terminal's input, guarded: no byte deafens the till, and an Escape stays one whatever follows it."""

from __future__ import annotations

import codecs
import os
import signal
import sys
from collections.abc import Iterable
from functools import partial

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver

from pos.counter import keys
from pos.ui.keys import ALT

ESCAPE = "\x1b"


class PlainParser(XTermParser):
    """Reads Escape with a character close behind it as Alt and that character, which `counter_keys` knows.

    Textual's own takes it for what a Mac types with Option: `¡` for Escape and `1` within 0.1 s; and Enter or a sign
    for itself, without the Escape.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if alt or (len(sequence) == 2 and sequence[0] == ESCAPE and sequence[1] in keys.DIGITS):
            return (events.Key(f"{ALT}{sequence[-1]}", sequence[-1]),)
        return super()._sequence_to_key_events(sequence, alt)


class Forgiving:
    """A decoder that takes every byte, and raises `EOFError` for none: Textual's thread would read on for ever."""

    def __init__(self, decoder: codecs.IncrementalDecoder) -> None:
        self._decoder = decoder

    def decode(self, read: bytes, *, final: bool = False) -> str:
        """The text of what was read."""
        if not read and not final:
            raise EOFError
        return self._decoder.decode(read, final)


def forgiving_driver() -> type[Driver] | None:
    """Textual's own driver, with a decoder that takes every byte; None where Textual chooses by itself.

    Textual's input thread ends with its first UnicodeDecodeError, and the screen stays up without a keyboard
    (textual #6456). A scanner set to Latin-1 sends such a byte with its first `æ`.
    """
    if sys.platform == "win32":
        return None
    from textual.drivers import linux_driver

    def decoder(encoding: str) -> partial[Forgiving]:
        return partial(Forgiving, codecs.getincrementaldecoder(encoding)("replace"))

    class ForgivingDriver(linux_driver.LinuxDriver):
        """Reads what a scanner sends, whatever it is."""

        def run_input_thread(self) -> None:
            """Wait for input; what cannot be decoded comes as U+FFFD. A terminal that is gone is a hang-up, also where
            it sends none: to a till that it does not control."""
            vars(linux_driver).update(getincrementaldecoder=decoder, XTermParser=PlainParser)
            try:
                super().run_input_thread()
            except EOFError:
                os.kill(os.getpid(), signal.SIGHUP)

    return ForgivingDriver
