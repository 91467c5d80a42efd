"""The first part of a score: was the order rung as the customer wanted it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pos.domain.menu.items import MenuItem, Modifier, Sku
from pos.domain.menu.menu import Menu
from pos.domain.order.order import (
    LineItem,
    Order,
    add_line,
    drop_line,
    goods_in,
    has_food,
    noted_anywhere,
    put_line,
)
from pos.domain.order.questions import Offer, OfferKind, Outcome
from pos.domain.text import LocalText
from pos.domain.value import replace
from pos.training.customer.scenarios import LateWish, wanted_line, wanted_order
from pos.training.customer.speaking import allergen_text, is_change_to
from pos.training.rounds import Did, Round
from pos.training.scoring import rubric
from pos.training.scoring.rubric import ScorePart
from pos.training.scoring.score import ScoreLine
from pos.training.scoring.telling import changes_text, fillings_text
from pos.training.skills import Skill


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing as it was wanted or rung."""

    sku: Sku
    modifiers: tuple[str, ...]
    fillings: tuple[tuple[str, Sku], ...]
    size_said: bool


def order_lines(played: Round, menu: Menu) -> list[ScoreLine]:
    """The lines for what the order earns, and for what each mistake in it costs. The order is taken as it was paid,
    without what the answers brought.

    A late wish counts as followed when the order is nearer to what was wished then than to what was ordered first.
    """
    own, late = played.own_order, played.scenario.late
    mistakes = list(_mistakes(played, own, menu, None))
    followed = False
    if late is not None:
        changed = list(_mistakes(played, own, menu, late))
        followed = _cost_of(changed) < _cost_of(mistakes)
        mistakes = changed if followed else mistakes
    mistakes += _beyond_answers(played, menu)
    left = rubric.ORDER
    lines = [ScoreLine(ScorePart.ORDER, "score-order" if mistakes else "score-order-right", rubric.ORDER, rubric.ORDER)]
    for mistake in mistakes:
        taken = min(-mistake.earned, left)
        left -= taken
        lines.append(replace(mistake, earned=-taken))
    if late is not None:
        message_id, earned = ("score-late-right", rubric.LATE_WISH) if followed else ("score-late-wrong", 0.0)
        wish: dict[str, object] = {"said": late.words}
        lines.append(ScoreLine(ScorePart.ORDER, message_id, earned, rubric.LATE_WISH, Skill.CHANGED_MIND, wish))
    return lines


def _cost_of(mistakes: list[ScoreLine]) -> float:
    return -sum(mistake.earned for mistake in mistakes)


def _mistakes(played: Round, own: Order, menu: Menu, late: LateWish | None) -> Iterator[ScoreLine]:
    wanted = wanted_order(played.scenario, menu, own.opened_at)
    if late is not None:
        wanted = _as_wished(wanted, late, menu)
    yield from _line_mistakes(wanted, own, menu, _told_fillings(played, menu))
    for name in sorted(wanted.allergens - noted_anywhere(own)):
        yield _cost("score-allergen-missing", rubric.MISSED_ALLERGEN, Skill.ALLERGENS, allergen=allergen_text(name))
    for name in sorted(noted_anywhere(own) - wanted.allergens):
        yield _cost("score-allergen-extra", rubric.NEEDLESS_ALLERGEN, Skill.ALLERGENS, allergen=allergen_text(name))
    if has_food(menu, wanted) and played.order.serving_mode is not wanted.serving_mode:
        yield _cost("score-serving-wrong", rubric.WRONG_SERVING_MODE, Skill.SERVING_MODE, mode=wanted.serving_mode)
    for code in wanted.codes:
        if code not in played.order.codes:
            yield _cost("score-coupon-missing", rubric.MISSED_COUPON, Skill.COUPON, code=code)
    if wanted.language is not None and (played.order.language or played.language) != wanted.language:
        yield _cost("score-language-missing", rubric.WRONG_LANGUAGE, Skill.LANGUAGE)


def _as_wished(wanted: Order, late: LateWish, menu: Menu) -> Order:
    """What was ordered, with the change of mind: one of each of `without` goes, `wants` come."""
    for sku in late.without:
        line = next((line for line in wanted.lines if line.sku == sku), None)
        if line is not None:
            fewer = replace(line, quantity=line.quantity - 1)
            wanted = put_line(wanted, fewer) if fewer.quantity else drop_line(wanted, line.id)
    for entry in late.wants:
        wanted = add_line(wanted, wanted_line(entry, menu))
    return wanted


