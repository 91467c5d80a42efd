"""The report on a screen: the account, its plots and tables, over a period that a key chooses."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.driver import Driver
from textual.events import Click, Event
from textual.events import Key as KeyEvent
from textual.widgets import Static

from pos.counter import say
from pos.domain.errors import BadInput
from pos.domain.text import LANGUAGES
from pos.domain.value import value
from pos.office.report import Report, make_report
from pos.office.report.page import report_page
from pos.office.written import write
from pos.store import Store
from pos.ui.blocks.keys import LEAVING, counter_key, format_say, name_to_tell
from pos.ui.blocks.themes import DARK_NAME, theme
from pos.ui.report.account import painted
from pos.wording import Wording, wording

PAGE_NAME = "report.html"
MARGIN = 6
"""Two columns at each side, and two for the scrollbar."""


@value
class Key:
    """A key of the screen: the action that it and its button run, and what it is called."""

    key: str
    shown: str
    action: str
    label: str

    @property
    def names(self) -> tuple[str, ...]:
        """The key, with and without Shift."""
        return tuple(dict.fromkeys((self.key, self.key.upper())))


KEYS = (
    Key("1", "1", "days(7)", "report-key-week"),
    Key("2", "2", "days(30)", "report-key-month"),
    Key("3", "3", "days(0)", "report-key-all"),
    Key("p", "P", "page", "report-key-page"),
    Key("l", "L", "language", "report-key-language"),
    Key("q", "Q", "leave", "report-key-leave"),
)


SCROLLING = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "ctrl+pageup", "ctrl+pagedown")
TAKEN = frozenset({*(name for key in KEYS for name in key.names), "escape", *LEAVING, *SCROLLING})
"""The keys that do something; any other is refused with a message."""


class KeyButton(Static):
    """A button for a key: runs what the key runs, and never takes the focus."""

    can_focus = False

    def __init__(self, key: Key) -> None:
        super().__init__(markup=False)
        self.key = key

    def say(self, words: Wording) -> None:
        """Show the key and its label in a language."""
        self.update(f"[{self.key.shown}] {words.text(self.key.label)}")

    async def on_click(self, event: Click) -> None:
        event.stop()
        await self.run_action(f"app.{self.key.action}")


class ReportApp(App[None]):
    """The report of one shop."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    Screen { background: $till-page; color: $till-text; layout: vertical; }
    VerticalScroll { height: 1fr; padding: 1 2; scrollbar-gutter: stable;
        scrollbar-background: $till-page; scrollbar-color: $till-raised-edge; scrollbar-size-vertical: 1; }
    #keys { height: 1; background: $till-sunken; }
    KeyButton { width: auto; margin: 0 2 0 1; color: $till-accent; }
    #said { height: auto; padding: 0 1; background: $till-sunken; color: $till-soft; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(name, key.action, show=False) for key in KEYS for name in key.names),
        Binding("escape", "leave", show=False),
    ]

    def __init__(
        self,
        store: Store,
        language: str,
        today: date,
        since: date | None = None,
        until: date | None = None,
        driver: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver_class=driver)
        self.store = store
        self.words = wording(language)
        self._today, self._span = today, (since, until)
        self._report: Report | None = None
        self.register_theme(theme(dark=True))
        self.theme = DARK_NAME

    def compose(self) -> ComposeResult:
        """The account over a row of keys."""
        with VerticalScroll():
            yield Static(id="account", markup=False)
        yield Static(id="said", markup=False)
        with Horizontal(id="keys"):
            for key in KEYS:
                yield KeyButton(key)

    def on_mount(self) -> None:
        """Show the report, and let the arrows scroll it."""
        self._report = make_report(self.store, self._today, *self._span)
        self.query_one(VerticalScroll).focus()
        self.show()

    async def on_event(self, event: Event) -> None:
        """Refuse a key that does nothing, with a message."""
        if isinstance(event, KeyEvent) and event.key not in TAKEN:
            name = counter_key(event) or name_to_tell(event)
            if name is not None:
                self.show(format_say(self.words, say("report-wrong-key", key=name[:12])))
            return
        await super().on_event(event)

    def on_resize(self) -> None:
        """Paint again: sentences and plots are as wide as the window."""
        self.show()

    def show(self, said: str = "") -> None:
        """Paint the report in the current language."""
        if self._report is None:
            return
        self.query_one("#account", Static).update(painted(self._report, self.words, self.size.width - MARGIN))
        line = self.query_one("#said", Static)
        line.update(said)
        line.display = bool(said)
        for button in self.query(KeyButton):
            button.say(self.words)

    def action_days(self, count: int) -> None:
        """Show the latest `count` days with sales; 0 for all."""
        everything = make_report(self.store, self._today)
        since = None
        if count and everything.last:
            since = date.fromisoformat(everything.last) - timedelta(days=count - 1)
        self._span = (since, None)
        self._report = everything if since is None else make_report(self.store, self._today, *self._span)
        self.show()

    def action_language(self) -> None:
        """Switch the language."""
        self.words = wording(next(other for other in LANGUAGES if other != self.words.language))
        self.show()

    def action_page(self) -> None:
        """Write the page to print beside the shop's file."""
        if self._report is None:
            return
        path = Path(self.store.path).with_name(PAGE_NAME)
        try:
            write(path, report_page(self._report, self.words))
        except BadInput as error:
            self.show(self.words.error(error))
            return
        self.show(self.words.text("report-page-written", path=str(path)))

    def action_leave(self) -> None:
        self.exit()
