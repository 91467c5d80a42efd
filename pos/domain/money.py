"""Money: a whole number of øre, never a fraction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.errors import BadInput

MINOR_PER_KRONE = 100
DECIMALS = 2
"""The most digits after a decimal sign."""
LARGEST_AMOUNT_MINOR = 100_000_000  # a million kroner: more than any counter takes, far below 64 bits

_AMOUNT = re.compile(r"(?P<kroner>\d{1,30})(?:[.,](?P<ore>\d{1,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in øre (minor units); negative for money given back."""

    minor: int = 0

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + other.minor)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - other.minor)

    def __neg__(self) -> Money:
        return Money(-self.minor)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.minor != 0

    @classmethod
    def of(cls, kroner: int, ore: int = 0) -> Money:
        """`Money.of(119)` is 119 kroner; `Money.of(14, 50)` is 14 kroner and 50 øre."""
        return cls(kroner * MINOR_PER_KRONE + ore)

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read an amount as people type it: `119`, `119,5`, `1 119.50`.

        Raises `BadInput` for anything else: `amount-missing` for nothing, `amount-absurd` for a million kroner or more,
        `not-an-amount` for other texts and a third decimal.
        """
        if not text.strip():
            raise BadInput("amount-missing")
        match = _AMOUNT.fullmatch(text.replace(" ", "").replace("\N{NO-BREAK SPACE}", ""))
        if match is None:
            raise BadInput("not-an-amount", text=text[:40])
        amount = cls.of(int(match["kroner"]), int((match["ore"] or "0").ljust(2, "0")))
        if amount.minor >= LARGEST_AMOUNT_MINOR:
            raise BadInput("amount-absurd", text=text[:40])
        return amount


ZERO = Money(0)


def total(amounts: Iterable[Money]) -> Money:
    """The sum of the amounts; zero for none."""
    return Money(sum(amount.minor for amount in amounts))


def half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to a whole number, halves away from zero; the denominator is positive."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def share_out(amount: Money, weights: list[int]) -> list[Money]:
    """Split an amount in proportion to non-negative weights, to the øre, so that the shares add up to it.

    The øre left over go to the largest remainders, the first of equals first. All weights zero: all of it to the first.
    """
    whole = sum(weights)
    if whole == 0:
        return [amount if place == 0 else ZERO for place in range(len(weights))]
    shares = [amount.minor * weight // whole for weight in weights]
    left = amount.minor - sum(shares)
    by_remainder = sorted(range(len(weights)), key=lambda place: -(amount.minor * weights[place] % whole))
    for place in by_remainder[:left]:
        shares[place] += 1
    return [Money(share) for share in shares]
