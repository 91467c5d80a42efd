"""Counting in how many orders things and pairs of things came; with NumPy where it is installed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

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

    def _add_dense(self, places: Mapping[int, Sequence[int]], orders: int) -> None:
        """A row for each order and a column for each thing, times itself."""
        import numpy as np

        ordered = sorted(places)
        held = np.zeros((len(ordered), orders), np.float32)  # exact: no slice has 2²⁴ orders
        for row, number in enumerate(ordered):
            held[row, places[number]] = 1
        counts = (held @ held.T).astype(np.int64)
        for row, count in enumerate(counts.diagonal().tolist()):
            self.items[ordered[row]] += count
        rows, columns = np.nonzero(np.triu(counts, 1))
        found = counts[rows, columns].tolist()
        for row, column, count in zip(rows.tolist(), columns.tolist(), found, strict=True):
            self.pairs[ordered[row], ordered[column]] += count


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
