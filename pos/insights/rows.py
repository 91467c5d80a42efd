"""Scores of all items at once, added up from rows: in NumPy where it is installed, else in lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vector: TypeAlias = "list[float] | NDArray[np.float32]"
"""One score for each item; all vectors of a run are of one kind."""

Rows: TypeAlias = list[list[float]]


class Guesser(Protocol):
    """Gives every item a score, the higher the likelier, from what is in an order and the hour."""

    def scores(self, rest: Sequence[int], hour: int) -> Vector:
        """One score for each item, whatever the scale; what is in the order already is not looked at."""
        ...


class Summed:
    """A start for each item and a row for each thing in the order, added up; with an hour's row where there is one."""

    def __init__(self, rows: Rows, start: Sequence[float], hours: Rows | None = None) -> None:
        self._rows, self._start, self._hours = rows, list(start), hours

    def scores(self, rest: Sequence[int], hour: int) -> Vector:
        """The sum for each item."""
        rows = [self._rows[item] for item in rest] if self._rows else []
        if self._hours is not None:
            rows.append(self._hours[hour])
        return [sum(column) for column in zip(self._start, *rows, strict=True)]


class NumericSummed:
    """The same by NumPy."""

    def __init__(self, rows: Rows, start: Sequence[float], hours: Rows | None = None) -> None:
        import numpy as np

        self._rows = np.array(rows or [[]], dtype=np.float32)
        self._start = np.array(start, dtype=np.float32)
        self._hours = None if hours is None else np.array(hours, dtype=np.float32)

    def scores(self, rest: Sequence[int], hour: int) -> Vector:
        """The sum for each item."""
        found = self._start if self._hours is None else self._start + self._hours[hour]
        if rest and self._rows.size:
            found = found + self._rows[list(rest)].sum(axis=0)
        return found


def summed(rows: Rows, start: Sequence[float], numeric: bool, hours: Rows | None = None) -> Guesser:
    """A start and rows to add up, with NumPy or without."""
    return NumericSummed(rows, start, hours) if numeric else Summed(rows, start, hours)


class Logged:
    """The logarithm of another's scores, which are shares: what is nothing or less counts as the floor."""

    def __init__(self, of: Guesser, floor: float) -> None:
        self._of, self._floor = of, floor

    def scores(self, rest: Sequence[int], hour: int) -> Vector:
        """The logarithms."""
        found = self._of.scores(rest, hour)
        if isinstance(found, list):
            return [log(max(score, 0.0) + self._floor) for score in found]
        import numpy as np

        return np.log(np.maximum(found, 0) + np.float32(self._floor))


def mixed(parts: Iterable[tuple[float, Vector]]) -> Vector:
    """Vectors times their weights, added."""
    weighed = [(weight, part) for weight, part in parts if weight]
    lists = [[weight * score for score in part] for weight, part in weighed if isinstance(part, list)]
    if lists:
        return [sum(column) for column in zip(*lists, strict=True)]
    import numpy as np

    found = np.zeros_like(weighed[0][1])
    for weight, part in weighed:
        found = found + np.float32(weight) * np.asarray(part)
    return found


def place(scores: Vector, item: int, rest: Sequence[int]) -> int:
    """The place of an item, from 1, among all that are not in the order; of equals the more popular, which has the
    lower number, goes first."""
    mine = scores[item]
    if isinstance(scores, list):
        ahead = sum([score > mine for score in scores]) + sum([score == mine for score in scores[:item]])
    else:
        ahead = int((scores > mine).sum()) + int((scores[:item] == mine).sum())
    return 1 + ahead - sum([bool(scores[other] > mine or (scores[other] == mine and other < item)) for other in rest])
