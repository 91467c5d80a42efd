"""Lower prices for buying together or for buying enough; either may need a coupon's code."""

from __future__ import annotations

from typing import TypeAlias

from pos.domain.money import Money
from pos.domain.text import LocalText
from pos.domain.value import value


@value
class BundlePart:
    """A part of a bundle: `quantity` of the items named, or of a category."""

    skus: tuple[str, ...] = ()
    category: str | None = None
    quantity: int = 1


@value
class Bundle:
    """Items that cost less together: `price` for all of them, or `off` their sum."""

    id: str
    name: LocalText
    parts: tuple[BundlePart, ...]
    price: Money | None = None
    off: Money | None = None
    code: str | None = None


@value
class Threshold:
    """From `at_least` on, one of the item `free` is free, or `off` is taken off the order."""

    id: str
    name: LocalText
    at_least: Money
    free: str | None = None
    off: Money | None = None
    code: str | None = None


Incentive: TypeAlias = Bundle | Threshold
