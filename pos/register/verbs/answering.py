"""The verbs of the two questions: yes, no, not asked; how many, and which offer."""

from __future__ import annotations

from pos.domain.asking.differences import Difference, is_fair
from pos.domain.asking.offers import MOST_OF_AN_OFFER, still_eligible
from pos.domain.asking.upgrades import accept
from pos.domain.errors import Refused
from pos.domain.menu.items import Sku
from pos.domain.order.order import Order
from pos.domain.order.questions import OfferKind, Outcome, Question
from pos.domain.pricing.margins import margin_left
from pos.domain.prompts import ModifierPrompt, QuestionPrompt, SlotPrompt
from pos.domain.sale.ledger import EventName, OfferEvent
from pos.domain.value import replace, value
from pos.register.gate import Change, given, verb
from pos.register.needs import TooSoon, a_question, an_open_order
from pos.register.questions import restart_read_delay
from pos.register.scene import Scene, View
from pos.register.verbs.ringing import sellable
from pos.wording import wording


@value
class Painted:
    """What the screen showed when a question was answered: the offer, its count, and the price of a yes."""

    offer_id: str
    sku: Sku | None
    count: int
    difference: Difference


def painted(view: View) -> Painted | None:
    """What an answer to the question on the screen refers to; None if there is no question."""
    prompt = view.prompt
    if not isinstance(prompt, QuestionPrompt):
        return None
    offer = prompt.question.offer
    return Painted(offer.id, offer.sku, prompt.question.count, prompt.difference)


def a_question_read(scene: Scene, answered: Painted | None) -> QuestionPrompt:
    """The question, if it stood long enough to be read and still is what was painted.

    Otherwise nothing is answered: raises `TooSoon`, or `Refused` if the offered item has sold out meanwhile.
    """
    stands = painted(scene)
    if answered is not None and answered != stands:
        if answered.sku is not None and (stands is None or answered.offer_id != stands.offer_id):
            sellable(scene, answered.sku)
        raise TooSoon("too-soon")
    prompt = a_question(scene)
    if scene.reading.is_within(scene.setup.patience, prompt.question.presented_at):
        raise TooSoon("too-soon")
    return prompt


@verb
def yes(scene: Scene, choice: str | None = None, to: Painted | None = None) -> Change[None]:
    """Accept the offer, in a choice (such as a flavour). Without a choice the till asks for one next."""
    prompt = a_question_read(scene, to)
    question, moment, order = prompt.question, scene.moment, scene.order
    if choice is not None:
        group = prompt.choices
        if group is None or not any(entry.id == choice for entry in group.modifiers):
            raise Refused("no-such-choice")
    if not any(offer.id == question.offer.id for offer in still_eligible(question, order, moment)):
        if question.offer.sku is not None:
            sellable(scene, question.offer.sku)
        raise TooSoon("too-soon")
    after = accept(order, question.offer, question.count, moment, choice)
    before_price, after_price = moment.price(order), moment.price(after)
    gain = after_price.goods - before_price.goods
    margin = margin_left(after_price, scene.menu) - margin_left(before_price, scene.menu)
    return _answered(scene, prompt, replace(question, gain=gain, margin=margin), Outcome.ACCEPTED, after)


@verb
def no(scene: Scene, to: Painted | None = None) -> Change[None]:
    """The customer declined the offer."""
    prompt = a_question_read(scene, to)
    return _answered(scene, prompt, prompt.question, Outcome.DECLINED, scene.order)


@verb
def not_asked(scene: Scene, to: Painted | None = None) -> Change[None]:
    """The cashier did not ask. Needs no reason and no PIN; the order still counts as one that could have been asked."""
    prompt = a_question_read(scene, to)
    return _answered(scene, prompt, prompt.question, Outcome.NOT_ASKED, scene.order)


@verb
def change_offer_count(scene: Scene, delta: int) -> Change[None]:
    """Change how many are offered, or how many of a line a choice is for. Price and words follow.

    For a choice, one more than all of them is one.
    """
    prompt = scene.prompt
    if isinstance(prompt, SlotPrompt | ModifierPrompt):
        order, units = an_open_order(scene), prompt.line.quantity
        if units == 1:
            raise Refused("only-one-of-it")
        return scene.moved(replace(order, answer_count=(prompt.count - 1 + delta) % units + 1), result=None)
    question = a_question(scene).question
    most = question.offer.units if question.kind is OfferKind.UPSELL else MOST_OF_AN_OFFER
    count = question.count + delta
    if not 1 <= count <= most:
        raise Refused("no-such-choice")
    if not is_fair(scene.order, question.offer, count, scene.moment):
        raise Refused("count-loses-discount", count=count)
    return scene.moved(scene.order.with_question(replace(question, count=count)), result=None)


@given(a_question)
def next_candidate(scene: Scene, prompt: QuestionPrompt, delta: int) -> Change[None]:
    """Show the next or the previous candidate, because the customer asked for it."""
    question, now = prompt.question, scene.now
    if len(question.candidates) == 1:
        raise Refused("no-other-offer")
    fresh = question.turned_to((question.shown + delta) % len(question.candidates), now)
    passed = OfferEvent(EventName.PASSED, question.kind, question.offer.id, now)
    shown = OfferEvent(EventName.SHOWN, fresh.kind, fresh.offer.id, now, units=fresh.offer.units)
    return scene.moved(scene.order.with_question(fresh), result=None, events=(passed, shown))


def _answered(scene: Scene, prompt: QuestionPrompt, question: Question, outcome: Outcome, order: Order) -> Change[None]:
    """The order after an answer, and the event for the ledger."""
    said = wording(order.language or scene.language).question(prompt, scene.menu)
    answered = replace(
        question,
        answer=outcome,
        answered_at=scene.now,
        answer_ms=scene.reading.milliseconds(question.shown_at),
        order_total=scene.priced.goods + question.gain,
        phrase=prompt.phrase,
        spoken_words=len(said.split()),
    )
    event = OfferEvent(
        EventName.ANSWERED,
        question.kind,
        question.offer.id,
        scene.now,
        outcome=outcome,
        count=question.count if outcome is Outcome.ACCEPTED else 0,
        units=question.offer.units,
    )
    return scene.moved(restart_read_delay(order.with_question(answered), scene.now), result=None, events=(event,))
