"""The commands of checkout: answers to prompts and questions."""

from __future__ import annotations

from pos.counter import keys
from pos.counter.commands.base import Command, states
from pos.counter.commands.paying import refuse_while_notes_lie
from pos.counter.counter_state import CounterState
from pos.counter.panels.asking import ChoicesPanel, NotNowPanel
from pos.counter.panels.sold_out import PartsPanel, SoldOutMark, gone_of, open_gone
from pos.counter.panels.speaking import speak_other
from pos.counter.states import State
from pos.domain.errors import Refused
from pos.domain.menu.items import ServingMode
from pos.domain.order.questions import OfferKind
from pos.domain.prompts import ModifierPrompt, QuestionPrompt, SlotPrompt
from pos.register.verbs import answering, checkout, ringing

QUESTION = states(State.QUESTION)


class ConfirmLine(Command):
    """Confirm the line at which checkout stops."""

    id, keys, states = "confirm-line", ("=",), states(State.STOP)

    def fits(self, counter: CounterState) -> bool:
        stop = counter.stop
        return stop is not None and stop.can_be_confirmed

    def run(self, counter: CounterState, key: str) -> None:
        stop = counter.stop
        if stop is None:
            raise Refused("line-gone")
        counter.do(checkout.confirm, stop.line.id)


class CannotConfirm(Command):
    """Refuse to confirm what cannot be sold, and keys that would lead on elsewhere."""

    id, keys, states, in_footer = "stop-first", ("=", keys.ENTER, "j", "y", "n"), states(State.STOP), False

    def run(self, counter: CounterState, key: str) -> None:
        stop = counter.stop
        if key == "=" and stop is not None and stop.obstacles:
            raise Refused("cannot-be-confirmed", name=stop.obstacles[0].name)
        raise Refused("stop-first")


class SoldOutHere(Command):
    """Mark a part of the line as sold out."""

    id, keys, states, in_footer = "gone-here", ("u",), states(State.STOP), False

    def run(self, counter: CounterState, key: str) -> None:
        open_gone(counter)


class SoldOutChoice(Command):
    """Mark one of the choices as sold out."""

    id, keys, states, in_footer = "gone-choice", ("u",), states(State.CHOICE), False

    def fits(self, counter: CounterState) -> bool:
        return len(_marks(counter)) <= keys.CHOICE_KEYS.index("u")

    def run(self, counter: CounterState, key: str) -> None:
        counter.panel = PartsPanel(_marks(counter))


def _marks(counter: CounterState) -> tuple[SoldOutMark, ...]:
    """The parts that can be marked as sold out among the choices."""
    prompt, menu = counter.prompt, counter.view.menu
    if isinstance(prompt, SlotPrompt):
        return tuple(SoldOutMark(menu.items[sku]) for sku in prompt.choices)
    group = prompt.group.modifiers if isinstance(prompt, ModifierPrompt) else ()
    return tuple(SoldOutMark(modifier=modifier) for modifier in group)


class Yes(Command):
    """Yes. If a choice is needed, the till asks for it next."""

    id, keys, states = "yes", ("j", "y"), QUESTION

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(answering.yes, to=answering.painted(counter.view))


class YesInChoice(Command):
    """Yes, with this choice."""

    id, keys, states, in_footer = "yes-in-choice", tuple("123456789"), QUESTION, False

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(answering.yes, counter.shown_choice(int(key) - 1), to=answering.painted(counter.view))


class No(Command):
    """No."""

    id, keys, states = "no", ("n",), QUESTION

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(answering.no, to=answering.painted(counter.view))


class OtherOffer(Command):
    """Show another candidate."""

    id, keys, states = "other-offer", (keys.RIGHT, keys.LEFT), QUESTION

    def fits(self, counter: CounterState) -> bool:
        return any(entry.is_open and len(entry.candidates) > 1 for entry in counter.view.order.questions)

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(answering.next_candidate, -1 if key == keys.LEFT else 1)


