"""A trend as a plot of characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def trend(scores: Sequence[float], width: int, height: int) -> list[str]:
    """Scores from 0 to 100, the oldest first, as rows; none for fewer than two scores, or without room."""
    if len(scores) < 2 or width < 20 or height < 5:
        return []
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plot_size(width, height)
    plotext.ylim(0, 100)
    plotext.yticks([0, 50, 100])
    plotext.xticks([1, len(scores)])
    plotext.plot(list(range(1, len(scores) + 1)), list(scores), marker="braille")
    return ESCAPES.sub("", str(plotext.build())).splitlines()[:height]
