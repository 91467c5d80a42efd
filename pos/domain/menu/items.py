"""What can be sold, and how it is built: items, modifiers, meals and their slots."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time
from enum import StrEnum
from typing import TypeAlias

from pos.domain.menu.allergens import AllergenCard, base
from pos.domain.money import ZERO, Money
from pos.domain.text import LocalText
from pos.domain.value import replace, value

Sku: TypeAlias = str


class VatClass(StrEnum):
    """The tax class of an item. The rate follows from it, the serving mode and the date."""

    FOOD = "food"
    ALCOHOL = "alcohol"
    TOBACCO = "tobacco"
    GOODS = "goods"
    SERVICE = "service"
    DEPOSIT = "deposit"
    """What is paid for a bottle or can and given back with it. No item is of this class."""


ITEM_VAT_CLASSES = tuple(vat for vat in VatClass if vat is not VatClass.DEPOSIT)
"""What a menu can say of an item or a modifier."""


class ArticleGroup(StrEnum):
    """What a thing is for the accounts of a serving place. A country has its own codes for them."""

    FOOD = "food"
    BEER = "beer"
    WINE = "wine"
    SPIRITS = "spirits"
    CIDER = "cider"
    """Cider and alcopops."""
    SOFT_DRINK = "soft_drink"
    """Mineral water, too."""
    OTHER_DRINK = "other_drink"
    """Coffee, tea, juice, milk."""
    TOBACCO = "tobacco"
    OTHER_GOODS = "other_goods"
    OTHER = "other"
    """None of these: a service, or alcohol of which the menu does not say what it is."""
    DEPOSIT = "deposit"
    """What is paid for bottles and cans. No item is in it."""

    def fits(self, vat: VatClass) -> bool:
        """Whether a thing of a tax class can be in it: alcohol is in its own groups only, tobacco and deposits each by
        itself."""
        if self is ArticleGroup.DEPOSIT or vat is VatClass.DEPOSIT:
            return self is GROUP_OF_CLASS[vat]
        if vat is VatClass.ALCOHOL:
            return self in OF_ALCOHOL
        return (self is ArticleGroup.TOBACCO) == (vat is VatClass.TOBACCO) or self is ArticleGroup.OTHER


ITEM_ARTICLE_GROUPS = tuple(group for group in ArticleGroup if group is not ArticleGroup.DEPOSIT)
"""What a menu can say of an item or a category."""

OF_ALCOHOL = (
    ArticleGroup.BEER,
    ArticleGroup.WINE,
    ArticleGroup.SPIRITS,
    ArticleGroup.CIDER,
    ArticleGroup.OTHER,
)
GROUP_OF_CLASS = {
    VatClass.FOOD: ArticleGroup.FOOD,
    VatClass.ALCOHOL: ArticleGroup.OTHER,
    VatClass.TOBACCO: ArticleGroup.TOBACCO,
    VatClass.GOODS: ArticleGroup.OTHER_GOODS,
    VatClass.SERVICE: ArticleGroup.OTHER,
    VatClass.DEPOSIT: ArticleGroup.DEPOSIT,
}
"""The group of what the menu says nothing of."""

RESTRICTED = (VatClass.ALCOHOL, VatClass.TOBACCO)
"""What not everybody may buy, whatever the menu says of its age limit."""


class ServingMode(StrEnum):
    """Where the customer eats."""

    EAT_IN = "eat_in"
    TAKE_AWAY = "take_away"


@value
class Daypart:
    """A part of the day in local time; `end` is exclusive. If it ends before it starts, it passes midnight."""

    id: str
    name: LocalText
    start: time
    end: time

    def holds(self, at: time) -> bool:
        """Whether a time of day is inside."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@value
class Category:
    """A page of tiles. `article_group` is that of its items, unless one has its own; None where the menu says none."""

    id: str
    name: LocalText
    article_group: ArticleGroup | None = None


@value
class Machine:
    """A machine that items are made on; when it is down, they are all sold out. Its name is definite: "the grill"."""

    id: str
    name: LocalText