class HowMany(Command):
    """More or fewer: of the offer, or of the line that a choice is for."""

    id, keys, states = "how-many", ("+", "-"), states(State.QUESTION, State.CHOICE)

    def fits(self, counter: CounterState) -> bool:
        prompt = counter.prompt
        if isinstance(prompt, SlotPrompt | ModifierPrompt):
            return prompt.line.quantity > 1
        if isinstance(prompt, QuestionPrompt) and prompt.question.kind is OfferKind.UPSELL:
            return prompt.question.offer.units > 1
        return True

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(answering.change_offer_count, 1 if key == "+" else -1)


class NotAsked(Command):
    """The question was not asked: needs no reason."""

    id, keys, states = "not-asked", ("0",), QUESTION

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(answering.not_asked, to=answering.painted(counter.view))


class NotForCustomer(Command):
    """Ask this customer nothing: a child alone, asked to be left alone, staff."""

    id, keys, states = "not-now", ("x",), QUESTION

    def run(self, counter: CounterState, key: str) -> None:
        counter.panel = NotNowPanel()


class SoldOutNow(Command):
    """Mark the offered item as sold out; the next best replaces it."""

    id, keys, states = "gone", ("u",), QUESTION

    def run(self, counter: CounterState, key: str) -> None:
        prompt, menu = counter.prompt, counter.view.menu
        assert isinstance(prompt, QuestionPrompt)
        offer = prompt.question.offer
        if offer.sku is None:
            counter.panel = PartsPanel((SoldOutMark(modifier=menu.modifiers[offer.modifier or ""]),))
            return
        item = menu.items[offer.sku]
        line = counter.view.order.line(offer.lines[0]) if offer.lines else None
        is_size = line is not None and line.sku != item.sku and menu.items[line.sku].kin == item.kin
        counter.panel = PartsPanel(gone_of(counter, item, size_is_meant=is_size))


class OtherLanguage(Command):
    """Switch the words and the receipt to the customer's language."""

    id, keys, states = "other-language", ("t",), QUESTION

    def run(self, counter: CounterState, key: str) -> None:
        speak_other(counter)


class Back(Command):
    """Go back to ringing; the question stays open."""

    id, keys = "back", (keys.ESCAPE,)
    states = states(State.STOP, State.QUESTION, State.CHOICE, State.SERVING, State.PAYMENT)

    def run(self, counter: CounterState, key: str) -> None:
        refuse_while_notes_lie(counter)
        counter.forget_typed()
        counter.do(checkout.go_back)


class ServingAnswer(Command):
    """Eat in, or take away."""

    states = states(State.SERVING)
    mode: ServingMode

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(ringing.serve, self.mode)


class EatIn(ServingAnswer):
    """Eat in."""

    id, keys, mode = "eat-in", ("1",), ServingMode.EAT_IN


class TakeAway(ServingAnswer):
    """Take away."""

    id, keys, mode = "take-away", ("2",), ServingMode.TAKE_AWAY


class Choose(Command):
    """A choice, by its key."""

    id, keys, states, in_footer = "choose", tuple(keys.CHOICE_KEYS), states(State.CHOICE), False

    def run(self, counter: CounterState, key: str) -> None:
        counter.do(checkout.choose, counter.shown_choice(keys.CHOICE_KEYS.index(key)))


class EveryChoice(Command):
    """Show all choices, with pages and a search."""

    id, keys, states, in_footer = "every-choice", ("/", keys.PAGE_DOWN, keys.PAGE_UP), states(State.CHOICE), False

    def run(self, counter: CounterState, key: str) -> None:
        counter.panel = ChoicesPanel()
        counter.panel.press(counter, key)


COMMANDS: tuple[Command, ...] = (
    ConfirmLine(),
    CannotConfirm(),
    SoldOutHere(),
    SoldOutChoice(),
    Yes(),
    No(),
    HowMany(),
    OtherOffer(),
    YesInChoice(),
    NotAsked(),
    NotForCustomer(),
    SoldOutNow(),
    OtherLanguage(),
    EatIn(),
    TakeAway(),
    Choose(),
    EveryChoice(),
    Back(),
)
