"""Which column of a file of past orders is what: as the manager says, else by its name and by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pos.domain.errors import BadInput
from pos.domain.text import is_safe
from pos.office.history_times import Kind, is_day_first, kind_of

Rows = Callable[[], Iterable[Sequence[str]]]
"""Reads the file from its first row on, once more each time."""

SAMPLE = 200
"""So many rows show what a column holds."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "order": ("order", "order id", "order number", "order no", "transaction", "transaction id", "transaction number",
              "transaction no", "receipt", "receipt id", "receipt number", "receipt no", "invoice", "invoice no",
              "invoice id", "invoice number", "bill", "bill no", "bill id", "bill number", "ticket", "ticket id",
              "ticket no", "ticket number", "check id", "check no", "check number", "basket id", "sale id", "sales id",
              "ordre", "ordrenummer", "ordrenr", "bestilling", "bestillingsnummer", "kvittering", "kvitteringsnummer",
              "bilag", "bilagsnummer", "bong", "bongnummer", "member number", "customer id"),
    "time": ("time", "datetime", "timestamp", "order datetime", "order date", "order time", "transaction datetime",
             "transaction date", "transaction time", "invoice date", "sale date", "date", "created at", "tid",
             "tidspunkt", "dato", "klokkeslett", "bestilt"),
    "item": ("item", "item name", "menu item", "item description", "product", "product name", "product detail",
             "product description", "description", "name", "dish", "article", "article name", "sku", "stock code",
             "item id", "product id", "vare", "varenavn", "navn", "produkt", "produktnavn", "beskrivelse", "artikkel"),
    "quantity": ("quantity", "qty", "count", "transaction qty", "order quantity", "antall"),
    "price": ("price", "product price", "item price", "unit price", "amount", "pris", "enhetspris", "beløp"),
    "date": (),
}  # fmt: skip
"""What each column may be called when nobody has said, the likeliest first; capitals, blanks, `_` and `-` count for
nothing. An order that has only its customer's number is what that customer bought within half a day."""

NEEDED = ("order", "item")
TIMES = (Kind.MOMENT, Kind.CLOCK, Kind.DAY)
"""What a column holds counts for more than its name: day and time of day may stand in two, and either be *time*."""

ORDERLIKE = re.compile(
    r".*(order|transaction|invoice|receipt|bill|ticket|ordre|kvittering).*(id|no|nr|num|number|code)"
)
ITEMLIKE = re.compile(r".*(item|product|dish|article|vare|produkt|artikkel).*")
NO_ITEM = re.compile(r".*(id|code|no|nr|number|qty|quantity|count|price|cost|type|category|group|total|antall|pris)")
NO_TIME = re.compile(r".*(birth|expir|deliver|ship|due|update|modif|prep|cook|wait|durat).*")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands; None for a column that the file does not have. `day` is there where `time` has
    the time of day alone; `day_first` is how `1/2/2025` is meant."""

    order: int
    time: int
    item: int
    quantity: int | None
    price: int | None
    day: int | None = None
    day_first: bool = True


def columns_of(header: Sequence[str], rows: Rows, chosen: Mapping[str, str]) -> Columns:
    """Find the columns by the names given, else by those that such files use and by what they hold.

    Raises `BadInput`: `history-no-such-column`, `history-no-column`.
    """
    found = _by_their_names(header, chosen)
    taken = {found.get(what) for what in ("order", "item", "quantity", "price")}
    likely = [place for place in _by_name(header) if place not in taken]
    ranked = [found["time"]] if "time" in chosen else likely
    kinds = _kinds(header, rows)
    time = next((place for kind in TIMES for place in ranked if kinds[place] is kind), found.get("time"))
    if time is None:
        time = found.get("time")
    if time is None:
        raise BadInput("history-no-column", column="time", columns=_shown(header))
    day = None
    if kinds[time] is Kind.CLOCK:
        day = found.get("date", next((place for place in likely if kinds[place] is Kind.DAY), None))
        if day is None:
            raise BadInput("history-no-column", column="date", columns=_shown(header))
    dated = time if day is None else day
    day_first = is_day_first(cells[dated].strip() for cells in rows() if len(cells) > dated)
    return Columns(found["order"], time, found["item"], found.get("quantity"), found.get("price"), day, day_first)


def _by_their_names(header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, int]:
    places = {_plain(name): place for place, name in reversed(list(enumerate(header)))}
    found: dict[str, int] = {}
    for what, names in NAMES.items():
        if what in chosen:
            place = places.get(_plain(chosen[what]))
            if place is None:
                raise BadInput("history-no-such-column", column=chosen[what], columns=_shown(header))
        else:
            place = next((places[_plain(name)] for name in names if _plain(name) in places), _alike(what, places))
        if place is not None:
            found[what] = place
        elif what in NEEDED:
            raise BadInput("history-no-column", column=what, columns=_shown(header))
    return found


def _alike(what: str, places: Mapping[str, int]) -> int | None:
    """The one column whose name speaks of an order's number, or of an item; None if there are several."""
    if what == "order":
        found = [place for name, place in places.items() if ORDERLIKE.fullmatch(name)]
    elif what == "item":
        found = [place for name, place in places.items() if ITEMLIKE.fullmatch(name) and not NO_ITEM.fullmatch(name)]
    else:
        return None
    return found[0] if len(found) == 1 else None


def _kinds(header: Sequence[str], rows: Rows) -> list[Kind]:
    sample = list(islice(rows(), SAMPLE))
    return [kind_of(cells[place].strip() for cells in sample if len(cells) > place) for place in range(len(header))]


def _by_name(header: Sequence[str]) -> list[int]:
    """The columns that may be a time, the likeliest name first."""
    names = [_plain(name) for name in NAMES["time"]]

    def rank(place: int) -> tuple[int, int]:
        name = _plain(header[place])
        return (names.index(name) if name in names else len(names)), place

    return sorted((place for place in range(len(header)) if not NO_TIME.fullmatch(_plain(header[place]))), key=rank)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _shown(header: Sequence[str]) -> str:
    """The names in a file, as far as they can be shown."""
    return ", ".join(name for name in header[:20] if is_safe(name))[:200]
