"""A scenario: what one practice customer wants, says, accepts and pays with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from pos.domain.menu.items import ServingMode, Sku
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.order import LineItem, Order, TenderKind, add_line, new_line
from pos.domain.order.questions import Offer, OfferKind, Reason
from pos.domain.text import LocalText
from pos.domain.value import replace
from pos.training.skills import Skill

GROUP_FROM = 4
"""This many items to eat and drink are an order for several people."""

LEVELS = range(1, 6)
"""From the first day (1) to rush hour (5)."""

NOON = time(12, 30)
NO_LESSON = LocalText("", "")


class Mood(StrEnum):
    """How a customer is today: it colours their words and how likely they are to say yes."""

    PLAIN = "plain"
    WARM = "warm"
    FLAT = "flat"
    RUDE = "rude"
    HURRIED = "hurried"
    MERRY = "merry"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A thing that the customer wants. `fillings` pairs slots with what the customer wants in them; a slot not named
    stays at its default. `size_said` says whether the customer speaks of the size."""

    sku: Sku
    quantity: int = 1
    size_said: bool = False
    modifiers: tuple[str, ...] = ()
    fillings: tuple[tuple[str, Sku], ...] = ()


class QueryKind(StrEnum):
    """What a customer may want to know."""

    ALLERGEN = "allergen"
    PRICE = "price"
    CHEAPEST = "cheapest"


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the customer's: is `allergen` in `about`, what does `about` cost, what is cheapest in the category
    `about`?"""

    kind: QueryKind
    about: str
    allergen: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something a customer says in one breath; with a `query` they wait for an answer."""

    words: LocalText
    query: Query | None = None


@dataclass(frozen=True, slots=True)
class Taste:
    """What a customer thinks of an offer: of an item or modifier (`offer`), of a `kind`, or of any.

    `chance` is how likely a yes is, 0 to 1. `choice` is the flavour they would take; `instead` an item that they ask
    for in its place, if the question holds it too. `words` replace the usual ones.
    """

    chance: float
    offer: str | None = None
    kind: OfferKind | None = None
    choice: str | None = None
    instead: Sku | None = None
    words: LocalText | None = None

    def is_about(self, offer: Offer) -> bool:
        """Whether it speaks of an offer."""
        if self.offer is not None:
            return self.offer in (offer.sku, offer.modifier)
        return self.kind is None or self.kind is offer.kind


@dataclass(frozen=True, slots=True)
class Payment:
    """One way the customer means to pay: `amount` of what is due (None: all that is left). For cash, `hands` is the
    money in their hand (None: exactly what is due). A card that is `declined` is followed by the next payment."""

    kind: TenderKind
    amount: Money | None = None
    hands: Money | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class LateWish:
    """A change of mind at payment: one of each of `without` goes, `wants` come."""

    words: LocalText
    without: tuple[Sku, ...] = ()
    wants: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One practice customer, whole.

    `skills` are what it teaches, `lesson` what a trainer says about it afterwards. `rest` is the reason why this
    customer should not be asked anything. `at` is the time of day, `sold_out` what cannot be had, `language` the
    customer's own where it is not the till's. `age` is what their proof of age says; None is old enough for anything.
    """

    id: str
    level: int
    title: LocalText
    skills: tuple[Skill, ...]
    wants: tuple[Wanted, ...]
    says: tuple[Utterance, ...]
    serving_mode: ServingMode
    payments: tuple[Payment, ...]
    lesson: LocalText = NO_LESSON
    mood: Mood = Mood.PLAIN
    tastes: tuple[Taste, ...] = ()
    allergens: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()
    language: str | None = None
    rest: Reason | None = None
    late: LateWish | None = None
    at: time = NOON
    sold_out: frozenset[Sku] = frozenset()
    rush: bool = False
    age: int | None = None

    @property
    def is_generated(self) -> bool:
        """Whether it was made from the menu, not written."""
        return self.id.startswith(GENERATED)


GENERATED = "generated-"


def wanted_line(wanted: Wanted, menu: Menu) -> LineItem:
    """The line that rings a wanted thing rightly. In a slot that the menu wants asked, a customer who names nothing
    wants the default."""
    item = menu.items[wanted.sku]
    line = new_line(menu, item, wanted.quantity)
    usual = [(slot.id, slot.default) for slot in menu.meal_slots(item) if slot.ask and slot.default is not None]
    for slot, sku in (*usual, *wanted.fillings):
        line = line.filled(slot, sku)
    return replace(line, modifiers=wanted.modifiers, size_said=wanted.size_said)


def wanted_order(scenario: Scenario, menu: Menu, at: datetime) -> Order:
    """The order as it should stand at checkout, before any question: what a perfect seller rings."""
    order = Order(scenario.id, 1, at)
    for wanted in scenario.wants:
        order = add_line(order, wanted_line(wanted, menu))
    return replace(
        order,
        serving_mode=scenario.serving_mode,
        allergens=scenario.allergens,
        codes=scenario.codes,
        language=scenario.language,
        checking_out=True,
    )


def lost_names(scenario: Scenario, menu: Menu) -> tuple[str, ...]:
    """What a scenario needs that a menu does not sell (any more): such a scenario cannot be played with it.

    Names of items, modifiers, slots and coupon codes, each once, in the order of the scenario.
    """
    return tuple(dict.fromkeys(_lost(scenario, menu)))


def _lost(scenario: Scenario, menu: Menu) -> Iterator[str]:
    late = scenario.late or LateWish(NO_LESSON)
    for wanted in (*scenario.wants, *late.wants):
        yield from _lost_of(wanted, menu)
    yield from _not_sold(late.without, menu)
    for said in scenario.says:
        if said.query is not None and said.query.kind is QueryKind.CHEAPEST:
            yield from () if said.query.about in menu.categories else (said.query.about,)
        elif said.query is not None:
            yield from _not_sold([said.query.about], menu)
    codes = {entry.code for entry in menu.incentives.values()}
    yield from (code for code in scenario.codes if code not in codes)


def _lost_of(wanted: Wanted, menu: Menu) -> Iterator[str]:
    item = menu.items.get(wanted.sku)
    if item is None or item.retired:
        yield wanted.sku
        return
    yield from (name for name in wanted.modifiers if not menu.takes_modifier(item, name))
    slots = {slot.id: slot for slot in menu.meal_slots(item)}
    for name, sku in wanted.fillings:
        if name not in slots:
            yield name
        elif slots[name].choice(sku) is None:
            yield sku


def _not_sold(skus: Iterable[Sku], menu: Menu) -> Iterator[Sku]:
    return (sku for sku in skus if sku not in menu.items or menu.items[sku].retired)


def kind_of_order(wants: Iterable[Wanted], menu: Menu) -> Skill:
    """Which of the five kinds an order is: for several people, of certain hours, a meal, what could be one, or little.

    Read off the menu's own structure, so that it holds for any menu.
    """
    wanted = [(entry, menu.items[entry.sku]) for entry in wants]
    if sum(entry.quantity for entry, _ in wanted) >= GROUP_FROM:
        return Skill.ASK_GROUP
    if any(item.dayparts and item.age_limit is None for _, item in wanted):
        return Skill.ASK_HOURS
    if any(item.meal is not None for _, item in wanted):
        return Skill.ASK_MEAL
    return Skill.ASK_SINGLE if any(item.sku in menu.meals_of for _, item in wanted) else Skill.ASK_SMALL
