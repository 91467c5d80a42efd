"""The moment of an order: menu, taxes, time, what is sold out, pairings and chances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import TypeAlias

from pos.domain.business_day import business_day
from pos.domain.menu.items import MenuItem, Modifier, ModifierGroup, ServingMode, Sku, Slot
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.menu.unsold import CountryRule, Unsold, no_rule
from pos.domain.money import Money
from pos.domain.order.order import Order
from pos.domain.order.questions import Reason
from pos.domain.pricing.margins import margins_of
from pos.domain.pricing.price import Priced, price
from pos.domain.pricing.taxes import TaxRules
from pos.domain.value import replace, value


@value
class Chance:
    """What was learned about an offer: the probability of a yes, and the margin of one unit before VAT.

    `spread` is the standard deviation of `yes`. `priority`, if given, replaces the manager's: higher for a pinned
    offer, lower for one that hardly fits. `second` is the factor for an order that already has something of the kind.
    """

    yes: float
    margin: Money
    spread: float = 0.0
    priority: int | None = None
    second: float = 1.0

    def worth(self, margin: int, second: bool) -> tuple[float, float]:
        """The expected margin of asking, in øre, for a first or a second of its kind; and its standard deviation."""
        each = margin * self.second if second else margin
        return self.yes * each, self.spread * abs(each)


Chances: TypeAlias = Mapping[str, Chance]
"""By offer id. An offer without an entry counts as a certain yes: the manager's order and the margin decide."""


class Prices:
    """A cache of prices: each order is priced once for a menu and taxes.

    Its key is what a price depends on. It keeps a few orders: those that one key press needs.
    """

    MOST = 128

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], tuple[Priced, Menu, TaxRules]] = {}

    def of(self, order: Order, menu: Menu, taxes: TaxRules) -> Priced:
        """The order with its money, by `price`."""
        said = order.serving_mode, order.codes, order.next_visit, order.purpose, order.discount
        key = (id(menu), id(taxes), order.lines, *said)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= self.MOST:
                self._known.clear()
            # Keeping the menu and the taxes makes sure that their ids are not reused.
            found = self._known[key] = price(order, menu, taxes), menu, taxes
        return found[0]


