"""Asks devices between acts: what an act wants of the card terminal or the drawer, and the verb that reports the
answer."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.errors import DeviceError
from pos.domain.order.order import Tender, TenderState
from pos.register import Ask, OpenDrawer, Register
from pos.register.verbs import drawer, paying, refunding


def kick_drawer(register: Register) -> DeviceError | None:
    """Open the drawer after the commit. Returns its error, which is recorded, or None."""
    try:
        register.devices.drawer.open()
    except DeviceError as error:
        register.do(drawer.drawer_failed, str(error.values.get("problem", error.message_id)))
        return error
    return None


def follow(register: Register, asks: Iterable[Ask | OpenDrawer]) -> DeviceError | None:
    """Do with the devices what an act wants done; what the drawer said where it failed. Raises as `ask_device`."""
    problem: DeviceError | None = None
    for ask in asks:
        if isinstance(ask, OpenDrawer):
            problem = kick_drawer(register)
        else:
            ask_device(register, ask)
    return problem


def ask_device(register: Register, ask: Ask) -> TenderState:
    """Ask the terminal for a payment whose intent is stored, and report its answer. Returns the answer.

    If the terminal does not answer by itself, somebody has to key the answer. If it fails, a declined payment is
    reported, and then `DeviceError` raised.
    """
    if ask.refund is not None:
        return _ask_back(register, ask.tender, ask.refund)
    try:
        answer = register.devices.terminal.ask(ask.tender)
    except DeviceError:
        register.do(paying.terminal_says, TenderState.DECLINED)
        raise
    if answer is not TenderState.INTENT:
        register.do(paying.terminal_says, answer)
    return answer


def _ask_back(register: Register, tender: Tender, refund: str) -> TenderState:
    """Ask the terminal to pay back an amount whose intent is stored, and report its answer. Raises as `ask_device`. If
    that finished the refund, further requests to devices were made, too."""
    try:
        answer = register.devices.terminal.give_back(tender)
    except DeviceError:
        _say_back(register, refund, TenderState.DECLINED)
        raise
    if answer is not TenderState.INTENT:
        problem = follow(register, _say_back(register, refund, answer))
        if problem is not None:
            raise problem
    return answer


def _say_back(register: Register, refund: str, answer: TenderState) -> tuple[Ask | OpenDrawer, ...]:
    """Report the answer: for the open order, if the amount is the difference of its exchange, else for the refund."""
    exchange = register.view.order.exchange
    if exchange is not None and exchange.refund == refund:
        return register.do(paying.terminal_says, answer).asks
    return register.do(refunding.refund_says, refund, answer).asks
