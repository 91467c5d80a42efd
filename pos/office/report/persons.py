"""The report's table of persons: how each asks, what that adds, and who may need practice."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.money import Money
from pos.insights.figures.skipping import Skipping, skipping
from pos.insights.figures.sums import KindSums, all_kinds
from pos.insights.intervals import share_of
from pos.office.report.account import CashierAccount, Report
from pos.office.report.tables import Table, percent, share, span, with_span
from pos.wording import Wording

HEADINGS = (
    "report-shown",
    "report-offer-rate",
    "report-not-asked",
    "report-too-fast",
    "report-take-rate",
    "report-interval",
    "report-uplift-of",
    "report-added",
    "report-seconds",
)
SPARE = ("report-seconds", "report-offer-rate", "report-added", "report-interval", "report-shown")


def persons_table(report: Report, words: Wording) -> Table:
    """The persons shown, sorted by name. Notes below say who skips more than the others, and how many are not shown."""
    headings, spare = (tuple(words.text(entry) for entry in names) for names in (HEADINGS, SPARE))
    rows = tuple(_row(words, name, person) for name, person in report.persons.items())
    return Table("persons", words.text("report-by-persons"), headings, rows, tuple(_notes(report, words)), spare)


def skips(report: Report) -> Iterator[Skipping]:
    """The persons shown who skip clearly more questions than everybody else, orders without a person included."""
    yield from skipping({name: both(person) for name, person in report.persons.items()}, _whole(report))


def both(person: CashierAccount) -> KindSums:
    """A person's questions of both kinds together."""
    return all_kinds(person.kinds.values())


def _whole(report: Report) -> KindSums:
    return all_kinds(report.kinds.values())


def _row(words: Wording, name: str, person: CashierAccount) -> tuple[str, ...]:
    sums = both(person)
    seconds = sums.seconds
    return (
        name,
        words.number(sums.shown),
        share(words, sums.offer_rate),
        share(words, share_of(sums.not_asked, sums.shown)),
        share(words, share_of(sums.too_fast, sums.shown)),
        share(words, sums.take_rate),
        span(words, sums.take_rate),
        with_span(words, person.orders.uplift),
        words.money(Money(sums.gain_minor)),
        "–" if seconds is None else words.decimal(seconds.value),
    )


def _notes(report: Report, words: Wording) -> Iterator[str]:
    found = [*skips(report)]
    for entry in found:
        yield words.text(
            f"report-skips-{entry.skip.value.replace('_', '-')}",
            name=entry.person,
            share=percent(words, entry.share.value),
            others=percent(words, entry.others.value),
        )
    if found:
        yield words.text("report-skips-practice")
    if sum(both(person).shown for person in report.persons.values()) < _whole(report).shown:
        yield words.text("report-persons-not-all")
