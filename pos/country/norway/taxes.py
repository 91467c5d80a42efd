"""Norwegian value-added tax, in the prices of the menu."""

from __future__ import annotations

from pos.domain.pricing.taxes import Tax


def mva(percent: int) -> Tax:
    """The tax of a rate: `mva-15`."""
    return Tax(f"mva-{percent}", percent * 10_000)
