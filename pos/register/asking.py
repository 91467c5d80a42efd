"""The verbs of checking out: prompts answered, questions answered, questions that nobody should be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NoReturn
from zlib import crc32

from pos.domain.differences import is_fair
from pos.domain.errors import Refused
from pos.domain.items import Sku
from pos.domain.ledger import EventName, OfferEvent
from pos.domain.margins import margin_left
from pos.domain.offers import MOST_OF_AN_OFFER, still_eligible
from pos.domain.order import LineItem, Order, change_some, put_line
from pos.domain.prompts import ModifierPrompt, QuestionPrompt, SlotPrompt
from pos.domain.questions import SAID_REASONS, Offer, OfferKind, Outcome, Question, Reason
from pos.domain.stopping import still_confirmed, stop_at
from pos.domain.upgrades import accept
from pos.register.core import TooSoon
from pos.register.redeeming import Redeeming
from pos.wording import wording

CONTROL_SHARE = "control-share"
"""The setting for the share of orders that are kept free of questions, in basis points."""


class Asking(Redeeming):
    """The verbs between ringing and payment. No route to payment passes by the two questions."""

    def checkout(self) -> None:
        """Go from ringing to whatever has to be asked first."""
        order = self._open_order()
        if not order.lines:
            raise Refused("order-empty")
        exempt = Reason.CONTROL if self._is_control(order) else order.exempt
        self._commit_answer("checkout", replace(order, checking_out=True, answer_count=0, exempt=exempt))

    def _is_control(self, order: Order) -> bool:
        """Whether nothing is asked of an order, to learn what asking adds: the same orders every time, and so many of
        them as the shop has set. One that has been asked, or must not be, stays as it is."""
        if order.questions or order.exempt is not None or not order.is_sale:
            return False
        share = self.store.settings.get(CONTROL_SHARE)
        return share is not None and crc32(order.id.encode()) % 10_000 < int(share)

    def confirm(self, line_id: int) -> None:
        """The customer has confirmed a line that holds a noted allergen, or may for all that is known of it.

        Raises `Refused` for a line that needs no confirmation, and for one that cannot be sold.
        """
        order, line = self._open_order(), self._line(line_id)
        stop = stop_at(line, order, self.moment())
        if stop is None or not order.checking_out:
            raise Refused("nothing-to-confirm")
        if not stop.can_be_confirmed:
            raise Refused("cannot-be-confirmed", name=stop.obstacles[0].name)
        given = line.stands_confirmed
        before = ((), ()) if given is None else (given.contains, given.unknown)
        contains, unknown = dict.fromkeys((*before[0], *stop.contains)), dict.fromkeys((*before[1], *stop.unknown))
        confirmed = replace(line, confirmed=line.confirmation(contains, unknown))
        self._commit_answer("confirm", put_line(order, confirmed))

    def go_back(self) -> None:
        """Back to ringing; an open question stays open."""
        self._commit("go_back", replace(self._open_order(), checking_out=False, answer_count=0))

    def choose(self, choice: Sku) -> None:
        """Answer *what goes in the slot?* with a SKU, or *which flavour?* with a modifier: for as many of the line as
        are meant. The rest of the line stays, and is asked about next."""
        order = self._open_order()
        prompt = self.prompt()
        if isinstance(prompt, SlotPrompt) and choice in prompt.choices:
            answer = partial(LineItem.filled, slot=prompt.slot.id, sku=choice)
        elif isinstance(prompt, ModifierPrompt) and any(entry.id == choice for entry in prompt.group.modifiers):
            answer = partial(self._modified, modifier=choice)
        else:
            raise Refused("no-such-choice")
        order = change_some(order, prompt.line, prompt.count, self._answered(answer))
        self._commit_answer("choose", replace(order, answer_count=0))

    def _answered(self, change: Callable[[LineItem], LineItem]) -> Callable[[LineItem], LineItem]:
        """The change that an answer makes to a line; what the customer confirmed of it stands where it can."""
        return lambda line: still_confirmed(line, change(line), self.order, self.moment())

    # the question

    def yes(self, choice: str | None = None) -> None:
        """Accept what is shown, in a choice (a flavour) or without one: the till then asks for it."""
        prompt = self._asked()
        question, moment = prompt.question, self.moment()
        if choice is not None:
            group = prompt.choices
            if group is None or not any(entry.id == choice for entry in group.modifiers):
                raise Refused("no-such-choice")
        if not any(offer.id == question.offer.id for offer in still_eligible(question, self.order, moment)):
            self._give_way(question.offer)
        order = accept(self.order, question.offer, question.count, moment, choice)
        before, after = moment.price(self.order), moment.price(order)
        gain = after.total - before.total
        margin = margin_left(after, self.menu) - margin_left(before, self.menu)
        self._settle(prompt, replace(question, gain=gain, margin=margin), Outcome.ACCEPTED, order)

    def _give_way(self, offer: Offer) -> NoReturn:
        """What was offered is gone since it was shown: the next best takes its place, and has not been read yet."""
        self.look_again()
        if offer.sku is not None:
            self._sellable(offer.sku)
        raise TooSoon("too-soon")

    def no(self) -> None:
        """The customer declined."""
        prompt = self._asked()
        self._settle(prompt, prompt.question, Outcome.DECLINED, self.order)

    def not_asked(self) -> None:
        """The cashier did not ask: no reason, no PIN, and it stays in the count."""
        prompt = self._asked()
        self._settle(prompt, prompt.question, Outcome.NOT_ASKED, self.order)

    def not_for_customer(self, reason: Reason) -> None:
        """A child alone, asked to be left alone, staff or remake, not present: no refusal, and both questions rest."""
        order = self._open_order()
        if reason not in SAID_REASONS:
            raise Refused("no-such-choice")
        channel = self.channel()
        if channel is not None:
            raise Refused("channel-not-asked", name=channel.name)
        self._commit("not_for_customer", replace(order, exempt=reason))

    def mean(self, delta: int) -> None:
        """More or fewer of what is offered, or of the line that a choice is for; price and words follow.

        For a choice all and one lie beside each other: one more than all of them is one.
        """
        prompt = self.prompt()
        if isinstance(prompt, SlotPrompt | ModifierPrompt):
            order, units = self._open_order(), prompt.line.quantity
            if units == 1:
                raise Refused("only-one-of-it")
            self._commit("mean", replace(order, answer_count=(prompt.count - 1 + delta) % units + 1))
            return
        question = self._question().question
        most = question.offer.units if question.kind is OfferKind.UPSELL else MOST_OF_AN_OFFER
        count = question.count + delta
        if not 1 <= count <= most:
            raise Refused("no-such-choice")
        if not is_fair(self.order, question.offer, count, self.moment()):
            raise Refused("count-loses-discount", count=count)
        self._commit("mean", self.order.with_question(replace(question, count=count)))

    def turn(self, delta: int) -> None:
        """Show the next or the one before of the candidates, when the customer leads there."""
        question = self._question().question
        if len(question.candidates) == 1:
            raise Refused("no-other-offer")
        now = self.now
        fresh = question.turned_to((question.shown + delta) % len(question.candidates), now)
        passed = OfferEvent(EventName.PASSED, question.kind, question.offer.id, now)
        shown = OfferEvent(EventName.SHOWN, fresh.kind, fresh.offer.id, now, units=fresh.offer.units)
        self._commit("turn", self.order.with_question(fresh), (passed, shown))

    def _question(self) -> QuestionPrompt:
        """The question that stands. Raises `Refused` when none does."""
        self._open_order()
        prompt = self.prompt()
        if not isinstance(prompt, QuestionPrompt):
            raise Refused("no-question")
        return prompt

    def _asked(self) -> QuestionPrompt:
        """The question, once it has stood long enough for somebody to have read it."""
        prompt = self._question()
        if self.timeline.is_within(self.patience, prompt.question.presented_at):
            raise TooSoon("too-soon")
        return prompt

    def _milliseconds(self, since: datetime) -> int | None:
        """How long ago a time was; None if unknown."""
        elapsed = self.elapsed(since)
        return None if elapsed is None else round(elapsed.total_seconds() * 1000)

    def _settle(self, prompt: QuestionPrompt, question: Question, outcome: Outcome, order: Order) -> None:
        now = self.now
        count = question.count if outcome is Outcome.ACCEPTED else 0
        said = wording(self.order.language or self.language).question(prompt, self.menu)
        asked_of = prompt.difference.total - prompt.difference.more
        answered = replace(
            question,
            answer=outcome,
            answered_at=now,
            answer_ms=self._milliseconds(question.shown_at),
            order_total=asked_of + question.gain,
            phrase=prompt.phrase,
            spoken_words=len(said.split()),
        )
        event = OfferEvent(
            EventName.ANSWERED,
            question.kind,
            question.offer.id,
            now,
            outcome=outcome,
            count=count,
            units=question.offer.units,
        )
        self._commit_answer(outcome, order.with_question(answered), (event,))
