"""Parts left out of a dish, which the kitchen must not overlook."""

from __future__ import annotations

from pos.domain.sale.sale import SaleLine
from pos.domain.sale.write_offs import WriteOffLine
from pos.domain.text import LocalText

BEGINNINGS = ("uten ", "ingen ", "no ", "without ")
"""The first words of a modifier that leaves something out: `Uten ost`, `No cheese`."""


def sounds_left_out(name: LocalText) -> bool:
    """Whether a modifier's name says that a part is left out; used where the menu does not say `leaves_out`."""
    return any(text.casefold().startswith(BEGINNINGS) for text in (name.nb, name.en))


def left_out_of(line: SaleLine | WriteOffLine) -> tuple[LocalText, ...]:
    """The details of a finished line that are parts left out; in older sales found by their names."""
    if line.left_out is None:
        return tuple(detail for detail in line.details if sounds_left_out(detail))
    return line.left_out
