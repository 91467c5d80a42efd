"""Puts into words of both languages what was keyed, and what the customer said or wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos.domain.menu.allergens import AllergenState
from pos.domain.menu.items import Sku
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.order import Tender, TenderKind, TenderState
from pos.domain.order.questions import Offer, Outcome, Question
from pos.domain.text import LocalText
from pos.training.customer.customers import Meaning, Reply
from pos.training.customer.paying import Pays
from pos.training.customer.scenarios import Query, QueryKind
from pos.training.customer.speaking import both, change_text, item_text, listed, small, small_text
from pos.training.rounds import RoundStep


def answers_told(step: RoundStep, reply: Reply, question: Question | None, menu: Menu) -> tuple[LocalText, LocalText]:
    """The answer that was keyed to a question, and the one that the customer gave: `ja til 2 × stor cola`, `nei`.

    If either is for several of a thing, both name the number.
    """
    several = max(step.count, reply.count) > 1
    return _keyed(step, question, menu, several=several), _said(step, reply, question, menu, several=several)


def _keyed(step: RoundStep, question: Question | None, menu: Menu, *, several: bool) -> LocalText:
    if step.outcome is not Outcome.ACCEPTED:
        outcome = step.outcome or Outcome.NOT_ASKED
        return both(lambda words: words.outcome(outcome))
    return _yes(_offer(step.offer, question), step.choice, max(1, step.count) if several else 0, menu)


def _said(step: RoundStep, reply: Reply, question: Question | None, menu: Menu, *, several: bool) -> LocalText:
    if reply.means is Meaning.NO:
        return both(lambda words: words.outcome(Outcome.DECLINED))
    count = max(1, reply.count) if several else 0
    return _yes(_offer(reply.offer or step.offer, question), reply.choice, count, menu)


def _offer(offer_id: str | None, question: Question | None) -> Offer | None:
    """The candidate of that id, else the one that was shown."""
    if question is None:
        return None
    return next((entry for entry in question.candidates if entry.id == offer_id), question.offer)


def _yes(offer: Offer | None, choice: str | None, count: int, menu: Menu) -> LocalText:
    if offer is None:
        return both(lambda words: words.outcome(Outcome.ACCEPTED))
    thing = offer_text(offer, menu)
    if choice is not None and choice in menu.modifiers:
        flavour = menu.modifiers[choice].name
        thing = LocalText(f"{thing.nb} ({small(flavour.nb)})", f"{thing.en} ({small(flavour.en)})")
    if count:
        thing = LocalText(f"{count} × {thing.nb}", f"{count} × {thing.en}")
    return both(lambda words: words.text("told-yes", thing=thing))


def offer_text(offer: Offer, menu: Menu) -> LocalText:
    """The name of what was offered, in the middle of a sentence: `stor cheeseburgermeny`."""
    if offer.modifier is not None:
        return change_text(menu.modifiers[offer.modifier])
    item = menu.items.get(offer.sku or "")
    return item_text(item, menu) if item is not None else LocalText("–", "–")


def told_text(query: Query, given: str, menu: Menu) -> LocalText:
    """An answer to a customer's own question: `15 kroner`, an allergen's state, or what is cheapest."""
    if query.kind is QueryKind.ALLERGEN:
        state = AllergenState(given)
        return both(lambda words: words.text(f"practice-answer-{state.value.replace('_', '-')}"))
    if query.kind is QueryKind.PRICE:
        amount = Money(int(given))
        return both(lambda words: words.spoken(amount))
    item = menu.items.get(given)
    return item.full_name if item is not None else LocalText(given, given)


def payment_text(pays: Pays | None) -> LocalText:
    """How the customer paid: `200 kroner kontant`, `kort`, `50 kroner på kort`."""
    if pays is None:
        return both(lambda words: words.text("told-nothing"))
    kind, amount = pays.kind, pays.handed or pays.amount
    called = both(lambda words: words.label(kind).lower())
    said = _tender_text(called, amount)
    if amount is None and kind is TenderKind.CASH:
        said = both(lambda words: words.text("told-exact", kind=called))
    return both(lambda words: words.text("told-declined", payment=said)) if pays.declined else said


def tenders_text(tenders: Sequence[Tender]) -> LocalText:
    """The tenders that were keyed for a payment."""
    if not tenders:
        return payment_text(None)
    return listed(map(_tender, tenders))


def _tender(tender: Tender) -> LocalText:
    called = both(lambda words: words.tender(tender).lower())
    said = _tender_text(called, tender.handed)
    is_declined = tender.state is TenderState.DECLINED
    return both(lambda words: words.text("told-declined", payment=said)) if is_declined else said


def _tender_text(kind: LocalText, amount: Money | None) -> LocalText:
    if amount is None:
        return kind
    return both(lambda words: words.text("told-tender", amount=amount, kind=kind))


def changes_text(modifiers: Iterable[str], menu: Menu) -> LocalText:
    """The changes to an item by their menu names: `uten løk og ekstra bacon`; or that there are none."""
    names = [menu.modifiers[name].name for name in modifiers]
    if not names:
        return both(lambda words: words.text("told-no-changes"))
    return listed(LocalText(small(name.nb), small(name.en)) for name in names)


def fillings_text(skus: Iterable[Sku], menu: Menu) -> LocalText:
    """The fillings of a meal's slots; or that there are none."""
    names = [small_text(menu.items[sku].name, menu) for sku in skus]
    return listed(names) if names else both(lambda words: words.text("told-nothing"))
