"""The customer: what they say unasked, and what they answer, as a pure function of the prompt and a seed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.items import ModifierGroup, ServingMode, Sku
from pos.domain.menu import Menu
from pos.domain.moment import Moment
from pos.domain.money import Money
from pos.domain.order import LineItem, Order
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    Prompt,
    QuestionPrompt,
    ServingPrompt,
    SlotPrompt,
    StopPrompt,
    TerminalPrompt,
)
from pos.domain.questions import Offer, Reason
from pos.domain.text import LocalText
from pos.training.draws import draw, pick
from pos.training.fit import Choice, fit
from pos.training.paying import Pays, pays_now
from pos.training.phrases import (
    ALREADY_SAID,
    CARD_APPROVED,
    CARD_DECLINED,
    CHOOSING,
    CONFIRMING,
    EATING_IN,
    INSTEAD,
    LEAVING_OUT,
    NO,
    NOTHING_MORE,
    SAME_AGAIN,
    SAME_YES_AGAIN,
    TAKING_AWAY,
    YES,
    YES_IN,
    YES_TO_SOME,
    Bank,
)
from pos.training.scenarios import Mood, Scenario, Taste, Utterance, Wanted
from pos.training.speaking import filled, item_text, number_text

LEAST_CHANCE, MOST_CHANCE = 0.10, 0.40
"""How likely a plain customer says yes to what fits least and best: people convert 10–25 % of what they offer
(Hi Auto), worded prompts took 35–42 % (van Kleef 2015), 33–34 % upgrade in a week (RSPH 2017)."""

DEAR = Money.of(45)
"""From here on a price puts people off."""
DEAR_FACTOR = 0.7
MOOD_FACTOR = {Mood.WARM: 1.2, Mood.FLAT: 0.3, Mood.RUDE: 0.0, Mood.HURRIED: 0.5, Mood.MERRY: 1.2}
SOME_OF_THEM = 0.3
"""How often a yes to several is a yes to some of them only."""


class Meaning(StrEnum):
    """What a customer's answer comes to."""

    YES = "yes"
    NO = "no"
    ANOTHER = "another"
    CHOICE = "choice"
    PAYS = "pays"
    APPROVED = "approved"
    DECLINED = "declined"
    CHANGES = "changes"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its words, and what it means.

    `choice` is what they want: a flavour with a yes, a SKU or modifier where something is to be chosen, a serving mode.
    `count` is how many with a yes. `offer` is the other candidate that they lead to. `pays` goes with `PAYS`;
    `CHANGES` is the scenario's late wish.
    """

    words: LocalText
    means: Meaning
    choice: str | None = None
    count: int = 0
    offer: str | None = None
    pays: Pays | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """A scenario come to the counter. The seed decides all that the scenario leaves open."""

    scenario: Scenario
    seed: int = 0

    def chance(self, offer: Offer, more: Money, order: Order, moment: Moment) -> float:
        """How likely they say yes to an offer that is all right to make, 0 to 1."""
        taste = self.taste(offer)
        if taste is not None:
            return taste.chance
        likely = LEAST_CHANCE + (MOST_CHANCE - LEAST_CHANCE) * fit(offer, order, moment)
        return likely * MOOD_FACTOR.get(self.scenario.mood, 1.0) * (DEAR_FACTOR if more >= DEAR else 1.0)

    def taste(self, offer: Offer) -> Taste | None:
        """What the scenario says of an offer; the first that speaks of it counts."""
        return next((taste for taste in self.scenario.tastes if taste.is_about(offer)), None)

    def said(self, bank: Bank, *about: str) -> LocalText:
        """One of several phrases, drawn."""
        return pick(bank, self.seed, self.scenario.id, "words", *about)


def opening(customer: Customer) -> tuple[Utterance, ...]:
    """What the customer says before anything is asked, in turn; an utterance with a query waits for its answer."""
    return customer.scenario.says


def answer(customer: Customer, prompt: Prompt, order: Order, moment: Moment, turn: int = 0) -> Reply:
    """What the customer answers to a prompt: the same prompt, order and seed give the same answer.

    `turn` is how often they have answered a prompt of this sort (this very offer, payment) before: a question put twice
    is pressing, and a change of mind at payment comes once.
    """
    match prompt:
        case QuestionPrompt():
            return answer_question(customer, prompt, order, moment, turn)
        case StopPrompt():
            return _settle_line(customer, prompt, order)
        case SlotPrompt():
            return _choose_filling(customer, prompt, order, moment.menu)
        case ModifierPrompt():
            return _choose_modifier(customer, prompt, order, moment.menu)
        case ServingPrompt():
            return _serving(customer)
        case PaymentPrompt():
            return _pay(customer, prompt, order, turn)
        case TerminalPrompt():
            return _terminal(customer, order)
    return Reply(customer.said(NOTHING_MORE, "all"), Meaning.NOTHING)


def answer_question(customer: Customer, prompt: QuestionPrompt, order: Order, moment: Moment, turn: int = 0) -> Reply:
    """What the customer answers to question 1 or 2. They say no to whatever should not have been asked of them."""
    question, scenario = prompt.question, customer.scenario
    offer, about = question.offer, (question.offer.id,)
    if scenario.rest is not None:
        return Reply(customer.said(ALREADY_SAID[scenario.rest], *about), Meaning.NO)
    taste = customer.taste(offer)
    drawn = draw(customer.seed, scenario.id, "yes", offer.sku or offer.modifier or offer.id)
    if drawn >= customer.chance(offer, prompt.difference.more, order, moment):
        own = taste.words if taste is not None else None
        return _refusal(customer, offer, own, turn)
    other = next((entry for entry in question.candidates if taste and entry.sku == taste.instead and entry.sku), None)
    if other is not None and other.sku is not None and other.sku != offer.sku:
        words = filled(customer.said(INSTEAD, *about), name=item_text(moment.menu.items[other.sku]))
        return Reply((taste and taste.words) or words, Meaning.ANOTHER, offer=other.id, count=1)
    return _acceptance(customer, prompt, taste, turn)


def answer_unfit(customer: Customer, choice: Choice, turn: int = 0) -> Reply:
    """What the customer answers to something that may not be offered: no, and where they told us so, that they did."""
    reason = customer.scenario.rest or choice.why_not or Reason.NOTHING_TO_OFFER
    bank = ALREADY_SAID.get(reason, NO[customer.scenario.mood]) if turn == 0 else SAME_AGAIN
    return Reply(customer.said(bank, choice.offer_id), Meaning.NO)


def _refusal(customer: Customer, offer: Offer, own: LocalText | None, turn: int) -> Reply:
    bank = NO[customer.scenario.mood] if turn == 0 else SAME_AGAIN
    if turn == 0 and own is not None:
        return Reply(own, Meaning.NO)
    return Reply(customer.said(bank, offer.id, str(turn)), Meaning.NO)


def _acceptance(customer: Customer, prompt: QuestionPrompt, taste: Taste | None, turn: int) -> Reply:
    question = prompt.question
    about = (question.offer.id, str(turn))
    count = _how_many(customer, question.offer, question.count)
    choice = chosen_modifier(customer, prompt.choices) if prompt.choices is not None else None
    if taste is not None and taste.words is not None and turn == 0:
        words = taste.words
    elif turn:
        words = customer.said(SAME_YES_AGAIN, *about)
    elif choice is not None and prompt.choices is not None:
        name = next(entry.name for entry in prompt.choices.modifiers if entry.id == choice)
        words = filled(customer.said(YES_IN, *about), choice=LocalText(name.nb.lower(), name.en.lower()))
    elif count < question.count:
        words = filled(customer.said(YES_TO_SOME, *about), count=number_text(count))
    else:
        words = customer.said(YES[question.kind], *about)
    return Reply(words, Meaning.YES, choice=choice, count=count)


def _how_many(customer: Customer, offer: Offer, meant: int) -> int:
    """Of several things some people want the better version for some only."""
    if meant == 1 or draw(customer.seed, customer.scenario.id, "some", offer.id) >= SOME_OF_THEM:
        return meant
    return 1 + int(draw(customer.seed, customer.scenario.id, "how many", offer.id) * (meant - 1))


def chosen_modifier(customer: Customer, group: ModifierGroup) -> str | None:
    """Which flavour the customer takes: the one that their taste names, else a drawn one that they tolerate."""
    left = [entry.id for entry in group.without(customer.scenario.allergens).modifiers]
    liked = [taste.choice for taste in customer.scenario.tastes if taste.choice in left]
    return liked[0] if liked else pick(left, customer.seed, "choice", group.id) if left else None


def _wanted_for(customer: Customer, line: LineItem, order: Order) -> Wanted | None:
    """Which wanted thing a line is: of several of the same item, the one in the same place among them."""
    alike = [wanted for wanted in customer.scenario.wants if wanted.sku == line.sku]
    rows = [entry.id for entry in order.lines if entry.sku == line.sku]
    place = rows.index(line.id) if line.id in rows else 0
    return alike[min(place, len(alike) - 1)] if alike else None


def _settle_line(customer: Customer, prompt: StopPrompt, order: Order) -> Reply:
    """What the customer says of the first line at which checkout stops: what they came for they confirm, if it can be
    sold; all else goes."""
    stop = prompt.stops[0]
    if stop.can_be_confirmed and _wanted_for(customer, stop.line, order) is not None:
        return Reply(customer.said(CONFIRMING, stop.line.sku), Meaning.YES)
    return Reply(customer.said(LEAVING_OUT, stop.line.sku), Meaning.NO)


def _choose_filling(customer: Customer, prompt: SlotPrompt, order: Order, menu: Menu) -> Reply:
    wanted = _wanted_for(customer, prompt.line, order)
    named = dict(wanted.fillings).get(prompt.slot.id) if wanted is not None else None
    meant = named if named is not None else prompt.slot.default
    choice: Sku | None = meant if meant in prompt.choices else None
    if choice is None:
        safe = [sku for sku in prompt.choices if menu.items[sku].allergens.is_safe_for(customer.scenario.allergens)]
        choice = pick(safe or list(prompt.choices), customer.seed, "filling", prompt.slot.id)
    words = filled(customer.said(CHOOSING, prompt.slot.id), name=item_text(menu.items[choice]))
    return Reply(words, Meaning.CHOICE, choice=choice)


def _choose_modifier(customer: Customer, prompt: ModifierPrompt, order: Order, menu: Menu) -> Reply:
    wanted = _wanted_for(customer, prompt.line, order)
    ids = [entry.id for entry in prompt.group.modifiers]
    named = [name for name in wanted.modifiers if name in ids] if wanted is not None else []
    choice = named[0] if named else chosen_modifier(customer, prompt.group) or ids[0]
    name = menu.modifiers[choice].name
    words = filled(customer.said(CHOOSING, prompt.group.id), name=LocalText(name.nb.lower(), name.en.lower()))
    return Reply(words, Meaning.CHOICE, choice=choice)


def _serving(customer: Customer) -> Reply:
    mode = customer.scenario.serving_mode
    bank = EATING_IN if mode is ServingMode.EAT_IN else TAKING_AWAY
    return Reply(customer.said(bank, "serving"), Meaning.CHOICE, choice=mode.value)


def _pay(customer: Customer, prompt: PaymentPrompt, order: Order, turn: int) -> Reply:
    late = customer.scenario.late
    if late is not None and turn == 0 and not order.tenders:
        return Reply(late.words, Meaning.CHANGES)
    tried = len(order.tenders)
    words, pays = pays_now(customer.scenario, prompt.due, tried, customer.seed)
    return Reply(words, Meaning.PAYS, pays=pays)


def _terminal(customer: Customer, order: Order) -> Reply:
    """What the card terminal shows: the customer holds it up."""
    _, pays = pays_now(customer.scenario, Money(), len(order.tenders) - 1, customer.seed)
    if pays.declined:
        return Reply(customer.said(CARD_DECLINED, "terminal"), Meaning.DECLINED)
    return Reply(customer.said(CARD_APPROVED, "terminal"), Meaning.APPROVED)
