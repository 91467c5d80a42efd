"""Two tills refund goods of one sale at the same moment, in two processes: no more is refunded than was sold."""

from __future__ import annotations

from pathlib import Path

from pos.domain.errors import Refused
from pos.domain.order.exchange import RefundReason
from pos.domain.sale.sale import Sale
from pos.office.verifying import verify_file
from pos.register.verbs import answering, checkout, paying, refunding
from tests.forks import fork
from tests.register.every_act import Till

UNITS = 12
TRIES = 8


def sold(till: Till) -> Sale:
    till.rung("cola-m", UNITS)
    till.do(checkout.checkout)
    while type(till.register.view.prompt).__name__ == "QuestionPrompt":
        till.do(answering.no)
    sale = till.do(paying.pay_cash)
    assert isinstance(sale, Sale)
    return sale


def test_two_tills_at_once_refund_no_more_than_was_sold(tmp_path: Path) -> None:
    first = Till(tmp_path)
    sale = sold(first)
    first.register.store.close()
    for name in ("2", "3"):  # entered before, so that the race is for the goods alone
        Till(tmp_path, till=name).register.store.close()

    def take_back(name: str) -> None:
        till = Till(tmp_path, till=name)
        for _ in range(TRIES):
            try:
                till.do(refunding.refund, sale.number, ((1, 1),), RefundReason.MISSING)
            except Refused as refused:
                if refused.message_id not in ("refund-all-gone", "refund-too-much"):
                    raise
        till.register.store.close()

    racing = [fork(lambda name=name: take_back(name), tmp_path / name) for name in ("2", "3")]
    for process in racing:
        assert not process.was_killed()
    till = Till(tmp_path)
    done = till.register.store.refunds.of_sale(sale.number)
    assert sum(refund.units for refund in done) == UNITS
    assert sum(refund.total.minor for refund in done) == sale.total.minor
    for series in ("R2", "R3"):
        numbers = [refund.number for refund in done if refund.series == series]
        assert numbers == list(range(1, len(numbers) + 1))
    assert verify_file(till.register.store).finding is None
    till.register.store.close()
