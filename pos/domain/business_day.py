"""The business day: which day an instant belongs to, in a shop that is open past midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_ENDS = time(5)
"""When a shop's day ends unless its menu file says otherwise."""

ONE_DAY = timedelta(days=1)


def business_day(at: datetime, ends: time = DAY_ENDS, zone: tzinfo | None = None) -> date:
    """The business day that an instant belongs to, in a shop whose day ends at `ends` on its clocks.

    `zone` is the shop's time zone; without it the offset of `at` counts all day long. Every instant belongs to exactly
    one day, and a later instant never to an earlier day, also where the clocks are set forward or back.
    """
    where = at.tzinfo if zone is None else zone
    day = at.astimezone(where).date()
    return day if at.astimezone(UTC) >= begins_at(day, ends, where) else day - ONE_DAY


def begins_at(day: date, ends: time, zone: tzinfo | None) -> datetime:
    """The instant, in UTC, at which a business day begins and the one before it ends.

    Where the clocks show the time twice that day, it is the first of the two; where they skip it, the day begins as
    long after the skip as the time lies in it (PEP 495).
    """
    return datetime.combine(day, ends, zone).astimezone(UTC)
