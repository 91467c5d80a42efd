"""The receipt of a refund: its heading, the receipt that it refers to, and a minus before each amount."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.country import norway
from pos.domain.order.exchange import RefundReason
from pos.domain.refunds.refund import CashReason, Refund
from pos.domain.sale.sale import Style
from pos.register.verbs import refunding
from pos.wording.refund import refund_paper
from tests.register.every_act import ALL_OF_IT, Till
from tests.wording.test_receipt import shown

HEADINGS = norway().headings


@pytest.fixture
def done(tmp_path: Path) -> Refund:
    till = Till(tmp_path)
    refund = till.do(refunding.refund, till.sold().number, ALL_OF_IT, RefundReason.MADE_WRONG)
    assert isinstance(refund, Refund)
    return refund


def test_it_says_what_it_is_and_names_the_receipt(done: Refund) -> None:
    first = refund_paper(done, HEADINGS).lines[0]
    assert (first.left, first.style) == ("Returkvittering", Style.HEADING)
    text = shown(refund_paper(done, HEADINGS))
    for row in ("Returnr.", "R1-1", "Gjelder kvittering", "K1-1", "laget feil", done.shop.name):
        assert row in text
    assert "MVA" in text


def test_every_amount_has_a_minus(done: Refund) -> None:
    rows = shown(refund_paper(done, HEADINGS)).splitlines()
    amounts = [row for row in rows if row.endswith(",00")]
    assert len(amounts) >= 4
    assert all("-" in row for row in amounts)


def test_the_legal_heading_stays_norwegian(done: Refund) -> None:
    lines = [line.left for line in refund_paper(replace(done, language="en"), HEADINGS, copy=True).lines[:4]]
    assert lines == ["KOPI", "Copy", "Returkvittering", "Refund receipt"]


def test_why_money_of_a_card_went_in_cash_is_said(done: Refund) -> None:
    text = shown(refund_paper(replace(done, in_cash=CashReason.TERMINAL_DOWN), HEADINGS))
    assert "Tilbake i kontanter: terminalen virker ikke" in " ".join(text.split())


def test_one_that_is_not_done_has_no_paper(done: Refund) -> None:
    with pytest.raises(ValueError, match="number"):
        refund_paper(replace(done, number=0), HEADINGS)
