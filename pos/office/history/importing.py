"""Imports past orders: a file is read and previewed first, then written in durable slices, each order once."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, starmap
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from pos.domain.errors import BadInput
from pos.domain.value import replace
from pos.insights.pairing.baskets import MINUTES_A_DAY
from pos.office.history.blocks import RowBlock, unreadable
from pos.office.history.columns import OpenWord
from pos.office.history.forgetting import drop_if_empty, forget_part, start_file_again
from pos.office.history.lists import NotTakenList
from pos.office.history.mapping import Naming, name_items
from pos.office.history.reading import Options, ReadingPlan, plan_of
from pos.office.history.rows import NotTaken, ReadRows, RowReader, above_text
from pos.office.history.tills import table_beside
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store.learning.baskets import packed, unpacked
from pos.store.learning.history import FileAdded, FileInside, HistoryFile, PastOrder, Shared, check_size
from pos.store.slices import Slices
from pos.wording import Wording

MOST_ITEMS = 100_000
"""The most different items of a shop. In a file with more, the columns are confused."""

AS_IT_IS = Options()
EXAMPLES = 3
SHOWN_LEFT_OUT = 5
MOST_SHARED = 2_000
"""This many orders of a slice are looked up in other files. That is enough to see whether both come from the same
till."""

MOST_COUNTED = 100_000
"""Up to this many orders are counted exactly. Beyond it, an order whose lines are far apart is counted twice."""

LENGTH_BYTES = 8
IN_MEMORY = 4 << 20
"""Up to this many bytes, rows that are not confirmed wait in memory; beyond it on the disk."""

Tell = Callable[[int, int], None]
"""Called with how much of the file is read, and the file's size."""


class Example(NamedTuple):
    """An order as it was understood: its number, its minute since 1970, and its items."""

    ref: str
    minute: int
    items: Sequence[str]


class ReplacedFile(NamedTuple):
    """A file whose orders between two minutes this import replaces, and the number of those orders."""

    file: FileInside
    first: int
    last: int
    orders: int


@dataclass(slots=True)
class Preview:
    """What an import would bring; nothing is written yet.

    `rows` counts the rows read now, `after` those that are imported already. `first` and `last` are minutes. `left_out`
    has the first rows that are left out; `reasons` counts all of them. `same` are other files that hold some of these
    orders. `others` are files of the same name from another till.
    """

    plan: ReadingPlan
    rows: int = 0
    after: int = 0
    orders: int = 0
    first: int | None = None
    last: int | None = None
    unpriced: int = 0
    examples: list[Example] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    left_out: list[NotTaken] = field(default_factory=list)
    unknown_words: Sequence[str] = ()
    clock: str = ""
    replaced: list[ReplacedFile] = field(default_factory=list)
    same: list[FileInside] = field(default_factory=list)
    others: list[FileInside] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import.

    `lines` and `orders` count new ones. `refused`, `unpriced` and `reasons` count rows of the whole file, of which
    `all_lines` are read. `replaced` counts orders whose rows were replaced.
    """

    lines: int
    orders: int
    all_lines: int
    refused: int
    unpriced: int
    reasons: Mapping[str, int]
    list_path: Path | None
    naming: Naming
    replaced: int = 0


@verb
def begin_import(scene: ShopScene, file: FileAdded) -> Change[None]:
    """Put a new file on the list."""
    return Change(None, facts=(file,))


@verb
def import_orders(scene: ShopScene, orders: Slices) -> Change[None]:
    """Import a slice of a file's orders."""
    return Change(None, facts=(orders,))


