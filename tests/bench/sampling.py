"""Times two functions in turn, so that changes in the machine's speed affect both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """The seconds of each run."""

    seconds: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """Returns the value below which that share of the runs lies."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def p50(self) -> float:
        """The median."""
        return self.percentile(0.50)

    @property
    def p99(self) -> float:
        """The 99th percentile: one run in a hundred is slower."""
        return self.percentile(0.99)


def once(act: Callable[[], object]) -> float:
    """Returns the seconds that one run takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def sample(act: Callable[[], object], runs: int, warm: int = 20) -> Sample:
    """Run a function `runs` times, after `warm` runs that are not timed."""
    for _ in range(warm):
        act()
    gc.collect()
    return Sample(tuple(once(act) for _ in range(runs)))


def in_turn(
    floor: Callable[[], object], ours: Callable[[], object], runs: int, warm: int = 20
) -> tuple[Sample, Sample]:
    """Run the floor and ours in turn, `runs` times each, after `warm` runs that are not timed."""
    for _ in range(warm):
        floor()
        ours()
    gc.collect()
    pairs = [(once(floor), once(ours)) for _ in range(runs)]
    return Sample(tuple(pair[0] for pair in pairs)), Sample(tuple(pair[1] for pair in pairs))


def shown(name: str, ours: Sample, floor: Sample | None = None, bound: str = "") -> str:
    """Returns a row of the report: median and 99th percentile, and the ratio of ours to the floor."""
    unit, factor = ("ms", 1e3) if ours.p50 > 1e-3 else ("µs", 1e6)
    row = f"{name:44} {ours.p50 * factor:8.2f} {unit} p50 {ours.p99 * factor:8.2f} {unit} p99"
    if floor is not None:
        ratio = ours.p50 / floor.p50
        pairs = _quartiles([a / b for a, b in zip(ours.seconds, floor.seconds, strict=False)])
        row += f"   floor {floor.p50 * factor:8.2f}   {ratio:5.2f} × [{pairs[0]:.2f}–{pairs[1]:.2f}]"
    return f"{row}   n={len(ours.seconds)}   {bound}"


def _quartiles(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[len(ordered) // 4], ordered[3 * len(ordered) // 4]
