"""The simulator plays the same customers for every policy."""

from __future__ import annotations

from dataclasses import replace

from tests.bench.our_choice import Ours
from tests.bench.simulator import FIXED, Option, Visit, play, ratio_over_runs

SHAKE = Option("burger-shake", "shake", 2000, 4500, 0.25, popularity=5)
PIE = Option("burger-pie", "pie", 1500, 3200, 0.10, popularity=9)
DIP = Option("burger-dip", "dip", 800, 1000, 0.30)
VISITS = [Visit("noon", 12_000, ((), (PIE, SHAKE, DIP))), Visit("evening", 9_000, ((DIP,), (PIE, DIP)))]


def regret(name: str, orders: int = 4000) -> float:
    return play(VISITS, FIXED[name](1), orders, 1).regret


def test_the_oracle_regrets_nothing_and_silence_everything() -> None:
    assert regret("oracle") == 0
    silent = play(VISITS, FIXED["no asking"](1), 4000, 1)
    assert silent.margin == silent.uplift == 0
    assert silent.regret == max(regret(name) for name in FIXED)


def test_a_fixed_rule_asks_for_what_its_figure_says() -> None:
    every_time = play([VISITS[0]], FIXED["popularity"](1), 1000, 1)
    assert every_time.regret == SHAKE.worth - PIE.worth


def test_the_same_seed_is_the_same_run() -> None:
    assert play(VISITS, Ours(2), 2000, 3) == play(VISITS, Ours(2), 2000, 3)
    assert play(VISITS, Ours(2), 2000, 3) != play(VISITS, Ours(2), 2000, 4)


def test_ours_learns_what_customers_like() -> None:
    assert play(VISITS, Ours(1), 4000, 1).regret < 0.5 * min(regret("random eligible"), regret("always the first"))


def test_ours_follows_when_tastes_change() -> None:
    def change(option: Option, context: str) -> Option:
        return replace(option, chance={"shake": 0.05, "pie": 0.40, "dip": 0.10}[option.thing])

    changed = play(VISITS, Ours(1), 12_000, 1, change)
    stubborn = play(VISITS, FIXED["confidence × margin"](1), 12_000, 1, change)
    assert changed.regret < stubborn.regret


def test_a_ratio_of_regrets_compares_runs_on_the_same_customers() -> None:
    found = ratio_over_runs([10.0, 20.0, 30.0], [20.0, 40.0, 60.0])
    assert found is not None
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)
