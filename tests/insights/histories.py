"""Past orders for tests of learning: small ones made by hand, and real ones where they are at hand."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pos.insights.pairing.baskets import Basket

SHARED = Path(__file__).parents[3] / "shared" / "data"
REAL = ("delhi_pizza.csv", "indian_takeaway.csv")


def real(name: str) -> Path:
    """A real history beside the checkout; the test is skipped where there is none."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"no real history {name} beside the checkout")
    return path


def at(day: int, hour: int = 12) -> int:
    """Minutes since 1970."""
    return (day * 24 + hour) * 60


def with_a_habit(orders: int = 600, days: int = 30, seed: int = 7) -> list[Basket]:
    """Twelve items at random, but whoever takes 3 takes 9 in four of five orders, and 11 sells at eight o'clock."""
    draw = random.Random(seed)
    found = []
    for number in range(orders):
        morning = draw.random() < 0.3
        items = {draw.randrange(9), draw.randrange(9)}
        if 3 in items and draw.random() < 0.8:
            items.add(9)
        if morning:
            items.add(11)
        found.append(Basket(at(number * days // orders, 8 if morning else 18), tuple(sorted(items))))
    return found
