"""The panels *not for this customer*, choices, and help."""

from __future__ import annotations

from functools import partial

from pos.counter import keys
from pos.counter.counter_state import CounterState, Entry, Panel
from pos.counter.panels.lists import ListPanel, ListRow
from pos.counter.states import State, say
from pos.domain.order.questions import SAID_REASONS, Reason
from pos.domain.prompts import ModifierPrompt, SlotPrompt
from pos.register.verbs import checkout


class NotNowPanel(Panel):
    """Asks why this customer is asked nothing. It is no refusal, and covers both questions."""

    state = State.NOT_NOW
    title = say("title-not-now")

    def entries(self, counter: CounterState) -> list[Entry]:
        """The reasons: child alone, asked to be left alone, staff or remake, not present."""
        return [
            Entry(str(place), say("plain-row", name=reason), partial(self._rest, reason=reason))
            for place, reason in enumerate(SAID_REASONS, start=1)
        ]

    def _rest(self, counter: CounterState, reason: Reason) -> None:
        counter.panel = None
        counter.do(checkout.not_for_customer, reason)


class ChoicesPanel(ListPanel):
    """All choices of a prompt: for more than there are keys for, or to search them."""

    state = State.SLOT
    title = say("title-choices")

    def rows(self, counter: CounterState) -> list[ListRow]:
        prompt, menu = counter.prompt, counter.view.menu
        if isinstance(prompt, SlotPrompt):
            names = {sku: menu.items[sku].full_name for sku in prompt.choices}
        elif isinstance(prompt, ModifierPrompt):
            names = {entry.id: entry.name for entry in prompt.group.modifiers}
        else:
            names = {}
        return [
            ListRow(choice, say("plain-row", name=name), partial(self._choose, choice=choice))
            for choice, name in names.items()
        ]

    def _choose(self, counter: CounterState, choice: str) -> None:
        counter.panel = None
        counter.do(checkout.choose, choice)


class HelpPanel(Panel):
    """What every key does in a state. The text is made from the commands."""

    state = State.HELP
    title = say("title-help")

    def __init__(self, about: State) -> None:
        self.about = about
        self.page = 0

    def press(self, counter: CounterState, key: str) -> bool:
        """The page keys and Space turn the page; any other key closes the panel and does nothing else."""
        if key in (keys.PAGE_DOWN, keys.SPACE, keys.RIGHT, keys.DOWN):
            self.page += 1
        elif key in (keys.PAGE_UP, keys.LEFT, keys.UP):
            self.page -= 1
        else:
            counter.panel = None
        return True
