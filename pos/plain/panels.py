"""An open panel in lines: its title, its contents, and a line for each entry with its key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch

from pos.counter import Counter, Panel, TextPanel
from pos.counter.keys import shown_first
from pos.counter.panels.asking import HelpPanel
from pos.counter.panels.counting import CountingPanel
from pos.counter.panels.lists import ListPanel
from pos.counter.panels.paper import ReceiptPanel
from pos.counter.panels.people import PinPanel
from pos.counter.panels.prices import PricePanel
from pos.counter.panels.ringing import AllergensPanel, FindPanel
from pos.counter.panels.shift import AmountPanel
from pos.counter.panels.sold_out import SoldOutPanel
from pos.domain.pricing.deposits import displayed_price
from pos.plain.words import UNTYPED
from pos.wording import Wording

MOST_HITS = 9
MOST_KEYS = 3
"""More keys than these are named by the first and the last."""
NOT_SHOWN = ("more-dark",)
"""Entries that only a screen has."""


def panel_lines(counter: Counter, words: Wording) -> Iterator[str]:
    """The lines of the open panel; none if no panel is open."""
    panel = counter.panel
    if panel is None:
        return
    yield words.text(panel.title.message_id, **panel.title.values)
    yield from _body(panel, counter, words)
    for entry in panel.entries(counter):
        if entry.label.message_id not in NOT_SHOWN:
            row = f"{words.key(entry.key)}  {words.text(entry.label.message_id, **entry.label.values)}"
            yield words.text("plain-on", row=row) if entry.on else row


@singledispatch
def _body(panel: Panel, counter: Counter, words: Wording) -> Iterator[str]:
    """The text of a panel besides its entries."""
    yield from ()


@_body.register
def _(panel: TextPanel, counter: Counter, words: Wording) -> Iterator[str]:
    if panel.typed:
        yield panel.typed
    yield words.text("plain-type")


@_body.register
def _(panel: PinPanel, counter: Counter, words: Wording) -> Iterator[str]:
    yield words.text("plain-pin")


@_body.register
def _(panel: AmountPanel | CountingPanel, counter: Counter, words: Wording) -> Iterator[str]:
    yield words.text(panel.hint)


@_body.register
def _(panel: FindPanel, counter: Counter, words: Wording) -> Iterator[str]:
    if not panel.typed:
        yield words.text("plain-find")
    hits = panel.hits(counter)
    if hits and panel.is_guess(counter):
        yield words.text("spelt-nearly-so", text=panel.typed.strip())
    first = panel.place // MOST_HITS * MOST_HITS
    for place, item in list(enumerate(hits))[first : first + MOST_HITS]:
        price = displayed_price(counter.view.menu, item, counter.view.order.serving_mode)
        row = f"{words.item_name(item)} {words.money(price)}"
        yield words.text("plain-on", row=row) if place == panel.place else row
    more = len(hits) - first - MOST_HITS
    if more > 0:
        yield words.text("plain-more-hits", count=more)


@_body.register
def _(panel: HelpPanel, counter: Counter, words: Wording) -> Iterator[str]:
    for command in counter.commands_of(panel.about):
        yield f"{_keys(words, shown_first(command.keys, words.language))}  {words.text(f'help-{command.id}')}"


def _keys(words: Wording, every: Sequence[str]) -> str:
    """All keys of a command that can be typed: `J Y`, or `B to Z` where there are many."""
    names = [words.key(key) for key in every if key not in UNTYPED]
    return " ".join(names) if len(names) <= MOST_KEYS else words.text("plain-keys", first=names[0], last=names[-1])


@_body.register
def _(panel: ReceiptPanel, counter: Counter, words: Wording) -> Iterator[str]:
    for line in panel.document.lines:
        if line.left or line.right:
            yield f"{line.left.strip()} {line.right}".strip()


@_body.register
def _(panel: ListPanel, counter: Counter, words: Wording) -> Iterator[str]:
    if panel.wanted:
        yield words.text("list-searched", text=panel.wanted)
    count = len(panel.kept(counter))
    if panel.pages(counter) > 1:
        last = min(count, panel.first + panel.size)
        yield words.text("plain-list-page", first=panel.first + 1, last=last, count=count)


@_body.register
def _(panel: SoldOutPanel, counter: Counter, words: Wording) -> Iterator[str]:
    yield from _body.dispatch(ListPanel)(panel, counter, words)
    for letter, item in counter.tiles().items():
        yield f"{words.key(letter)}  {words.item_name(item)}"


@_body.register
def _(panel: PricePanel, counter: Counter, words: Wording) -> Iterator[str]:
    for letter, item in counter.tiles().items():
        yield f"{words.key(letter)}  {words.item_name(item)}"


@_body.register
def _(panel: AllergensPanel, counter: Counter, words: Wording) -> Iterator[str]:
    yield words.text("hint-allergens-line" if panel.on_line else "hint-allergens")
    about = panel.about(counter)
    if about is not None:
        yield f"{words.local(about[0])}: {words.allergens_line(about[1])}"
