"""The first part of a score: was the order rung as the customer wanted it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pos.domain.items import Sku
from pos.domain.menu import Menu
from pos.domain.order import LineItem, Order, goods_in, has_food, noted_anywhere
from pos.domain.text import LocalText
from pos.training import rubric
from pos.training.rounds import Round
from pos.training.rubric import Part
from pos.training.scenarios import LateWish, Wanted, wanted_line, wanted_order
from pos.training.score import ScoreLine
from pos.training.skills import Skill
from pos.training.speaking import allergen_text


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing as it was wanted or rung."""

    sku: Sku
    modifiers: tuple[str, ...]
    fillings: tuple[tuple[str, Sku], ...]
    size_said: bool


def order_lines(played: Round, menu: Menu) -> list[ScoreLine]:
    """What the order is worth, and what each mistake in it costs."""
    rung = played.rung or played.order
    mistakes = list(_mistakes(played, rung, menu))
    left = rubric.ORDER
    lines = [ScoreLine(Part.ORDER, "score-order" if mistakes else "score-order-right", rubric.ORDER, rubric.ORDER)]
    for mistake in mistakes:
        taken = min(-mistake.earned, left)
        left -= taken
        lines.append(replace(mistake, earned=-taken))
    if played.scenario.late is not None:
        lines.append(_late_line(played, played.scenario.late, menu))
    return lines


def _mistakes(played: Round, rung: Order, menu: Menu) -> Iterator[ScoreLine]:
    wanted = wanted_order(played.scenario, menu, rung.opened_at)
    yield from _line_mistakes(wanted, rung, menu)
    for name in sorted(wanted.allergens - noted_anywhere(rung)):
        yield _cost("score-allergen-missing", rubric.MISSED_ALLERGEN, Skill.ALLERGENS, allergen=allergen_text(name))
    for name in sorted(noted_anywhere(rung) - wanted.allergens):
        yield _cost("score-allergen-extra", rubric.NEEDLESS_ALLERGEN, Skill.ALLERGENS, allergen=allergen_text(name))
    asked = played.asked or played.order
    if has_food(menu, wanted) and asked.serving_mode is not wanted.serving_mode:
        yield _cost("score-serving-wrong", rubric.WRONG_SERVING_MODE, Skill.SERVING_MODE, mode=wanted.serving_mode)
    for code in wanted.codes:
        if code not in played.order.codes:
            yield _cost("score-coupon-missing", rubric.MISSED_COUPON, Skill.COUPON, code=code)
    if wanted.language is not None and played.order.language != wanted.language:
        yield _cost("score-language-missing", rubric.WRONG_LANGUAGE, Skill.LANGUAGE)


def _cost(message_id: str, points: float, skill: Skill | None, **values: object) -> ScoreLine:
    return ScoreLine(Part.ORDER, message_id, -points, 0.0, skill, values)


def _units(order: Order) -> Counter[Unit]:
    found: Counter[Unit] = Counter()
    for line in order.lines:
        found[_unit(line)] += line.quantity
    return found


def _unit(line: LineItem) -> Unit:
    return Unit(line.sku, tuple(sorted(line.modifiers)), tuple(sorted(line.fillings)), line.size_said)


def _line_mistakes(wanted: Order, rung: Order, menu: Menu) -> Iterator[ScoreLine]:
    """What differs, thing by thing: the likest things are set against each other."""
    want, have = _units(wanted), _units(rung)
    exact = want & have
    missing, extra = want - exact, have - exact
    unmarked = list(_paired(missing, extra, lambda one, other: _bare(one) == _bare(other)))
    if (missing or extra) and _come_to_the_same(wanted, rung, menu):
        yield ScoreLine(Part.ORDER, "score-order-loose", 0.0, 0.0)
        missing, extra = Counter(), Counter()
    for one, _, count in unmarked:
        message_id = "score-size-unmarked" if one.size_said else "score-size-marked"
        if _has_sizes(one, menu):
            yield _cost(message_id, rubric.SIZE_MARK, Skill.SIZES_SAID, name=_name(one, menu), count=count)
    for one, other, _ in list(_paired(missing, extra, lambda one, other: one.sku == other.sku)):
        yield from _differences(one, other, menu)
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
    """Take pairs that are like each other out of both, with how many."""
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


def _differences(wanted: Unit, rung: Unit, menu: Menu) -> Iterator[ScoreLine]:
    name = _name(wanted, menu)
    if wanted.modifiers != rung.modifiers:
        yield _cost("score-wrong-changes", rubric.WRONG_CHANGES, Skill.CHANGES, name=name)
    if wanted.fillings != rung.fillings:
        yield _cost("score-wrong-slot", rubric.WRONG_SLOT, Skill.SLOTS, name=name)


def _come_to_the_same(wanted: Order, rung: Order, menu: Menu) -> bool:
    """Whether a meal was rung as loose things, or the other way round: the till finds the best price by itself."""
    changes = [Counter(m for line in order.lines for m in line.modifiers * line.quantity) for order in (wanted, rung)]
    return changes[0] == changes[1] and goods_in(menu, wanted) == goods_in(menu, rung)


def _has_sizes(unit: Unit, menu: Menu) -> bool:
    """Whether the mark matters: there is another size to be asked about."""
    item = menu.items[unit.sku]
    return item.family is not None and unit.sku in menu.ladders


def _kin(unit: Unit, menu: Menu) -> str:
    return menu.items[unit.sku].kin


def _name(unit: Unit, menu: Menu) -> LocalText:
    return menu.items[unit.sku].full_name


def _late_line(played: Round, late: LateWish, menu: Menu) -> ScoreLine:
    """Whether the order changed between payment and paying by just what was wished."""
    before, after = goods_in(menu, played.asked or played.order), goods_in(menu, played.wished or played.order)
    wished = Counter(before)
    wished.subtract(_goods_of(tuple(Wanted(sku) for sku in late.without), played.order, menu))
    wished.update(_goods_of(late.wants, played.order, menu))
    if +wished == +after:
        return ScoreLine(Part.ORDER, "score-late-right", rubric.LATE_WISH, rubric.LATE_WISH, Skill.CHANGED_MIND)
    return ScoreLine(Part.ORDER, "score-late-wrong", 0.0, rubric.LATE_WISH, Skill.CHANGED_MIND)


def _goods_of(wants: tuple[Wanted, ...], order: Order, menu: Menu) -> Counter[Sku]:
    return goods_in(menu, replace(order, lines=tuple(wanted_line(wanted, menu) for wanted in wants)))
