"""Finding what each column of a file of past orders means: by what the manager says, by the table of tills, else by its
name and content."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from pos.domain.errors import BadInput
from pos.domain.text import is_safe
from pos.domain.value import replace
from pos.office.history.packed import packed_form
from pos.office.history.tills import SALE, ExportTable, Packed, TillExport, is_total, plain
from pos.office.history.times import CellKind, DateOrder, is_fraction_column, kind_of, read_clock, read_days

Rows = Callable[[], Iterable[Sequence[str]]]
"""Reads the file from its first row, anew at each call."""

SAMPLE = 200
"""The number of rows that are read to find out what a column holds."""

WHAT = ("order", "time", "item", "items", "quantity", "price", "date", "code")
"""The meanings that `--columns` accepts."""

TIMES = (CellKind.MOMENT, CellKind.CLOCK, CellKind.DAY)
"""The kinds of content that a time column may have. Content counts more than the name: day and time of day may be in
two columns, and either may be called *time*."""

ORDERLIKE = re.compile(
    r".*(order|transaction|invoice|receipt|bill|ticket|ordre|kvittering|bong|bilag).*(id|no|nr|num|number|code|nummer)"
)
ITEMLIKE = re.compile(r".*(item|product|dish|article|vare|produkt|artikkel).*")
NO_ITEM = re.compile(
    r".*(id|code|kode|no|nr|number|nummer|qty|quantity|count|price|cost|type|category|group|total|antall"
    r"|pris|gruppe|kategori)"
)
STATUS = re.compile(r".*(status|state|tilstand)")
"""A column whose words say whether something was sold. The words of a `type` column may be ways to eat it."""

NO_TIME = re.compile(r".*(birth|expir|deliver|ship|due|update|modif|prep|cook|wait|durat|zone|sone).*")
CODE = re.compile(r"(?=\S*\d)[A-Z0-9._/#-]+|[a-z0-9]*\d[a-z0-9]*_?[a-z]?")
"""Content that cannot be the name of an item."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of each column in a row; None for a column that the file does not have.

    `day` is set where `time` has only the time of day. The cells of `items` hold several items each, in the form
    `packed`. `details` hold size, variant and modifiers. `register` is the till, in files where each till numbers its
    own orders. `words` and `flags` are the columns that say what kind of row it is. `day_first` is how `1/2/2025` is
    read; None if no date is ambiguous. With `fraction`, times of day are fractions of a day.
    """

    till: str
    header: Sequence[str]
    order: int
    time: int
    item: int | None
    items: tuple[int, ...] = ()
    day: int | None = None
    quantity: int | None = None
    price: int | None = None
    code: int | None = None
    register: int | None = None
    details: tuple[int, ...] = ()
    words: tuple[tuple[int, Mapping[str, str]], ...] = ()
    flags: tuple[tuple[int, str], ...] = ()
    packed: Packed = ""
    item_form: str = ""
    no_detail: frozenset[str] = frozenset()
    has_clock: bool = True
    fraction: bool = False
    day_first: bool | None = None
    dates_by: str = ""

    def known_by(self) -> str:
        """The choices in which two readings of one file may differ."""
        how = (self.order, self.time, self.item, self.items, self.day, self.quantity, self.day_first is False)
        return repr(how if self.register is None else (*how, self.register))


class OpenDates(BadInput):
    """The order of day and month is ambiguous. Has the first date as written, and both readings of it."""

    def __init__(self, path: str, text: str, day_first: date, month_first: date) -> None:
        super().__init__("history-open-dates", path=path, text=text, dmy=day_first, mdy=month_first)
        self.readings = {"dmy": day_first, "mdy": month_first}


class OpenItems(BadInput):
    """The cells of a column may hold one item each, or several with commas between them. `text` is such a cell."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__("history-open-items", column=column[:60], text=text[:80])
        self.column, self.text = column, text


class OpenWord(BadInput):
    """A status that is not known; it may or may not be that of a sale."""

    def __init__(self, column: str, word: str) -> None:
        super().__init__("history-open-word", column=column[:60], word=word[:60])
        self.column, self.word = column, word


class OpenColumn(BadInput):
    """Two columns may have the same meaning; `choices` are their names as `--columns` takes them."""

    def __init__(self, what: str, choices: Sequence[str], samples: Sequence[Sequence[str]]) -> None:
        super().__init__("history-open-column", column=what, one=choices[0], other=choices[1])
        self.what, self.choices, self.samples = what, choices, samples


