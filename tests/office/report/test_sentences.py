"""The report's sentences say what is known, no more, and count as people do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pos.cli.commands.counter import shift_sentence
from pos.domain.money import Money
from pos.insights.figures.figures import Figures
from pos.insights.figures.next_visits import NextVisitSums
from pos.insights.figures.sums import KindSums, OrderSums
from pos.insights.figures.uplift import distance
from pos.insights.intervals import Interval
from pos.office.report import Report, make_report
from pos.office.report.summary import sentences
from pos.store import Store
from pos.wording import wording
from tests.builders import TODAY

NB, EN = wording("nb"), wording("en")


def a_report(store: Store, kinds: Mapping[str, KindSums] | None = None, **fields: object) -> Report:
    """One order of 100 kroner, and what a test is about."""
    orders = OrderSums(1, 1, 10_000, 1e8, size_known=1)
    found = {"upsell": KindSums(), "cross_sell": KindSums(), **(kinds or {})}
    made = replace(make_report(store, TODAY), orders=orders, kinds=found, days={"2026-11-06": orders})
    return replace(made, distance=distance(0.1, orders, found, {}), **fields)  # type: ignore[arg-type]  # of a report


def test_a_difference_that_may_be_chance_is_not_called_the_true_increment(store: Store) -> None:
    def told(value: float, low: float, high: float, control: int = 184) -> str:
        found = Interval(value, low, high, control)
        said = sentences(a_report(store, increment=found, control=control), EN)
        return next(sentence for sentence in said if "ontrol" in sentence)

    assert "came to 10 kroner more" in told(1000, 200, 1800)
    assert "no difference is shown yet" in told(1000, -500, 2500)
    assert "came to 10 kroner less" in told(-1000, -1800, -200)
    assert "2 kroner to 18 kroner less" in told(-1000, -1800, -200)
    assert "only 1 order without" in told(1000, 200, 1800, 1)
    assert "true increment" not in told(1000, -500, 2500)


def test_questions_that_nobody_can_have_said_are_not_called_none_at_all(store: Store) -> None:
    shown = KindSums(shown=2, too_fast=2)
    assert EN.text("report-verdict-unsaid", line="10.0%") in [*sentences(a_report(store, {"upsell": shown}), EN)]
    assert EN.text("report-verdict-nothing-yet", line="10.0%") in [*sentences(a_report(store), EN)]


def test_one_order_is_not_counted_as_several(store: Store) -> None:
    for words in (NB, EN):
        said = " ".join(sentences(a_report(store, {"upsell": KindSums(shown=1, not_asked=1)}), words))
        assert words.text("report-early-none", count=1) in said
        assert "1 orders" not in said
        assert "1 ordrer" not in said


def test_next_visit_offers_that_nobody_used_have_added_nothing_to_tell_of(store: Store) -> None:
    (said,) = [one for one in sentences(a_report(store, next_visits=NextVisitSums(3, 0, 2)), EN) if "Next-visit" in one]
    assert said == "Next-visit offers: 3 given, none used yet; 2 can still be used."


def test_a_cashier_hears_what_was_skipped_and_what_the_questions_brought() -> None:
    said = shift_sentence(Figures(shown=63, too_fast=4, not_asked=1, gain=Money(41_200)), NB)
    assert said == (
        "Spørsmålene dine: 63 vist, 4 fikk et nei for fort til å ha vært sagt, 1 ikke stilt; mersalg 412 kroner."
    )
    assert "none skipped" in shift_sentence(Figures(shown=63), EN)
