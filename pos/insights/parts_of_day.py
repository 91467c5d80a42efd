"""The parts of the day in which tastes differ, the same for every shop."""

from __future__ import annotations

from enum import StrEnum


class PartOfDay(StrEnum):
    """A part of the day, by the shop's clock."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


BEGINS = ((5, PartOfDay.MORNING), (11, PartOfDay.NOON), (15, PartOfDay.AFTERNOON), (19, PartOfDay.EVENING))
"""The hour at which each begins; before the first it is still evening."""

PARTS = tuple(PartOfDay)


def part_of_day(hour: int) -> PartOfDay:
    """The part of the day that an hour, 0 to 23, is in."""
    return next((part for begins, part in reversed(BEGINS) if hour >= begins), PartOfDay.EVENING)
