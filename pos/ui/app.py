"""The Textual app: keys and taps in, a new frame out. It has none of the till's rules."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.driver import Driver

from pos.counter import SCAN_GAP, Counter, Tone, say, say_error
from pos.counter.panels.ringing import FindPanel
from pos.crash import write_down
from pos.domain.errors import PosError, StoreError
from pos.domain.sale.finished import Finished
from pos.store import is_sound
from pos.ui.blocks.blocks import CategoryTap, HitTap, KeyTap, LineTap, Tap
from pos.ui.blocks.keys import LEAVING, counter_keys, mute_key, name_to_tell
from pos.ui.blocks.themes import DARK_NAME, LIGHT_NAME, theme
from pos.ui.frame import Shelf, look, look_at_shelf
from pos.ui.pane import Pane
from pos.ui.printing import PrintDesk
from pos.ui.screen import CounterScreen
from pos.ui.terminal import flood_of
from pos.wording import wording

SETTLING = SCAN_GAP.total_seconds() + 0.002
"""Seconds after a character until it is known that no other belongs to it: a little more than `SCAN_GAP`."""

SOON = 0.005

MOST_SHOWN = 8
"""If more messages wait than this, the screen is painted only after they are handled."""

MINUTE = 60.0

LOOKING_AROUND = 2.0
"""Seconds between checks whether another till has changed something; a check takes 15 µs if none has."""


CHECK_AFTER = 3.0
"""Seconds from the start to the check of the file, so that the first key is not delayed."""

PREPARE_AFTER = 0.5
"""Seconds from the start until what the first payment needs is loaded."""

CHECK_AGAIN = 6 * 3600.0


class TillApp(App[None], inherit_bindings=False):
    """One counter on one terminal."""

    CSS_PATH = "pos.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(self, counter: Counter, driver: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver)
        self.counter = counter
        self._is_live = driver is not None
        """Whether keys come from a terminal, with the time of their arrival; in a test the till's clock has it."""
        self._last_arrival: tuple[float, datetime] | None = None
        self._last_character = 0.0
        self._waits_for_settling = False
        self._is_stale = False
        self.desk = PrintDesk(counter, self._in_background, self._on_screen)
        self._shelf = Shelf()
        self._shelf_of: tuple[object, ...] = ()
        self._thanked: Finished | None = None
        for dark in (True, False):
            self.register_theme(theme(dark=dark))
        self.theme = DARK_NAME if counter.dark else LIGHT_NAME

    def get_default_screen(self) -> CounterScreen:
        """The only screen."""
        return CounterScreen()

    def on_mount(self) -> None:
        """Show the counter, and start the timers."""
        self.counter.printing = self.desk
        self.counter.register.store.file.on_wait = self._say_it_waits
        with suppress(RuntimeError, ValueError, NotImplementedError):
            for name in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(name, self.exit)
        now = self.counter.register.now
        self.set_timer(MINUTE - now.second, self._each_minute)
        self.set_interval(LOOKING_AROUND, self._look_around)
        self.call_after_refresh(self.show)
        self.set_timer(CHECK_AFTER, self._check_file)
        self.set_timer(PREPARE_AFTER, self.counter.register.prepare)
        self.set_interval(CHECK_AGAIN, self._check_file)
        gc.freeze()

    # keys and taps

    async def on_event(self, event: events.Event) -> None:
        """Handle keys here, before any widget: none needs one, and a scanner is too fast for a detour."""
        if isinstance(event, events.Key):
            self.guarded(lambda: self._key(event))
        elif isinstance(event, events.Paste):
            self.guarded(lambda: self._scan(event.text))
        elif isinstance(event, events.CursorPosition):  # terminals send the same for Shift+F3
            self.guarded(lambda: self._key(events.Key("shift+f3", None)))
        else:
            await super().on_event(event)

    def on_too_many_keys(self) -> None:
        """Say that the rest of a flood of keys was dropped."""
        self.counter.message = say("too-many-keys", Tone.BAD)
        self.guarded(self.show)

    def on_pane_tapped(self, message: Pane.Tapped) -> None:
        """Do what the tapped key would do."""
        self.guarded(lambda: self._tap(message.tap))

    def _key(self, event: events.Key) -> None:
        if event.key in LEAVING:
            self.counter.message = say("how-to-leave")
            self.show()
            return
        if not self._is_blind():
            known, mute = counter_keys(event), mute_key(event)
            told = None if known else name_to_tell(event)
            for key in known or ((told,) if told is not None else ()):
                self._press(key, event.time)
            if mute is not None:
                self._press(mute, event.time, mute=True)

    def _is_blind(self) -> bool:
        """Whether the window is too small to show what a key does. Keys are ignored then."""
        return isinstance(self.screen, CounterScreen) and self.screen.is_small

    def _press(self, key: str, time: float, *, mute: bool = False) -> None:
        """Pass a key to the counter with the time of its arrival, so that a key that waited while the till was busy
        does not count as fast."""
        if self.counter.press(key, self._arrival(time), mute=mute):
            self._after_act()
        if self.counter.pending is not None:
            self._last_character = time if self._is_live else monotonic()
            self._settle_in(SETTLING)

    def _tap(self, tap: Tap) -> None:
        match tap:
            case KeyTap():
                self.counter.tap(tap.key)
            case CategoryTap():
                self.counter.open_category(tap.place)
            case LineTap():
                self.counter.chosen = tap.line_id
            case HitTap():
                self._take_hit(tap.place)
        self._after_act()

    def _take_hit(self, place: int) -> None:
        """Choose a search match, and ring it."""
        if isinstance(self.counter.panel, FindPanel):
            self.counter.panel.place = place
            self.counter.tap("enter")

    def _scan(self, text: str) -> None:
        if not self._is_blind():
            self.counter.scan(text)
            self._after_act()

    def _arrival(self, time: float) -> datetime:
        """The arrival of a key by the till's clock. The distance to the key before is taken from the events' times:
        reading the clock anew for each key could change their order."""
        now = self.counter.register.now
        if not self._is_live:
            return now
        arrived = now - timedelta(seconds=max(0.0, monotonic() - time))
        if self._last_arrival is not None:
            before, last = self._last_arrival
            if 0 <= time - before < 1:
                arrived = last + timedelta(seconds=time - before)
        self._last_arrival = time, arrived
        return arrived

    def _settle_in(self, seconds: float) -> None:
        """Call `_settle` after a time, unless a call is already due."""
        if not self._waits_for_settling:
            self._waits_for_settling = True
            self.set_timer(seconds, self._settle)

    def _settle(self) -> None:
        """Let the counter settle if no character has come for long enough since this call was scheduled."""
        self._waits_for_settling = False
        if self.counter.pending is None:
            return
        left = self._last_character + SETTLING - monotonic()
        if left > 0 or self._has_keys_to_come():
            self._settle_in(max(left, SOON))
            return
        self.guarded(self._settled)

    def _has_keys_to_come(self) -> bool:
        """Whether keys have arrived that the app has not handled yet."""
        driver = self._driver if self._is_live else None
        return driver is not None and (self.message_queue_size > 0 or flood_of(driver).is_on_the_way)

    def _settled(self) -> None:
        self.counter.settle()
        self._after_act()

    # what follows

    def _after_act(self) -> None:
        """Show the result; print the receipt of a finished sale, and use the quiet moment for upkeep."""
        counter = self.counter
        if counter.closing:
            self.exit()
            return
        wanted = DARK_NAME if counter.dark else LIGHT_NAME
        if self.theme != wanted:
            self.theme = wanted
        if counter.paid is not None and counter.paid is not self._thanked:
            self._thanked = counter.paid
            self.desk.print_owed()
            self.call_after_refresh(self._tidy)
        if counter.refunded is not None:
            counter.refunded = None
            self.desk.print_owed()
        if self.message_queue_size <= MOST_SHOWN:
            self.show()
        elif not self._is_stale:
            self._is_stale = True
            self.call_later(self._show_stale)

    def _show_stale(self) -> None:
        """Show the result of many keys at once."""
        self._is_stale = False
        self.guarded(self.show)

    def _tidy(self) -> None:
        """Do upkeep that would delay a key."""
        self.counter.register.tidy()
        gc.collect()

    def show(self) -> None:
        """Show the counter. A timer may still fire when the screens have gone."""
        if not self.screen_stack:
            return
        register = self.counter.register
        concerns = (register.view.order.id, self.counter.paid, self.desk.finished, self.counter.panel is None)
        if concerns != self._shelf_of:
            with suppress(StoreError):  # it is read again at the next key
                self._shelf, self._shelf_of = look_at_shelf(self.counter), concerns
        screen = self.screen
        if isinstance(screen, CounterScreen):
            screen.show(look(self.counter, self._shelf, self.desk.paper))
            self.counter.has_room_for(screen.tiles_in_sight)

    def _say_it_waits(self) -> None:
        """Say that a key waits for another till; the result is shown afterwards."""
        if self.screen_stack and isinstance(self.screen, CounterScreen):
            self.screen.say_at_once(say("database-waits"))
            self.call_later(self.guarded, self.show)

    def _each_minute(self) -> None:
        """Update what depends on the time: the clock, the age of held orders, the daypart's menu."""
        self._shelf_of = ()
        self.set_timer(MINUTE - self.counter.register.now.second, self._each_minute)
        self.counter.tell_news()
        self.guarded(self.show)

    def _look_around(self) -> None:
        """Show what another till has sold out, or a new menu, without a key."""
        was = self.counter.panel
        changed = self.counter.register.catch_up()
        self.counter.look_after_idle()
        if changed or self.counter.panel is not was:
            self._shelf_of = ()
            self.counter.tell_news()
            self.counter.keep_somebody_there()
            self.guarded(self.show)

    def _check_file(self) -> None:
        """Check the file in a thread. A sound file is not mentioned."""
        path = self.counter.register.store.path

        def check() -> None:
            sound = is_sound(path)
            if sound is False or self.counter.is_file_damaged:
                self._on_screen(lambda: self.counter.take_verdict(sound))

        self.run_worker(check, thread=True, exit_on_error=False, group="file")

    # the printer's thread

    def _in_background(self, act: Callable[[], None]) -> None:
        self.run_worker(act, thread=True, exit_on_error=False, group="printer")

    def _on_screen(self, act: Callable[[], None]) -> None:
        self.call_from_thread(self._done_and_shown, act)

    def _done_and_shown(self, act: Callable[[], None]) -> None:
        self.guarded(act)
        self.guarded(self.show)

    # unexpected errors

    def guarded(self, act: Callable[[], None]) -> None:
        """Run an act. An unexpected error is logged and said in one line, and the till goes on."""
        try:
            act()
            return
        except PosError as error:
            self.counter.message = say_error(error)
        except Exception as error:
            log = write_down(error, self.counter.register.store.path.parent)
            self.counter.panel = None
            self.counter.message = say("crashed", Tone.BAD, log=str(log or "-"))
        try:
            self.show()
        except Exception as second:
            self._handle_exception(second)

    def _handle_exception(self, error: Exception) -> None:
        """Textual's handler of its own errors: logs, and prints one line instead of a traceback."""
        log = write_down(error, self.counter.register.store.path.parent)
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._return_code = 1
        self.panic(Text(wording(self.counter.language).text("crashed", log=str(log or "-"))))
