"""Critical faults: each makes the round worth 0, whatever was earned elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.menu.allergens import AllergenCard, AllergenState
from pos.domain.menu.items import Sku
from pos.domain.menu.menu import Menu
from pos.domain.order.order import (
    LineItem,
    Order,
    TenderKind,
    TenderState,
    everything_in,
    line_allergens,
    noted_anywhere,
)
from pos.domain.order.questions import Offer, OfferKind, Outcome
from pos.domain.text import LocalText
from pos.domain.value import replace
from pos.training.customer.customers import Meaning, Reply
from pos.training.customer.paying import TakenInRound, taken_for
from pos.training.customer.queries import right_answer
from pos.training.customer.scenarios import Query, QueryKind, wanted_line, wanted_order
from pos.training.customer.speaking import allergen_text
from pos.training.rounds import Did, Round, RoundStep
from pos.training.scoring.rubric import ScorePart
from pos.training.scoring.score import ScoreLine
from pos.training.scoring.telling import payment_text, tenders_text
from pos.training.skills import Skill


def fault_lines(played: Round, menu: Menu) -> list[ScoreLine]:
    """A line for each critical fault of a finished round, each once: an allergy missed, something charged that was
    refused, an age not asked, wrong change, a payment that nobody made. Their points are worked out with the score.
    """
    found = [*_allergies(played, menu), *_charged(played, menu), *_ages(played, menu), *_money(played)]
    seen: dict[tuple[str, str], ScoreLine] = {}
    for line in found:
        seen.setdefault((line.message_id, str(sorted(line.values.items()))), line)
    return list(seen.values())


def _fault(message_id: str, skill: Skill, **values: object) -> ScoreLine:
    return ScoreLine(ScorePart.CRITICAL, message_id, 0.0, 0.0, skill, values)


# allergies


def _allergies(played: Round, menu: Menu) -> Iterator[ScoreLine]:
    """An allergen that was not noted, was offered or sold, or was wrongly said to be absent."""
    for name in sorted(played.scenario.allergens - noted_anywhere(played.order)):
        yield _fault("fault-allergy-not-noted", Skill.ALLERGENS, allergen=allergen_text(name))
    for step in played.every(Did.SAID):
        if step.unsafe:
            yield _fault("fault-allergy-offered", Skill.ALLERGENS, allergen=allergen_text(step.unsafe))
    yield from _sold(played, menu)
    for step in played.every(Did.TOLD):
        query = played.scenario.says[step.query or 0].query
        if query is not None and _is_told_safe(query, step.given, menu):
            what, allergen = menu.items[query.about].full_name, allergen_text(query.allergen)
            yield _fault("fault-allergy-told", Skill.CUSTOMER_ASKS, allergen=allergen, name=what)


def _sold(played: Round, menu: Menu) -> Iterator[ScoreLine]:
    """Lines that hold an allergen that the customer spoke of, unless they asked for that very thing themselves."""
    late = played.scenario.late
    wants = (*played.scenario.wants, *(late.wants if late is not None else ()))
    wanted = [wanted_line(entry, menu) for entry in wants]
    for name in sorted(played.scenario.allergens):
        theirs = {kin for line in wanted for kin in _holders(menu, line, name)}
        for line in played.order.lines:
            if not _holders(menu, line, name) <= theirs:
                what = menu.items[line.sku].full_name
                yield _fault("fault-allergy-sold", Skill.ALLERGENS, allergen=allergen_text(name), name=what)


def _is_told_safe(query: Query, given: str | None, menu: Menu) -> bool:
    """Whether the customer was told that something is free of an allergen, against the menu."""
    if query.kind is not QueryKind.ALLERGEN or given != AllergenState.NO:
        return False
    return right_answer(query, menu) != AllergenState.NO


def _holders(menu: Menu, line: LineItem, allergen: str) -> set[str]:
    """What contains an allergen in a line, whatever its size: a thing, alone or in a meal, or what is added to it.

    A meal, its parts rung one by one, and another size of them give the same.
    """
    item = menu.items[line.sku]
    main = item if item.meal is None else menu.items[item.meal.main]
    alone = replace(line, fillings=())
    found = {menu.items[sku].kin for _, sku in line.fillings if _is_in(menu.items[sku].allergens, allergen)}
    added = {name for name in line.modifiers if allergen in menu.modifiers[name].adds}
    without = replace(alone, modifiers=tuple(name for name in line.modifiers if name not in added))
    if _is_in(line_allergens(menu, without), allergen):
        found.add(main.kin)
    if _is_in(line_allergens(menu, alone), allergen):
        found |= added
    return found


def _is_in(card: AllergenCard, allergen: str) -> bool:
    return card.state(allergen) is AllergenState.CONTAINS


# something charged that was refused


def _charged(played: Round, menu: Menu) -> Iterator[ScoreLine]:
    """A yes was keyed that the customer did not give, or for more than they said; or something was rung that they
    refused."""
    for kind in OfferKind:
        keyed, reply = standing_answer(played.of(kind)), last_reply(played.of(kind))
        if keyed is not None and keyed.outcome is Outcome.ACCEPTED:
            if not _covers(keyed, reply):
                yield _fault(
                    "fault-charged", Skill.HEARING_RIGHT, number=kind.number, name=_offered(played, kind, menu)
                )
        elif reply is not None and reply.means is Meaning.NO and _is_rung_anyway(played, kind, menu):
            yield _fault("fault-charged", Skill.TAKING_NO, number=kind.number, name=_offered(played, kind, menu))


def standing_answer(steps: tuple[RoundStep, ...]) -> RoundStep | None:
    """The answer to a question that stood in the end."""
    keyed: RoundStep | None = None
    for step in steps:
        if step.did is Did.KEYED:
            keyed = step
        elif step.did is Did.TAKEN_BACK:
            keyed = None
    return keyed


def last_reply(steps: tuple[RoundStep, ...]) -> Reply | None:
    """The last thing that the customer answered to a question."""
    return next((step.reply for step in reversed(steps) if step.did is Did.REPLIED), None)


def _covers(keyed: RoundStep, reply: Reply | None) -> bool:
    """Whether the customer said yes to what was keyed, and to as many."""
    if reply is None or reply.means is Meaning.NO:
        return False
    if reply.means is Meaning.ANOTHER:
        return keyed.offer == reply.offer and keyed.count <= max(1, reply.count)
    return keyed.count <= max(1, reply.count)


def _offer(played: Round, kind: OfferKind) -> Offer | None:
    question = played.order.question(kind)
    return None if question is None else question.offer


def _offered(played: Round, kind: OfferKind, menu: Menu) -> LocalText:
    """The name of what was offered."""
    offer = _offer(played, kind)
    if offer is not None and offer.modifier is not None:
        return menu.modifiers[offer.modifier].name
    if offer is not None and offer.sku is not None:
        return menu.items[offer.sku].full_name
    return LocalText("–", "–")


def _is_rung_anyway(played: Round, kind: OfferKind, menu: Menu) -> bool:
    """Whether more of what was refused is in the order than the customer ordered themselves."""
    offer = _offer(played, kind)
    if offer is None:
        return False
    wanted = [wanted_order(played.scenario, menu, played.order.opened_at)]
    if played.scenario.late is not None:
        late = tuple(wanted_line(entry, menu) for entry in played.scenario.late.wants)
        wanted.append(Order("", 0, played.order.opened_at, late))
    own = played.own_order
    if offer.modifier is not None:
        name = offer.modifier
        return _modified(own, name) > sum(_modified(order, name) for order in wanted)
    sku = offer.sku or ""
    return _counted(own, sku, menu) > sum(_counted(order, sku, menu) for order in wanted)


def _counted(order: Order, sku: Sku, menu: Menu) -> int:
    return sum(line.quantity for line in order.lines for item in everything_in(menu, line) if item.sku == sku)


def _modified(order: Order, modifier: str) -> int:
    return sum(line.quantity for line in order.lines if modifier in line.modifiers)


# ages


def _ages(played: Round, menu: Menu) -> Iterator[ScoreLine]:
    """Something with an age limit was sold to somebody who was not asked, or who is too young."""
    limited = [item for line in played.order.lines for item in everything_in(menu, line) if item.age_limit is not None]
    if not limited:
        return
    item = max(limited, key=lambda entry: entry.age_limit or 0)
    asked = played.first(Did.ASKED_AGE)
    age = played.scenario.age
    if asked is None:
        yield _fault("fault-age-not-asked", Skill.PROOF_OF_AGE, name=item.full_name, age=item.age_limit or 0)
    elif age is not None and age < (item.age_limit or 0):
        yield _fault("fault-age-sold", Skill.PROOF_OF_AGE, name=item.full_name, age=item.age_limit or 0)


# money


def _money(played: Round) -> Iterator[ScoreLine]:
    """Change was given for another sum than was handed over, or a payment was keyed that nobody made."""
    said = [step.reply.pays for step in played.every(Did.TENDERED) if step.reply is not None and step.reply.pays]
    for taken in taken_for(said, played.order.tenders):
        if _is_invented(taken):
            yield _fault("fault-unpaid", Skill.CARD, taken=tenders_text(taken.tenders))
        elif taken.pays is not None and taken.pays.kind is TenderKind.CASH and _has_wrong_change(taken):
            handed, keyed = payment_text(taken.pays), tenders_text(taken.tenders)
            yield _fault("fault-change", Skill.CASH, said=handed, taken=keyed)


def _is_invented(taken: TakenInRound) -> bool:
    """Cash that nobody handed over, or a card that was declined."""
    counted = [tender for tender in taken.tenders if tender.state is TenderState.APPROVED]
    if any(tender.kind is TenderKind.CASH for tender in counted):
        return taken.pays is None or taken.pays.kind is not TenderKind.CASH
    return bool(counted) and taken.pays is not None and (taken.pays.declined or taken.pays.kind is TenderKind.CASH)


def _has_wrong_change(taken: TakenInRound) -> bool:
    cash = [tender for tender in taken.tenders if tender.kind is TenderKind.CASH and tender.counts]
    if not cash or taken.pays is None:
        return False
    if taken.pays.handed is None:
        return any(tender.change for tender in cash)
    return sum(tender.handed.minor for tender in cash) != taken.pays.handed.minor