def layout_of(
    name: str,
    header: Sequence[str],
    rows: Rows,
    said: Mapping[str, str],
    table: ExportTable,
    today: date,
    dates: str = "",
) -> Layout:
    """Find the columns of a file.

    `name` is the name of the file. `said` maps meanings to the columns that the manager named. `dates` is the order of
    dates that the manager named (`dmy`, `mdy`). Raises `BadInput`: `history-no-such-column`, `history-no-column`;
    `OpenColumn`, `OpenDates`.
    """
    finder = _Finder(header, list(islice(rows(), SAMPLE)), said, table)
    till = table.till_of([plain(cell) for cell in header])
    layout = finder.of_till(till) if till else finder.by_names()
    dated = layout.time if layout.day is None else layout.day
    order = DateOrder.of(cells[dated] for cells in rows() if len(cells) > dated)
    return _with_dates(name, layout, order, dates, till, today, is_at_home=till is None or finder.is_at_home(till))


def _with_dates(
    name: str, layout: Layout, order: DateOrder, said: str, till: TillExport | None, today: date, *, is_at_home: bool
) -> Layout:
    if said:
        return replace(layout, day_first=said == "dmy", dates_by="said")
    found = order.day_first(today)
    if found is not None:
        return replace(layout, day_first=found if order.days_first or order.months_first or order.open else None)
    if till is not None and till.dates != "ymd" and is_at_home:
        return replace(layout, day_first=till.dates == "dmy", dates_by="till")
    (one,), (other,) = (read_days(order.open[:1], first) for first in (True, False))
    raise OpenDates(name, order.open[0], one, other)


