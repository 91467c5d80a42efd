"""The figures of asking."""

from __future__ import annotations

from datetime import timedelta

from pos.domain.order.questions import OfferKind, Outcome
from pos.domain.sale.ledger import LedgerRow
from pos.insights import figures, is_too_fast
from tests.builders import NOW, kr


def row(outcome: Outcome, seconds: float = 5, words: int = 9) -> LedgerRow:
    """A question of nine words, answered after some seconds."""
    return LedgerRow(
        OfferKind.UPSELL,
        outcome,
        gain=kr(15) if outcome is Outcome.ACCEPTED else kr(0),
        shown_at=NOW,
        answered_at=NOW + timedelta(seconds=seconds),
        spoken_words=words,
    )


def test_a_refusal_faster_than_half_the_words_was_not_said() -> None:
    assert is_too_fast(row(Outcome.DECLINED, 1.4))
    assert not is_too_fast(row(Outcome.DECLINED, 1.5))


def test_a_fast_yes_is_no_refusal_and_counts_as_said() -> None:
    assert not is_too_fast(row(Outcome.ACCEPTED, 0.5))


def test_said_is_shown_less_not_asked_less_too_fast() -> None:
    found = figures(
        [
            row(Outcome.ACCEPTED),
            row(Outcome.DECLINED),
            row(Outcome.DECLINED, 0.4),
            row(Outcome.NOT_ASKED),
            LedgerRow(OfferKind.UPSELL, Outcome.NOT_APPLICABLE),
        ]
    )
    assert (found.shown, found.said, found.too_fast, found.not_asked, found.not_applicable) == (4, 2, 1, 1, 1)
    assert found.offer_rate == 0.5
    assert found.take_rate == 0.5
    assert found.gain == kr(15)


def test_nothing_asked_has_no_rate_rather_than_zero() -> None:
    assert figures([]).offer_rate is None
    assert figures([row(Outcome.NOT_ASKED)]).take_rate is None
