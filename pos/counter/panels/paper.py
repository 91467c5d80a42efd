"""Papers: a receipt on the screen, the copy that the law allows, and what a printer owes."""

from __future__ import annotations

from pos.counter import keys
from pos.counter.counter_state import CounterState, Panel
from pos.counter.states import State, say
from pos.domain.errors import Refused
from pos.domain.sale.sale import Document
from pos.register import shelf
from pos.register.verbs import papers


class ReceiptPanel(Panel):
    """A receipt on the screen. `top` is the first visible line."""

    state = State.RECEIPT
    title = say("title-receipt")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.top = 0

    def press(self, counter: CounterState, key: str) -> bool:
        """Arrows and page keys scroll; Enter closes."""
        if key in SCROLLING:
            self.top = max(0, min(len(self.document.lines) - 1, self.top + SCROLLING[key]))
            return True
        if key == keys.ENTER:
            self.close(counter)
            return True
        return super().press(counter, key)


SCROLLING = {keys.UP: -1, keys.DOWN: 1, keys.PAGE_UP: -10, keys.PAGE_DOWN: 10, keys.SPACE: 10}
"""How many lines each key scrolls."""


def reprint(counter: CounterState) -> None:
    """Print the last receipt again, as a copy; if it was not printed yet, print the receipt itself."""
    if papers.owes_last(counter.view, counter.register.store):
        print_owed(counter)
        return
    document, counter.message = counter.printing.copy()
    counter.panel = ReceiptPanel(document)


def print_owed(counter: CounterState) -> None:
    """Try again to print what is owed."""
    if not shelf.owed_papers(counter.register):
        raise Refused("nothing-owed")
    counter.message = counter.printing.owed()
