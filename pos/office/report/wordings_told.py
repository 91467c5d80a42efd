"""The comparison of wordings as a table with a verdict on each offer, and as values for other programs."""

from __future__ import annotations

from string import ascii_uppercase

from pos.domain.order.questions import OfferKind
from pos.insights.figures.wordings import ENOUGH_TO_COMPARE, Apart
from pos.insights.intervals import Interval
from pos.office.report.account import Report
from pos.office.report.tables import Table, offer_name, share, span
from pos.office.report.wordings import Compared, WordingFigures
from pos.wording import Wording

HEADINGS = ("report-shown", "report-said", "report-accepted", "report-take-rate", "report-interval", "report-seconds")
SPARE = ("report-accepted", "report-shown", "report-seconds")
GAP = "…"
"""Stands for the amount in words that are shown without one."""


def compared_table(report: Report, words: Wording) -> Table:
    """A row for each wording, named by letters. Notes explain the letters and the result."""
    rows: list[tuple[str, ...]] = []
    notes: list[str] = []
    for entry in report.compared:
        name = f"{OfferKind(entry.kind).number} {offer_name(report, words, entry.offer)}"
        letters = letters_of(entry)
        rows += [_row(f"{name} {letters[said.id]}", said, words) for said in entry.said]
        notes.append(" ".join([_legend(name, entry, words), verdict(entry, words)]))
    if any(entry.comparison.yes is not None for entry in report.compared):
        notes.append(words.text("report-compared-how"))
    headings, spare = (tuple(words.text(entry) for entry in names) for names in (HEADINGS, SPARE))
    return Table("compared", words.text("report-by-compared"), headings, tuple(rows), tuple(notes), spare)


def letters_of(entry: Compared) -> dict[str, str]:
    """A letter for each wording of an offer, A for the most shown; after Z come AA, AB …"""
    singles = [*ascii_uppercase]
    names = singles + [first + second for first in singles for second in singles]
    return {said.id: letter for said, letter in zip(entry.said, names, strict=False)}


def verdict(entry: Compared, words: Wording) -> str:
    """The result of comparing the wordings of an offer."""
    yes, seconds = entry.comparison.yes, entry.comparison.seconds
    if yes is None:
        return words.text("report-compared-few", fewest=ENOUGH_TO_COMPARE)
    told = words.text(f"report-compared-{entry.comparison.verdict}", **_values(yes, entry, words, 100))
    if seconds is None or not seconds.is_shown:
        return told
    return " ".join([told, words.text("report-compared-quicker", **_values(seconds, entry, words, 1))])


def _values(apart: Apart, entry: Compared, words: Wording, scale: float) -> dict[str, str]:
    letters = letters_of(entry)
    by = apart.by.scaled(scale)
    return {
        "higher": letters[apart.wording],
        "lower": letters[apart.other],
        "by": words.decimal(by.value),
        "low": words.decimal(by.low),
        "fewer": words.decimal(-by.low),
        "high": words.decimal(by.high),
    }


def _legend(name: str, entry: Compared, words: Wording) -> str:
    """The offer, and its wordings by their letters."""
    letters = letters_of(entry)
    texts = {said.id: words.local(said.words).replace("{more}", GAP).removesuffix(".") for said in entry.said}
    said = [words.text("report-compared-words", letter=letters[key], words=text) for key, text in texts.items()]
    return f"{name}: {', '.join(said)}."


def _row(name: str, said: WordingFigures, words: Wording) -> tuple[str, ...]:
    sums = said.sums
    return (
        name,
        words.number(sums.shown),
        words.number(sums.said),
        words.number(sums.accepted),
        share(words, sums.take_rate),
        span(words, sums.take_rate),
        _seconds(sums.seconds, words),
    )


def _seconds(found: Interval | None, words: Wording) -> str:
    """Seconds with their interval: `4,1 (3,9 – 4,3)`."""
    if found is None:
        return "–"
    return f"{words.decimal(found.value)} ({words.decimal(max(0.0, found.low))} – {words.decimal(found.high)})"