@value
class Modifier:
    """A change to an item, free or paid; `adds` and `removes` are allergens. With an age limit (a shot in the coffee)
    it is never offered, and the cashier is reminded. `maximum` is how many of it an item can have. `vat` is None if it
    is taxed as the item; `leaves_out` marks a removed part, which the kitchen must not overlook."""

    id: str
    name: LocalText
    price: Money = ZERO
    cost: Money = ZERO
    adds: frozenset[str] = frozenset()
    removes: frozenset[str] = frozenset()
    age_limit: int | None = None
    maximum: int = 1
    vat: VatClass | None = None
    leaves_out: bool = False

    @property
    def is_restricted(self) -> bool:
        """Whether not everybody may buy it: it has an age limit, or is alcohol or tobacco."""
        return self.age_limit is not None or self.vat in RESTRICTED


@value
class ModifierGroup:
    """Modifiers of one kind: at least `minimum`, at most `maximum` of them on an item."""

    id: str
    name: LocalText
    minimum: int
    maximum: int
    modifiers: tuple[Modifier, ...]

    def without(self, allergens: Collection[str]) -> ModifierGroup:
        """The group without modifiers that add any of the allergens."""
        return replace(
            self, modifiers=tuple(entry for entry in self.modifiers if not {*map(base, entry.adds)} & {*allergens})
        )

    def for_anybody(self) -> ModifierGroup:
        """The group without modifiers that not everybody may buy."""
        if not any(entry.is_restricted for entry in self.modifiers):
            return self
        return replace(self, modifiers=tuple(entry for entry in self.modifiers if not entry.is_restricted))


@value
class SlotChoice:
    """A possible filling of a slot, and its supplement."""

    sku: Sku
    supplement: Money = ZERO


@value
class Slot:
    """A slot of a meal. Without a default the till asks for a choice; with `ask` it also asks if there is a default."""

    id: str
    name: LocalText
    choices: tuple[SlotChoice, ...]
    default: Sku | None = None
    ask: bool = False

    @property
    def only(self) -> Sku | None:
        """The filling of a slot with a single choice."""
        return self.choices[0].sku if len(self.choices) == 1 else None

    def choice(self, sku: Sku) -> SlotChoice | None:
        """The choice with a SKU, or None."""
        return next((choice for choice in self.choices if choice.sku == sku), None)


@value
class Meal:
    """The main item of a meal, and the ids of its slots."""

    main: Sku
    slots: tuple[str, ...]


@value
class MenuItem:
    """A sellable thing. `price` is as sold, VAT included; `cost` is without VAT. `deposit` is what its bottle or can
    costs on top, and gives back; a meal has none of its own. `article_group` is None where its category says it."""

    sku: Sku
    name: LocalText
    category: str
    price: Money
    cost: Money
    vat: VatClass
    allergens: AllergenCard
    price_take_away: Money | None = None
    plu: str | None = None
    barcode: str | None = None
    made_on: str | None = None
    dayparts: tuple[str, ...] = ()
    family: str | None = None
    size: LocalText | None = None
    modifiers: tuple[str, ...] = ()
    tile: bool = True
    age_limit: int | None = None
    meal: Meal | None = None
    retired: bool = False
    deposit: Money = ZERO
    article_group: ArticleGroup | None = None

    def price_in(self, mode: ServingMode | None) -> Money:
        """The price of one, before modifiers and supplements."""
        if mode is ServingMode.TAKE_AWAY and self.price_take_away is not None:
            return self.price_take_away
        return self.price

    @property
    def full_name(self) -> LocalText:
        """The name with the size, where there are sizes."""
        if self.size is None:
            return self.name
        return LocalText(f"{self.name.nb}, {self.size.nb}", f"{self.name.en}, {self.size.en}")

    @property
    def is_restricted(self) -> bool:
        """Whether not everybody may buy it: it has an age limit, or is alcohol or tobacco."""
        return self.age_limit is not None or self.vat in RESTRICTED

    @property
    def kin(self) -> str:
        """The family of its sizes; the item's own SKU if it has one size."""
        return self.family or self.sku
