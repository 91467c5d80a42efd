"""The terminal's input, guarded: no byte deafens the till, no sequence presses keys, an Escape stays one, and however
much comes at once takes a bounded time and room."""

from __future__ import annotations

import asyncio
import codecs
import os
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from time import monotonic

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.keys import Keys
from textual.message import Message

from pos.counter import keys
from pos.ui.blocks.keys import ALT, UNKNOWN

ESCAPE = "\x1b"
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"

MOST_PASTED = 100_000
"""The most characters of a paste; a longer one is refused."""

PASTE_BREAKS_OFF = 1.0
"""Seconds of silence after which a paste is over though its end has not come."""

MOST_WAITING = 5_000
"""Keys that may wait to be dealt with: the longest paste of codes that the till takes, and no more."""

SILENCE = 0.3
"""Seconds without a key after which keys are taken again when there were too many."""

_CONTROL = re.compile(r"\x1b(?:\[(?![\[<M?])[0-?]*(?:[ -/]*[@-~]|(?<=[0-9])\$)|\[\[.|O.)", re.DOTALL)
"""A control sequence that is complete, as terminals send for keys: CSI, the console's CSI with two brackets, and SS3.
Source: ECMA-48, 5.4; `$` ends some of rxvt's. Reports of the mouse (`<`, `M`) and of modes (`?`) are not among them."""

_REPORT = re.compile(r"\x1b\[\?[0-9;]*[ -#%-/]*[@-~]")
"""A terminal's report about itself, which no key sent; Textual reads those with `$` itself."""


class PlainParser(XTermParser):
    """Reads what a terminal sends, and takes nothing for keys that is none.

    Escape with a character close behind it is Alt and that character, which `counter_keys` knows: Textual's own takes
    it for what a Mac types with Option (`¡` for Escape and `1` within 0.1 s), and Enter or a sign for itself, without
    the Escape. A sequence that Textual does not know is one unknown key: Textual's own types its characters, and the
    `2` of `ESC [ 2 5 ; 9 z` would answer. A paste is whole whatever is in it: of one that holds sequences Textual's own
    types the characters too.
    """

    def __init__(self, debug: bool = False, flood: Flood | None = None) -> None:
        self._flood = flood or Flood()
        self._rest = ""
        """The beginning of what may be the mark of a paste."""
        self._pasted: list[str] | None = None
        self._length = 0
        self._heard = 0.0
        super().__init__(debug)

    def feed(self, data: str) -> Iterator[Message]:
        """The events of what was read. They all have the time at which it was: a scan that was read at once is one,
        however long a busy machine takes to make keys of it."""
        self._heard = monotonic()
        self._flood.is_reading = True
        for event in self._events_of(data):
            event.time = self._heard
            yield event

    def _events_of(self, data: str) -> Iterator[Message]:
        if not data:
            yield from super().feed(data)
            return
        data, self._rest = self._rest + data, ""
        while data:
            if self._pasted is None:
                before, mark, data = data.partition(PASTE_BEGINS)
                if mark:
                    self._pasted, self._length = [], 0
                else:
                    before, self._rest = _without_beginning_of(before, PASTE_BEGINS, 3)
                if before:
                    yield from super().feed(before)
            else:
                before, mark, data = data.partition(PASTE_ENDS)
                if not mark:
                    before, self._rest = _without_beginning_of(before, PASTE_ENDS, 1)
                self._keep(before)
                if mark:
                    yield from self._paste()

    def tick(self) -> Iterator[Message]:
        """The events of what was waited for and has not come."""
        self._flood.is_reading = False
        silent = monotonic() - self._heard
        if self._pasted is not None and silent > PASTE_BREAKS_OFF:
            yield from self._paste()
        if self._rest and self._pasted is None and silent > ESCAPE_WAITS:
            rest, self._rest = self._rest, ""
            yield from super().feed(rest)
        found = list(super().tick())
        if len(found) > 1:  # a sequence that broke off
            yield events.Key(UNKNOWN, None)
        else:
            yield from found

    def _keep(self, text: str) -> None:
        room = MOST_PASTED + 1 - self._length
        if self._pasted is not None and room > 0:
            self._pasted.append(text[:room])
            self._length += len(text[:room])

    def _paste(self) -> Iterator[Message]:
        text = "".join(self._pasted or ())
        self._pasted, self._rest = None, ""
        yield events.Paste(text.replace("\x00", ""))

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if alt or (len(sequence) == 2 and sequence[0] == ESCAPE and sequence[1] in keys.DIGITS):
            return (events.Key(f"{ALT}{sequence[-1]}", sequence[-1]),)
        found = list(super()._sequence_to_key_events(sequence))
        if not found and _CONTROL.fullmatch(sequence):
            return (events.Key(UNKNOWN, None),)
        if not found and _REPORT.fullmatch(sequence):
            return (events.Key(Keys.Ignore, sequence),)
        return found