@dataclass(frozen=True)
class Moment:
    """What is true at the counter when an order is looked at. `now` is local time, with its offset.

    `sold_out` are SKUs; `pairings` those triggered by the SKUs in the order, the best of each trigger first; `never`
    are offers that the shop excludes. `exploration` is the share of questions in which another offer than the best
    known may be asked, to learn; None while nothing is learned from answers. `modifiers_out` are sold-out modifiers;
    `rule` is the country's law about selling.
    """

    menu: Menu
    taxes: TaxRules
    now: datetime
    sold_out: frozenset[Sku] = frozenset()
    pairings: Mapping[Sku, tuple[Pairing, ...]] = field(default_factory=dict)
    chances: Chances = field(default_factory=dict)
    rush: bool = False
    exploration: float | None = None
    never: frozenset[str] = frozenset()
    zone: tzinfo | None = None
    """The shop's time zone; without it the offset of `now` holds all day."""
    modifiers_out: frozenset[str] = frozenset()
    rule: CountryRule = no_rule
    said: Menu | None = None
    """The menu of the order's fixed price, completed with today's."""
    prices: Prices = field(default_factory=Prices, compare=False, repr=False)
    basis: object = field(default_factory=object, init=False, compare=False, repr=False)
    """Equal in moments made from each other by `later`, and in no others."""

    def later(self, now: datetime) -> Moment:
        """The same moment a little later, within a second: hours of sale begin and end at whole seconds."""
        made = object.__new__(Moment)
        made.__dict__.update(self.__dict__, now=now)
        return made

    @property
    def business_day(self) -> date:
        """The current business day."""
        return self.day_of(self.now)

    def day_of(self, at: datetime) -> date:
        """The business day that an instant belongs to."""
        return business_day(at, self.menu.day_ends, self.zone)

    def price(self, order: Order) -> Priced:
        """The order priced now: by the menu, or by the one of its fixed price, whichever says less."""
        now = self.prices.of(order, self.menu, self.taxes)
        if self.said is None:
            return now
        return min(now, self.prices.of(order, self.said, self.taxes), key=lambda it: it.menu_total)

    def is_as_said(self, order: Order) -> bool:
        """Whether the menu of its fixed price makes the order cheaper than the current one."""
        now = self.prices.of(order, self.menu, self.taxes)
        return self.said is not None and self.price(order).menu_total < now.menu_total

    def holds_at(self, earlier: Moment) -> bool:
        """Whether everything that an order, its price or its offers depend on is as at an earlier moment."""
        return self.basis is earlier.basis or (
            self.menu is earlier.menu
            and self.said is earlier.said
            and self.taxes is earlier.taxes
            and self.chances is earlier.chances
            and (self.sold_out, self.modifiers_out, self.rush, self.never, self.exploration)
            == (earlier.sold_out, earlier.modifiers_out, earlier.rush, earlier.never, earlier.exploration)
            and (self.closed, self.modifiers_unavailable, self._by_law)
            == (earlier.closed, earlier.modifiers_unavailable, earlier._by_law)
            and self.business_day == earlier.business_day
        )

    @cached_property
    def _by_law(self) -> tuple[Unsold | None, ...]:
        """What the law now says about each regulated item and modifier, in each serving mode."""
        regulated: tuple[MenuItem | Modifier, ...] = (*self.menu.regulated, *self.menu.regulated_modifiers)
        return tuple(self.rule(entry, mode, self.now) for entry in regulated for mode in ServingMode)

    def margin(self, item: MenuItem, mode: ServingMode | None) -> Money:
        """The margin of one of an item: its price without VAT, less its cost."""
        return Money(self.margins(mode)[item.sku])

    def margins(self, mode: ServingMode | None) -> Mapping[Sku, int]:
        """The margin of one of each item, in øre."""
        return margins_of(self.menu, mode, self.taxes)

    @cached_property
    def closed(self) -> frozenset[Sku]:
        """The SKUs that are not sold at this time of day, by the menu's dayparts or by law."""
        closed = self.menu.closed_at(self.now.time())
        by_law = [item.sku for item in self.menu.regulated if self.rule(item, None, self.now) is not None]
        return closed | frozenset(by_law) if by_law else closed

    @cached_property
    def modifiers_unavailable(self) -> frozenset[str]:
        """The modifiers that are not available now: sold out, or forbidden by law at this time."""
        regulated = self.menu.regulated_modifiers
        by_law = [entry.id for entry in regulated if self.rule(entry, None, self.now) is not None]
        return self.modifiers_out | frozenset(by_law) if by_law else self.modifiers_out

    @cached_property
    def unavailable(self) -> frozenset[Sku]:
        """The SKUs that are not available now: sold out, out of hours, or no longer on the menu."""
        return self.sold_out | self.closed | self.menu.retired

    def in_daypart(self, item: MenuItem) -> bool:
        """Whether an item, and a meal's main item, is sold at this time of day."""
        return item.sku not in self.closed and (item.meal is None or item.meal.main not in self.closed)

    def is_sold_out(self, item: MenuItem) -> bool:
        """Whether an item is not available: the item itself, a meal's main item, every choice of a slot, or too many
        modifiers of a group."""
        if item.sku in self.sold_out or (item.meal is not None and item.meal.main in self.sold_out):
            return True
        if self.unavailable and any(not self.slot_choices(slot) for slot in self.menu.meal_slots(item)):
            return True
        if not self.modifiers_unavailable:
            return False
        return any(len(self.can_choose(group).modifiers) < group.minimum for group in self.menu.item_groups(item))

    def slot_choices(self, slot: Slot) -> tuple[Sku, ...]:
        """The available choices of a slot, the default first."""
        skus = [choice.sku for choice in slot.choices if choice.sku not in self.unavailable]
        return tuple(sorted(skus, key=lambda sku: sku != slot.default))

    def only_choice(self, slot: Slot) -> Sku | None:
        """The single available choice of a slot without a supplement; None if somebody has to choose."""
        choices = [choice for choice in slot.choices if choice.sku not in self.unavailable]
        return choices[0].sku if len(choices) == 1 and not choices[0].supplement else None

    def can_choose(self, group: ModifierGroup) -> ModifierGroup:
        """The group without unavailable modifiers."""
        if not self.modifiers_unavailable:
            return group
        left = tuple(entry for entry in group.modifiers if entry.id not in self.modifiers_unavailable)
        return replace(group, modifiers=left)

    def why_unsold(self, sku: Sku, mode: ServingMode | None = None) -> Unsold | None:
        """Why an item by itself cannot be sold now in a serving mode; a meal without its parts."""
        item = self.menu.items.get(sku)
        if item is None or item.retired:
            return Unsold.GONE
        if sku in self.sold_out:
            return Unsold.SOLD_OUT
        if sku in self.closed:
            return Unsold.HOURS
        return self.rule(item, mode, self.now)

    def why_modifier_unsold(self, modifier: str, mode: ServingMode | None = None) -> Unsold | None:
        """Why a modifier cannot be sold now in a serving mode."""
        known: Modifier | None = self.menu.modifiers.get(modifier)
        if known is None:
            return Unsold.GONE
        return Unsold.SOLD_OUT if modifier in self.modifiers_out else self.rule(known, mode, self.now)

    def why_not(self, item: MenuItem) -> Reason | None:
        """Why an item may not be offered to anybody now, or None."""
        if item.retired or self.menu.has_age_limit(item):
            return Reason.NOTHING_TO_OFFER
        if not self.in_daypart(item):
            return Reason.DAYPART
        if self.is_sold_out(item):
            return Reason.SOLD_OUT
        return None