class Import:
    """One import: `read` reads the file and writes nothing; `write` writes what was read."""

    def __init__(self, gate: ShopGate, path: Path, words: Wording, at: datetime, options: Options = AS_IT_IS) -> None:
        """Raises `BadInput`, as `plan_of` does."""
        store = gate.store
        self._gate, self._store, self._words, self._at = gate, store, words, at
        self.plan = plan_of(path, options, at.date(), table_beside(store.path))
        self._head, self._how = self.plan.source.known_by(), self.plan.known_by()
        known = store.history.known(self._head)
        self._again = known is not None and not self._goes_on(known)
        self._known = known
        self._file = HistoryFile(0, self._head, path.name, self._how)
        if known is not None:
            self._file = HistoryFile(known.id, known.head, known.name, self._how) if self._again else known
        self._numbers = {item.name: item.id for item in store.history.items().values()}
        self._first_new = self._next = store.history.last_item() + 1
        self._fresh: list[tuple[int, str, str]] = []
        self._sold: Counter[int] = Counter()
        self._same: set[int] = set()
        self._slices = SpooledTemporaryFile(max_size=IN_MEMORY, prefix="pos-import-")  # noqa: SIM115
        self.preview = Preview(self.plan, after=self._file.lines)

    def __enter__(self) -> Import:
        return self

    def __exit__(self, *_: object) -> None:
        self._slices.close()

    def _goes_on(self, known: HistoryFile) -> bool:
        """Whether the part of the file that is imported already is unchanged, and was read in the same way."""
        source = self.plan.source
        if known.how != self._how or known.read_to > source.size:
            return False
        return not known.read_to or known.tail == source.read_before(known.read_to)

    # ---- reading ----

    def read(self, tell: Tell = lambda done, size: None) -> Preview:
        """Read the file or its new part, and return the preview."""
        source, file, shown = self.plan.source, self._file, self.preview
        reader = RowReader(
            self.plan.layout,
            self.plan.table,
            self.plan.clock(file.clock),
            self._number,
            self.plan.options.details,
            file.above,
            self.plan.options.words,
        )
        seen, shared = _Seen(), dict[int, Shared]()
        tell(file.read_to, source.size)
        for block in source.blocks(file.read_to):
            part, first = ReadRows(), source.first_row + file.lines
            reader.take(block.rows, first, part)
            for place, begins in block.broken.items():
                part.refused.append(NotTaken(first + place, [begins], "history-row-never-ends"))
            before = part.settle()
            for order in part.orders.values():
                check_size(order.ref, len(order.items))
            file = self._moved(file, block, part, reader)
            self._show(part, seen)
            orders = [(order.ref, order.minute, packed(order.items)) for order in part.orders.values()]
            self._store.history.share(starmap(PastOrder, orders[:MOST_SHARED]), file.id, shared)
            self._keep(file, part.refused, orders, before)
            tell(block.end, source.size)
        for place, word in reader.open_words()[:1]:
            raise OpenWord(self.plan.layout.header[place], word)
        shown.rows, shown.reasons = file.lines - self._file.lines, Counter(file.reasons)
        shown.unknown_words, shown.clock = sorted(reader.unknown_words)[:SHOWN_LEFT_OUT], file.clock
        self._check(file, mixed=reader.clock.year_first and reader.clock.slashed)
        self._compare(shared)
        return shown

    def _number(self, name: str, code: str) -> int:
        found = self._numbers.get(name)
        if found is None:
            if len(self._numbers) >= MOST_ITEMS:
                raise BadInput("history-too-many-items", count=MOST_ITEMS)
            found = self._numbers[name] = self._next
            self._fresh.append((found, name, code))
            self._next += 1
        return found

    def _moved(self, file: HistoryFile, block: RowBlock, part: ReadRows, reader: RowReader) -> HistoryFile:
        """The state of the file after a block. The rows that are left out are not written to their list yet."""
        return replace(
            file,
            read_to=block.end,
            tail=self.plan.source.read_before(block.end),
            lines=file.lines + len(block.rows),
            refused=file.refused + len(part.refused),
            unpriced=file.unpriced + part.unpriced,
            clock=reader.clock.seen,
            above=above_text(reader.above),
            reasons=Counter(file.reasons) + Counter(row.why for row in part.refused),
        )

    def _show(self, part: ReadRows, seen: _Seen) -> None:
        """Add a slice to the preview."""
        shown, orders = self.preview, part.orders.values()
        shown.orders += seen.add(part.orders.keys())
        shown.unpriced += part.unpriced
        self._sold.update(chain.from_iterable([order.items for order in orders]))
        if orders:
            minutes = [order.minute for order in orders]
            shown.first = min(minutes) if shown.first is None else min(shown.first, *minutes)
            shown.last = max(minutes) if shown.last is None else max(shown.last, *minutes)
        if len(shown.examples) < EXAMPLES and orders:
            names = {number: name for name, number in self._numbers.items()}
            likely = sorted(list(orders)[: EXAMPLES * 20], key=lambda order: len(order.items) < 2)
            for order in likely[: EXAMPLES - len(shown.examples)]:
                shown.examples.append(Example(order.ref, order.minute, sorted(names[item] for item in order.items)))
        shown.left_out += part.refused[: SHOWN_LEFT_OUT - len(shown.left_out)]

    def _keep(
        self,
        file: HistoryFile,
        refused: Sequence[NotTaken],
        orders: list[tuple[str, int, bytes]],
        before: Sequence[tuple[str, int, int]],
    ) -> None:
        """Keep a slice until the import is confirmed."""
        rows = [(row.number, list(row.cells), row.why) for row in refused]
        how_far = (
            file.read_to, file.tail, file.lines, file.refused, file.unpriced, file.clock, file.above,
            dict(file.reasons),
        )  # fmt: skip
        content = marshal.dumps((how_far, orders, rows, self._fresh, list(before)))
        try:
            self._slices.write(len(content).to_bytes(LENGTH_BYTES, "little"))
            self._slices.write(content)
        except OSError as error:
            raise unreadable(self.plan.source.path, error) from error
        self._fresh = []

    def _check(self, file: HistoryFile, *, mixed: bool) -> None:
        """Raise `BadInput` if nothing of the file can be imported, or its dates are in both orders."""
        name = self.plan.source.path.name
        if not file.lines:
            raise BadInput("history-empty", path=name)
        if (
            self.plan.layout.day_first is not None
            and not self.plan.options.dates
            and file.reasons.get("history-date-other-order")
        ):
            raise BadInput("history-dates-mixed", path=name, count=file.reasons["history-date-other-order"])
        if mixed and not self.plan.options.dates:
            raise BadInput("history-dates-two-forms", path=name)
        if file.refused == file.lines:
            reasons = Counter(file.reasons).most_common(3)
            said = "; ".join(f"{self._words.number(count)} × {self._words.text(reason)}" for reason, count in reasons)
            raise BadInput("history-none-taken", path=name, reasons=said)

    def _compare(self, shared: Mapping[int, Shared]) -> None:
        """Find the file that this one replaces, and the files that hold some of the same orders."""
        shown, files = self.preview, {file.id: file for file in self._store.history.files()}
        self._same = {number for number, one in shared.items() if one.is_same_till}
        if self._again and self._known is not None:
            inside = files[self._known.id]
            if inside.orders:
                shown.replaced.append(ReplacedFile(inside, inside.first, inside.last, inside.orders))
        first, last = self._days()
        for number, file in files.items():
            if number == self._file.id:
                continue
            if file.name == self.plan.source.path.name and number in self._same and not self.preview.after:
                count = self._store.history.count_of(number, first, last)
                shown.replaced.append(ReplacedFile(file, first, last, count))
            elif number in self._same:
                shown.same.append(file)
            elif file.name == self.plan.source.path.name:
                shown.others.append(file)

    def _days(self) -> tuple[int, int]:
        """The first and last minute of the file's days."""
        first, last = self.preview.first or 0, self.preview.last or -1
        return first - first % MINUTES_A_DAY, last - last % MINUTES_A_DAY + MINUTES_A_DAY - 1

    # ---- writing ----

    def write(self, tell: Tell = lambda done, size: None) -> Imported:
        """Write what was read, each slice in its own transaction. If it is cut off, the next import continues from
        there."""
        history, size = self._store.history, self.plan.source.size
        history.expect_many()
        replaced = self._replace()
        file = replace(self._file, id=self._added())
        if not file.read_to:
            forget_part(self._gate, file.id)  # what a replacement that was cut off has left
        listed = NotTakenList(self.plan.source, self._store.path, self._words, file.refused_bytes)
        orders, renamed = 0, self._renamed()
        self._slices.seek(0)
        tell(file.read_to, size)
        for kept in self._kept(renamed):
            file = kept.moved(file, listed.add(kept.refused, file.refused_bytes))
            taking = history.taking(file, kept.orders, kept.names, kept.back, self._same)
            self._gate.do_in_slices(import_orders, taking)
            orders += taking.fresh
            tell(file.read_to, size)
        for one in self.preview.replaced:
            drop_if_empty(self._gate, one.file.id) if one.file.id != file.id else None
        naming = name_items(self._store, self.plan.source.path, self._words, self._sold_names())
        path = listed.path if file.refused else None
        return Imported(
            self.preview.rows, orders, file.lines, file.refused, file.unpriced, file.reasons, path, naming, replaced
        )

    def _replace(self) -> int:
        """Forget the orders that this import replaces; returns their number."""
        count = 0
        if self._again and self._known is not None:
            self._gate.do(start_file_again, self._known.id)
            count += forget_part(self._gate, self._known.id)
        for one in self.preview.replaced:
            count += forget_part(self._gate, one.file.id, one.first, one.last)
        return count

    def _added(self) -> int:
        """The number of the file in the database. A new file is put on the list."""
        known = self._store.history.known(self._head)
        if known is None:
            self._gate.do(begin_import, FileAdded(self._head, self._how, self._file.name, self._at))
            known = self._store.history.known(self._head)
        assert known is not None
        return known.id

    def _renamed(self) -> dict[int, int]:
        """New numbers for new items whose numbers somebody else has used since the file was read."""
        if self._store.history.last_item() < self._first_new:
            return {}
        there, following = self._store.history.items(), self._store.history.last_item() + 1
        found = {}
        for name, number in self._numbers.items():
            if number >= self._first_new:
                found[number] = there[name].id if name in there else following
                following += 0 if name in there else 1
        self._first_new = self._store.history.last_item() + 1
        return found

    def _kept(self, renamed: Mapping[int, int]) -> Iterator[_ReadSlice]:
        """The kept slices, with the items renumbered."""
        while length := self._slices.read(LENGTH_BYTES):
            content = self._slices.read(int.from_bytes(length, "little"))
            how_far, orders, refused, names, back = marshal.loads(content)
            yield _ReadSlice(
                how_far,
                _renumbered(starmap(PastOrder, orders), renamed),
                [NotTaken(*row) for row in refused],
                [(new, name, code) for old, name, code in names if (new := renamed.get(old, old)) >= self._first_new],
                [(ref, minute, renamed.get(item, item)) for ref, minute, item in back],
            )

    def _sold_names(self) -> Counter[str]:
        """The number of orders of this file with each name."""
        names = {number: name for name, number in self._numbers.items()}
        return Counter({names[number]: count for number, count in self._sold.items()})