class _Finder:
    """The header of a file, and the content of its columns in the first rows."""

    def __init__(
        self, header: Sequence[str], sample: Sequence[Sequence[str]], said: Mapping[str, str], table: ExportTable
    ) -> None:
        self._header, self._table = header, table
        self._sample = [cells for cells in sample if not is_total(*(cell.strip() for cell in cells[:3]))]
        self._places: dict[str, list[int]] = {}
        for place, name in enumerate(header):
            self._places.setdefault(plain(name), []).append(place)
        self._said = {what: self._place_said(name) for what, name in said.items()}

    def _place_said(self, name: str) -> int:
        """The place of a column that the manager named. `Vare (2)` is the second column called `Vare`."""
        found = self._places.get(plain(name))
        second = re.fullmatch(r"(.+) \((\d+)\)", name.strip())
        if found is None and second is not None:
            found = self._places.get(plain(second[1]), [])[int(second[2]) - 1 :]
        if not found or not name.strip():
            raise BadInput("history-no-such-column", column=name, columns=shown(self._header))
        return found[0]

    def of_till(self, till: TillExport) -> Layout:
        """The columns of an export that is in the table of tills."""
        packed, items = till.packed, tuple(self._all(till.items))
        item = self._said.get("item", self._first(till.item))
        times = list(self._all(till.time))
        likely = [place for place in times if self._kind(place) is CellKind.MOMENT or till.day]
        time = self._said.get("time", next(iter([*likely, *times]), None))
        order = self._said.get("order", self._first(till.order))
        for what, place in (("order", order), ("time", time), ("item", item if not items else items[0])):
            if place is None:
                raise BadInput("history-no-column", column=what, columns=shown(self._header))
        assert order is not None
        assert time is not None
        day = self._said.get("date", self._first(till.day))
        day = None if day == time or self._kind(time) is CellKind.MOMENT else day
        words = [
            (place, self._meaning(said))
            for name, said in till.rows.items()
            for place in self._places.get(plain(name), [])
        ]
        flags = [(place, kind) for kind, names in till.flags.items() for place in self._all(names)]
        return self._finished(
            Layout(
                till.title,
                self._header,
                order,
                time,
                None if items else item,
                items,
                day,
                self._said.get("quantity", self._first(till.quantity)),
                self._said.get("price", self._first(till.price)),
                self._said.get("code", self._first(till.code)),
                None,
                tuple(self._all(till.details)),
                tuple(words),
                tuple(flags),
                packed,
                till.item_form,
                frozenset(map(plain, till.no_detail)),
            )
        )

    def is_at_home(self, till: TillExport) -> bool:
        """Whether the file is from the country whose dates the table gives for this till; prices and time zones
        tell."""
        return all(
            re.fullmatch(form, text)
            for name, form in till.dates_where.items()
            for place in self._places.get(plain(name), [])
            for text in self._texts(place)
        )

    def _meaning(self, said: Mapping[str, str]) -> dict[str, str]:
        return {plain(word): kind for word, kind in said.items()}

    def by_names(self) -> Layout:
        """The columns by their names and content."""
        order = self._choose("order", self._orderlike)
        item = self._item(order)
        items: tuple[int, ...] = ()
        packed: Packed = ""
        if item is None or (packed := self._packed(item, order)):
            items = (item,) if item is not None else tuple(self._all_of("items")[:1])
            packed = packed or self._packed(items[0], order) or "counted" if items else ""
        if item is None and not items:
            raise BadInput("history-no-column", column="item", columns=shown(self._header))
        taken = {order, item, *items}
        quantity = self._number("quantity", taken) if not items else None
        price = self._number("price", taken | {quantity})
        time, day = self._times(taken | {quantity, price})
        taken |= {quantity, price, time, day}
        code = self._said.get("code", next((place for place in self._all_of("code") if place not in taken), None))
        rows = [place for place in range(len(self._header)) if place not in taken]
        words: list[tuple[int, Mapping[str, str]]] = [
            (place, {}) for place in rows if plain(self._header[place]) in self._table.word_columns
        ]
        words += [
            (place, {**dict.fromkeys(map(plain, NO), kind), **dict.fromkeys(map(plain, YES), SALE)})
            for place in rows
            if (kind := self._table.unless_columns.get(plain(self._header[place]))) is not None
            and {text.casefold() for text in self._texts(place)} <= NO | YES
        ]
        flags = [
            (place, self._table.flag_columns[name])
            for place in rows
            if (name := plain(self._header[place])) in self._table.flag_columns
        ]
        return self._finished(
            Layout(
                "", self._header, order, time, None if items else item, items, day, quantity, price, code,
                self._register(order, taken | {code}), (), tuple(words),
                tuple(flags), packed,
            )
        )  # fmt: skip

    def _register(self, order: int, taken: set[int | None]) -> int | None:
        """The column of the till, if several tills use the same order number."""
        for place in self._all_of("register"):
            if place not in taken:
                pairs = {
                    (row[order].strip(), row[place].strip()) for row in self._sample if len(row) > max(order, place)
                }
                pairs = {(ref, till) for ref, till in pairs if ref and till}
                if len({ref for ref, _ in pairs}) < len(pairs):
                    return place
        return None

    def _finished(self, layout: Layout) -> Layout:
        """The layout, completed by what the time column holds."""
        kind = self._kind(layout.time)
        if layout.day is None and kind is CellKind.CLOCK:
            raise BadInput("history-no-column", column="date", columns=shown(self._header))
        has_clock = layout.day is not None or kind is not CellKind.DAY
        fraction = layout.day is not None and is_fraction_column(self._texts(layout.time))
        return replace(layout, has_clock=has_clock, fraction=fraction)

    # ---- names ----

    def _first(self, names: Iterable[str]) -> int | None:
        return next(iter(self._all(names)), None)

    def _all(self, names: Iterable[str]) -> Iterator[int]:
        """The columns with these names, in the order of the names. `line_item_*` stands for all columns that begin so
        and end in a number."""
        for name in names:
            if name.endswith("*"):
                start = plain(name)
                yield from (
                    place for key, found in self._places.items() if re.fullmatch(f"{start}\\d+", key) for place in found
                )
            else:
                yield from self._places.get(plain(name), [])[:1]

    def _all_of(self, what: str) -> list[int]:
        """All columns whose name is in the table for a meaning, the likeliest name first."""
        return [place for name in self._table.columns[what] for place in self._places.get(name, [])]

    def _texts(self, place: int) -> list[str]:
        return [text for cells in self._sample if len(cells) > place and (text := cells[place].strip())]

    def _kind(self, place: int) -> CellKind:
        return kind_of(self._texts(place))

    def _choose(self, what: str, alike: Callable[[], list[int]]) -> int:
        """The column that the manager named, else the one with the likeliest name, else the only one with a similar
        name."""
        if what in self._said:
            return self._said[what]
        named = [place for place in self._all_of(what) if self._texts(place) or not self._sample]
        likely = named or alike()
        if not named and len(likely) != 1:
            raise BadInput("history-no-column", column=what, columns=shown(self._header))
        return self._only(what, likely[0])

    def _orderlike(self) -> list[int]:
        return [place for name, places in self._places.items() if ORDERLIKE.fullmatch(name) for place in places]

    def _only(self, what: str, place: int, fits: Callable[[int], bool] = lambda place: True) -> int:
        """The column, if no other column of the same name fits as well. Raises `OpenColumn`."""
        same = [one for one in self._places[plain(self._header[place])] if fits(one)]
        texts = {one: self._texts(one) for one in same}
        different = [one for one in same if texts[one] and texts[one] != texts[same[0]]]
        if len(same) > 1 and different and texts[same[0]]:
            name = self._header[place]
            numbers = [self._places[plain(name)].index(one) + 1 for one in (same[0], different[0])]
            choices = [f"{name} ({number})" for number in numbers]
            raise OpenColumn(what, choices, [texts[same[0]][:3], texts[different[0]][:3]])
        return next((one for one in same if texts[one]), place)

    # ---- what columns hold ----

    def _item(self, order: int) -> int | None:
        """The column of the item's name. A column that holds names is preferred to one that holds codes."""
        for what in ("item", "items"):
            if what in self._said:
                return self._said[what]
        named = [place for place in self._all_of("item") if place != order]
        alike = [
            place
            for name, places in self._places.items()
            if ITEMLIKE.fullmatch(name) and not NO_ITEM.fullmatch(name)
            for place in places
            if place != order
        ]
        named += alike if not named and len(alike) == 1 else []
        found = next((place for place in named if self._holds_names(place)), None)
        if found is not None:
            return self._only("item", found, self._holds_names)
        codes = [place for place in [*named, *self._all_of("code")] if place != order]
        if self._all_of("items"):
            return None
        return codes[0] if codes else None

    def _packed(self, item: int, order: int) -> Packed:
        """The form in which the cells of a column hold several items, if they do. Raises `OpenItems`."""
        orders, texts = self._texts(order), self._texts(item)
        named = plain(self._header[item]) in self._table.columns["items"] or item == self._said.get("items")
        alone = len(set(orders)) == len(orders) > 1 and not self._all_of("quantity")
        found = packed_form(texts, named=named, one_row_an_order=alone)
        if found is None and "item" not in self._said:
            raise OpenItems(self._header[item], max(texts, key=lambda text: text.count(",")))
        return found or ("counted" if item == self._said.get("items") else "")

    def _holds_names(self, place: int) -> bool:
        texts = self._texts(place)
        if not texts:
            return not self._sample
        named = [text for text in texts if not CODE.fullmatch(text)]
        return len(named) > 0.4 * len(texts) and self._kind(place) is CellKind.OTHER

    def _number(self, what: str, taken: set[int | None]) -> int | None:
        if what in self._said:
            return self._said[what]
        likely = [place for place in self._all_of(what) if place not in taken]
        return self._only(what, likely[0], self._holds_numbers) if likely else None

    def _holds_numbers(self, place: int) -> bool:
        texts = self._texts(place)
        return sum(1 for text in texts if re.search(r"\d", text)) > 0.5 * len(texts)

    def _times(self, taken: set[int | None]) -> tuple[int, int | None]:
        """The column of the time, and the column of the day if that is separate."""
        names = self._table.columns["time"]
        free = [place for place in range(len(self._header)) if place not in taken]
        likely = [place for place in free if not NO_TIME.fullmatch(plain(self._header[place]))]
        likely.sort(key=lambda place: (_rank(names, plain(self._header[place])), place))
        kinds = {place: self._kind(place) for place in free}
        if "time" in self._said:
            said = self._said["time"]
            return said, self._day_of(said, likely, kinds)
        clocks = [place for place in likely if plain(self._header[place]) in self._table.columns["clock"]]
        time: int | None = next((place for kind in TIMES for place in likely if kinds[place] is kind), None)
        if time is not None and kinds[time] is CellKind.DAY:
            # A column called so is the time of day whatever it holds: what cannot be read there is refused.
            clock = next((place for place in clocks if self._may_be_clock(place, kinds)), None)
            day = next((place for place in likely if place != clock and kinds[place] is CellKind.DAY), None)
            if clock is not None and day is not None:
                return clock, self._said.get("date", day)
        if time is None:
            time = next((place for place in likely if _rank(names, plain(self._header[place])) < len(names)), None)
        if time is None:
            raise BadInput("history-no-column", column="time", columns=shown(self._header))
        return self._only("time", time, lambda place: kinds.get(place) is kinds[time]), self._day_of(
            time, likely, kinds
        )

    def _may_be_clock(self, place: int, kinds: Mapping[int, CellKind]) -> bool:
        """Whether a column with the name of a time of day may be one: `12.30.15` may also be a day."""
        texts = self._texts(place)
        return bool(texts) and (kinds[place] is CellKind.OTHER or all(read_clock(text) is not None for text in texts))

    def _day_of(self, time: int, likely: Sequence[int], kinds: Mapping[int, CellKind]) -> int | None:
        if "date" in self._said:
            return self._said["date"]
        if self._kind(time) in (CellKind.MOMENT, CellKind.DAY):
            return None
        return next((place for place in likely if place != time and kinds[place] is CellKind.DAY), None)


def _rank(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names)


def shown(header: Sequence[str]) -> str:
    """All column names of a file, as far as they can be displayed."""
    return ", ".join(name[:60] for name in header if is_safe(name) and name.strip())


YES = frozenset({"yes", "ja", "true", "1", "y", "j", "t", "x", "sann"})
NO = frozenset({"", "no", "nei", "false", "0", "n", "f", "none", "null", "nan", "usann", "-", "000", "not refunded"})


def is_yes(cell: str, denials: Container[str] = ()) -> bool:
    """Whether a cell means yes: it is not empty, no *no*, no zero, and does not begin with a word of denial (`Not
    voided`)."""
    text = cell.strip().casefold()
    if not text or text in NO or text.split()[0] in denials:
        return False
    return bool(re.sub(r"[0.,\s-]", "", text))
