"""The report's sentences: what asking brings in against the target, and what the figure is based on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pos.domain.money import Money
from pos.domain.text import LocalText
from pos.insights.figures.sums import all_kinds
from pos.insights.figures.uplift import Verdict
from pos.insights.intervals import Interval
from pos.office.report.account import FEWEST_OF_A_PERSON, Report
from pos.office.report.next_visits import next_visit_sentence
from pos.office.report.off_sales import off_sales_sentences
from pos.office.report.tables import percent, with_span
from pos.wording import Wording

MANY_TOO_FAST = 5
"""If at least one question in this many was refused too fast, leaving these out may change the share of yeses."""


def heading(report: Report, words: Wording) -> str:
    """The orders that the report is about."""
    if report.is_empty:
        return words.text("report-nothing-here" if report.channels else "report-nothing")
    return words.text(
        "report-heading-day" if report.first == report.last else "report-heading",
        count=report.orders.orders,
        first=date.fromisoformat(report.first),
        last=date.fromisoformat(report.last),
    )


def sentences(report: Report, words: Wording) -> Iterator[str]:
    """The report in sentences; without orders, only what else happened."""
    if report.is_empty:
        yield from _channels(report, words)
        yield from off_sales_sentences(report.off_sales, report.discards, report.write_offs, report.refunds, words)
        return
    yield uplift_sentence(report, words)
    yield verdict_sentence(report, words)
    both = all_kinds(report.kinds.values())
    yield words.text("report-brought", gain=Money(both.gain_minor), margin=Money(both.margin_minor))
    yield words.text(
        "report-always",
        large=with_span(words, report.kinds["upsell"].leaving),
        second=with_span(words, report.kinds["cross_sell"].leaving),
        both=with_span(words, report.orders.leaving_both),
    )
    yield from _conduct(report, words)
    yield from next_visit_sentence(report.next_visits, words)
    yield _increment(report, words)
    yield from _channels(report, words)
    yield from off_sales_sentences(report.off_sales, report.discards, report.write_offs, report.refunds, words)
    if report.unnamed:
        yield words.text("report-persons-few", count=report.unnamed, fewest=FEWEST_OF_A_PERSON)


def uplift_sentence(report: Report, words: Wording) -> str:
    """The uplift with its interval and basis."""
    found = report.orders.uplift
    if found is None:
        return words.text("report-no-uplift")
    message = "report-uplift-few" if found.is_few else "report-uplift"
    return words.text(
        message,
        uplift=percent(words, found.value),
        low=percent(words, found.low),
        high=percent(words, found.high),
        count=found.count,
    )


def verdict_sentence(report: Report, words: Wording) -> str:
    """The distance to the target, and what would close it."""
    found = report.distance
    values = {
        "line": percent(words, found.line),
        "missing": words.decimal(100 * max(0.0, found.line - (found.now or 0.0))),
        "always": percent(words, found.asking_always or 0.0),
        "best": percent(words, found.best_offers or 0.0),
    }
    if found.verdict is Verdict.NOTHING_YET and any(sums.shown for sums in report.kinds.values()):
        return words.text("report-verdict-unsaid", **values)
    return words.text(f"report-verdict-{found.verdict.value.replace('_', '-')}", **values)


def _conduct(report: Report, words: Wording) -> Iterator[str]:
    """How questions were asked: how fast, how often they were skipped, how early."""
    both = all_kinds(report.kinds.values())
    if both.seconds is not None:
        yield words.text("report-pace", seconds=words.decimal(both.seconds.value), count=both.answered)
    if both.shown:
        message = "report-unsaid-many" if both.too_fast * MANY_TOO_FAST > both.shown else "report-unsaid"
        yield words.text(message, too_fast=both.too_fast, not_asked=both.not_asked, shown=both.shown)
    if report.orders.grown_share is not None:
        yield words.text(
            "report-early" if report.orders.grown else "report-early-none",
            share=with_span(words, report.orders.grown_share),
            grown=report.orders.grown,
            known=report.orders.size_known,
            count=report.orders.size_known,
        )


def _channels(report: Report, words: Wording) -> Iterator[str]:
    """Orders without a customer to ask, which no other figure includes: by channel, and without one."""
    for channel, sums in sorted(report.channels.items()):
        amount = Money(sums.total_minor)
        if channel:
            name = report.channel_names.get(channel, LocalText(channel, channel))
            yield words.text("report-channel", name=name, count=sums.orders, amount=amount)
        else:
            yield words.text("report-not-present", count=sums.orders, amount=amount)


def _increment(report: Report, words: Wording) -> str:
    """The true increment from the control group, beside the ledger's figure."""
    found = report.increment
    if found is None:
        return words.text("report-no-control")
    more, low, high = (Money(round(value)) for value in (found.value, found.low, found.high))
    return words.text(
        _increment_message(found),
        more=more,
        low=low,
        high=high,
        less=-more,
        fewest=-high,
        most=-low,
        count=report.control,
    )


def _increment_message(found: Interval) -> str:
    """The message on whether there is a difference, and in which direction."""
    if found.is_few:
        return "report-increment-few"
    if found.low <= 0 <= found.high:
        return "report-increment-same"
    return "report-increment" if found.low > 0 else "report-increment-less"
