"""The commands that open a panel."""

from __future__ import annotations

from pos.counter.commands.base import Command, states
from pos.counter.commands.paying import refuse_while_notes_lie
from pos.counter.counter_state import CounterState
from pos.counter.keys import HOLD, TAB
from pos.counter.panels import aside as panels_aside
from pos.counter.panels import asking as panels_asking
from pos.counter.panels import more as panels_more
from pos.counter.panels import ringing as panels_ringing
from pos.counter.panels.people import open_sign_in
from pos.counter.states import State
from pos.domain.errors import Refused

ANYWHERE = states(
    State.RINGING,
    State.PAID,
    State.STOP,
    State.CHOICE,
    State.SERVING,
    State.QUESTION,
    State.PAYMENT,
    State.TERMINAL,
)


class Find(Command):
    """Search an item by name or by price."""

    id, keys, states = "find", ("/",), states(State.RINGING, State.PAID)

    def run(self, counter: CounterState, key: str) -> None:
        counter.begin_if_paid()
        counter.panel = panels_ringing.FindPanel()


class Categories(Command):
    """Every category, a key each."""

    id, keys, states = "categories", (TAB,), states(State.RINGING, State.PAID)

    def run(self, counter: CounterState, key: str) -> None:
        counter.begin_if_paid()
        if not counter.categories():
            raise Refused("no-categories")
        counter.panel = panels_ringing.CategoriesPanel()


class EditLine(Command):
    """Modifiers and slots of the line."""

    id, keys, states = "edit-line", (".",), states(State.RINGING, State.STOP)

    def fits(self, counter: CounterState) -> bool:
        return counter.line is not None

    def run(self, counter: CounterState, key: str) -> None:
        if counter.line is None:
            raise Refused("line-gone")
        if not panels_ringing.EditLinePanel().entries(counter):
            raise Refused("nothing-to-change")
        counter.panel = panels_ringing.EditLinePanel()


class Allergens(Command):
    """Show allergens; note an allergy."""

    id, keys, states = "allergens", ("!",), states(State.RINGING, State.STOP, State.QUESTION)

    def run(self, counter: CounterState, key: str) -> None:
        counter.panel = panels_ringing.AllergensPanel(panels_ringing.offered_card(counter))


class More(Command):
    """Everything else, each with a key."""

    id, keys, states = "more-commands", (",",), ANYWHERE

    def fits(self, counter: CounterState) -> bool:
        """Except where the same key is the decimal sign of an amount."""
        return not (counter.state is State.PAYMENT and counter.digits)

    def run(self, counter: CounterState, key: str) -> None:
        refuse_while_notes_lie(counter)
        counter.panel = panels_more.MorePanel()


class Hold(Command):
    """Hold the order."""

    id, keys, in_footer = "hold", (HOLD,), False
    states = states(
        State.RINGING, State.STOP, State.SERVING, State.CHOICE, State.QUESTION, State.PAYMENT, State.TERMINAL
    )

    def run(self, counter: CounterState, key: str) -> None:
        refuse_while_notes_lie(counter)
        panels_aside.hold(counter)


class Recall(Command):
    """Recall an order."""

    id, keys, states, in_footer = "recall", ("f10",), states(State.RINGING, State.PAID), False

    def run(self, counter: CounterState, key: str) -> None:
        panels_aside.open_held(counter)


class SwitchLanguage(Command):
    """Switch the till's own language."""

    id, keys, states, in_footer = "switch-language", ("f12",), ANYWHERE, False

    def run(self, counter: CounterState, key: str) -> None:
        panels_more.switch_language(counter)


class SwitchPerson(Command):
    """Switch to another person; the order stays."""

    id, keys, states, in_footer = "switch-person", ("f2",), ANYWHERE, False

    def run(self, counter: CounterState, key: str) -> None:
        refuse_while_notes_lie(counter)
        open_sign_in(counter)


class Help(Command):
    """Show what every key does here."""

    id, keys, states = "help", ("?", "f1"), ANYWHERE

    def run(self, counter: CounterState, key: str) -> None:
        counter.panel = panels_asking.HelpPanel(counter.state)


COMMANDS: tuple[Command, ...] = (
    Categories(),
    EditLine(),
    Find(),
    Allergens(),
    More(),
    Help(),
    Hold(),
    Recall(),
    SwitchLanguage(),
    SwitchPerson(),
)
