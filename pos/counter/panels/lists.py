"""Lists of any length: a page of rows at a time, each row with its own key, and a search."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from pos.counter import keys
from pos.counter.counter_state import Act, CounterState, Entry, Panel, TextPanel
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import Refused
from pos.domain.menu.finding import folded
from pos.domain.text import LANGUAGES
from pos.domain.value import value
from pos.wording import wording


@value
class ListRow:
    """A row of a list: its id, label and action, and whether it is marked as on; `also` is further text to search."""

    id: Hashable
    label: Say
    run: Act
    on: bool = False
    also: str = ""


class ListPanel(Panel):
    """A list of rows with a key each. A key means the row that was painted beside it until the page is turned.

    A row that has gone meanwhile keeps its place and its key, which then does nothing; new rows come last. PgUp and
    PgDn turn the page, `/` searches.
    """

    page_keys: Sequence[str] = tuple(keys.CHOICE_KEYS)
    narrowest = 24
    """How many characters of a row are needed to tell it from others."""

    def __init__(self) -> None:
        self.page = 0
        self.wanted = ""
        self.at_once = len(self.page_keys)
        """How many rows fit on the screen."""
        self._places: list[Hashable] = []

    def rows(self, counter: CounterState) -> Sequence[ListRow]:
        """All current rows."""
        raise NotImplementedError

    def found(self, counter: CounterState) -> list[ListRow]:
        """The rows that match the search, or all of them."""
        return [row for row in self.rows(counter) if fits(row, self.wanted)]

    def kept(self, counter: CounterState) -> list[ListRow]:
        """The rows in the places where they were painted, with those that have gone marked."""
        there = {row.id: row for row in self.found(counter)}
        self._places += [name for name in there if name not in self._places]
        return [there.get(name) or ListRow(name, say("row-gone"), _gone) for name in self._places]

    def pages(self, counter: CounterState) -> int:
        """The number of pages, at least one."""
        return max(1, -(-len(self.kept(counter)) // self.size))

    @property
    def size(self) -> int:
        """The rows of a page: limited by keys and by room."""
        return max(1, min(len(self.page_keys), self.at_once))

    @property
    def first(self) -> int:
        """The place of the page's first row, from 0."""
        return self.page * self.size

    def has_room_for(self, rows: int) -> None:
        """Set how many rows fit on the screen. The page's first row stays in sight."""
        if rows != self.at_once:
            first, self.at_once = self.first, rows
            self.page = first // self.size

    def entries(self, counter: CounterState) -> list[Entry]:
        self.page %= self.pages(counter)
        rows = self.kept(counter)[self.first : self.first + self.size]
        return [Entry(key, row.label, row.run, row.on) for key, row in zip(self.page_keys, rows, strict=False)]

    def press(self, counter: CounterState, key: str) -> bool:
        """The page keys turn the page, `/` searches, Esc ends a search and then closes the list."""
        if key in (keys.PAGE_UP, keys.PAGE_DOWN):
            self.turn(counter, -1 if key == keys.PAGE_UP else 1)
            return True
        if key == "/":
            counter.panel = SearchPanel(self)
            return True
        if key == keys.ESCAPE and self.wanted:
            self.search("")
            return True
        return super().press(counter, key)

    def turn(self, counter: CounterState, step: int) -> None:
        """Turn the page, and take in rows that are new."""
        self._places = []
        self.page = (self.page + step) % self.pages(counter)

    def search(self, wanted: str) -> None:
        """Show the rows that contain these words, in any order, in either language."""
        self.wanted, self.page, self._places = wanted, 0, []


class SearchPanel(TextPanel):
    """Searches a list. Enter runs the only match, or returns to the list of matches."""

    state = State.FIND
    title = say("title-search")

    def __init__(self, of: ListPanel) -> None:
        super().__init__()
        self.of = of

    def entries(self, counter: CounterState) -> list[Entry]:
        """None: every key is text."""
        return []

    def found(self, counter: CounterState) -> list[ListRow]:
        """The rows that match what was typed so far."""
        return [row for row in self.of.rows(counter) if fits(row, self.typed)]

    def take(self, counter: CounterState) -> None:
        """Show the matches; run the only one."""
        hits = self.found(counter)
        if not hits:
            counter.message = say("nothing-found", Tone.BAD, text=self.typed)
            return
        counter.panel = self.of
        self.of.search(self.typed)
        if len(hits) == 1 and self.typed.strip():
            self.of.search("")
            hits[0].run(counter)

    def close(self, counter: CounterState) -> None:
        """Return to the whole list."""
        counter.panel = self.of
        self.of.search("")


def fits(row: ListRow, wanted: str) -> bool:
    """Whether a row contains all the words, or parts of words, in one of the languages."""
    words = folded(wanted)
    if not words:
        return True
    texts = (f"{wording(language).text(row.label.message_id, **row.label.values)} {row.also}" for language in LANGUAGES)
    return any(all(word in text for word in words) for text in (" ".join(folded(each)) for each in texts))


def _gone(counter: CounterState) -> None:
    raise Refused("row-gone")
