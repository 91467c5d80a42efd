"""Scanned codes: recognised by their form, and taken or refused as a whole."""

from __future__ import annotations

import re
from typing import NoReturn

from pos.counter import keys
from pos.counter.counter_state import CounterState
from pos.counter.panels.people import sign_in
from pos.counter.panels.refunding import open_sale
from pos.counter.states import Tone, say
from pos.domain.errors import PosError, Refused
from pos.domain.order.exchange import SaleNumber
from pos.domain.people import is_badge, unsaid
from pos.store import KeyKind

_NUMBERS = re.compile(r"[0-9 ]+", re.ASCII)


def codes_in(text: str, prefix: str = "") -> list[str]:
    """The codes in a scanned or pasted text: one for each line or tab; every number in a line of numbers."""
    codes: list[str] = []
    for line in re.split(r"[\r\n\t]+", text):
        pieces = line.split(prefix) if prefix else [line]
        for piece in (piece.strip() for piece in pieces):
            codes += piece.split() if _NUMBERS.fullmatch(piece) else [piece] if piece else []
    return codes


def ring_scanned(counter: CounterState, code: str) -> None:
    """Ring a scanned code, or pass it to the panel that takes it. Raises `Refused`; then nothing has changed.

    A number is an item or a next-visit offer; letters and digits are a badge where people sign in; a receipt's number
    opens the refund of its sale.
    """
    panel = counter.panel
    if panel is not None and panel.scan(counter, code):
        return
    receipt = SaleNumber.parse(code)
    if receipt is not None:
        open_sale(counter, receipt)
        return
    if counter.view.has_people and is_badge(code):
        sign_in(counter, KeyKind.BADGE, code)
        return
    if not is_number(code):
        _refuse(counter, code)
    before = (panel, counter.paid, counter.paid_at)
    digits, counter.digits = counter.digits, ""
    counter.panel = None
    counter.begin_if_paid()
    try:
        counter.ring_code(code)
    except PosError:
        counter.panel, counter.paid, counter.paid_at = before
        counter.digits = digits
        raise
    if digits and counter.message is None:
        counter.message = say("digits-before-code", Tone.BAD, digits=digits)


def _refuse(counter: CounterState, code: str) -> NoReturn:
    """Say what a code is that is no number."""
    shown = unsaid(code, 20, has_people=counter.view.has_people)
    raise Refused("unknown-code" if code.isascii() else "not-a-code", code=shown)


def is_number(code: str) -> bool:
    """Whether a code has the form of an item's number, a barcode or a next-visit offer."""
    return 0 < len(code) <= keys.LONGEST_DIGITS and code.isascii() and code.isdigit()
