"""Measures how well learning does on a file of past orders: it learns from the first days and is tested on the last
ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pos.domain.errors import BadInput
from pos.domain.text import LocalText
from pos.insights.pairing.baskets import Basket
from pos.insights.pairing.evaluation import Estimate, Evaluation, GuessScore, evaluate_guess
from pos.office.history.reading import Options, plan_of
from pos.office.history.rows import ReadRows, RowReader
from pos.store.learning.history import SAME_ORDER_MINUTES, WHOLE
from pos.wording import wording

Figures = dict[str, float | list[float]]
Report = dict[str, Figures | dict[str, Figures] | int | bool]
Tell = Callable[[int, int], None]


@dataclass(slots=True)
class Past:
    """The orders of a file, the number of its rows, and how many were left out for each reason."""

    baskets: list[Basket] = field(default_factory=list)
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def evaluate(past: Past, name: str, tell: Tell = lambda done, of: None) -> Evaluation:
    """Test our guess and two simple rules on the orders of any shop's file; nothing is stored.

    Raises `BadInput`: `history-empty`, `evaluate-none-taken`, `history-one-day`, `history-one-item`,
    `history-only-single`, or `history-too-short` if there is nothing to guess in the last days.
    """
    _check(past, name)
    found = evaluate_guess(past.baskets, tell)
    if found is None:
        raise BadInput("history-too-short", path=name)
    return found


def _check(past: Past, name: str) -> None:
    if not past.rows:
        raise BadInput("history-empty", path=name)
    if not past.baskets:
        reason = past.left_out.most_common(1)[0][0]
        why = LocalText(wording("nb").text(reason), wording("en").text(reason))
        raise BadInput("evaluate-none-taken", path=name, rows=past.rows, reason=why)
    if len({basket.day for basket in past.baskets}) < 2:
        raise BadInput("history-one-day", path=name)
    if len({item for basket in past.baskets for item in basket.items}) < 2:
        raise BadInput("history-one-item", path=name)
    if all(len(basket.items) < 2 for basket in past.baskets):
        raise BadInput("history-only-single", path=name)


def read_past(path: Path, options: Options, tell: Tell = lambda done, of: None) -> Past:
    """The orders of a file as sets of item numbers. Rows are left out as in an import.

    `tell` is called with how much of the file is read. Raises `BadInput`.
    """
    plan = plan_of(path, options, datetime.now(UTC).date())
    source, numbers = plan.source, dict[str, int]()
    reader = RowReader(
        plan.layout,
        plan.table,
        plan.clock(),
        lambda name, code: numbers.setdefault(name, len(numbers)),
        options.details,
    )
    past, orders = Past(), dict[str, list[tuple[int, set[int]]]]()
    for block in source.blocks(0):
        part = ReadRows()
        reader.take(block.rows, source.first_row + past.rows, part)
        before = part.settle()
        past.rows += len(block.rows)
        past.left_out += Counter(row.why for row in part.refused)
        past.left_out["history-row-never-ends"] += len(block.broken)
        for order in part.orders.values():
            _items_of(order.ref, order.minute, orders).update(order.items)
        for ref, minute, item in before:
            items = _items_of(ref, minute, orders)
            items.difference_update(items.copy() if item == WHOLE else {item})
        tell(block.end, source.size)
    past.left_out = +past.left_out
    found = (Basket(minute, tuple(sorted(items))) for same in orders.values() for minute, items in same if items)
    past.baskets = list(found)
    return past


def _items_of(ref: str, at: int, orders: dict[str, list[tuple[int, set[int]]]]) -> set[int]:
    """The items of the order with this number less than half a day away."""
    same = orders.setdefault(ref, [])
    for minute, items in same:
        if abs(minute - at) <= SAME_ORDER_MINUTES:
            return items
    same.append((at, set()))
    return same[-1][1]


def as_json(found: Evaluation, past: Past) -> Report:
    """The figures in percent, each with its 95 % interval."""
    return {
        "ours": _figures(found.ours),
        "peers": {name: _figures(score) for name, score in found.peers.items()},
        "rows": past.rows,
        "rows_left_out": past.left_out.total(),
        "orders_learned": found.learned,
        "orders_tested": found.tested,
        "guesses": found.guesses,
        "numeric": found.numpy,
    }


def _figures(score: GuessScore) -> Figures:
    found: Figures = {}
    for name, one in (("hit1", score.hit1), ("hit3", score.hit3), ("mrr", score.mrr)):
        found[name] = round(one.value, 2)
        found[f"{name}_interval"] = _interval(one)
    return found


def _interval(one: Estimate) -> list[float]:
    return [round(one.low, 2), round(one.high, 2)]
