"""What the till asks next: a function of the order and the moment, so that a crash loses nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from pos.domain.asking.differences import Difference, difference
from pos.domain.asking.offers import why_nothing
from pos.domain.asking.upgrades import accept, could_contain, fillings_for, flavours_for
from pos.domain.menu.allergens import AllergenCard, together
from pos.domain.menu.items import ModifierGroup, Sku, Slot
from pos.domain.menu.paths import Words
from pos.domain.moment import Moment
from pos.domain.money import ZERO, Money
from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import LineItem, Order, Tender, has_food, noted_anywhere, noted_on, open_groups, open_slot
from pos.domain.order.questions import Decision, Offer, OfferKind, Outcome, Question, Reason
from pos.domain.selling.stopping import Stop, may_contain, stops
from pos.domain.value import value


class Phrase(StrEnum):
    """The form of an offer's words; the ledger stores it."""

    SAY = "say"
    AFTER_YES = "after_yes"
    AFTER_NO = "after_no"
    MANY = "many"
    RUSH = "rush"


@value
class Ringing:
    """Nothing is asked: the cashier rings."""


@value
class StopPrompt:
    """The one stop before the questions: each line of `stops` is changed, removed or confirmed. `may_contain` are lines
    that may contain a noted allergen, which is only mentioned."""

    stops: tuple[Stop, ...]
    may_contain: tuple[tuple[LineItem, tuple[str, ...]], ...]


@value
class SlotPrompt:
    """A slot of a meal that is open, or that the menu wants asked. `choices` are the available SKUs; for a meal that an
    offer brought, without the noted allergens. `count` is how many of the line the answer is for; the rest is asked
    again."""

    line: LineItem
    slot: Slot
    choices: tuple[str, ...]
    count: int


@value
class ModifierPrompt:
    """A group from which something must be chosen, such as a flavour. `count` is how many of the line the answer is
    for; the rest is asked again."""

    line: LineItem
    group: ModifierGroup
    count: int


@value
class ServingPrompt:
    """Eat in or take away?"""


@value
class QuestionPrompt:
    """Question 1 or 2, as the screen shows it.

    `difference` is for `question.count` of the offer; `allergens` are those of what a yes adds; `choices` is the group
    from which a yes must choose; `previous` is the outcome of question 1, for question 2. `instead` pairs sold-out
    fillings of a meal that a yes makes with their replacements.
    """

    question: Question
    words: Words
    difference: Difference
    allergens: AllergenCard
    choices: ModifierGroup | None
    previous: Decision | None
    rush: bool
    instead: tuple[tuple[Sku, Sku], ...] = ()

    @property
    def number(self) -> int:
        """1 or 2."""
        return self.question.kind.number

    @property
    def phrase(self) -> Phrase:
        """The form of the words that fits: for several, for a rush, after a no, or plain."""
        if self.question.count > 1:
            return Phrase.MANY
        if self.rush:
            return Phrase.RUSH
        if self.previous is not None and self.previous.outcome is Outcome.DECLINED:
            return Phrase.AFTER_NO
        if self.previous is not None and self.previous.outcome is Outcome.ACCEPTED:
            return Phrase.AFTER_YES
        return Phrase.SAY


@value
class PaymentPrompt:
    """How will they pay? `due` is to the øre; `decisions` are the order's two. A staff meal, a remake or waste has
    nothing due and is only finished. `back` is what the customer gets if returned goods are worth more."""

    due: Money
    paid: Money
    decisions: tuple[Decision, ...]
    back: Money = ZERO


@value
class TerminalPrompt:
    """A card or mobile payment at the terminal: approved, declined or unknown? `back` is what the terminal was asked to
    pay back, if returned goods are worth more."""

    tender: Tender
    due: Money
    back: Money = ZERO


Prompt: TypeAlias = (
    Ringing | StopPrompt | SlotPrompt | ModifierPrompt | ServingPrompt | QuestionPrompt | PaymentPrompt | TerminalPrompt
)


def decision(order: Order, kind: OfferKind, moment: Moment) -> Decision | None:
    """The decision on a kind of offer; None while it has to be asked.

    *Not applicable* is provisional until the first tender: it is derived from the order as it is.
    """
    question = order.question(kind)
    if question is not None and question.answer is not None:
        return Decision(kind, question.answer, question=question)
    settled = next((entry for entry in order.settled if entry.kind is kind), None)
    if settled is not None:
        return Decision(kind, Outcome.NOT_APPLICABLE, settled.reason)
    exempt = order.exempt if order.is_sale else Reason.STAFF
    if exempt is not None:
        return Decision(kind, Outcome.NOT_APPLICABLE, exempt)
    if question is not None:
        return None
    reason = why_nothing(order, kind, moment)
    return None if reason is None else Decision(kind, Outcome.NOT_APPLICABLE, reason)


def decisions(order: Order, moment: Moment) -> tuple[Decision, ...]:
    """The decisions made, question 1 first; payment needs both."""
    found = (decision(order, kind, moment) for kind in OfferKind)
    return tuple(entry for entry in found if entry is not None)


