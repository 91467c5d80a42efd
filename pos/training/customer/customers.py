"""The customer: what they say, and what they answer, as a pure function of the prompt and a seed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pos.domain.menu.items import ModifierGroup, ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.moment import Moment
from pos.domain.money import Money
from pos.domain.order.order import LineItem, Order, TenderKind
from pos.domain.order.questions import Offer, OfferKind, Question, Reason
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
from pos.domain.text import LocalText
from pos.training.customer.draws import draw, pick
from pos.training.customer.fit import Choice, fit
from pos.training.customer.paying import Pays, pays_now, ways_tried
from pos.training.customer.phrases import (
    ALREADY_SAID,
    CARD_APPROVED,
    CARD_DECLINED,
    CHOOSING,
    CHOOSING_FOR_SOME,
    CONFIRMING,
    EATING_IN,
    INSTEAD,
    LEAVING_OUT,
    NO,
    NOTHING_MORE,
    OLD_ENOUGH,
    PAYING_CASH_NOT_CARD,
    SAME_AGAIN,
    SAME_YES_AGAIN,
    TAKING_AWAY,
    TOO_YOUNG,
    YES,
    YES_IN,
    YES_TO_SOME,
    Bank,
)
from pos.training.customer.scenarios import Mood, Scenario, Taste, Utterance, Wanted
from pos.training.customer.speaking import filled, item_text, number_text, small_text

LEAST_CHANCE, MOST_CHANCE = 0.10, 0.40
"""How likely a plain customer says yes to what fits least and best: people convert 10–25 % of what they offer
(Hi Auto), worded prompts took 35–42 % (van Kleef 2015), 33–34 % upgrade in a week (RSPH 2017)."""

DEAR = Money.of(45)
"""From this price on, customers say yes less often."""
DEAR_FACTOR = 0.7
MOOD_FACTOR = {Mood.WARM: 1.2, Mood.FLAT: 0.3, Mood.RUDE: 0.0, Mood.HURRIED: 0.5, Mood.MERRY: 1.2}
SOME_OF_THEM = 0.3
"""How often a yes to several is a yes to some of them only."""


def topic(prompt: Prompt) -> str:
    """The subject of a prompt that is no question. The customer's answer is logged under this name."""
    match prompt:
        case StopPrompt():
            line = prompt.stops[0].line
            return f"stop {line.id} {line.quantity} {line.sku}"
        case SlotPrompt():
            return f"slot {prompt.line.id} {prompt.line.quantity} {prompt.slot.id}"
        case ModifierPrompt():
            return f"group {prompt.line.id} {prompt.line.quantity} {prompt.group.id}"
    return type(prompt).__name__


YES_WORDS, NO_WORDS = LocalText("ja", "yes"), LocalText("nei", "no")


class Meaning(StrEnum):
    """The meaning of a customer's answer."""

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
    """An answer: its words and its meaning.

    `choice` is what they want: a flavour with a yes, a SKU or modifier where there is a choice, or a serving mode.
    `count` is the number of units with a yes. `offer` is another candidate that they ask for. `pays` goes with `PAYS`.
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
    """A customer who plays a scenario. The seed decides everything that the scenario leaves open."""

    scenario: Scenario
    seed: int = 0

    def chance(self, offer: Offer, more: Money, order: Order, moment: Moment) -> float:
        """The chance of a yes to a permitted offer, 0 to 1."""
        taste = self.taste(offer)
        if taste is not None:
            return taste.chance
        likely = LEAST_CHANCE + (MOST_CHANCE - LEAST_CHANCE) * fit(offer, order, moment)
        return likely * MOOD_FACTOR.get(self.scenario.mood, 1.0) * (DEAR_FACTOR if more >= DEAR else 1.0)

    def taste(self, offer: Offer) -> Taste | None:
        """The scenario's answer to an offer; the first one that names it."""
        return next((taste for taste in self.scenario.tastes if taste.is_about(offer)), None)

    def said(self, bank: Bank, *about: str) -> LocalText:
        """One of several phrases, drawn at random."""
        return pick(bank, self.seed, self.scenario.id, "words", *about)