def _told_fillings(played: Round, menu: Menu) -> frozenset[tuple[str, str]]:
    """What the customer answered for a slot or a group other than what they had ordered, because that could not be had.

    A choice with which one of several like things was ordered is no answer for the others.
    """
    late = played.scenario.late
    lines = [wanted_line(entry, menu) for entry in (*played.scenario.wants, *(late.wants if late is not None else ()))]
    ordered = {choice for line in lines for choice in (*(sku for _, sku in line.fillings), *line.modifiers)}
    return frozenset(
        (step.offer.split()[-1], step.reply.choice)
        for step in played.every(Did.REPLIED)
        if step.kind is None and step.offer is not None and step.reply is not None
        if step.reply.choice is not None and step.reply.choice not in ordered
    )


def _beyond_answers(played: Round, menu: Menu) -> Iterator[ScoreLine]:
    """More, or less, of what was offered is in the order than the yes was for."""
    for kind in OfferKind:
        question = played.order.question(kind)
        if question is None or question.answer is not Outcome.ACCEPTED:
            continue
        keyed = next((step for step in reversed(played.of(kind)) if step.did is Did.KEYED), None)
        meant = max(1, keyed.count if keyed is not None else question.count)
        there = sum(line.quantity for line in played.order.lines if line.offered is kind)
        name = _offered_name(question.offer, menu)
        if there > meant:
            yield _cost("score-line-extra", rubric.WRONG_LINE, Skill.CORRECTIONS, name=name, count=there - meant)
        elif there < meant:
            yield _cost("score-line-missing", rubric.WRONG_LINE, Skill.CORRECTIONS, name=name, count=meant - there)


def _offered_name(offer: Offer, menu: Menu) -> LocalText:
    if offer.modifier is not None:
        return menu.modifiers[offer.modifier].name
    return menu.items[offer.sku or ""].full_name


def _cost(message_id: str, points: float, skill: Skill | None, **values: object) -> ScoreLine:
    return ScoreLine(ScorePart.ORDER, message_id, -points, 0.0, skill, values)


def _units(order: Order) -> Counter[Unit]:
    found: Counter[Unit] = Counter()
    for line in order.lines:
        found[_unit(line)] += line.quantity
    return found


def _unit(line: LineItem) -> Unit:
    return Unit(line.sku, tuple(sorted(line.modifiers)), tuple(sorted(line.fillings)), line.size_said)


def _line_mistakes(wanted: Order, rung: Order, menu: Menu, told: frozenset[tuple[str, str]]) -> Iterator[ScoreLine]:
    """What differs, thing by thing. The things that are most alike are compared with each other."""
    want, have = _units(wanted), _units(rung)
    exact = want & have
    missing, extra = want - exact, have - exact
    unmarked = list(_paired(missing, extra, lambda one, other: _bare(one) == _bare(other)))
    if (missing or extra) and _come_to_the_same(wanted, rung, menu):
        yield ScoreLine(ScorePart.ORDER, "score-order-loose", 0.0, 0.0)
        missing, extra = Counter(), Counter()
    for one, _, count in unmarked:
        message_id = "score-size-unmarked" if one.size_said else "score-size-marked"
        if _has_sizes(one, menu):
            yield _cost(message_id, rubric.SIZE_MARK, Skill.SIZES_SAID, name=_name(one, menu), count=count)
    for one, other, _ in list(_paired(missing, extra, lambda one, other: one.sku == other.sku)):
        yield from _differences(one, other, menu, told)
    for one, other, _ in list(_paired(missing, extra, lambda one, other: _kin(one, menu) == _kin(other, menu))):
        names = {"name": _name(other, menu), "wanted": _name(one, menu)}
        yield _cost("score-wrong-size", rubric.WRONG_SIZE, Skill.SIZES_SAID, **names)
    for one, count in missing.items():
        yield _cost("score-line-missing", rubric.WRONG_LINE, Skill.CORRECTIONS, name=_name(one, menu), count=count)
    for one, count in extra.items():
        yield _cost("score-line-extra", rubric.WRONG_LINE, Skill.CORRECTIONS, name=_name(one, menu), count=count)


