"""The panels of a visit: answers for the customer, offers to choose from, and the card in pair practice."""

from __future__ import annotations

from functools import partial

from pos.counter import CounterState, Entry, Panel, Say, State, keys, say
from pos.domain.menu.items import Sku
from pos.domain.money import Money
from pos.domain.order.questions import HERE_REASONS, OfferKind, Outcome, Reason
from pos.domain.text import LocalText
from pos.practice.customer.by_hand import ByHand
from pos.practice.customer.visit import Visit
from pos.training import Choice, QueryKind, Survey, answers_for, laid_out, survey

YES_KEYS = ("j", "y")
REASON_KEYS = "kvs"
"""Not the keys that open the questions: pressed twice, they would choose *child*."""


class AnswerQueryPanel(Panel):
    """Choose an answer to the customer's question; one of several is right."""

    state = State.HELD
    title = say("practice-title-answer")

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def entries(self, counter: CounterState) -> list[Entry]:
        """The answers to choose from."""
        visit = self.visit
        if visit.query is None:
            return []
        place, query = visit.query
        menu, mode = counter.view.menu, counter.view.order.serving_mode
        given = answers_for(query, menu, visit.round.seed + place, mode)
        return [
            Entry(key, self._label(counter, query.kind, answer), partial(self._tell, given=answer))
            for key, answer in zip(keys.CHOICE_KEYS, given, strict=False)
        ]

    def _label(self, counter: CounterState, kind: QueryKind, answer: str) -> Say:
        if kind is QueryKind.ALLERGEN:
            return say(f"practice-answer-{answer.replace('_', '-')}")
        if kind is QueryKind.PRICE:
            return say("plain-row", name=Money(int(answer)))
        return say("plain-row", name=counter.view.menu.items[answer].full_name)

    def _tell(self, counter: CounterState, given: str) -> None:
        counter.panel = None
        self.visit.tell(given)


class CandidatesPanel(Panel):
    """Offers for this order, suitable and unsuitable, shuffled, and the choice to ask nothing."""

    state = State.HELD

    def __init__(self, visit: Visit, kind: OfferKind) -> None:
        self.visit = visit
        self.kind = kind
        self.title = say("practice-title-ask", number=kind.number)

    def entries(self, counter: CounterState) -> list[Entry]:
        """An entry for each offer; `0` for nothing, and the reasons not to ask."""
        register = self.visit.register
        found = survey(register.view.order, self.kind, register.view.moment)
        rows = [
            Entry(key, say("plain-row", name=_name(counter, choice)), partial(self._choose, choice=choice, found=found))
            for key, choice in zip(keys.CHOICE_KEYS, laid_out(found, self.visit.round.seed), strict=False)
        ]
        rows.append(Entry("0", say("practice-nothing-fits"), partial(self._leave, reason=None)))
        for key, reason in zip(REASON_KEYS, HERE_REASONS, strict=True):
            rows.append(Entry(key, say("practice-not-them", reason=reason), partial(self._leave, reason=reason)))
        return rows

    def _choose(self, counter: CounterState, choice: Choice, found: Survey) -> None:
        by_hand = ByHand(self.visit, choice)
        by_hand.begin(found)
        counter.panel = AskingPanel(by_hand)

    def _leave(self, counter: CounterState, reason: Reason | None) -> None:
        counter.panel = None
        kinds = [self.kind] if reason is None else list(OfferKind)
        for kind in kinds:
            self.visit.leave(kind, reason)
        if reason is None:
            counter.message = say("practice-left-question", number=self.kind.number)
        else:
            counter.message = say("practice-left-both", reason=reason)


class AskingPanel(Panel):
    """A question asked unprompted: Space when the words were said, then the customer's answer."""

    state = State.HELD
    title = say("practice-title-asking")

    def __init__(self, by_hand: ByHand) -> None:
        self.by_hand = by_hand

    def entries(self, counter: CounterState) -> list[Entry]:
        """Yes, with the flavours if there are any, and no."""
        group = self.by_hand.choices
        rows = [Entry(keys.SPACE, say("practice-said-it"), self._say)]
        if group is None:
            yes = keys.shown_first(YES_KEYS, counter.language)[0]
            rows.append(Entry(yes, say("do-yes"), partial(self._answer, outcome=Outcome.ACCEPTED)))
        else:
            for key, entry in zip(keys.DIGITS[1:], group.modifiers, strict=False):
                label = say("practice-yes-in", choice=entry.name)
                act = partial(self._answer, outcome=Outcome.ACCEPTED, choice=entry.id)
                rows.append(Entry(key, label, act))
        rows.append(Entry("n", say("do-no"), partial(self._answer, outcome=Outcome.DECLINED)))
        return rows

    def press(self, counter: CounterState, key: str) -> bool:
        """`+` and `-` change the number; other keys choose an entry. J and Y are the same."""
        if key in YES_KEYS:
            key = keys.shown_first(YES_KEYS, counter.language)[0]
        if key in ("+", "-"):
            self.by_hand.mean(1 if key == "+" else -1)
            return True
        return super().press(counter, key)

    def words(self, counter: CounterState) -> str:
        """What the trainee says."""
        return self.by_hand.words(counter.view.order.language or counter.language)

    def _say(self, counter: CounterState) -> None:
        self.by_hand.say()

    def _answer(self, counter: CounterState, outcome: Outcome, choice: str | None = None) -> None:
        self.by_hand.answer(outcome, choice)
        counter.panel = None


class CardPanel(Panel):
    """The card for the colleague who plays the customer."""

    state = State.HELP
    title = say("practice-title-card")

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.top = 0
        """The first row in sight, of as many as `rows`; the screen counts them."""
        self.rows = 1

    def press(self, counter: CounterState, key: str) -> bool:
        """Arrows scroll; any other key closes the card."""
        if key in (keys.UP, keys.DOWN):
            self.top = max(0, min(self.rows - 1, self.top + (1 if key == keys.DOWN else -1)))
        else:
            counter.panel = None
        return True


def _name(counter: CounterState, choice: Choice) -> LocalText:
    menu = counter.view.menu
    if choice.modifier is not None:
        return menu.modifiers[choice.modifier].name
    sku: Sku = choice.sku or ""
    return menu.items[sku].full_name