def opening(customer: Customer) -> tuple[Utterance, ...]:
    """What the customer says before anything is asked, one utterance after another. One with a question waits for its
    answer."""
    return customer.scenario.says


def answer(customer: Customer, prompt: Prompt, order: Order, moment: Moment, turn: int = 0) -> Reply:
    """The customer's answer to a prompt; the same prompt, order and seed give the same one.

    `turn` is how often they have answered this kind of prompt (the same offer, payment) before: asking twice is pushy,
    and a customer changes their mind at payment only once.
    """
    match prompt:
        case QuestionPrompt():
            return answer_question(customer, prompt, order, moment, turn)
        case StopPrompt():
            return _settle_line(customer, prompt)
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
    """The answer to an upsell or cross-sell: no if it should not have been asked."""
    question, scenario = prompt.question, customer.scenario
    offer, about = question.offer, (question.offer.id,)
    if scenario.rest is not None:
        return Reply(customer.said(ALREADY_SAID[scenario.rest], *about), Meaning.NO)
    if not prompt.allergens.is_safe_for(scenario.allergens):
        return Reply(customer.said(ALREADY_SAID[Reason.ALLERGEN], *about), Meaning.NO)
    taste = customer.taste(offer)
    drawn = draw(customer.seed, scenario.id, "yes", offer.sku or offer.modifier or offer.id)
    if drawn >= customer.chance(offer, prompt.difference.more, order, moment):
        # A taste's own words are a yes, unless the customer never says yes to it.
        own = taste.words if taste is not None and not taste.chance else None
        return _refusal(customer, offer, own, turn)
    if taste is not None and taste.instead is not None and taste.instead != offer.sku:
        return _something_else(customer, question, taste, moment.menu, turn)
    return _acceptance(customer, prompt, taste, turn)


def _something_else(customer: Customer, question: Question, taste: Taste, menu: Menu, turn: int) -> Reply:
    """Ask for another offer of the same question; if that is not possible, say no."""
    other = next((entry for entry in question.candidates if entry.sku == taste.instead), None)
    if other is None or other.sku is None:
        return _refusal(customer, question.offer, None, turn)
    name = item_text(menu.items[other.sku], menu)
    words = taste.words or filled(customer.said(INSTEAD, question.offer.id), name=name)
    return Reply(_naming(words, small_text(menu.items[other.sku].name, menu)), Meaning.ANOTHER, offer=other.id, count=1)


def answer_unfit(customer: Customer, choice: Choice, turn: int = 0) -> Reply:
    """The answer to something that must not be offered: no, and that they said so before if they did."""
    reason = customer.scenario.rest or choice.why_not or Reason.NOTHING_TO_OFFER
    bank = ALREADY_SAID.get(reason, NO[customer.scenario.mood]) if turn == 0 else SAME_AGAIN
    return Reply(customer.said(bank, choice.offer_id), Meaning.NO)


def _refusal(customer: Customer, offer: Offer, own: LocalText | None, turn: int) -> Reply:
    bank = NO[customer.scenario.mood] if turn == 0 else SAME_AGAIN
    if turn == 0 and own is not None:
        return Reply(_answering(own, NO_WORDS, NO[Mood.PLAIN][0]), Meaning.NO)
    return Reply(customer.said(bank, offer.id, str(turn)), Meaning.NO)


def _acceptance(customer: Customer, prompt: QuestionPrompt, taste: Taste | None, turn: int) -> Reply:
    question = prompt.question
    about = (question.offer.id, str(turn))
    count = _how_many(customer, question.offer, question.count)
    choice = chosen_modifier(customer, prompt.choices) if prompt.choices is not None else None
    own = taste.words if taste is not None and taste.instead is None and turn == 0 else None
    if own is not None:
        words = _answering(own, YES_WORDS, YES[OfferKind.UPSELL][0])
    elif turn:
        words = customer.said(SAME_YES_AGAIN, *about)
    elif count < question.count:
        words = filled(customer.said(YES_TO_SOME, *about), count=number_text(count))
    else:
        words = customer.said(YES_IN if choice is not None else YES[question.kind], *about)
    if count < question.count:
        words = _naming(words, number_text(count), YES_TO_SOME[0])
    if choice is not None and prompt.choices is not None:
        name = next(entry.name for entry in prompt.choices.modifiers if entry.id == choice)
        lowered = LocalText(name.nb.lower(), name.en.lower())
        words = _naming(filled(words, choice=lowered), lowered)
    return Reply(words, Meaning.YES, choice=choice, count=count)