def next_prompt(order: Order, moment: Moment) -> Prompt | OfferKind:
    """The next prompt. An `OfferKind` says that the question of that kind has to be proposed first."""
    if not order.checking_out or not order.lines:
        return Ringing()
    waiting = order.open_tender
    if waiting is not None:
        back = order.exchange.going_back(waiting.amount) if order.exchange and waiting.kind == EXCHANGE else ZERO
        return TerminalPrompt(waiting, moment.price(order).total - order.paid, back)
    if not order.is_frozen:
        first = _before_questions(order, moment) or _question(order, moment)
        if isinstance(first, OpenQuestion):
            return question_prompt(order, first.question, first.previous, moment)
        if first is not None:
            return first
    due = moment.price(order).total - order.paid - order.credit
    return PaymentPrompt(max(due, ZERO), order.paid, decisions(order, moment), max(-due, ZERO))


def kind_to_propose(order: Order, moment: Moment) -> OfferKind | None:
    """The kind whose question has to be proposed next, if that is what `next_prompt` says."""
    if not order.checking_out or not order.lines or order.open_tender is not None or order.is_frozen:
        return None
    if _before_questions(order, moment) is not None:
        return None
    found = _question(order, moment)
    return found if isinstance(found, OfferKind) else None


def _before_questions(order: Order, moment: Moment) -> StopPrompt | SlotPrompt | ModifierPrompt | ServingPrompt | None:
    return _stop(order, moment) or _choice(order, moment) or _serving(order, moment)


def _stop(order: Order, moment: Moment) -> StopPrompt | None:
    found = stops(order, moment)
    return StopPrompt(found, may_contain(order, moment)) if found else None


def _choice(order: Order, moment: Moment) -> SlotPrompt | ModifierPrompt | None:
    menu = moment.menu
    for line in order.lines:
        slot = open_slot(menu, line) or (_slot_to_ask(line, moment) if line.fillings else None)
        count = min(order.answer_count or line.quantity, line.quantity)
        if slot is not None:
            return SlotPrompt(line, slot, fillings_for(line, slot, noted_on(order, line), moment), count)
        group = next(open_groups(menu, line), None)
        if group is not None:
            return ModifierPrompt(line, flavours_for(line, group, noted_on(order, line), moment), count)
    return None


def _slot_to_ask(line: LineItem, moment: Moment) -> Slot | None:
    """The first slot of a line that the menu wants asked and nobody has chosen. A slot with a single choice is not
    asked."""
    for slot in moment.menu.meal_slots(moment.menu.items[line.sku]):
        if slot.ask and slot.id not in line.chosen and len(moment.slot_choices(slot)) > 1:
            return slot
    return None


def _serving(order: Order, moment: Moment) -> ServingPrompt | None:
    asks = order.serving_mode is None and order.purpose.is_made and has_food(moment.menu, order)
    return ServingPrompt() if asks else None


@value
class OpenQuestion:
    """A question without an answer, and the decision before it."""

    question: Question
    previous: Decision | None


def _question(order: Order, moment: Moment) -> OpenQuestion | OfferKind | None:
    """The first kind without a decision, or its question; question 2 waits for question 1."""
    previous: Decision | None = None
    for kind in OfferKind:
        settled = decision(order, kind, moment)
        if settled is None:
            question = order.question(kind)
            return kind if question is None else OpenQuestion(question, previous)
        previous = settled
    return None


def question_prompt(order: Order, question: Question, previous: Decision | None, moment: Moment) -> QuestionPrompt:
    """A question with its current money, words and allergens."""
    offer = question.offer
    return QuestionPrompt(
        question,
        offer.words,
        difference(order, offer, question.count, moment),
        offered_allergens(order, question, moment),
        _choices(order, offer, moment),
        previous,
        moment.rush,
        _instead(order, question, moment) if moment.unavailable else (),
    )


def _instead(order: Order, question: Question, moment: Moment) -> tuple[tuple[Sku, Sku], ...]:
    """The unavailable fillings of meals that a yes makes, with their replacements: said beforehand."""
    found: dict[tuple[Sku, Sku], None] = {}
    after = accept(order, question.offer, question.count, moment)
    for line in after.lines:
        made = line.offered is question.kind and line not in order.lines
        for slot in moment.menu.meal_slots(moment.menu.items[line.sku]) if made else ():
            filled = line.filling(slot.id)
            gone = slot.default if slot.default in moment.unavailable and slot.id not in line.chosen else None
            if gone is not None and filled is not None:
                found[gone, filled] = None
    return tuple(found)


def _choices(order: Order, offer: Offer, moment: Moment) -> ModifierGroup | None:
    """What a yes to a cross-sell has to be said in: those flavours that no noted allergen speaks against."""
    if offer.kind is not OfferKind.CROSS_SELL or offer.sku is None:
        return None
    group = moment.menu.required_group(moment.menu.items[offer.sku])
    if group is None or group.minimum >= len(group.modifiers):
        return None
    there = moment.can_choose(group).for_anybody()
    noted = noted_anywhere(order)
    return there.without(noted) if noted else there


def offered_allergens(order: Order, question: Question, moment: Moment) -> AllergenCard:
    """The allergens of the lines that a yes makes: a meal with its current fillings and the loose items that it takes
    up."""
    after = accept(order, question.offer, question.count, moment)
    made = [line for line in after.lines if line.offered is question.kind and line not in order.lines]
    return together(could_contain(line, noted_on(order, line), moment) for line in made)
