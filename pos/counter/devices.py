"""Devices, asked between acts: what an act wants to know of the card terminal, and the verb that reports it."""

from __future__ import annotations

from pos.domain.errors import DeviceError
from pos.domain.order.order import Tender, TenderState
from pos.register import Ask, Register
from pos.register.verbs import paying, refunding


def ask_device(register: Register, ask: Ask) -> TenderState:
    """Ask the terminal for a payment that is on the disk as an intent, and report what it says; returns that.

    An answer that has still to come is somebody's to key. Raises `DeviceError` after it was reported that a terminal
    that failed has declined.
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
    """Ask the terminal to pay back what is on the disk as an intent, and report what it says. Raises as `ask_device`;
    where the refund was done by the answer, whatever else had to be asked for it was asked, too."""
    try:
        answer = register.devices.terminal.give_back(tender)
    except DeviceError:
        register.do(refunding.refund_says, refund, TenderState.DECLINED)
        raise
    if answer is not TenderState.INTENT:
        for more in register.do(refunding.refund_says, refund, answer).asks:
            ask_device(register, more)
    return answer