def _answering(words: LocalText, known: LocalText, plain: LocalText) -> LocalText:
    """The words, followed by a plain yes or no in each language in which they do not contain one."""
    both = []
    for text, word, more in ((words.nb, known.nb, plain.nb), (words.en, known.en, plain.en)):
        both.append(text if word in re.findall(r"\w+", text.lower()) else f"{text} {more}")
    return LocalText(*both)


def _naming(words: LocalText, name: LocalText, how: LocalText = CHOOSING[0]) -> LocalText:
    """The words, followed by a sentence that names what the customer means in each language in which they do not.

    Only what was said is scored, so the flavour, the number and the other item must be in the words.
    """
    said = filled(how, name=name, count=name)
    both = []
    for text, named, more in ((words.nb, name.nb, said.nb), (words.en, name.en, said.en)):
        both.append(text if named.lower() in text.lower() else f"{text} {more}")
    return LocalText(*both)


def _how_many(customer: Customer, offer: Offer, meant: int) -> int:
    """The number of units for a yes: some customers want the better version for some units only."""
    if meant == 1 or draw(customer.seed, customer.scenario.id, "some", offer.id) >= SOME_OF_THEM:
        return meant
    return 1 + int(draw(customer.seed, customer.scenario.id, "how many", offer.id) * (meant - 1))


def chosen_modifier(customer: Customer, group: ModifierGroup) -> str | None:
    """The flavour that the customer takes: the one in their taste, else a random one that they tolerate."""
    left = [entry.id for entry in group.without(customer.scenario.allergens).modifiers]
    liked = [taste.choice for taste in customer.scenario.tastes if taste.choice in left]
    return liked[0] if liked else pick(left, customer.seed, "choice", group.id) if left else None


def _settle_line(customer: Customer, prompt: StopPrompt) -> Reply:
    """The answer about the first line at which checkout stops: what they ordered is confirmed if it can be sold; other
    lines are removed."""
    stop = prompt.stops[0]
    if stop.can_be_confirmed and _alike(customer, stop.line):
        return Reply(customer.said(CONFIRMING, stop.line.sku), Meaning.YES)
    return Reply(customer.said(LEAVING_OUT, stop.line.sku), Meaning.NO)


def _choose_filling(customer: Customer, prompt: SlotPrompt, order: Order, menu: Menu) -> Reply:
    slot = prompt.slot
    wishes = [
        (named if (named := dict(wanted.fillings).get(slot.id)) is not None else slot.default, wanted.quantity)
        for wanted in _alike(customer, prompt.line)
    ]
    there = [(line.filling(slot.id), line.quantity) for line in _settled(order, prompt.line) if slot.id in line.chosen]
    choice, count = _next_wish(wishes, there)
    if choice not in prompt.choices:
        safe = [sku for sku in prompt.choices if menu.items[sku].allergens.is_safe_for(customer.scenario.allergens)]
        usual = [sku for sku in safe if sku == slot.default]
        choice = pick(usual or safe or list(prompt.choices), customer.seed, "filling", slot.id)
    return _choosing(customer, small_text(menu.items[choice].name, menu), choice, count, prompt.line, slot.id)