def _paired(
    missing: Counter[Unit], extra: Counter[Unit], like: Callable[[Unit, Unit], bool]
) -> Iterator[tuple[Unit, Unit, int]]:
    """Take pairs that are alike out of both. Yields each pair and how many there were."""
    for one in list(missing):
        for other in list(extra):
            count = min(missing[one], extra[other])
            if count and like(one, other):
                missing[one] -= count
                extra[other] -= count
                yield one, other, count
    for units in (missing, extra):
        for unit in [unit for unit, count in units.items() if not count]:
            del units[unit]


def _bare(unit: Unit) -> Unit:
    return replace(unit, size_said=False)


def _differences(wanted: Unit, rung: Unit, menu: Menu, told: frozenset[tuple[str, str]]) -> Iterator[ScoreLine]:
    """What differs between two of the same item. What the customer answered when the till asked is as good as
    ordered."""
    name = _name(wanted, menu)
    changes = (changes_text(wanted.modifiers, menu), changes_text(rung.modifiers, menu))
    if wanted.modifiers != rung.modifiers and not _was_told(wanted.modifiers, rung.modifiers, told):
        yield _cost("score-wrong-changes", rubric.WRONG_CHANGES, Skill.CHANGES, **_told_apart(name, changes))
    wants = dict(wanted.fillings)
    wrong = {slot: sku for slot, sku in rung.fillings if wants.get(slot) != sku and (slot, sku) not in told}
    if wrong:
        fillings = (_filled_with((wants.get(slot) for slot in wrong), menu), _filled_with(wrong.values(), menu))
        yield _cost("score-wrong-slot", rubric.WRONG_SLOT, Skill.SLOTS, **_told_apart(name, fillings))


def _filled_with(skus: Iterable[Sku | None], menu: Menu) -> LocalText:
    return fillings_text([sku for sku in skus if sku is not None], menu)


def _told_apart(name: LocalText, texts: tuple[LocalText, LocalText]) -> dict[str, object]:
    """The values of a line: the thing, what the customer wanted with it, and what was rung."""
    return {"name": name, "wanted": texts[0], "rung": texts[1]}


def _was_told(wanted: tuple[str, ...], rung: tuple[str, ...], told: frozenset[tuple[str, str]]) -> bool:
    """Whether every modifier that differs is one that the customer named when the till asked."""
    choices = {choice for _, choice in told}
    return bool(choices) and set(wanted) <= set(rung) and set(rung) - set(wanted) <= choices


def _come_to_the_same(wanted: Order, rung: Order, menu: Menu) -> bool:
    """Whether the customer gets the same: a meal rung as loose things, or the other way round (the till finds the best
    price by itself), or a dip rung by itself or as a change of what it goes with."""
    return _handed_over(wanted, menu) == _handed_over(rung, menu)


def _handed_over(order: Order, menu: Menu) -> tuple[Counter[Sku], Counter[str]]:
    """The units of each item that the customer gets, and of each change that is not sold by itself."""
    goods, changes = goods_in(menu, order), Counter[str]()
    for line in order.lines:
        for name in line.modifiers:
            thing = _sold_by_itself(menu.modifiers[name], menu)
            if thing is None:
                changes[name] += line.quantity
            else:
                goods[thing.sku] += line.quantity
    return goods, changes


def _sold_by_itself(modifier: Modifier, menu: Menu) -> MenuItem | None:
    """The item that a change adds, if the menu sells that by itself under the same name and for the same price."""
    return next(
        (
            item
            for item in menu.items.values()
            if item.price == modifier.price and not item.retired and is_change_to(modifier, item)
        ),
        None,
    )


def _has_sizes(unit: Unit, menu: Menu) -> bool:
    """Whether the mark matters: there is another size to be asked about."""
    item = menu.items[unit.sku]
    return item.family is not None and unit.sku in menu.ladders


def _kin(unit: Unit, menu: Menu) -> str:
    return menu.items[unit.sku].kin


def _name(unit: Unit, menu: Menu) -> LocalText:
    return menu.items[unit.sku].full_name
