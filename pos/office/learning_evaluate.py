"""How well learning does on a file of past orders: learned from its first days, tested on its last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pos.domain.errors import BadInput
from pos.insights.baskets import Basket
from pos.insights.guessing import Contest, Estimate, Score, contest
from pos.office.history_columns import columns_of
from pos.office.history_rows import Clock, RowReader
from pos.office.history_source import source_of
from pos.store.history import SAME_ORDER_MINUTES

Figures = dict[str, float | list[float]]
Report = dict[str, Figures | dict[str, Figures] | int | bool]


def evaluate(path: Path, columns: Mapping[str, str], tell: Callable[[str], None] = lambda _: None) -> Contest:
    """Read a file, which may be any shop's, and test ours and its peers on it; nothing is stored.

    Raises `BadInput`: `history-too-short` for one that has too few days, or no order of two different things.
    """
    found = contest(baskets_in(path, columns), tell)
    if found is None:
        raise BadInput("history-too-short", path=path.name)
    return found


def baskets_in(path: Path, columns: Mapping[str, str]) -> list[Basket]:
    """The orders of a file as sets of numbered items; rows that cannot be taken are left out, as in an import."""
    source = source_of(path)
    places = columns_of(source.header, lambda: (row.cells for row in source.rows()), columns)
    reader = RowReader(places, Clock(places.day_first))
    numbers: dict[str, int] = {}
    orders: dict[str, list[tuple[int, set[int]]]] = {}
    for row in source.rows():
        line = reader.read(row.cells)
        if isinstance(line, str):
            continue
        same = orders.setdefault(line.order, [])
        items = next((items for minute, items in same if abs(minute - line.minute) <= SAME_ORDER_MINUTES), None)
        if items is None:
            items = set()
            same.append((line.minute, items))
        items.add(numbers.setdefault(line.item, len(numbers)))
    return [Basket(minute, tuple(sorted(items))) for same in orders.values() for minute, items in same]


def as_json(found: Contest) -> Report:
    """The figures in percent, each with its 95 % interval beside it."""
    return {
        "ours": _figures(found.ours),
        "peers": {name: _figures(score) for name, score in found.peers.items()},
        "orders_learned": found.learned,
        "orders_tested": found.tested,
        "guesses": found.guesses,
        "numeric": found.numeric,
    }


def _figures(score: Score) -> Figures:
    found: Figures = {}
    for name, one in (("hit1", score.hit1), ("hit3", score.hit3), ("mrr", score.mrr)):
        found[name] = round(one.value, 2)
        found[f"{name}_interval"] = _interval(one)
    return found


def _interval(one: Estimate) -> list[float]:
    return [round(one.low, 2), round(one.high, 2)]
