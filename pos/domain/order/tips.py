"""A tip that somebody has noted before it is paid; what was paid stands on the tender."""

from __future__ import annotations

from pos.domain.money import ZERO, Money
from pos.domain.value import value


@value
class Tip:
    """What the next payment leaves as a tip: so much, or with no `amount` the change of the cash that pays the rest."""

    amount: Money | None = None

    @property
    def said(self) -> Money:
        """The amount, as far as it is known before the payment."""
        return ZERO if self.amount is None else self.amount

    @property
    def is_change(self) -> bool:
        """Whether it is the change, whatever that comes to."""
        return self.amount is None
