"""The report as one HTML page to print or send. It loads nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from pos.insights.intervals import Interval
from pos.office.report.account import Report
from pos.office.report.plots import periods
from pos.office.report.sections import sections
from pos.office.report.summary import heading, sentences
from pos.office.report.tables import Table, percent
from pos.wording import Wording

STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .3rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .2rem .5rem; text-align: right; border-bottom: 1px solid #ddd; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
svg { width: 100%; height: auto; }
@media print {
  body { margin: 0; max-width: none; } tr, svg, .short { break-inside: avoid; } h2 { break-after: avoid; }
  .scroll { overflow: visible; }
  table { font-size: .68rem; } th, td { padding: .1rem .25rem; } th, td:first-child { white-space: normal; }
}
"""

SHORT = 20
WIDE, HIGH, EDGE = 900, 240, 50
MOST_ROOM = 2
"""The curve's axis ends at most this many times above its highest point, so that the wide interval of a day with few
orders does not flatten it."""


def report_page(report: Report, words: Wording) -> str:
    """The whole HTML document."""
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{words.language}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(words.text('report-title'))}</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(words.text('report-title'))}</h1><p>{escape(heading(report, words))}</p>",
        "<ul>",
        *(f"<li>{escape(sentence)}</li>" for sentence in sentences(report, words)),
        "</ul>",
        *_curve(report, words),
        *(part for table in sections(report, words) for part in _table(table)),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _table(table: Table) -> Iterator[str]:
    yield f'<h2>{escape(table.title)}</h2><div class="scroll"><table{_short(table)}><thead><tr><th></th>'
    yield "".join(f"<th>{escape(heading)}</th>" for heading in table.headings) + "</tr></thead><tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table></div>"
    yield from (f"<p>{escape(note)}</p>" for note in table.notes)


def _short(table: Table) -> str:
    """A short table stays on one page of paper; a long one repeats its headings on each page."""
    return ' class="short"' if len(table.rows) <= SHORT else ""


def _curve(report: Report, words: Wording) -> Iterator[str]:
    """Uplift over time with its interval, and the target; empty for a single day."""
    found = [(day, sums.uplift) for day, sums in periods(report.days).items()]
    points = [(day, uplift) for day, uplift in found if uplift is not None]
    if len(points) < 2:
        return
    line = report.distance.line
    top = _top(line, [uplift for _, uplift in points])

    def x(place: int) -> float:
        return EDGE + (WIDE - 2 * EDGE) * place / (len(points) - 1)

    def y(value: float) -> float:
        return HIGH - EDGE / 2 - (HIGH - EDGE) * max(0.0, min(1.0, value / top))

    upper = [(x(place), y(uplift.high)) for place, (_, uplift) in enumerate(points)]
    lower = [(x(place), y(uplift.low)) for place, (_, uplift) in enumerate(points)]
    title = words.text("report-plot-uplift", line=percent(words, line))
    yield f'<h2>{escape(title)}</h2><svg viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(title)}">'
    yield f'<polygon fill="#cfe3f7" points="{_points([*upper, *reversed(lower)])}"/>'
    middle = [(x(place), y(uplift.value)) for place, (_, uplift) in enumerate(points)]
    yield f'<polyline fill="none" stroke="#0b5cad" stroke-width="2" points="{_points(middle)}"/>'
    yield f'<path d="M{EDGE} {y(line):.1f}H{WIDE - EDGE}" stroke="#b3261e" stroke-dasharray="6 4"/>'
    for share in (0.0, line):
        yield f'<text x="{EDGE - 6}" y="{y(share) + 4:.1f}" text-anchor="end" font-size="13">'
        yield f"{escape(percent(words, share))}</text>"
    for place, anchor in ((0, "start"), (len(points) - 1, "end")):
        day = date.fromisoformat(points[place][0])
        yield f'<text x="{x(place):.1f}" y="{HIGH - 4}" text-anchor="{anchor}" font-size="13">{words.date(day)}</text>'
    yield "</svg>"


def _top(line: float, found: Sequence[Interval]) -> float:
    """The share at the top of the axis."""
    highest = 1.1 * max(line, *(uplift.value for uplift in found))
    return max(highest, min(MOST_ROOM * highest, max(uplift.high for uplift in found)))


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
