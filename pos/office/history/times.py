"""Reads times as tills and spreadsheets write them, in one cell or two. A text that cannot be read is None, never
midnight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum

MONTHS = ("jan", "feb", "mar", "apr", "ma", "jun", "jul", "aug", "sep", "o", "nov", "de")
"""The beginnings of the names of months, in Norwegian and English. *ma* is *mai* or *may*: *mar* is looked for
first."""

WEEKDAY = re.compile(
    r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|man|tirs?|ons|tors?|fre|lør|søn|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|ma|ti|on|to|fr|lø|sø)\b\.?,?\s*(?:den\s+)?"
)
NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?!\d)")
DAY_AND_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]+([a-z]{3,9})[ ,./-]+(\d{4}|\d{2})(?![\d:])")
NAME_AND_DAY = re.compile(r"([a-z]{3,9})[ .-]+(\d{1,2})(?:st|nd|rd|th)?[ ,.-]+(\d{4})(?!\d)")
OF_DAY = re.compile(
    r"(?:kl\.? ?|klokk[ea]n? |at )?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.? ?m\.?)?"
    r"(?: ?(?:h|hrs?))?"
)
HOUR_ALONE = re.compile(r"(?:at )?(\d{1,2}) ?([ap])\.? ?m\.?")
DIGITS = re.compile(r"(?:kl\.? ?)?(\d{1,2})(\d{2})(?:(?<=\d{4})(\d{2}))?")
FRACTION = re.compile(r"0?[.,](\d+)")
FRACTION_DIGITS = 3
"""`0,52` may be 00:52 or 12:28. With at least three decimals it is a fraction of a day."""

EXACT_DIGITS = 6

COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(?:\d{2})?")
SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")
EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # the shop's own clock; days from here: ECMA-376, 18.17.4.1
BETWEEN = re.compile(r"[ ,T]*(?:(?:kl\.?|klokken|at|-|–)(?=[ \d]) *)?", re.IGNORECASE)
ZONE = re.compile(r" ?(?:(?:utc|gmt) ?)?([+-])(\d{1,2}):?(\d{2})?$| ?\(?\b([a-z]{1,5})\)?$")
ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
"""Minutes from UTC by the names that exports write."""

SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u3000\t", " "))
THIS_CENTURY = 70
"""Years of two digits below this are of this century, others of the last one."""

LATEST_NOON = 12
LATEST_MONTH = 12


class CellKind(Enum):
    """The kind of content of a column."""

    MOMENT = "moment"
    DAY = "day"
    CLOCK = "clock"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CellTime:
    """The time in a cell: a day, and if given a time of day and an offset from UTC."""

    day: date
    clock: time | None
    offset: timedelta | None = None


def read_moment(text: str, day_first: bool = True) -> CellTime | None:
    """Read a day, with a time of day and an offset if the text has them. None if the text is no day. `day_first` says
    how `1/2/2025` is read."""
    text = " ".join(text.translate(SPACES).split())
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return _written(text.casefold(), day_first)
    has_clock = len(text) > len("2026-03-14") or ":" in text
    return CellTime(at.date(), at.time() if has_clock else None, at.utcoffset())


def _written(text: str, day_first: bool) -> CellTime | None:
    if SERIAL.fullmatch(text):
        return _serial(text)
    if (compact := COMPACT.fullmatch(text)) is not None:
        text = "{}-{}-{} {}:{}".format(*compact.groups())
    found = WEEKDAY.match(text)
    text = text[found.end() :] if found else text
    day = _day(text, day_first)
    if day is None:
        return _clock_first(text, day_first)
    on, end = day
    rest = text[end:]
    rest = rest[between.end() :] if (between := BETWEEN.match(rest)) else rest
    if not rest:
        return CellTime(on, None)
    clock = read_clock(rest)
    if clock is not None:
        return CellTime(on, clock)
    rest, offset = _without_zone(rest)
    clock = read_clock(rest)
    return None if clock is None or offset is None else CellTime(on, clock, offset)


def _clock_first(text: str, day_first: bool) -> CellTime | None:
    """`13:05 14.03.2026`."""
    found = OF_DAY.match(text)
    if found is None or found.end() == len(text) or ":" not in found[0]:
        return None
    clock, rest = read_clock(found[0]), text[found.end() :].lstrip(" ,")
    day = _day(rest, day_first)
    return CellTime(day[0], clock) if clock is not None and day is not None and day[1] == len(rest) else None


def _serial(text: str) -> CellTime:
    """Read a spreadsheet's day number with a fraction of the day."""
    at = EXCEL_EPOCH + timedelta(seconds=round(float(text.replace(",", ".")) * 86_400))
    return CellTime(at.date(), at.time() if re.search("[.,]", text) else None)


def _without_zone(text: str) -> tuple[str, timedelta | None]:
    """Split a time of day from the zone after it."""
    found = ZONE.search(text)
    if found is None:
        return text, None
    if found[4] is not None:
        minutes = ZONES.get(found[4])
    else:
        minutes = (int(found[2]) * 60 + int(found[3] or 0)) * (-1 if found[1] == "-" else 1)
    return text[: found.start()].strip(), None if minutes is None else timedelta(minutes=minutes)


