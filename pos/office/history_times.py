"""Times as tills write them: ISO 8601, the day or the month first, AM and PM, months by name, in one cell or in two."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from enum import Enum

MONTHS = ("jan", "feb", "mar", "apr", "ma", "jun", "jul", "aug", "sep", "o", "nov", "de")
"""How the months begin, in Norwegian and in English; *ma* and *mai* come after *mar*, which is looked for first."""

NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
DAY_AND_NAME = re.compile(r"(\d{1,2})[ ./-]+([a-z]{3,9})[ ,./-]+(\d{4}|\d{2})(?!\d)")
NAME_AND_DAY = re.compile(r"([a-z]{3,9})[ .]+(\d{1,2})(?:st|nd|rd|th)?[ ,]+(\d{4})(?!\d)")
OF_DAY = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?")
MIDNIGHT = re.compile(r"\D0?0[:.]00([:.]00(\.0+)?)?$")
LATEST_NOON = 12


class Kind(Enum):
    """What the cells of a column hold."""

    MOMENT = "moment"
    DAY = "day"
    CLOCK = "clock"
    OTHER = "other"


def read_time(text: str, day_first: bool = True) -> datetime | None:
    """A day, or a day and a time of day; None for what is neither. Of `1/2/2025` the day comes first, or the month."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    found = _day(text.casefold(), day_first)
    if found is None:
        return None
    day, end = found
    rest = text[end:].lstrip(" ,T")
    at = read_clock(rest) if rest else time()
    return None if at is None else datetime.combine(day, at)


def read_clock(text: str) -> time | None:
    """A time of day, of 24 hours or of twice twelve."""
    found = OF_DAY.fullmatch(text.strip().casefold())
    if found is None:
        return None
    hour = int(found[1])
    if found[4] is not None:
        if not 1 <= hour <= LATEST_NOON:
            return None
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    try:
        return time(hour, int(found[2]), int(found[3] or 0))
    except ValueError:
        return None


def _day(text: str, day_first: bool) -> tuple[date, int] | None:
    """The day that a text begins with, and where it ends."""
    if (found := NUMBERS.match(text)) is not None:
        one, other, year = int(found[1]), int(found[2]), int(found[3])
        day, month = (one, other) if day_first else (other, one)
    elif (found := YEAR_FIRST.match(text)) is not None:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif (found := DAY_AND_NAME.match(text)) is not None:
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    elif (found := NAME_AND_DAY.match(text)) is not None:
        day, month, year = int(found[2]), _month(found[1]), int(found[3])
    else:
        return None
    try:
        return date(year if year > 99 else 2000 + year, month, day), found.end()
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month; 0, which no day has, for another word."""
    return next((number for number, start in enumerate(MONTHS, 1) if name.startswith(start)), 0)


def kind_of(texts: Iterable[str]) -> Kind:
    """What nearly all of the cells that are not empty hold. Moments that are all at midnight are days."""
    filled = [text for text in texts if text]
    kinds = [_kind(text) for text in filled]
    if all(kind is not Kind.MOMENT or MIDNIGHT.search(text) for kind, text in zip(kinds, filled, strict=True)):
        kinds = [Kind.DAY if kind is Kind.MOMENT else kind for kind in kinds]
    return next((kind for kind in Kind if filled and kinds.count(kind) > 0.9 * len(filled)), Kind.OTHER)


def _kind(text: str) -> Kind:
    if not re.search(r"[ ./:T-]", text):
        return Kind.OTHER  # a bare number may be anything
    if read_clock(text) is not None and ":" in text:
        return Kind.CLOCK
    if read_time(text) is None and read_time(text, day_first=False) is None:
        return Kind.OTHER
    return Kind.MOMENT if ":" in text else Kind.DAY


def is_day_first(texts: Iterable[str]) -> bool:
    """Whether the day comes before the month: what a number over twelve says first. Where none does, the reading in
    which the days lie closer together; of equals the day comes first."""
    seen: set[tuple[int, int, int]] = set()
    for text in texts:
        found = NUMBERS.match(text)
        if found is None:
            if YEAR_FIRST.match(text):
                return True  # no question in such a file
            continue
        one, other = int(found[1]), int(found[2])
        if (one > 12) != (other > 12):
            return one > 12
        seen.add((one, other, int(found[3])))
    days = [year * 372 + other * 31 + one for one, other, year in seen]
    months = [year * 372 + one * 31 + other for one, other, year in seen]
    return not seen or max(days) - min(days) <= max(months) - min(months)
