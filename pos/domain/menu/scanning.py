"""How the shop's scanner sends codes, and which barcodes are the same article."""

from __future__ import annotations

from enum import StrEnum

from pos.domain.value import value


class ScannerMode(StrEnum):
    """Whether a scanner types like a keyboard, or there is none."""

    KEYS = "keys"
    NONE = "none"


@value
class ScannerSetup:
    """The scanner according to the menu file; `prefix` is the character that it sends first, if any."""

    mode: ScannerMode = ScannerMode.KEYS
    prefix: str = ""


NO_PREFIX = ScannerSetup()
"""A scanner with its factory settings: it sends no prefix."""

GTIN_LENGTHS = frozenset({8, 12, 13, 14})


def article_of(barcode: str) -> str:
    """The common form of a barcode's spellings: a GTIN filled to 14 digits with leading zeros, so that a UPC-A equals
    the EAN-13 that a scanner makes of it. Source: GS1 General Specifications, 2.1 and 7.9."""
    return barcode.zfill(14) if len(barcode) in GTIN_LENGTHS else barcode
