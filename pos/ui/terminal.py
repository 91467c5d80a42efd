"""Guards the terminal's input: no byte stops the keyboard, no escape sequence presses keys, an Escape stays one key,
and a flood takes bounded time and memory."""

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
"""Longest paste that is taken."""

PASTE_BREAKS_OFF = 1.0
"""Seconds of silence that end a paste without an end mark."""

MOST_WAITING = 5_000
"""The most keys that may wait: the longest paste of codes that the till takes."""

SILENCE = 0.3
"""Seconds without a key after a flood until keys are taken again."""

_CONTROL = re.compile(r"\x1b(?:\[(?![\[<M?])[0-?]*(?:[ -/]*[@-~]|(?<=[0-9])\$)|\[\[.|O.)", re.DOTALL)
"""A complete control sequence of a key: CSI, the console's CSI with two brackets, and SS3. Source: ECMA-48, 5.4; `$`
ends some of rxvt's. Reports of the mouse (`<`, `M`) and of modes (`?`) are not among them."""

_REPORT = re.compile(r"\x1b\[\?[0-9;]*[ -#%-/]*[@-~]")
"""A terminal's report about itself, which is no key; Textual handles those with `$` itself."""


class PlainParser(XTermParser):
    """Parses a terminal's input without taking anything else for keys.

    Escape with a character close behind it is parsed as Alt and that character, which `counter_keys` handles. Textual's
    own parser takes it for what a Mac types with Option (`¡` for Escape and `1` within 0.1 s), and an Enter or sign for
    itself, without the Escape. An unknown sequence is one unknown key; Textual's own parser would type its characters,
    and the `2` of `ESC [ 2 5 ; 9 z` would answer a question. A paste is whole whatever it contains; Textual's own
    parser would also type its characters if it contains sequences.
    """

    def __init__(self, debug: bool = False, flood: Flood | None = None) -> None:
        self._flood = flood or Flood()
        self._rest = ""
        """The beginning of what may be a paste mark."""
        self._pasted: list[str] | None = None
        self._length = 0
        self._heard = 0.0
        super().__init__(debug)

    def feed(self, data: str) -> Iterator[Message]:
        """The events of some input. All have the time at which it was read: a scan read at once is one scan, even if a
        busy machine takes long to parse it."""
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
        """The events after a timeout, when an awaited sequence has not come."""
        self._flood.is_reading = False
        silent = monotonic() - self._heard
        if self._pasted is not None and silent > PASTE_BREAKS_OFF:
            yield from self._paste()
        if self._rest and self._pasted is None and silent > ESCAPE_WAITS:
            rest, self._rest = self._rest, ""
            yield from super().feed(rest)
        found = list(super().tick())
        if len(found) > 1:  # an incomplete sequence
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
    """The text without a possible beginning of a mark at its end, and that beginning, if it has at least `least`
    characters."""
    for length in range(min(len(mark) - 1, len(text)), least - 1, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""


class TooManyKeys(Message):
    """More keys came at once than anybody can mean; the rest was dropped."""


class Flood:
    """Counts the waiting keys. If there are more than `MOST_WAITING`, it drops keys until a silence."""

    def __init__(self) -> None:
        self.is_reading = False
        """Whether the last input is still being parsed."""
        self._sent = self._handed_on = 0
        self._is_on = False
        self._is_news = False
        self._last = 0.0

    def admits(self, queued: int, now: float, *, is_key: bool = True) -> bool:
        """Whether a message is let through; all but keys are. `queued` messages already wait in the app."""
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
        """A key was passed on to the app."""
        self._handed_on += 1

    @property
    def is_on_the_way(self) -> bool:
        """Whether keys have arrived that are not with the app yet."""
        return self.is_reading or self._sent > self._handed_on

    def has_begun(self) -> bool:
        """Whether keys were dropped since the last call."""
        is_news, self._is_news = self._is_news, False
        return is_news


class Forgiving:
    """A decoder that takes every byte, and raises `EOFError` at the end of the input, where Textual's thread would read
    on for ever."""

    def __init__(self, decoder: codecs.IncrementalDecoder) -> None:
        self._decoder = decoder

    def decode(self, read: bytes, *, final: bool = False) -> str:
        """The decoded text."""
        if not read and not final:
            raise EOFError
        return self._decoder.decode(read, final)


def flood_of(driver: Driver) -> Flood:
    """The flood counter of a driver."""
    flood: Flood = vars(driver).setdefault("_flood", Flood())
    return flood


def _lets_in(driver: Driver, queued: int, message: Message) -> bool:
    """Whether a message is passed to the app. The first dropped key sends `TooManyKeys`."""
    flood = flood_of(driver)
    if flood.admits(queued, monotonic(), is_key=isinstance(message, events.Key)):
        return True
    if flood.has_begun():
        driver.send_message(TooManyKeys())
    return False


def forgiving_driver() -> type[Driver] | None:
    """Textual's Linux driver with a decoder that takes every byte; None on systems where Textual chooses another
    driver.

    Textual's input thread ends with its first UnicodeDecodeError, and the screen stays up without a keyboard (textual
    #6456). A scanner set to Latin-1 sends such a byte with its first `æ`.
    """
    if sys.platform == "win32":
        return None
    from textual.drivers import linux_driver

    def decoder(encoding: str) -> partial[Forgiving]:
        return partial(Forgiving, codecs.getincrementaldecoder(encoding)("replace"))

    class ForgivingDriver(linux_driver.LinuxDriver):
        """Reads whatever a scanner sends, and drops floods of keys."""

        def send_message(self, message: Message) -> None:
            """Send a message to the app; a key only if not too many wait there already."""
            if _lets_in(self, self._app.message_queue_size, message):
                sent = asyncio.run_coroutine_threadsafe(self._app._post_message(message), loop=self._loop)
                sent.add_done_callback(flood_of(self).handed_on)

        def run_input_thread(self) -> None:
            """Read input. Undecodable bytes become U+FFFD. A terminal that has gone counts as a hang-up, even if it
            sends no signal."""
            vars(linux_driver).update(
                getincrementaldecoder=decoder, XTermParser=partial(PlainParser, flood=flood_of(self))
            )
            try:
                super().run_input_thread()
            except EOFError:
                os.kill(os.getpid(), signal.SIGHUP)

    return ForgivingDriver
