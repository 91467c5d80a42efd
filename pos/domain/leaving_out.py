"""Parts that are left out of a dish: what a kitchen must not overlook."""

from __future__ import annotations

from pos.domain.text import LocalText

BEGINNINGS = ("uten ", "ingen ", "no ", "without ")
"""What the name of such a modifier begins with, in either language: `Uten ost`, `No cheese`."""


def leaves_out(name: LocalText) -> bool:
    """Whether a modifier's name says that a part is left out."""
    return any(text.casefold().startswith(BEGINNINGS) for text in (name.nb, name.en))
