"""The report's plots, drawn with characters."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from math import floor, log10
from typing import TYPE_CHECKING

from pos.insights.figures.sums import OrderSums, all_orders
from pos.office.report.account import Report
from pos.office.report.tables import percent
from pos.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_DAYS = 60
"""With more days than this a point is a week; with more weeks than this, a month."""

PLOT_HEIGHT = 12
PLOT_ROWS = PLOT_HEIGHT - 5
"""The height of the axis in rows."""

MOST_DATES = 5


def plots(report: Report, words: Wording, width: int) -> list[str]:
    """Uplift over time against the target, and the share of yeses by hour; none if there is nothing to compare."""
    drawn = []
    if len(report.days) > 1:
        drawn.append(_uplift(report, words, width))
    hours = _hours(report)
    if len(hours) > 1:
        drawn.append(_by_hour(hours, words, width))
    return drawn


def periods(days: Mapping[str, OrderSums]) -> dict[str, OrderSums]:
    """Days, or weeks or months named by their first day with a sale, so that there are not too many points."""
    for name in (_day, _week):
        found = _together(days, name)
        if len(found) <= MOST_DAYS:
            return found
    return _together(days, _month)


def _together(days: Mapping[str, OrderSums], name: Callable[[str], str]) -> dict[str, OrderSums]:
    groups = [[*group] for _, group in groupby(sorted(days), key=name)]
    return {group[0]: all_orders(days[day] for day in group) for group in groups}


def _day(day: str) -> str:
    return day


def _month(day: str) -> str:
    return day[:7]


def _week(day: str) -> str:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-{week:02}"


def _uplift(report: Report, words: Wording, width: int) -> str:
    import plotext

    found = {day: sums.uplift for day, sums in periods(report.days).items()}
    points = [(day, 100 * uplift.value) for day, uplift in found.items() if uplift is not None]
    line = 100 * report.distance.line
    _begun(words.text("report-plot-uplift", line=percent(words, report.distance.line)), width)
    places = list(range(len(points)))
    ticks = round_ticks(max(line, *(value for _, value in points)))
    below = line - ticks[-1] / PLOT_ROWS  # rounded to a row of the plot, no bar below the line seems to reach it
    plotext.plot([-0.4, places[-1] + 0.4], [line] * 2, marker="-")  # first: over the bars it would cut them in two
    plotext.bar(places, [value if value >= line else min(value, below) for _, value in points], width=0.6)
    _upright(words, ticks)
    few = places[:: -(-len(places) // MOST_DATES)]
    plotext.xticks(few, [words.date(date.fromisoformat(points[place][0])) for place in few])
    return _drawn()


def _hours(report: Report) -> list[tuple[str, float]]:
    """Each hour's yeses in percent. Hours with few questions are only in the table, which marks them."""
    rates = [(hour, sums.take_rate) for hour, sums in sorted(report.hours.items())]
    return [(f"{hour:02}", 100 * rate.value) for hour, rate in rates if rate is not None and not rate.is_few]


def _by_hour(asked: Sequence[tuple[str, float]], words: Wording, width: int) -> str:
    import plotext

    _begun(words.text("report-plot-hours"), width)
    plotext.bar([hour for hour, _ in asked], [value for _, value in asked], width=0.6)
    _upright(words, round_ticks(max(value for _, value in asked)))
    return _drawn()


def _begun(title: str, width: int) -> None:
    """Begin a plot of exactly this width, whatever the terminal's."""
    import plotext

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.theme("clear")
    plotext.plotsize(width, PLOT_HEIGHT)
    plotext.title(title)


def _upright(words: Wording, ticks: list[float]) -> None:
    """Draw the axis from zero to above the highest value, with a few round numbers."""
    import plotext

    plotext.ylim(0, ticks[-1])
    plotext.yticks(ticks, [words.decimal(tick, "g") for tick in ticks])


def round_ticks(highest: float) -> list[float]:
    """From 0 to just above a value in three to six equal steps of a round number."""
    rough = max(highest, 0.01) / 4
    size = 10.0 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    return [step * place for place in range(int(highest * 1.02 / step) + 2)]


def _drawn() -> str:
    import plotext

    text: str = plotext.uncolorize(plotext.build())
    return "\n".join(row.rstrip() for row in text.splitlines())
