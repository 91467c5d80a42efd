"""Counting in how many orders things and pairs of things came; with NumPy where it is installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BREAK = "\n"
"""Stands right before the first SKU of each order in a text; no SKU has it."""

MOST_DENSE = 512
"""Up to so many different things in a slice every pair of them is looked at; beyond, only the pairs of each order."""

ZERO, ONE = b"0", ord("1")


class Numbers(dict[str, int]):
    """The number of what each SKU counts as: sizes of one thing are one. A kin met for the first time gets the next."""

    def __init__(self, kin_of: Callable[[str], str], known: dict[str, int]) -> None:
        super().__init__()
        self.kins = dict(known)
        self._kin_of = kin_of
        self._next = max(known.values(), default=0) + 1

    def __missing__(self, sku: str) -> int:
        self[sku] = number = self.of_kin(self._kin_of(sku))
        return number

    def of_kin(self, kin: str) -> int:
        """The number of a kin."""
        number = self.kins.get(kin)
        if number is None:
            number = self.kins[kin] = self._next
            self._next += 1
        return number


@dataclass(slots=True)
class Tally:
    """How many orders there were, how many held a thing, and how many held two: the lower number first."""

    orders: int = 0
    items: Counter[int] = field(default_factory=Counter)
    pairs: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, baskets: Sequence[Iterable[int]]) -> None:
        """Count orders given as numbers."""
        different = [sorted({*basket}) for basket in baskets]
        self.orders += len(different)
        self.items.update(chain.from_iterable(different))
        self.pairs.update(chain.from_iterable([combinations(basket, 2) for basket in different]))

    def add_text(self, text: str, numbers: Numbers) -> None:
        """Count the orders of a text: SKUs with blanks between them, `BREAK` before the first of each order."""
        if not text:
            return
        places, orders = _places(text, numbers)
        if len(places) > MOST_DENSE:
            self._add_sparse(places, orders)
        else:
            self._add_dense(places, orders)
            self.orders += orders

    def _add_sparse(self, places: Mapping[int, Sequence[int]], orders: int) -> None:
        baskets: list[list[int]] = [[] for _ in range(orders)]
        for number, held in places.items():
            for order in held:
                baskets[order].append(number)
        self.add(baskets)

    def _add_dense(self, places: Mapping[int, Sequence[int]], orders: int) -> None:
        """One long number for each thing, with a bit for each order: two things together are the bits of both. Twice
        as fast as going through the pairs of each order."""
        before: list[tuple[int, int]] = []
        for number in sorted(places):
            bits = bytearray(ZERO * orders)
            for order in places[number]:
                bits[order] = ONE
            mask = int(bits, 2)
            self.items[number] += mask.bit_count()
            for other, there in before:
                both = (mask & there).bit_count()
                if both:
                    self.pairs[other, number] += both
            before.append((number, mask))


class NumericTally(Tally):
    """The same counts by NumPy."""

    def add_text(self, text: str, numbers: Numbers) -> None:
        """Count the orders of a text, as `Tally` does."""
        import numpy as np

        if not text:
            return
        words = text.split(" ")
        columns = _Columns(numbers)
        flat = np.fromiter(map(columns.__getitem__, words), np.int64, len(words))
        order = np.cumsum(flat & 1) - 1
        if len(columns.numbers) > MOST_DENSE:
            super().add_text(text, numbers)
            return
        self.orders += int(order[-1]) + 1
        self._add_counts(_together(order, flat >> 1, len(columns.numbers)), columns.numbers)

    def _add_counts(self, counts: NDArray[np.int64], numbers: Sequence[int]) -> None:
        import numpy as np

        for number, count in zip(numbers, counts.diagonal().tolist(), strict=True):
            self.items[number] += count
        rows, columns = np.nonzero(np.triu(counts, 1))
        found = counts[rows, columns].tolist()
        for row, column, count in zip(rows.tolist(), columns.tolist(), found, strict=True):
            one, other = numbers[row], numbers[column]
            self.pairs[(one, other) if one < other else (other, one)] += count


def _together(orders: NDArray[np.int64], columns: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """How many orders hold each thing (on the diagonal) and each two, by comparing every line with the next, the one
    after that, and so on while they are of one order: a fifth of the time of a matrix times itself."""
    import numpy as np

    lines = np.unique(orders * size + columns)  # sorted, and each thing once in an order
    orders, columns = lines // size, lines % size
    keys = [columns * (size + 1)]
    left = np.arange(len(lines))
    for distance in range(1, size):
        left = left[: np.searchsorted(left, len(lines) - distance)]
        left = left[orders[left] == orders[left + distance]]
        if not len(left):
            break
        keys.append(columns[left] * size + columns[left + distance])
    return np.bincount(np.concatenate(keys), minlength=size * size).reshape(size, size)


class _Columns(dict[str, int]):
    """For each word of a text twice its thing's column, and one more where the word begins an order."""

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self.numbers: list[int] = []
        self._by_number: dict[int, int] = {}
        self._all = numbers

    def __missing__(self, word: str) -> int:
        number = self._all[word.removeprefix(BREAK)]
        column = self._by_number.get(number)
        if column is None:
            column = self._by_number[number] = len(self.numbers)
            self.numbers.append(number)
        self[word] = found = 2 * column + word.startswith(BREAK)
        return found


def _places(text: str, numbers: Numbers) -> tuple[dict[int, list[int]], int]:
    """In which orders of a text each thing is, by its number, and how many orders there are."""
    by_word: dict[str, list[int]] = {}
    found: dict[int, list[int]] = {}
    order = -1
    for word in text.split(" "):
        if word[0] == BREAK:
            order += 1
        held = by_word.get(word)
        if held is None:
            number = numbers[word.removeprefix(BREAK)]
            held = by_word[word] = found.setdefault(number, [])
        held.append(order)
    return found, order + 1


def new_tally() -> Tally:
    """An empty count, the faster one where NumPy is installed."""
    from pos.insights.ease import has_numeric

    return NumericTally() if has_numeric() else Tally()
