"""Parsing typed days and percentages."""

from __future__ import annotations

from datetime import date

from pos.domain.errors import BadInput


def day(text: str) -> date | None:
    """A typed day: `2026-11-06`, `06.11.2026` or `6.11.2026`. Raises `BadInput`."""
    if not text:
        return None
    parts = text.split(".")
    try:
        if len(parts) == 3:
            first, month, year = map(int, parts)
            return date(year, month, first)
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("report-no-day", text=text[:20]) from None


def basis_points(text: str, highest: int) -> int:
    """A typed percentage: `7,5`, `10 %`. Raises `BadInput` for anything else, or above `highest`."""
    try:
        found = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        raise BadInput("report-no-percentage", text=text[:20], most=highest) from None
    if not 0 <= found <= highest:
        raise BadInput("report-no-percentage", text=text[:20], most=highest)
    return round(found * 100)
