"""Fourteen orders as they come at a counter, on the menu that ships with the till, as the keys that ring them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Canonical:
    """An order: its keys, and what the sale comes to in øre, one entry a sale."""

    name: str
    keys: tuple[str, ...]
    totals: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many keys it takes."""
        return len(self.keys)


def keys(text: str) -> tuple[str, ...]:
    """Keys with spaces between them."""
    return tuple(text.split())


ORDERS = (
    Canonical("one item", keys("right b enter 2 n n a"), (7900,)),
    Canonical("meal", keys("b enter 1 2 n n a"), (11900,)),
    Canonical("meal, large", keys("b > enter 1 2 n n a"), (13400,)),
    Canonical("both accepted", keys("b enter 1 2 j 1 d"), (17300,)),
    Canonical("both declined, by card", keys("b enter 1 1 n n k +"), (11900,)),
    Canonical(
        # Forty off from 500 kroner.
        "family of five, different drinks, large for two",
        keys("5 b tab 6 c e g enter 1 2 - - - j n k +"),
        (58500,),
    ),
    Canonical("no onion", keys("b . 3 enter enter 1 2 n n a"), (11900,)),
    Canonical("milk allergy", keys("b ! 7 enter enter = 1 2 n a"), (11900,)),
    # The last three are a chicken burger, fries and a cola: the till makes them a meal, 30 kroner less.
    Canonical("take away of five items", keys("b c right right b right right b right b enter 1 1 2 n n k +"), (39300,)),
    Canonical("change of mind at payment", keys("b enter 1 2 n n escape > enter a"), (13400,)),
    Canonical("hold and recall", keys("b f9 c enter 1 2 n n a f10 enter 1 2 n n a"), (13900, 11900)),
    Canonical("three friends paying separately", keys("b b b enter 1 2 n n 1 1 9 k + 1 1 9 k + k +"), (35700,)),
    Canonical("card declined, then cash", keys("b enter 1 2 n n k - a"), (11900,)),
    Canonical("a wrong yes put right", keys("b enter 1 2 j backspace n n a"), (11900,)),
)
