"""The till line by line: the same counter for screen readers, scripts and demos. Plain mode has no timers: a line is
deliberate."""

from pos.plain.loop import run, run_on

__all__ = ["run", "run_on"]
