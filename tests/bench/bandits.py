"""Compares policies that choose the offer, on practice customers: ours, fixed rules, and two libraries' bandits."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import cache
from importlib.util import find_spec
from math import prod
from pathlib import Path

from pos.country import norway
from pos.domain.asking.cross_sells import trigger_items
from pos.domain.asking.differences import list_price
from pos.domain.asking.offers import eligible
from pos.domain.menu.items import ServingMode
from pos.domain.moment import Moment
from pos.domain.order.order import Order, everything_in
from pos.domain.order.questions import Offer, OfferKind
from pos.insights.choosing.chances import prior_chance
from pos.insights.parts_of_day import part_of_day
from pos.office.menu_file import read_menu
from pos.resources import shipped
from pos.store import open_store
from pos.training import Customer, generate, wanted_order
from tests.bench.our_choice import Ours
from tests.bench.simulator import FIXED, Change, Option, Played, Policy, Visit, mean_over_runs, play, ratio_over_runs
from tests.builders import NOW
from tests.office_acts import put_menu

ORDERS = int(os.environ.get("POS_BENCH_ORDERS", "100000"))
SEEDS = int(os.environ.get("POS_BENCH_SEEDS", "5"))
CUSTOMERS = 20_000
"""Enough customers that each comes about five times. Each customer keeps one mood. With a few hundred customers the
results would depend on what those few are asked, which is so in no shop."""
HOURS = (9, 12, 14, 17, 20)
MOST_LIKELY = 0.9


def report(folder: Path) -> list[str]:
    """The rows of the report."""
    visits = practice_visits(folder)
    rows = [f"{len(visits)} practice customers, {ORDERS:,} orders, {SEEDS} runs; øre an order, 95 % interval"]
    missing = [name for name in ("mabwiser", "river") if find_spec(name) is None]
    rows += [f"{name}: not installed, left out" for name in missing]
    for title, changes in (("tastes stay", False), ("tastes change halfway", True)):
        found = _runs(visits, changes)
        rows.append(f"-- {title}")
        rows += [_row(name, played) for name, played in found.items()]
        libraries = {name: played for name, played in found.items() if ":" in name}
        if libraries:
            best = min(libraries, key=lambda name: sum(played.regret for played in libraries[name]))
            ratio = ratio_over_runs([p.regret for p in found["ours"]], [p.regret for p in libraries[best]])
            assert ratio is not None
            rows.append(f"our regret against {best}: {ratio.value:.2f} × [{ratio.low:.2f}–{ratio.high:.2f}]")
    return rows


def _policies() -> dict[str, Callable[[int], Policy]]:
    found: dict[str, Callable[[int], Policy]] = dict(FIXED)
    found["ours"] = Ours
    found["ours, best known only"] = lambda seed: Ours(seed, 0.0)
    if find_spec("mabwiser") is not None:
        from tests.bench.bandit_peers import mabwiser_peers

        found |= mabwiser_peers()
    if find_spec("river") is not None:
        from tests.bench.bandit_peers import river_peers

        found |= river_peers()
    return found


def _runs(visits: Sequence[Visit], changes: bool) -> dict[str, list[Played]]:
    """Returns the results of each policy, one for each seed; a seed is a shop."""
    found: dict[str, list[Played]] = {}
    for seed in range(SEEDS):
        tasted = [_as_tasted(visit, tastes(seed)) for visit in visits]
        for name, make in _policies().items():
            change = changed(seed) if changes else None
            found.setdefault(name, []).append(play(tasted, make(seed), ORDERS, seed, change))
    return found


def _row(name: str, played: Sequence[Played]) -> str:
    margin, regret = mean_over_runs(p.margin for p in played), mean_over_runs(p.regret for p in played)
    uplift = mean_over_runs(100 * p.uplift for p in played)
    return (
        f"{name:36} margin {margin.value:7.1f} [{margin.low:.1f}–{margin.high:.1f}]   "
        f"regret {regret.value:6.1f} [{regret.low:.1f}–{regret.high:.1f}]   uplift {uplift.value:5.2f} %"
    )


# the customers


SPREADS = (0.4, 0.2, 0.2)
"""How much tastes vary, as standard deviations of logarithms: between things, between offers of one thing, and between
parts of the day."""


def tastes(seed: int) -> Callable[[str, str, str], float]:
    """Returns how much this shop's customers like an offer in a part of the day. No policy knows it."""

    @cache
    def taste(option: str, thing: str, context: str) -> float:
        by = (random.Random(f"{seed} {name}") for name in (thing, option, f"{thing} {context}"))
        return prod(draws.lognormvariate(0, spread) for draws, spread in zip(by, SPREADS, strict=True))

    return taste


