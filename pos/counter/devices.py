"""Devices, asked between acts: what an act wants to know of the card terminal, and the verb that reports it."""

from __future__ import annotations

from pos.domain.errors import DeviceError
from pos.domain.order.order import TenderState
from pos.register import Ask, Register
from pos.register.verbs import paying


def ask_device(register: Register, ask: Ask) -> TenderState:
    """Ask the terminal for a payment that is on the disk as an intent, and report what it says; returns that.

    An answer that has still to come is somebody's to key. Raises `DeviceError` after it was reported that a terminal
    that failed has declined.
    """
    try:
        answer = register.devices.terminal.ask(ask.tender)
    except DeviceError:
        register.do(paying.terminal_says, TenderState.DECLINED)
        raise
    if answer is not TenderState.INTENT:
        register.do(paying.terminal_says, answer)
    return answer
