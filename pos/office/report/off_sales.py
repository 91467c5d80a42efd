"""The report's lines about refunds, unsettled payments and discards; none if there were none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.domain.money import Money
from pos.domain.refunds.refund import RefundSum
from pos.domain.sale.write_offs import WriteOffSum
from pos.insights.figures.off_sales import DiscardedFor, OffSales
from pos.wording import Wording


def off_sales_sentences(
    found: OffSales,
    discards: Sequence[DiscardedFor],
    write_offs: Sequence[WriteOffSum],
    refunds: Sequence[RefundSum],
    words: Wording,
) -> Iterator[str]:
    """A sentence for each of these that occurred."""
    if refunds:
        reasons = ", ".join(
            words.text("report-refunded-for", reason=why.reason, count=why.count, amount=Money(why.minor))
            for why in refunds
        )
        count, amount = sum(why.count for why in refunds), Money(sum(why.minor for why in refunds))
        yield words.text("report-refunds", count=count, amount=amount, reasons=reasons)
    if found.given_back:
        yield words.text("report-given-back", count=found.given_back, amount=Money(found.given_back_minor))
    if found.on_no_sale:
        yield words.text("report-on-no-sale", count=found.on_no_sale, amount=Money(found.on_no_sale_minor))
    if found.unsettled:
        yield words.text("report-unsettled", count=found.unsettled, amount=Money(found.unsettled_minor))
    if found.discarded:
        yield words.text("report-discarded", count=found.discarded, amount=Money(found.discarded_minor))
    if discards:
        each = (
            words.text("report-discarded-for", reason=why.reason, count=why.count, amount=Money(why.minor))
            for why in discards
        )
        yield words.text("report-discarded-why", reasons=", ".join(each))
    for entry in write_offs:
        message = "report-write-off" if entry.cost_minor else "report-write-off-no-cost"
        amounts = {"worth": Money(entry.worth_minor), "cost": Money(entry.cost_minor)}
        yield words.text(message, purpose=entry.purpose, count=entry.count, **amounts)
