"""The terminal's input, guarded: a byte that is not UTF-8 must not deafen the till."""

from __future__ import annotations

import codecs
import sys
from functools import partial

from textual.driver import Driver


def forgiving_driver() -> type[Driver] | None:
    """Textual's own driver, with a decoder that takes every byte; None where Textual chooses by itself.

    Textual's input thread ends with its first UnicodeDecodeError, and the screen stays up without a keyboard
    (textual #6456). A scanner set to Latin-1 sends such a byte with its first `æ`.
    """
    if sys.platform == "win32":
        return None
    from textual.drivers import linux_driver

    def decoder(encoding: str) -> partial[codecs.IncrementalDecoder]:
        return partial(codecs.getincrementaldecoder(encoding), errors="replace")

    class ForgivingDriver(linux_driver.LinuxDriver):
        """Reads what a scanner sends, whatever it is."""

        def run_input_thread(self) -> None:
            """Wait for input; what cannot be decoded comes as U+FFFD."""
            vars(linux_driver)["getincrementaldecoder"] = decoder
            super().run_input_thread()

    return ForgivingDriver