def _renumbered(orders: Iterable[PastOrder], renamed: Mapping[int, int]) -> list[PastOrder]:
    if not renamed:
        return list(orders)
    return [order._replace(items=packed(renamed.get(item, item) for item in unpacked(order.items))) for order in orders]


class _ReadSlice(NamedTuple):
    """A slice that was read: the state of the file after it, its orders, the rows left out, the items named for the
    first time, and lines of earlier slices that are taken back."""

    how_far: tuple[int, str, int, int, int, str, str, dict[str, int]]
    orders: list[PastOrder]
    refused: list[NotTaken]
    names: list[tuple[int, str, str]]
    back: list[tuple[str, int, int]]

    def moved(self, file: HistoryFile, refused_bytes: int) -> HistoryFile:
        """The state of the file after this slice."""
        read_to, tail, lines, refused, unpriced, clock, above, reasons = self.how_far
        return replace(
            file,
            read_to=read_to,
            tail=tail,
            lines=lines,
            refused=refused,
            refused_bytes=refused_bytes,
            unpriced=unpriced,
            clock=clock,
            above=above,
            reasons=reasons,
        )


class _Seen:
    """The orders that were counted: all of them, or if there are too many the last ones."""

    def __init__(self) -> None:
        self._now: set[int] = set()
        self._before: set[int] = set()

    def add(self, orders: Iterable[tuple[str, int]]) -> int:
        """Count a slice's orders that were not counted before."""
        new = set(map(hash, orders)) - self._now - self._before
        if len(self._now) + len(new) > MOST_COUNTED:
            self._before, self._now = self._now, set()
        self._now |= new
        return len(new)
