"""The menu as a whole, with the indexes that the counter looks things up in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time

from pos.domain.business_day import DAY_ENDS
from pos.domain.menu.accounts import NO_ACCOUNTS, Accounts
from pos.domain.menu.channels import Channel
from pos.domain.menu.incentives import Bundle, Incentive, Threshold
from pos.domain.menu.items import (
    GROUP_OF_CLASS,
    RESTRICTED,
    ArticleGroup,
    Category,
    Daypart,
    Machine,
    MenuItem,
    Modifier,
    ModifierGroup,
    ServingMode,
    Sku,
    Slot,
)
from pos.domain.menu.next_visit import NextVisitRules, Refusals
from pos.domain.menu.paths import Step, UpgradePath
from pos.domain.menu.scanning import NO_PREFIX, ScannerSetup, article_of
from pos.domain.money import ZERO, Money
from pos.domain.text import LocalText
from pos.domain.value import replace, value

TILE_LETTERS = "bceghilmopqrtuwxz"
"""The letters a tile may have: A S D F J K N V Y pay and answer, so no letter of an item can."""


@value
class Shop:
    """Who sells: the top of the receipt. `org_no` has nine digits."""

    name: str
    address: str
    post_code: str
    city: str
    org_no: str
    phone: str = ""


@dataclass(frozen=True)
class Menu:
    """Everything on the menu except pairings, which are fetched for the items of an order. Mappings keep the file's
    order."""

    shop: Shop
    items: Mapping[Sku, MenuItem]
    categories: Mapping[str, Category] = field(default_factory=dict)
    dayparts: Mapping[str, Daypart] = field(default_factory=dict)
    groups: Mapping[str, ModifierGroup] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    paths: Mapping[str, UpgradePath] = field(default_factory=dict)
    incentives: Mapping[str, Incentive] = field(default_factory=dict)
    machines: Mapping[str, Machine] = field(default_factory=dict)
    next_visit: NextVisitRules | None = None
    refusals: Refusals = Refusals.ORDER
    day_ends: time = DAY_ENDS
    """The end of the business day, local time."""
    scanner: ScannerSetup = NO_PREFIX
    kitchen_slip: bool = False
    """Whether the receipt printer prints a kitchen slip for each paid order."""
    channels: Mapping[str, Channel] = field(default_factory=dict)
    """Delivery platforms and the telephone, retired ones at the end."""
    lock_after: int = 0
    """Minutes without a key after which a till signs its person out; 0: never."""
    most_discount: int = 0
    """The largest discount that may be given by hand, in basis points; 0: none."""
    accounts: Accounts = NO_ACCOUNTS
    """The shop's own account numbers; the country has those that it leaves out."""
    most_tip: Money = ZERO
    """The largest tip that a payment may leave; zero: the shop takes none."""
    deals: bool = True
    """Whether bundles, thresholds and meal prices apply."""

    plus: Mapping[str, MenuItem] = field(init=False, repr=False, compare=False)
    barcodes: Mapping[str, MenuItem] = field(init=False, repr=False, compare=False)
    articles: Mapping[str, MenuItem] = field(init=False, repr=False, compare=False)
    """By the common form of a barcode, see `article_of`."""
    modifiers: Mapping[str, Modifier] = field(init=False, repr=False, compare=False)
    ladders: Mapping[Sku, tuple[tuple[UpgradePath, int], ...]] = field(init=False, repr=False, compare=False)
    meals_of: Mapping[Sku, tuple[MenuItem, ...]] = field(init=False, repr=False, compare=False)
    tiled: Mapping[str, tuple[MenuItem, ...]] = field(init=False, repr=False, compare=False)
    tabs: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The ids of the categories that have tiles, in the file's order."""
    prices: Mapping[ServingMode | None, Mapping[Sku, int]] = field(init=False, repr=False, compare=False)
    """What one of each item costs, in øre."""
    deposits: Mapping[Sku, int] = field(init=False, repr=False, compare=False)
    """The deposits of those items that have one, in øre."""
    bundles: tuple[Bundle, ...] = field(init=False, repr=False, compare=False)
    thresholds: tuple[Threshold, ...] = field(init=False, repr=False, compare=False)

    margins: dict[tuple[object, ...], Mapping[Sku, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """A memo that `pos.domain.pricing.margins` fills."""
    retired: frozenset[Sku] = field(init=False, repr=False, compare=False)
    regulated: tuple[MenuItem, ...] = field(init=False, repr=False, compare=False)
    """Items that a law may restrict: all except food, other goods and services."""
    lures: frozenset[str] = field(init=False, repr=False, compare=False)
    """Thresholds that give away something that not everybody may buy: no question leads to them."""
    regulated_modifiers: tuple[Modifier, ...] = field(init=False, repr=False, compare=False)
    closed: dict[frozenset[str], frozenset[Sku]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """A cache: the items that are not sold, by the current dayparts."""
    meal_shares: dict[tuple[object, ...], tuple[tuple[Sku, int], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """A memo that `pos.domain.pricing.price` fills."""
    at_channels: dict[str, Menu] = field(default_factory=dict, init=False, repr=False, compare=False)
    """A memo that `on_channel` fills."""

    def __post_init__(self) -> None:
        sold = [item for item in self.items.values() if not item.retired]
        incentives = self.incentives.values() if self.deals else ()
        indexes = {
            "plus": {item.plu: item for item in sold if item.plu},
            "barcodes": {item.barcode: item for item in sold if item.barcode},
            "articles": {article_of(item.barcode): item for item in sold if item.barcode},
            "modifiers": {modifier.id: modifier for group in self.groups.values() for modifier in group.modifiers},
            "ladders": _ladders(self),
            "meals_of": _meals_of(sold) if self.deals else {},
            "tiled": (tiled := _tiled(sold)),
            "tabs": tuple(category for category in self.categories if tiled.get(category)),
            "prices": _prices(self),
            "deposits": {sku: item.deposit.minor for sku, item in self.items.items() if item.deposit},
            "bundles": tuple(entry for entry in incentives if isinstance(entry, Bundle)),
            "thresholds": tuple(entry for entry in incentives if isinstance(entry, Threshold)),
            "retired": frozenset(item.sku for item in self.items.values() if item.retired),
            "regulated": tuple(item for item in sold if item.vat in RESTRICTED),
            "lures": frozenset(
                entry.id
                for entry in self.incentives.values()
                if isinstance(entry, Threshold) and (free := self.items.get(entry.free or "")) and free.is_restricted
            ),
            "regulated_modifiers": tuple(
                modifier for group in self.groups.values() for modifier in group.modifiers if modifier.vat in RESTRICTED
            ),
        }
        for name, index in indexes.items():
            object.__setattr__(self, name, index)

    def on_channel(self, channel_id: str | None) -> Menu:
        """The menu with a channel's prices; the menu itself at the counter. Made once for each channel."""
        channel = self.channels.get(channel_id) if channel_id is not None else None
        if channel is None:
            return self
        if channel.id not in self.at_channels:
            self.at_channels[channel.id] = replace(
                self,
                items={sku: channel.item(item) for sku, item in self.items.items()},
                groups={key: channel.group(group) for key, group in self.groups.items()},
                slots={key: channel.slot(slot) for key, slot in self.slots.items()},
                deals=channel.deals,
            )
        return self.at_channels[channel.id]

    def tiles(self, category: str) -> tuple[MenuItem, ...]:
        """The items with a tile in a category, in the file's order: the first has the first letter."""
        return self.tiled.get(category, ())

    def closed_at(self, at: time) -> frozenset[Sku]:
        """The SKUs that are not sold at a local time of day."""
        holding = frozenset(part.id for part in self.dayparts.values() if part.holds(at))
        if holding not in self.closed:
            timed = (item for item in self.items.values() if item.dayparts)
            self.closed[holding] = frozenset(item.sku for item in timed if holding.isdisjoint(item.dayparts))
        return self.closed[holding]

    def has_age_limit(self, item: MenuItem) -> bool:
        """Whether not everybody may buy an item: the menu says so, or it is alcohol or tobacco."""
        return item.is_restricted

    def sizes_of(self, item: MenuItem) -> tuple[MenuItem, ...]:
        """All sizes of an item, in the menu's order; the item alone if it has no family."""
        if item.family is None:
            return (item,)
        return tuple(entry for entry in self.items.values() if entry.family == item.family and not entry.retired)

    def coded(self, code: str) -> MenuItem | None:
        """The item with a PLU or a barcode, in any spelling of its number."""
        return self.plus.get(code) or self.barcodes.get(code) or self.articles.get(article_of(code))

    def article_group(self, item: MenuItem) -> ArticleGroup:
        """What an item is for the accounts: as it says itself, else as its category does, else as its tax class is."""
        category = self.categories.get(item.category)
        group = item.article_group or (None if category is None else category.article_group)
        return GROUP_OF_CLASS[item.vat] if group is None else group

    def name_of(self, sku: Sku) -> LocalText:
        """The name of an item; its SKU, if the menu does not have it."""
        item = self.items.get(sku)
        return LocalText(sku, sku) if item is None else item.name

    def machine_name(self, machine: str) -> LocalText:
        """The name of a machine; its id, if the menu does not have it."""
        known = self.machines.get(machine)
        return LocalText(machine, machine) if known is None else known.name

    def meal_slots(self, item: MenuItem) -> tuple[Slot, ...]:
        """The slots of a meal; none for other items."""
        return tuple(self.slots[slot] for slot in item.meal.slots) if item.meal else ()

    def item_groups(self, item: MenuItem) -> tuple[ModifierGroup, ...]:
        """The modifier groups of an item."""
        return tuple(self.groups[group] for group in item.modifiers)

    def required_group(self, item: MenuItem) -> ModifierGroup | None:
        """The first group from which something must be chosen, such as the flavour of a shake."""
        return next((group for group in self.item_groups(item) if group.minimum), None)

    def takes_modifier(self, item: MenuItem, modifier: str) -> bool:
        """Whether one of the item's groups has the modifier."""
        return any(entry.id == modifier for group in self.item_groups(item) for entry in group.modifiers)


def _ladders(menu: Menu) -> dict[Sku, tuple[tuple[UpgradePath, int], ...]]:
    """For every item the paths that it is on, with its index on each."""
    found: dict[Sku, list[tuple[UpgradePath, int]]] = {}
    for path in menu.paths.values():
        for index, step in enumerate(path.steps):
            for sku in _step_skus(menu, step):
                found.setdefault(sku, []).append((path, index))
    return {sku: tuple(places) for sku, places in found.items()}


def _prices(menu: Menu) -> dict[ServingMode | None, dict[Sku, int]]:
    eat_in = {sku: item.price.minor for sku, item in menu.items.items()}
    other = {sku: item.price_take_away.minor for sku, item in menu.items.items() if item.price_take_away is not None}
    return {None: eat_in, ServingMode.EAT_IN: eat_in, ServingMode.TAKE_AWAY: eat_in | other}


def _tiled(sold: list[MenuItem]) -> dict[str, tuple[MenuItem, ...]]:
    """For every category its items with a tile; made once, because it is read at each key."""
    found: dict[str, list[MenuItem]] = {}
    for item in sold:
        if item.tile:
            found.setdefault(item.category, []).append(item)
    return {category: tuple(tiles) for category, tiles in found.items()}


def _meals_of(sold: list[MenuItem]) -> dict[Sku, tuple[MenuItem, ...]]:
    """For every item the meals that are built around it."""
    found: dict[Sku, list[MenuItem]] = {}
    for item in sold:
        if item.meal is not None:
            found.setdefault(item.meal.main, []).append(item)
    return {sku: tuple(meals) for sku, meals in found.items()}


def _step_skus(menu: Menu, step: Step) -> Iterator[Sku]:
    if step.sku is not None:
        yield step.sku
    elif step.category is not None:
        yield from (item.sku for item in menu.items.values() if item.category == step.category)
