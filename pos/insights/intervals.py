"""95 % intervals in closed form: of shares, means, ratios and differences, from sums that add up over days."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from pos.domain.value import value

NORMAL_95 = 1.959964
"""Half the width of a 95 % interval, in standard errors."""

FEWEST_TO_SAY = 30
"""Below this count a figure is marked as *few*: the normal approximations here need about as many."""


@value
class Interval:
    """A figure, its 95 % interval, and how many it rests on."""

    value: float
    low: float
    high: float
    count: int

    @property
    def is_few(self) -> bool:
        """Whether it rests on so few that nothing should be read into it."""
        return self.count < FEWEST_TO_SAY

    def scaled(self, factor: float) -> Interval:
        """The interval in another unit."""
        return Interval(self.value * factor, self.low * factor, self.high * factor, self.count)


def share_of(part: int, count: int, errors: float = NORMAL_95) -> Interval | None:
    """A share, 0 to 1, with Wilson's score interval: it stays inside 0 and 1 for small counts. None of nothing.

    It is as wide as so many standard errors to either side, which makes it a 95 % one where nothing else is said.
    """
    if count <= 0:
        return None
    share, z2 = part / count, errors**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    wide = errors / (1 + z2 / count) * sqrt(share * (1 - share) / count + z2 / (4 * count * count))
    return Interval(share, max(0.0, middle - wide), min(1.0, middle + wide), count)


def difference_of(one: Interval, other: Interval) -> Interval:
    """How far one share lies above another, by Newcombe's hybrid of their two Wilson intervals (1998, method 10)."""
    apart = one.value - other.value
    below = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Interval(apart, apart - below, apart + above, min(one.count, other.count))


def mean_of(count: int, total: float, squared: float) -> Interval | None:
    """A mean, from how many there are, their sum, and the sum of their squares; None of nothing."""
    if count <= 0:
        return None
    mean = total / count
    wide = NORMAL_95 * sqrt(_variance(count, total, squared) / count)
    return Interval(mean, mean - wide, mean + wide, count)


@value
class PairSums:
    """Of pairs (x, y): how many, the sums of each, of their squares, and of their products."""

    count: int
    x: float
    y: float
    xx: float
    yy: float
    xy: float


def ratio_of(sums: PairSums) -> Interval | None:
    """The sum of x over the sum of y with the interval of a ratio of means, by linearisation.

    The residuals x - r·y have mean zero; their variance over the mean of y gives the standard error (Cochran, *Sampling
    Techniques*, 6.4). None where y adds up to nothing.
    """
    if sums.count <= 0 or sums.y <= 0:
        return None
    ratio = sums.x / sums.y
    if sums.count == 1:
        return Interval(ratio, ratio, ratio, 1)
    squares = sums.xx - 2 * ratio * sums.xy + ratio * ratio * sums.yy
    error = sqrt(max(0.0, squares) / (sums.count - 1) * sums.count) / sums.y
    return Interval(ratio, ratio - NORMAL_95 * error, ratio + NORMAL_95 * error, sums.count)


@value
class Stratum:
    """One day of two groups: how many orders in each, their sums, and the sums of their squares."""

    count: int
    total: float
    squared: float
    other_count: int
    other_total: float
    other_squared: float


def stratified_difference(strata: Iterable[Stratum]) -> Interval | None:
    """How much larger the first group's mean is than the other's, compared day by day.

    A day counts by n·m / (n + m), the weights that make the estimate tightest; the variance is that within days and
    groups, pooled. None when no day has both, or nothing is left to tell a variance from.
    """
    both = [day for day in strata if day.count and day.other_count]
    weights = [day.count * day.other_count / (day.count + day.other_count) for day in both]
    freedom = sum(day.count + day.other_count - 2 for day in both)
    if not both or freedom < 1:
        return None
    apart = sum(
        weight * (day.total / day.count - day.other_total / day.other_count)
        for weight, day in zip(weights, both, strict=True)
    ) / sum(weights)
    within = sum(
        day.squared - day.total**2 / day.count + day.other_squared - day.other_total**2 / day.other_count
        for day in both
    )
    wide = NORMAL_95 * sqrt(max(0.0, within) / freedom / sum(weights))
    return Interval(apart, apart - wide, apart + wide, sum(day.other_count for day in both))


def _variance(count: int, total: float, squared: float) -> float:
    return max(0.0, squared - total * total / count) / (count - 1) if count > 1 else 0.0
