"""The port to a card terminal, and the terminal without a connection."""

from __future__ import annotations

from typing import Protocol

from pos.domain.order.order import Tender, TenderState


class Terminal(Protocol):
    """Asks the customer for a card or a phone."""

    keyed_by_cashier: bool
    """Whether the cashier keys the amount on it and tells the till what it said."""

    def ask(self, tender: Tender) -> TenderState:
        """Ask for what is to be `taken` by a tender, whose intent is stored already: *approved*, *declined* or
        *unknown*; *intent* while the cashier has to say. Raises `DeviceError` (`terminal-failed`) only when the
        customer was surely not asked."""

    def give_back(self, tender: Tender) -> TenderState:
        """Ask for an amount to be paid back to the customer's card or phone; answers and errors as for `ask`."""


class ManualTerminal:
    """A terminal with no wire to the till: the cashier keys the amount, and answers for it."""

    keyed_by_cashier = True

    def ask(self, tender: Tender) -> TenderState:
        """The answer is still to come."""
        return TenderState.INTENT

    def give_back(self, tender: Tender) -> TenderState:
        """The answer is still to come."""
        return TenderState.INTENT
