"""Next-visit offers: a declined upgrade comes back as a code on the receipt; and the shop's rules for it."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from pos.domain.menu.items import Sku
from pos.domain.money import ZERO, Money
from pos.domain.text import LocalText
from pos.domain.value import value

CODE_DIGITS = 16
"""Fourteen random digits and two check digits; not the length of any barcode (8, 12, 13, 14)."""

SHORT_CODE_DIGITS = 10
"""The length of codes of version 0.1.0, which are valid until their last day."""

_CODE = re.compile(rf"[0-9]{{{SHORT_CODE_DIGITS}}}|[0-9]{{{CODE_DIGITS}}}", re.ASCII)
_MODULUS = 97


class Refusals(StrEnum):
    """How long a no is remembered: with the order, or with the customer's code for the rest of the day."""

    ORDER = "order"
    DAY = "day"


@value
class NextVisitRules:
    """The shop's rules: a code is valid for `days` days after the sale, and takes `off` per cent of the declined step's
    price off (100: the step is free)."""

    days: int
    off: int


@value
class NextVisit:
    """A next-visit offer: `off` for a line that steps up to `sku`, or gets `modifier`; `below` is what it was declined
    for.

    `code` is empty until the store has given one, and once nobody may read it any more; an order that carries one has
    its digest instead. The last day counts. `refused` are the SKUs and modifiers that the sale declined; `gain` is what
    redeeming it added to an order's total, after the discount.
    """

    code: str
    offer_id: str
    below: Sku
    off: Money
    last_day: date
    name: LocalText
    sku: Sku | None = None
    modifier: str | None = None
    refused: tuple[str, ...] = ()
    gain: Money = ZERO


def with_check_digits(number: int) -> str:
    """A number with two check digits, which tell a mistyped code from an unknown one.

    They detect every wrong digit and every two swapped neighbours. Source: ISO 7064, MOD 97-10.
    """
    body = str(number)
    return f"{body}{_MODULUS + 1 - int(body) * 100 % _MODULUS:02}"


def is_code(text: str) -> bool:
    """Whether a text has the form of a code: as many digits as a new or an old one has."""
    return _CODE.fullmatch(text) is not None


def is_well_typed(code: str) -> bool:
    """Whether the check digits of a code are right."""
    return is_code(code) and int(code) % _MODULUS == 1


def grouped(code: str) -> str:
    """A code in groups for reading aloud: `4821 5937 4601 2238`; a short one is `4821 593 746`."""
    if len(code) == SHORT_CODE_DIGITS:
        return f"{code[:4]} {code[4:7]} {code[7:]}"
    return " ".join(code[place : place + 4] for place in range(0, len(code), 4))
