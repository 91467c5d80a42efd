"""Measures how long ago something was, even if the machine's clock was set meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from pos.domain.value import value

Clock = Callable[[], datetime]
"""The time, with a zone."""

Ticks = Callable[[], float]
"""Seconds that never go back, from any beginning (`time.monotonic`)."""

DRIFT = timedelta(milliseconds=50)
"""The two clocks of a machine drift apart by less than this between two readings; if by more, one was set."""

BEHIND, AHEAD = timedelta(minutes=10), timedelta(days=30)
"""A clock that went back or ahead by more than this is reported. A network correction is less than ten minutes, and a
till is often closed for days."""

MOST_STRETCHES = 100


@value
class Stretch:
    """A period in which nobody set the clock: its start in ticks, and how far the clock is ahead of the ticks."""

    since: float
    first: datetime


@value
class Jump:
    """The clock shows an impossible time: what it showed before, and what it shows now."""

    before: datetime | None
    """None if it is only known that no sale can be from such a day."""
    now: datetime


@value
class Reading:
    """One reading of the clock, and how recorded times relate to it."""

    now: datetime
    tick: float | None
    stretches: tuple[Stretch, ...] = ()

    def elapsed(self, since: datetime) -> timedelta | None:
        """How long ago the clock showed a time; None if unknown, such as for a future time.

        If the clock showed it twice, the later time counts.
        """
        if self.tick is None:
            return self.now - since if since <= self.now else None
        until = self.tick
        for stretch in reversed(self.stretches):
            at = stretch.since + (since - stretch.first).total_seconds()
            if stretch.since <= at <= until + DRIFT.total_seconds():
                return timedelta(seconds=max(0.0, self.tick - at))
            until = stretch.since
        first = self.stretches[0]
        if since > first.first:
            return None
        return first.first - since + timedelta(seconds=self.tick - first.since)

    def is_within(self, span: timedelta, since: datetime) -> bool:
        """Whether less than a span has passed since a time; False if unknown."""
        elapsed = self.elapsed(since)
        return elapsed is not None and elapsed < span

    def milliseconds(self, since: datetime) -> int | None:
        """How long ago a time was, in milliseconds; None if unknown."""
        elapsed = self.elapsed(since)
        return None if elapsed is None else round(elapsed.total_seconds() * 1000)


class Timeline:
    """The machine's clock, checked against one that cannot be set.

    It remembers when the clock was set, so that the age of a recorded time is known. Without `ticks` the clock itself
    measures time.
    """

    def __init__(
        self,
        clock: Clock,
        ticks: Ticks | None = None,
        last_seen: datetime | None = None,
        local: Callable[[datetime], datetime] = lambda at: at,
    ) -> None:
        """`local` converts a time to the shop's local time, as in a reading."""
        self._clock = clock
        self._local = local
        self._ticks = ticks
        self._last_seen = last_seen
        self._stretches: tuple[Stretch, ...] = ()
        self._jump: Jump | None = None
        self.now()

    def now(self) -> datetime:
        """The time that the clock shows."""
        return self.read().now

    def read(self) -> Reading:
        """Read both clocks, once."""
        now, tick = self._local(self._clock()), None
        expected = self._last_seen
        if self._ticks is not None:
            tick = self._ticks()
            if self._stretches:
                latest = self._stretches[-1]
                expected = latest.first + timedelta(seconds=tick - latest.since)
            self._keep(now, tick, expected)
        if expected is not None and self._last_seen is not None and not -BEHIND <= now - expected <= AHEAD:
            self._jump = Jump(self._last_seen, now)
        self._last_seen = now
        return Reading(now, tick, self._stretches)

    def _keep(self, now: datetime, tick: float, expected: datetime | None) -> None:
        """Begin another stretch if the clock was set."""
        if self._stretches and expected is not None and abs(now - expected) < DRIFT:
            return
        self._stretches = (*self._stretches[-MOST_STRETCHES:], Stretch(tick, now))

    def ticks(self) -> float:
        """Seconds from any beginning, only for measuring how much time has passed."""
        return self._clock().timestamp() if self._ticks is None else self._ticks()

    def take_jump(self) -> Jump | None:
        """The jump of the clock, once; None without one."""
        jump, self._jump = self._jump, None
        return jump

    def elapsed(self, since: datetime) -> timedelta | None:
        """How long ago the clock showed a time; see `Reading.elapsed`."""
        return self.read().elapsed(since)

    def is_within(self, span: timedelta, since: datetime) -> bool:
        """Whether less than a span has passed since a time; False if unknown."""
        return self.read().is_within(span, since)
