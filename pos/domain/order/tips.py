"""The tip that a cashier notes before the payment. A paid tip is on its tender."""

from __future__ import annotations

from pos.domain.money import ZERO, Money
from pos.domain.value import value


@value
class Tip:
    """The tip of the next payment: `amount`, or with None the change of the cash payment that pays the rest."""

    amount: Money | None = None

    @property
    def said(self) -> Money:
        """The amount; zero while it is not known."""
        return ZERO if self.amount is None else self.amount

    @property
    def is_change(self) -> bool:
        """Whether the tip is the change, however much that is."""
        return self.amount is None
