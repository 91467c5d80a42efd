"""The business day: which day an instant belongs to, in a shop that is open past midnight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_ENDS = time(5)
"""When a shop's day ends unless its menu file says otherwise."""

ONE_DAY = timedelta(days=1)


def business_day(at: datetime, ends: time = DAY_ENDS, zone: tzinfo | None = None) -> date:
    """The business day of a time, in a shop whose day ends at `ends`, local time.

    `zone` is the shop's time zone; without it the offset of `at` holds all day. Every time belongs to exactly one day,
    and a later time never to an earlier day, also when the clocks change.
    """
    where = at.tzinfo if zone is None else zone
    day = at.astimezone(where).date()
    return day if at.astimezone(UTC) >= begins_at(day, ends, where) else day - ONE_DAY


def begins_at(day: date, ends: time, zone: tzinfo | None) -> datetime:
    """The time, in UTC, at which a business day begins.

    If the clocks show the local time twice that day, it is the first one; if they skip it, the day begins as long after
    the skip as the time lies in it (PEP 495).
    """
    return datetime.combine(day, ends, zone).astimezone(UTC)
