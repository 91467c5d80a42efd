"""How the shop's scanner sends its codes, and which codes are one article."""

from __future__ import annotations

from enum import StrEnum

from pos.domain.value import value


class ScannerMode(StrEnum):
    """Whether codes come as fast keys among those of a person, or there is no scanner at the keyboard."""

    KEYS = "keys"
    NONE = "none"


@value
class ScannerSetup:
    """What the menu file says of the scanner; `prefix` is the character that it sends first, if any."""

    mode: ScannerMode = ScannerMode.KEYS
    prefix: str = ""


NO_PREFIX = ScannerSetup()
"""A scanner as it comes: its codes begin with themselves."""

GTIN_LENGTHS = frozenset({8, 12, 13, 14})


def article_of(barcode: str) -> str:
    """The common form of a barcode's spellings: a GTIN filled to 14 digits with leading zeros, so that a UPC-A equals
    the EAN-13 that a scanner makes of it. Source: GS1 General Specifications, 2.1 and 7.9."""
    return barcode.zfill(14) if len(barcode) in GTIN_LENGTHS else barcode
