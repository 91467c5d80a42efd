"""The port to a card terminal, and an adapter for a terminal that is not connected."""

from __future__ import annotations

from typing import Protocol

from pos.domain.order.order import Tender, TenderState


class Terminal(Protocol):
    """Asks the customer for a card or phone payment."""

    keyed_by_cashier: bool
    """Whether the cashier keys the amount on the terminal and tells the till the answer."""

    def ask(self, tender: Tender) -> TenderState:
        """Ask for a tender's amount; the intent is stored already. Returns *approved*, *declined* or *unknown*, or
        *intent* if the cashier has to say. Raises `DeviceError` (`terminal-failed`) only if the customer was certainly
        not asked."""

    def give_back(self, tender: Tender) -> TenderState:
        """Pay an amount back to the customer's card or phone. Returns and raises as `ask`."""


class ManualTerminal:
    """A terminal that is not connected: the cashier keys the amount and tells the answer."""

    keyed_by_cashier = True

    def ask(self, tender: Tender) -> TenderState:
        """Return *intent*: the cashier will say."""
        return TenderState.INTENT

    def give_back(self, tender: Tender) -> TenderState:
        """Return *intent*: the cashier will say."""
        return TenderState.INTENT
