"""The content of a menu file: a draft before it is checked, and the finished book."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from pos.domain.business_day import DAY_ENDS
from pos.domain.menu.accounts import NO_ACCOUNTS, Accounts
from pos.domain.menu.channels import Channel
from pos.domain.menu.incentives import Bundle, Incentive, Threshold
from pos.domain.menu.items import Category, Daypart, Machine, MenuItem, ModifierGroup, Sku, Slot
from pos.domain.menu.menu import Menu, Shop
from pos.domain.menu.next_visit import NextVisitRules, Refusals
from pos.domain.menu.paths import Pairing, UpgradePath
from pos.domain.menu.scanning import NO_PREFIX, ScannerSetup
from pos.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class MenuBook:
    """The content of a menu file: the menu, and the pairings, which are not part of `Menu`."""

    menu: Menu
    pairings: tuple[Pairing, ...] = ()


@dataclass(slots=True)
class Draft:
    """What was read, in the file's order, including duplicates. The n-th value is from the n-th table of its kind."""

    shop: Shop
    dayparts: list[Daypart] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    machines: list[Machine] = field(default_factory=list)
    groups: list[ModifierGroup] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    items: list[MenuItem] = field(default_factory=list)
    paths: list[UpgradePath] = field(default_factory=list)
    pairings: list[Pairing] = field(default_factory=list)
    bundles: list[Bundle] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    next_visit: NextVisitRules | None = None
    refusals: Refusals = Refusals.ORDER
    day_ends: time = DAY_ENDS
    kitchen_slip: bool = False
    scanner: ScannerSetup = NO_PREFIX
    lock_after: int = 0
    most_discount: int = 0
    accounts: Accounts = NO_ACCOUNTS
    most_tip: Money = ZERO

    def by_sku(self) -> dict[Sku, MenuItem]:
        """The items by SKU; the first of duplicates."""
        return {item.sku: item for item in reversed(self.items) if item.sku}

    def places(self) -> dict[Sku, int]:
        """The index of each SKU's item in the file; the first of duplicates."""
        return {item.sku: place for place, item in reversed(list(enumerate(self.items)))}

    def book(self) -> MenuBook:
        """The finished book; only for a draft without problems."""
        incentives: list[Incentive] = [*self.bundles, *self.thresholds]
        menu = Menu(
            self.shop,
            {item.sku: item for item in self.items},
            {category.id: category for category in self.categories},
            {daypart.id: daypart for daypart in self.dayparts},
            {group.id: group for group in self.groups},
            {slot.id: slot for slot in self.slots},
            {path.id: path for path in self.paths},
            {incentive.id: incentive for incentive in incentives},
            {machine.id: machine for machine in self.machines},
            self.next_visit,
            self.refusals,
            self.day_ends,
            kitchen_slip=self.kitchen_slip,
            scanner=self.scanner,
            lock_after=self.lock_after,
            most_discount=self.most_discount,
            accounts=self.accounts,
            most_tip=self.most_tip,
            channels={channel.id: channel for channel in self.channels},
        )
        return MenuBook(menu, tuple(self.pairings))
