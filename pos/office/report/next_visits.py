"""The report's line about next-visit offers, which do not count in the uplift."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.money import Money
from pos.insights.figures.next_visits import NextVisitSums
from pos.office.report.tables import with_span
from pos.wording import Wording


def next_visit_sentence(sums: NextVisitSums, words: Wording) -> Iterator[str]:
    """The results of next-visit offers; empty if none were given."""
    used = sums.used_share
    if used is None:
        return
    yield words.text(
        "report-next-visits" if sums.used else "report-next-visits-unused",
        count=sums.given,
        used=sums.used,
        share=with_span(words, used),
        still=sums.still_open,
        gain=Money(sums.gain_minor),
        off=Money(sums.off_minor),
    )