def read_clock(text: str, as_fraction: bool = False) -> time | None:
    """Read a time of day, of 24 or of 12 hours. Four digits are hours and minutes. `0.5417` is a fraction of a day; so
    is `0.54` if the column is known to hold fractions."""
    text = " ".join(text.translate(SPACES).split()).casefold()
    found = FRACTION.fullmatch(text)
    if found is not None and (as_fraction or len(found[1]) != 2):
        return _of_fraction(found[1]) if as_fraction or len(found[1]) >= FRACTION_DIGITS else None
    found = OF_DAY.fullmatch(text)
    if found is not None:
        return _of_parts(found[1], found[2], found[3], found[4])
    if (found := HOUR_ALONE.fullmatch(text)) is not None:
        return _of_parts(found[1], "00", None, found[2])
    found = DIGITS.fullmatch(text)
    return None if found is None else _of_parts(found[1], found[2], found[3], None)


def _of_fraction(decimals: str) -> time | None:
    """Read a fraction of a day. With few decimals it is rounded to what was meant: `0.5208` is 12:30."""
    part = float(f"0.{decimals}")
    seconds = round(part * 1440) * 60 if len(decimals) < EXACT_DIGITS else round(part * 86_400)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60) if seconds < 86_400 else None


def _of_parts(hours: str, minutes: str, seconds: str | None, half: str | None) -> time | None:
    hour = int(hours)
    if half is not None:
        if not 1 <= hour <= LATEST_NOON:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(minutes), int(seconds or 0))
    except ValueError:
        return None


def _day(text: str, day_first: bool) -> tuple[date, int] | None:
    """The day at the beginning of a text, and where it ends."""
    if (found := NUMBERS.match(text)) is not None:
        one, other, year = int(found[1]), int(found[3]), int(found[4])
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
        return date(year if year > 99 else year + (2000 if year < THIS_CENTURY else 1900), month, day), found.end()
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month; 0 for other words."""
    return next((number for number, start in enumerate(MONTHS, 1) if name.startswith(start)), 0)


def kind_of(texts: Iterable[str]) -> CellKind:
    """The content of nearly all cells that are not empty. If all moments are at midnight, they are days."""
    filled = [_kind(text) for text in texts if text]
    kinds = [kind for kind, _ in filled]
    if not any(has_clock for _, has_clock in filled):
        kinds = [CellKind.DAY if kind is CellKind.MOMENT else kind for kind in kinds]
    return next((kind for kind in CellKind if filled and kinds.count(kind) > 0.9 * len(filled)), CellKind.OTHER)


def _kind(text: str) -> tuple[CellKind, bool]:
    """The content of a cell, and whether it is a moment other than midnight."""
    if not re.search(r"[\s ./:T-]", text):
        return CellKind.OTHER, False  # a bare number may be anything
    if read_clock(text) is not None and ":" in text:
        return CellKind.CLOCK, False
    found = read_moment(text) or read_moment(text, day_first=False)
    if found is None or SERIAL.fullmatch(text):
        return CellKind.OTHER, False
    return (CellKind.DAY, False) if found.clock is None else (CellKind.MOMENT, found.clock != time())


def is_year_first(text: str) -> bool:
    """Whether a date has its year first."""
    return YEAR_FIRST.match(text) is not None


def is_slashed(text: str) -> bool:
    """Whether a date has its year last and slashes or hyphens. Excel leaves such dates as text if they are not valid in
    its own country's order."""
    found = NUMBERS.match(text)
    return found is not None and found[2] != "."


def is_fraction_column(texts: Iterable[str]) -> bool:
    """Whether a column of times of day holds fractions of a day, as spreadsheets do."""
    filled = [text.strip() for text in texts if text.strip()]
    parts = [found for text in filled if (found := FRACTION.fullmatch(text))]
    return bool(filled) and len(parts) >= 0.9 * len(filled) and any(len(one[1]) >= FRACTION_DIGITS for one in parts)


@dataclass(slots=True)
class DateOrder:
    """What the dates of a file say about the order of day and month: how often a number above twelve comes first or
    second, and the dates that are ambiguous."""

    days_first: int = 0
    months_first: int = 0
    dotted: bool = False
    open: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, texts: Iterable[str], most: int = 2000) -> DateOrder:
        """Look at dates until one decides the order. At most `most` different ones are read."""
        found, seen = cls(), set[str]()
        for text in texts:
            stripped = text.strip().casefold()
            weekday = WEEKDAY.match(stripped)
            number = NUMBERS.match(stripped[weekday.end() :] if weekday else stripped)
            if number is None or number[0] in seen:
                if number is None and stripped and (YEAR_FIRST.match(stripped)):
                    break
                continue
            seen.add(number[0])
            if found.add(number) or len(seen) >= most:
                break
        return found

    def add(self, number: re.Match[str]) -> bool:
        """Add a date; returns True if it decides the order."""
        one, other = int(number[1]), int(number[3])
        self.dotted = number[2] == "."
        if one > LATEST_MONTH >= other:
            self.days_first += 1
        elif other > LATEST_MONTH >= one:
            self.months_first += 1
        elif one != other:
            self.open.append(number[0])
        return bool(self.days_first or self.months_first)

    def day_first(self, today: date) -> bool | None:
        """Whether the day comes before the month; None if that is ambiguous.

        A number above twelve decides, and so do dots between the numbers, and days that are in the future in one
        reading only. If no date is ambiguous the answer makes no difference.
        """
        if self.days_first or self.months_first or not self.open:
            return not self.months_first
        if self.dotted:
            return True
        latest = {first: max(read_days(self.open, first), default=today) for first in (True, False)}
        ahead = {first: latest[first] > today + timedelta(days=1) for first in latest}
        return None if ahead[True] == ahead[False] else ahead[False]


def read_days(texts: Iterable[str], day_first: bool) -> list[date]:
    """Read dates with the day or the month first."""
    return [found[0] for text in texts if (found := _day(text, day_first)) is not None]