ESCAPE_WAITS = 0.1
"""Seconds that Textual waits for what may follow an Escape."""


def _without_beginning_of(text: str, mark: str, least: int) -> tuple[str, str]:
    """A text without what may be the beginning of a mark at its end, and that; fewer characters may be anything."""
    for length in range(min(len(mark) - 1, len(text)), least - 1, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""


class TooManyKeys(Message):
    """More keys came at once than anybody can mean; the rest was not taken."""


class Flood:
    """Counts the keys that wait, and lets none in while there are more than `MOST_WAITING`, until a silence."""

    def __init__(self) -> None:
        self.is_reading = False
        """Whether what was read last is still being made into keys."""
        self._sent = self._handed_on = 0
        self._is_on = False
        self._is_news = False
        self._last = 0.0

    def admits(self, queued: int, now: float, *, is_key: bool = True) -> bool:
        """Whether a message that comes now is let in, as all but keys are; `queued` wait with the app already."""
        if not is_key:
            self._sent += 1
            return True
        before, self._last = self._last, now
        if self._is_on and now - before < SILENCE:
            return False
        was_on, self._is_on = self._is_on, self._sent - self._handed_on + queued > MOST_WAITING
        self._is_news = self._is_on and not was_on
        self._sent += not self._is_on
        return not self._is_on

    def handed_on(self, sent: object) -> None:
        """Note that a key has been handed on to the app."""
        self._handed_on += 1

    @property
    def is_on_the_way(self) -> bool:
        """Whether keys that have arrived are not with the app yet."""
        return self.is_reading or self._sent > self._handed_on

    def has_begun(self) -> bool:
        """Whether keys are kept out since this was last asked."""
        is_news, self._is_news = self._is_news, False
        return is_news


class Forgiving:
    """A decoder that takes every byte, and raises `EOFError` for none: Textual's thread would read on for ever."""

    def __init__(self, decoder: codecs.IncrementalDecoder) -> None:
        self._decoder = decoder

    def decode(self, read: bytes, *, final: bool = False) -> str:
        """The text of what was read."""
        if not read and not final:
            raise EOFError
        return self._decoder.decode(read, final)


def flood_of(driver: Driver) -> Flood:
    """The count of a driver's keys."""
    flood: Flood = vars(driver).setdefault("_flood", Flood())
    return flood


def _lets_in(driver: Driver, queued: int, message: Message) -> bool:
    """Whether a message goes to the app; of the first that does not, it is told."""
    flood = flood_of(driver)
    if flood.admits(queued, monotonic(), is_key=isinstance(message, events.Key)):
        return True
    if flood.has_begun():
        driver.send_message(TooManyKeys())
    return False


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
        """Reads what a scanner sends, whatever it is, and not more than can be dealt with."""

        def send_message(self, message: Message) -> None:
            """Send a message to the app, a key only if not too many wait there already."""
            if _lets_in(self, self._app.message_queue_size, message):
                sent = asyncio.run_coroutine_threadsafe(self._app._post_message(message), loop=self._loop)
                sent.add_done_callback(flood_of(self).handed_on)

        def run_input_thread(self) -> None:
            """Wait for input; what cannot be decoded comes as U+FFFD. A terminal that is gone is a hang-up, also where
            it sends none: to a till that it does not control."""
            vars(linux_driver).update(
                getincrementaldecoder=decoder, XTermParser=partial(PlainParser, flood=flood_of(self))
            )
            try:
                super().run_input_thread()
            except EOFError:
                os.kill(os.getpid(), signal.SIGHUP)

    return ForgivingDriver