def _choose_modifier(customer: Customer, prompt: ModifierPrompt, order: Order, menu: Menu) -> Reply:
    ids = [entry.id for entry in prompt.group.modifiers]

    def named(modifiers: Iterable[str]) -> str | None:
        return next((name for name in modifiers if name in ids), None)

    wishes = [(named(wanted.modifiers), wanted.quantity) for wanted in _alike(customer, prompt.line)]
    there = [(named(line.modifiers), line.quantity) for line in _settled(order, prompt.line)]
    choice, count = _next_wish(wishes, there)
    if choice is None:
        choice = chosen_modifier(customer, prompt.group) or ids[0]
    name = menu.modifiers[choice].name
    lowered = LocalText(name.nb.lower(), name.en.lower())
    return _choosing(customer, lowered, choice, count, prompt.line, prompt.group.id)


def _alike(customer: Customer, line: LineItem) -> list[Wanted]:
    """The wishes for a line's item; none for a line that an offer brought."""
    scenario = customer.scenario
    wishes = (*scenario.wants, *(scenario.late.wants if scenario.late is not None else ()))
    return [wanted for wanted in wishes if wanted.sku == line.sku and line.offered is None]


def _settled(order: Order, line: LineItem) -> list[LineItem]:
    """The other lines of the same item."""
    return [entry for entry in order.lines if entry.sku == line.sku and entry.id != line.id]


def _next_wish(
    wishes: Iterable[tuple[str | None, int]], there: Iterable[tuple[str | None, int]]
) -> tuple[str | None, int]:
    """The first choice that the order still lacks, and the number missing; (None, 0) if none."""
    left: Counter[str | None] = Counter()
    for choice, quantity in wishes:
        left[choice] += quantity
    for choice, quantity in there:
        left[choice] -= quantity
    return next(((choice, count) for choice, count in left.items() if count > 0), (None, 0))


def _choosing(customer: Customer, name: LocalText, choice: str, count: int, line: LineItem, about: str) -> Reply:
    """The choice for a line: for all its units, or for some, and then the words say so."""
    if 0 < count < line.quantity:
        words = filled(customer.said(CHOOSING_FOR_SOME, about), name=name, count=number_text(count))
        return Reply(words, Meaning.CHOICE, choice=choice, count=count)
    return Reply(filled(customer.said(CHOOSING, about), name=name), Meaning.CHOICE, choice=choice)


def proof_of_age(customer: Customer, least: int) -> Reply:
    """The answer to being asked for proof of age: a yes if they are old enough."""
    age = customer.scenario.age
    grown = age is None or age >= least
    years = number_text(age if age is not None else least + 3 + int(draw(customer.seed, "age") * 40))
    bank = OLD_ENOUGH if grown else TOO_YOUNG
    return Reply(filled(customer.said(bank, "age"), years=years), Meaning.YES if grown else Meaning.NO)


def _serving(customer: Customer) -> Reply:
    mode = customer.scenario.serving_mode
    bank = EATING_IN if mode is ServingMode.EAT_IN else TAKING_AWAY
    return Reply(customer.said(bank, "serving"), Meaning.CHOICE, choice=mode.value)


def _pay(customer: Customer, prompt: PaymentPrompt, order: Order, turn: int) -> Reply:
    late = customer.scenario.late
    if late is not None and turn == 0 and not order.tenders:
        return Reply(late.words, Meaning.CHANGES)
    tried = ways_tried(customer.scenario.payments, order.tenders)
    words, pays = pays_now(customer.scenario, prompt.due, tried, customer.seed)
    return Reply(words, Meaning.PAYS, pays=pays)


def _terminal(customer: Customer, order: Order) -> Reply:
    """What the terminal shows after the customer has held a card or phone to it; one who pays in cash does not."""
    _, pays = pays_now(
        customer.scenario, Money(), ways_tried(customer.scenario.payments, order.tenders[:-1]), customer.seed
    )
    if pays.kind is TenderKind.CASH:
        return Reply(customer.said(PAYING_CASH_NOT_CARD, "terminal"), Meaning.NOTHING)
    if pays.declined:
        return Reply(customer.said(CARD_DECLINED, "terminal"), Meaning.DECLINED)
    return Reply(customer.said(CARD_APPROVED, "terminal"), Meaning.APPROVED)
