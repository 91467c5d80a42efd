"""Compares the guess with its peers, on real histories where they are available and on two made-up ones.

`POS_BENCH_HISTORIES` names files, separated by colons. Without it the real histories beside the checkout are used.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from pos.insights.pairing.baskets import Basket
from pos.insights.pairing.evaluation import Estimate, GuessScore, evaluate_guess
from pos.insights.pairing.guess import pair_scores
from pos.insights.pairing.matrix import has_numpy
from pos.office.history.reading import Options
from pos.office.learning.evaluating import read_past
from tests.bench.guessing_peers import PEERS
from tests.insights.histories import REAL, SHARED, at

HOURS = (8, 12, 15, 19)
SIZES = (1, 1, 2, 2, 3, 3, 4, 5, 6)


def made(orders: int, items: int, days: int, seed: int, largest: int) -> list[Basket]:
    """Returns made-up orders. Each order has one of twenty tastes, and each taste likes a tenth of the items ten times
    as much. A quarter of the items sell four times as well at one hour. A tenth of the items bring another item with
    them every second time."""
    draw = random.Random(seed)
    popularity = [1 / (place + 5) for place in range(items)]
    tastes = [{*draw.sample(range(items), items // 10)} for _ in range(20)]
    own_hour = {item: draw.choice(HOURS) for item in draw.sample(range(items), items // 4)}
    follows = {item: draw.randrange(items) for item in draw.sample(range(items), items // 10)}
    weights = {
        (number, hour): [
            weight * (10 if item in taste else 1) * (4 if own_hour.get(item) == hour else 1)
            for item, weight in enumerate(popularity)
        ]
        for number, taste in enumerate(tastes)
        for hour in HOURS
    }
    found = []
    for number in range(orders):
        hour, taste = draw.choice(HOURS), draw.randrange(len(tastes))
        chosen = {*draw.choices(range(items), weights[taste, hour], k=1 + draw.choice(SIZES) * largest // 6)}
        chosen |= {follows[item] for item in chosen if item in follows and draw.random() < 0.5}
        found.append(Basket(at(number * days // orders, hour), tuple(sorted(chosen))))
    return found


def histories() -> Iterator[tuple[str, list[Basket]]]:
    """The histories with their names."""
    named = os.environ.get("POS_BENCH_HISTORIES", "")
    paths = [Path(name) for name in named.split(":")] if named else [SHARED / name for name in REAL]
    for path in paths:
        if path.exists():
            yield path.name, read_past(path, Options()).baskets
    yield "made up: fast food", made(12_000, 90, 180, 1, 4)
    yield "made up: grocery", made(8_000, 1_200, 300, 2, 12)


def report(folder: Path) -> Iterator[str]:
    """The rows of the report: percent with 95 % intervals, then what scoring all pairs costs."""
    for name, baskets in histories():
        found = evaluate_guess(baskets, peers=PEERS)
        if found is None:
            yield f"{name}: nothing to guess"
            continue
        yield f"-- {name}: {found.learned:,} orders learned from, {found.guesses:,} guesses"
        scores: Mapping[str, GuessScore] = {"ours": found.ours, **found.peers}
        yield from (f"{peer:18}{_row(score)}" for peer, score in scores.items())
        for numpy in (True, False) if has_numpy() else (False,):
            yield _timed(baskets, numpy)


def _row(score: GuessScore) -> str:
    return "".join(
        f"   {title} {_cell(one)}" for title, one in (("hit@1", score.hit1), ("hit@3", score.hit3), ("MRR", score.mrr))
    )


def _cell(one: Estimate) -> str:
    return f"{one.value:5.2f} [{one.low:5.2f}–{one.high:5.2f}]"


def _timed(baskets: list[Basket], numpy: bool) -> str:
    """Processor seconds for the scores of all pairs, by which a manager's list is ordered."""
    items = {item for basket in baskets for item in basket.items}
    start = time.process_time()
    pair_scores(baskets, items, numpy)
    seconds = time.process_time() - start
    return f"scores of all pairs of {len(items):,} items, {'with NumPy' if numpy else 'without'}: {seconds:.2f} s"
