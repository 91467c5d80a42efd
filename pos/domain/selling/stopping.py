"""The one stop before the questions: lines that can no longer be sold, or that contain a noted allergen."""

from __future__ import annotations

from collections import Counter

from pos.domain.menu.allergens import AllergenCard, AllergenState
from pos.domain.menu.unsold import Unsold
from pos.domain.moment import Moment
from pos.domain.order.order import LineItem, Order, line_allergens, noted_on
from pos.domain.selling.selling import Obstacle, obstacles
from pos.domain.value import replace, value


@value
class Stop:
    """A line at which checkout stops: what of it cannot be sold, and the noted allergens that it contains or that are
    unknown. The customer can confirm the allergens; what cannot be sold has to be changed."""

    line: LineItem
    obstacles: tuple[Obstacle, ...]
    contains: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def can_be_confirmed(self) -> bool:
        """Whether the only obstacles are allergens."""
        return not self.obstacles


def stops(order: Order, moment: Moment) -> tuple[Stop, ...]:
    """The lines at which checkout stops now, in order; empty if all can be sold and are safe or confirmed.

    Source: rules 3 and 14.
    """
    found = (stop_at(line, order, moment) for line in order.lines)
    return tuple(stop for stop in found if stop is not None)


def stop_at(line: LineItem, order: Order, moment: Moment) -> Stop | None:
    """Why checkout stops at a line; None if it does not."""
    in_the_way = in_the_way_of(line, order, moment)
    contains, unknown = _unconfirmed(line, order, moment, in_the_way)
    if not (in_the_way or contains or unknown):
        return None
    return Stop(line, in_the_way, contains, unknown)


def in_the_way_of(line: LineItem, order: Order, moment: Moment) -> tuple[Obstacle, ...]:
    """What keeps a line from being paid; empty for one that was on the menu when it was rung and is not sold out."""
    return tuple(entry for entry in obstacles(line, order.serving_mode, moment) if not _was_sold(entry, moment))


def _was_sold(obstacle: Obstacle, moment: Moment) -> bool:
    """Whether an item was on the menu when it was rung and is still known: no more of it is sold, but this can be
    paid."""
    return obstacle.why is Unsold.GONE and obstacle.part in moment.menu.items


def _unconfirmed(
    line: LineItem, order: Order, moment: Moment, in_the_way: tuple[Obstacle, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The noted allergens that a line contains and those that are unknown, less those confirmed."""
    noted = noted_on(order, line)
    if not noted or any(obstacle.why is Unsold.GONE for obstacle in in_the_way):
        return (), ()
    contains = noted_in(line, noted, AllergenState.CONTAINS, moment)
    unknown = noted_in(line, noted, AllergenState.UNKNOWN, moment)
    given = line.stands_confirmed
    if given is None:
        return contains, unknown
    return (
        tuple(name for name in contains if name not in given.contains),
        tuple(name for name in unknown if name not in (*given.contains, *given.unknown)),
    )


def still_confirmed(before: LineItem, after: LineItem, order: Order, moment: Moment) -> LineItem:
    """A line after a choice (a drink, a flavour): its confirmation stays, unless the choice contains a noted allergen,
    or that is unknown. Source: rule 3, one stop."""
    given, noted = before.stands_confirmed, noted_on(order, after)
    if given is None or not _is_safe_answer(before, after, noted, moment):
        return after
    card = line_allergens(moment.menu, after)
    contains = [name for name in given.contains if card.state(name) is AllergenState.CONTAINS]
    known = (*given.contains, *given.unknown)
    unknown = [name for name in known if card.state(name) is AllergenState.UNKNOWN]
    return replace(after, confirmed=after.confirmation(contains, unknown))


def _is_safe_answer(before: LineItem, after: LineItem, noted: frozenset[str], moment: Moment) -> bool:
    """Whether nothing new in a line contains a noted allergen or leaves it unknown."""
    menu = moment.menu
    cards = [menu.items[sku].allergens for slot, sku in after.fillings if before.filling(slot) != sku]
    new = Counter(after.modifiers) - Counter(before.modifiers)
    cards += [AllergenCard(menu.modifiers[modifier].adds) for modifier in new]
    unsafe = (AllergenState.CONTAINS, AllergenState.UNKNOWN)
    return not any(card.state(name) in unsafe for card in cards for name in noted)


def noted_in(line: LineItem, noted: frozenset[str], state: AllergenState, moment: Moment) -> tuple[str, ...]:
    """The noted allergens of a line in a state."""
    card = line_allergens(moment.menu, line)
    return tuple(name for name in sorted(noted) if card.state(name) is state)


def may_contain(order: Order, moment: Moment) -> tuple[tuple[LineItem, tuple[str, ...]], ...]:
    """The lines that may contain a noted allergen, and which: mentioned in one sentence, and not confirmed."""
    known = (line for line in order.lines if noted_on(order, line))
    found = ((line, noted_in(line, noted_on(order, line), AllergenState.MAY_CONTAIN, moment)) for line in known)
    return tuple((line, names) for line, names in found if names)
