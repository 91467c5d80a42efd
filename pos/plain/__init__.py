"""The till line by line: the same counter for screen readers, scripts and demos. A line is deliberate: no timers."""

from pos.plain.loop import run, run_on

__all__ = ["run", "run_on"]
