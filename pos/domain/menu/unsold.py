"""Why something cannot be sold, and a country's rule about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from pos.domain.menu.items import MenuItem, Modifier, ServingMode


class Unsold(StrEnum):
    """Why an item or modifier cannot be sold now."""

    GONE = "gone"
    """The menu no longer has it."""
    SOLD_OUT = "sold_out"
    HOURS = "hours"
    NOT_TAKEN_AWAY = "not_taken_away"


CountryRule: TypeAlias = Callable[[MenuItem | Modifier, ServingMode | None, datetime], Unsold | None]
"""Why a country's law refuses an item or a modifier in a serving mode (None: not said yet) at a local time, or None."""


def no_rule(item: MenuItem | Modifier, mode: ServingMode | None, at: datetime) -> Unsold | None:
    """The rule of a country that refuses nothing."""
    return None
