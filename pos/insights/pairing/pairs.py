"""Counts the orders that hold a thing, and those that hold a pair of things; with NumPy where it is installed."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_DENSE = 1024
"""Up to so many different things in a slice, every possible pair has a counter; beyond, only the pairs that
occurred."""


MOST_PAIRS = 4_000_000
"""Orders that may have more pairs than this together are counted in halves, so that large ones need no more memory."""


class Kins:
    """Gives each kin a number. All sizes of one thing count as one kin. A kin met for the first time gets the next
    number."""

    def __init__(self, known: dict[str, int]) -> None:
        self.numbers = dict(known)
        self._next = max(known.values(), default=0) + 1

    def number(self, kin: str) -> int:
        """The number of a kin."""
        number = self.numbers.get(kin)
        if number is None:
            number = self.numbers[kin] = self._next
            self._next += 1
        return number


@dataclass(slots=True)
class PairCounts:
    """How many orders there were, how many held a thing, and for each thing how many held another, too. The count of a
    pair stands under either of the two, or is split between both."""

    orders: int = 0
    items: Counter[int] = field(default_factory=Counter)
    others: defaultdict[int, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def pairs(self) -> dict[tuple[int, int], int]:
        """How many orders held two things, the lower number first."""
        found: Counter[tuple[int, int]] = Counter()
        for one, others in self.others.items():
            for other, count in others.items():
                found[min(one, other), max(one, other)] += count
        return found

    def add(self, sizes: Sequence[int], items: array[int], kin_of: Sequence[int]) -> None:
        """Count orders. `sizes` is how many items each has, `items` are the items of all orders one after the other,
        and `kin_of` is the number of the kin that each item counts as."""
        if len(sizes) > 1 and sum(map(mul, sizes, sizes)) > MOST_PAIRS:
            half = len(sizes) // 2
            cut = sum(sizes[:half])
            self.add(sizes[:half], items[:cut], kin_of)
            self.add(sizes[half:], items[cut:], kin_of)
        else:
            self.orders += len(sizes)
            self._count(sizes, items, kin_of)

    def _count(self, sizes: Sequence[int], items: array[int], kin_of: Sequence[int]) -> None:
        """Count the things, and collect for each thing the others in its orders, each pair once. Counting what is with
        one thing at once takes half the time of counting pairs as pairs."""
        kins = map(kin_of.__getitem__, items)
        beside: defaultdict[int, list[int]] = defaultdict(list)
        seen: list[int] = []
        for size in sizes:
            order = [*{*islice(kins, size)}]
            seen += order
            while len(order) > 1:
                beside[order.pop()] += order
        self.items.update(seen)
        for one, others in beside.items():
            self.others[one].update(others)


class NumericTally(PairCounts):
    """The counts, by NumPy."""

    def _count(self, sizes: Sequence[int], items: array[int], kin_of: Sequence[int]) -> None:
        import numpy as np

        if not items:
            return
        kins = np.array(kin_of)[np.frombuffer(items, np.uint32)]
        numbers, columns = _numbered(kins, max(kin_of) + 1)
        orders, columns = _distinct(np.repeat(np.arange(len(sizes)), sizes), columns, len(numbers))
        found, counts = _together(orders, columns, len(numbers))
        ones, others = numbers[found // len(numbers)].tolist(), numbers[found % len(numbers)].tolist()
        for one, other, count in zip(ones, others, counts.tolist(), strict=True):
            if one == other:
                self.items[one] += count
            else:
                self.others[one][other] += count


def _numbered(kins: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The different numbers, ascending, and for each entry the place of its number among them."""
    import numpy as np

    there = np.zeros(size, bool)
    there[kins] = True
    return np.flatnonzero(there), (np.cumsum(there) - 1)[kins]


def _distinct(
    orders: NDArray[np.int64], columns: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The same lines, ascending, with each thing once in an order. Sorting takes a third of the time of `unique`."""
    import numpy as np

    lines = orders * size + columns
    lines.sort()
    lines = lines[np.diff(lines, prepend=-1) > 0]
    orders = lines // size
    return orders, lines - orders * size


def _together(
    orders: NDArray[np.int64], columns: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each pair that occurred, as the one times `size` plus the other, and how often. A thing paired with itself is how
    often the thing occurred. Every line is compared with the next, the one after that, and so on while they are of one
    order. This takes a twentieth of the time of multiplying a matrix by itself."""
    import numpy as np

    keys = [columns * (size + 1)]
    left = np.arange(len(columns))
    for distance in range(1, size):
        left = left[: np.searchsorted(left, len(columns) - distance)]
        left = left[orders[left] == orders[left + distance]]
        if not len(left):
            break
        keys.append(columns[left] * size + columns[left + distance])
    found = np.concatenate(keys)
    if size > MOST_DENSE:
        return np.unique(found, return_counts=True)
    counts = np.bincount(found, minlength=1)
    found = np.flatnonzero(counts)
    return found, counts[found]


def new_tally() -> PairCounts:
    """An empty count, the faster one where NumPy is installed."""
    from pos.insights.pairing.matrix import has_numpy

    return NumericTally() if has_numpy() else PairCounts()
