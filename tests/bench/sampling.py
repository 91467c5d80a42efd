"""Timing two things in turn, so that a machine that drifts drifts for both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """Seconds, one a run."""

    seconds: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """The value below which that share of the runs lies."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def p50(self) -> float:
        """The median."""
        return self.percentile(0.50)

    @property
    def p99(self) -> float:
        """One run in a hundred is slower."""
        return self.percentile(0.99)


def once(act: Callable[[], object]) -> float:
    """The seconds that one run takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def sample(act: Callable[[], object], runs: int, warm: int = 20) -> Sample:
    """Run it alone."""
    for _ in range(warm):
        act()
    gc.collect()
    return Sample(tuple(once(act) for _ in range(runs)))


def in_turn(
    floor: Callable[[], object], ours: Callable[[], object], runs: int, warm: int = 20
) -> tuple[Sample, Sample]:
    """Run the floor and ours one after the other, so many times each."""
    for _ in range(warm):
        floor()
        ours()
    gc.collect()
    pairs = [(once(floor), once(ours)) for _ in range(runs)]
    return Sample(tuple(pair[0] for pair in pairs)), Sample(tuple(pair[1] for pair in pairs))


def shown(name: str, ours: Sample, floor: Sample | None = None, bound: str = "") -> str:
    """A row of the report: medians, tails, and ours against the floor."""
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
