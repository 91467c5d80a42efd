"""The report's tables, with the same rows for text, CSV and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pos.domain.money import Money
from pos.domain.order.questions import OfferKind, Reason
from pos.domain.value import replace
from pos.insights.figures.sums import KindSums, all_kinds
from pos.insights.intervals import Interval
from pos.office.report.account import Report
from pos.wording import Wording

HEADINGS = (
    "report-shown",
    "report-said",
    "report-offer-rate",
    "report-accepted",
    "report-take-rate",
    "report-interval",
    "report-added",
    "report-margin",
    "report-seconds",
)
SPARE = ("report-offer-rate", "report-margin", "report-shown", "report-seconds", "report-added")
"""The figures that a narrow screen leaves out: first those that follow from others, last what the questions added."""


TO = "\N{NO-BREAK SPACE}–\N{NO-BREAK SPACE}"
"""Stands between the ends of an interval; no line breaks there."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title. The first column is text, the others are figures. `notes` are sentences below it."""

    id: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    """The headings of columns that a narrow screen may leave out, the least important first."""

    def without(self, heading: str) -> Table:
        """The table without a column."""
        gone = self.headings.index(heading)
        rows = tuple((*row[: gone + 1], *row[gone + 2 :]) for row in self.rows)
        return replace(self, headings=(*self.headings[:gone], *self.headings[gone + 1 :]), rows=rows)


def percent(words: Wording, share: float) -> str:
    """A share with one decimal: `3,8 %`."""
    return words.decimal(100 * share) + ("\N{NO-BREAK SPACE}%" if words.language == "nb" else "%")


def span(words: Wording, found: Interval | None) -> str:
    """The interval of a share: `3,5–4,1 %`; a dash for None, and a word if the count is low."""
    if found is None:
        return "–"
    text = f"{percent(words, found.low)}{TO}{percent(words, found.high)}"
    return f"{text}, {words.text('report-few')}" if found.is_few else text


def share(words: Wording, found: Interval | None) -> str:
    """A share; a dash for None."""
    return "–" if found is None else percent(words, found.value)


def with_span(words: Wording, found: Interval | None) -> str:
    """A share with its interval: `13,8 % (13,1 % – 14,6 %)`."""
    return "–" if found is None else f"{share(words, found)} ({span(words, found)})"


def tables(report: Report, words: Wording) -> Iterator[Table]:
    """All tables that have rows: about questions, and why none was asked."""
    for table in (
        _kinds(report, words),
        _table("hours", words, [(f"{hour:02}–{(hour + 1) % 24:02}", sums) for hour, sums in report.hours.items()]),
        _dayparts(report, words),
        _table(
            "phrases",
            words,
            [
                (f"{words.text('report-kind-' + kind.replace('_', '-'))}: {phrase_name(words, name)}", sums)
                for (name, kind), sums in sorted(report.phrases.items(), key=_by_kind)
            ],
        ),
        _reasons(report, words),
        _offers(report, words),
    ):
        if table.rows:
            yield table


def _by_kind(entry: tuple[tuple[str, str], KindSums]) -> tuple[int, str]:
    (name, kind), _ = entry
    return OfferKind(kind).number, name


def phrase_name(words: Wording, phrase: str) -> str:
    """The name of a phrase in the ledger."""
    known = ("say", "after_yes", "after_no", "many", "rush")
    return words.text(f"phrase-{phrase.replace('_', '-')}") if phrase in known else phrase


def offer_name(report: Report, words: Wording, offer: str) -> str:
    """An offer's name, or its id if the menu no longer has it."""
    return words.local(report.names[offer]) if offer in report.names else offer


def figures_row(words: Wording, name: str, sums: KindSums) -> tuple[str, ...]:
    """A row of figures under `HEADINGS`."""
    seconds = sums.seconds
    return (
        name,
        words.number(sums.shown),
        words.number(sums.said),
        share(words, sums.offer_rate),
        words.number(sums.accepted),
        share(words, sums.take_rate),
        span(words, sums.take_rate),
        words.money(Money(sums.gain_minor)),
        words.money(Money(sums.margin_minor)),
        "–" if seconds is None else words.decimal(seconds.value),
    )


def _table(name: str, words: Wording, rows: Sequence[tuple[str, KindSums]]) -> Table:
    made = tuple(figures_row(words, label, sums) for label, sums in rows if sums.shown)
    headings = tuple(words.text(entry) for entry in HEADINGS)
    return Table(
        name, words.text(f"report-by-{name}"), headings, made, spare=tuple(words.text(entry) for entry in SPARE)
    )


def _kinds(report: Report, words: Wording) -> Table:
    rows = [(words.text(f"report-kind-{kind.replace('_', '-')}"), sums) for kind, sums in report.kinds.items()]
    return _table("kinds", words, [*rows, (words.text("report-both"), all_kinds(report.kinds.values()))])


def _offers(report: Report, words: Wording) -> Table:
    rows = [
        (f"{kind.number} {offer_name(report, words, offer)}", sums)
        for kind in OfferKind
        for (offer, of), sums in sorted(report.offers.items(), key=lambda entry: (-entry[1].shown, entry[0]))
        if of == kind
    ]
    return replace(_table("offers", words, rows), notes=(words.text("report-offers-more"),))


def _dayparts(report: Report, words: Wording) -> Table:
    """The menu's parts of the day. A note says if they overlap, because the sum of the rows is too large then."""
    rows = [(words.local(report.daypart_names[part]), sums) for part, sums in report.dayparts.items()]
    table = _table("dayparts", words, rows)
    overlap = _shown(report.dayparts.values()) > _shown(report.kinds.values())
    return replace(table, notes=(words.text("report-dayparts-overlap"),)) if overlap else table


def _shown(sums: Iterable[KindSums]) -> int:
    return sum(one.shown for one in sums)


def _reasons(report: Report, words: Wording) -> Table:
    kinds = [kind.value for kind in OfferKind]
    rows = []
    for reason in Reason:
        counts = [report.reasons.get((reason.value, kind), 0) for kind in kinds]
        if any(counts):
            rows.append((words.reason(reason), *(words.number(count) for count in counts)))
    headings = tuple(words.text(f"report-kind-{kind.replace('_', '-')}") for kind in kinds)
    return Table("reasons", words.text("report-by-reasons"), headings, tuple(rows))