def changed(seed: int) -> Change:
    """Returns the change by which customers like each offer as another shop's customers do."""
    before, after = tastes(seed), tastes(seed + 1000)

    @cache
    def change(option: Option, context: str) -> Option:
        about = (option.id, option.thing, context)
        factor = after(*about) / before(*about)
        return replace(option, chance=min(MOST_LIKELY, option.chance * factor))

    return change


def _as_tasted(visit: Visit, taste: Callable[[str, str], float]) -> Visit:
    questions = tuple(
        tuple(
            replace(option, chance=min(MOST_LIKELY, option.chance * taste(option.id, option.thing, visit.context)))
            for option in options
        )
        for options in visit.questions
    )
    return replace(visit, questions=questions)


def practice_visits(folder: Path) -> list[Visit]:
    """Returns practice customers on the shipped menu, at all hours, each with all eligible offers."""
    book, problems = read_menu(shipped("menu.toml"), norway())
    assert book is not None, problems
    store = open_store(folder / "bandits.db")
    put_menu(store, book.menu, book.pairings, NOW)
    country, menu = norway(), store.menu.load()
    met = []
    for number in range(CUSTOMERS):
        now = country.local(datetime.combine(NOW.date(), time(HOURS[number % len(HOURS)]), NOW.tzinfo))
        scenario = generate(menu, number, 1 + number % 5, now.time())
        order = wanted_order(scenario, menu, now)
        order = replace(order, serving_mode=order.serving_mode or ServingMode.TAKE_AWAY, checking_out=True)
        items = [item for line in order.lines for item in trigger_items(line, menu)]
        moment = Moment(menu, country.taxes(now.date()), now, pairings=store.menu.pairings_for(items))
        met.append((Customer(scenario, number), order, moment))
    store.close()
    counts = _Counts([(order, moment) for _, order, moment in met])
    return [visit for customer, order, moment in met if (visit := _visit(customer, order, moment, counts)) is not None]


class _Counts:
    """How often each thing is bought, and each pair of things together."""

    def __init__(self, orders: Sequence[tuple[Order, Moment]]) -> None:
        self.alone: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        for order, moment in orders:
            kin = _kin(order, moment)
            self.alone.update(kin)
            self.pairs.update((one, other) for one in kin for other in kin if one != other)

    def confidence(self, kin: frozenset[str], offered: str) -> float:
        """Returns the highest confidence of the offered thing given any one thing in the order."""
        return max((self.pairs[one, offered] / self.alone[one] for one in kin if self.alone[one]), default=0.0)


def _kin(order: Order, moment: Moment) -> frozenset[str]:
    return frozenset(item.kin for line in order.lines for item in everything_in(moment.menu, line))


def _visit(customer: Customer, order: Order, moment: Moment, counts: _Counts) -> Visit | None:
    if order.exempt is not None or not order.lines:
        return None
    questions = []
    for kind in OfferKind:
        found = sorted(eligible(order, kind, moment).offers, key=lambda offer: (-offer.priority, -offer.margin.minor))
        questions.append(tuple(_option(offer, customer, order, moment, counts) for offer in found))
    return Visit(part_of_day(moment.now.hour), moment.price(order).total.minor, tuple(questions))


def _option(offer: Offer, customer: Customer, order: Order, moment: Moment, counts: _Counts) -> Option:
    more = list_price(offer, order, moment)
    offered = moment.menu.items[offer.sku].kin if offer.sku is not None else ""
    return Option(
        offer.id,
        offered or offer.modifier or "",
        offer.margin.minor,
        more.minor * offer.units,
        customer.chance(offer, more, order, moment),
        float(counts.alone[offered]),
        counts.confidence(_kin(order, moment), offered),
        prior_chance(offer.kind.value),
        _is_second(offer, order, moment),
        offer.kind.value,
    )


def _is_second(offer: Offer, order: Order, moment: Moment) -> bool:
    if offer.kind is OfferKind.UPSELL or offer.sku is None:
        return False
    there = {item.category for line in order.lines for item in everything_in(moment.menu, line) if item.meal is None}
    return moment.menu.items[offer.sku].category in there
