"""The till line by line: the same counter for screen readers, scripts and demos. A line is deliberate: no timers."""

from pos.plain.loop import run

__all__ = ["run"]
