"""Channels: delivery platforms and the telephone, each with its own price list."""

from __future__ import annotations

from enum import StrEnum

from pos.domain.menu.items import MenuItem, Modifier, ModifierGroup, ServingMode, Sku, Slot, SlotChoice
from pos.domain.money import Money, half_up
from pos.domain.text import LocalText
from pos.domain.value import replace, value

BASIS_POINTS = 10_000


class PaidWhere(StrEnum):
    """Who takes the customer's money."""

    PLATFORM = "platform"
    """The platform has it: one tender of the channel's own pays for the order."""
    HERE = "here"
    """The shop, as at the counter: an order by telephone."""


@value
class Channel:
    """A delivery platform, or the telephone. `markup`, in basis points, applies to every price of the menu except the
    items in `prices`, which have a price of their own in every serving mode. `serving` is the serving mode of all its
    orders; without `deals` there are no bundles, thresholds and meal prices. A retired channel is kept for the orders
    that have it."""

    id: str
    name: LocalText
    paid: PaidWhere
    markup: int = 0
    prices: tuple[tuple[Sku, Money], ...] = ()
    serving: ServingMode | None = None
    deals: bool = False
    retired: bool = False

    @property
    def is_platform(self) -> bool:
        """Whether the platform takes the customer's money."""
        return self.paid is PaidWhere.PLATFORM

    def raised(self, amount: Money) -> Money:
        """A menu price with the markup, to the øre."""
        return Money(half_up(amount.minor * (BASIS_POINTS + self.markup), BASIS_POINTS))

    def item(self, item: MenuItem) -> MenuItem:
        """An item at the channel's price."""
        own = dict(self.prices).get(item.sku)
        if own is not None:
            return replace(item, price=own, price_take_away=None)
        away = item.price_take_away
        return replace(item, price=self.raised(item.price), price_take_away=None if away is None else self.raised(away))

    def group(self, group: ModifierGroup) -> ModifierGroup:
        """A modifier group at the channel's prices."""
        return replace(group, modifiers=tuple(self._modifier(entry) for entry in group.modifiers))

    def slot(self, slot: Slot) -> Slot:
        """A slot with the channel's supplements."""
        choices = tuple(SlotChoice(choice.sku, self.raised(choice.supplement)) for choice in slot.choices)
        return replace(slot, choices=choices)

    def _modifier(self, modifier: Modifier) -> Modifier:
        return replace(modifier, price=self.raised(modifier.price))
