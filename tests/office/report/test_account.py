"""The report's figures are those of the ledger, however they were summed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from math import isclose

import pytest

from pos.domain.order.questions import Outcome, Reason
from pos.insights import figures, is_too_fast
from pos.insights.figures.tallies import tally
from pos.insights.figures.uplift import Verdict
from pos.insights.intervals import Interval
from pos.office.report import account, bring_up_to_date, make_report
from pos.office.report.account import LINE, Report, line_of
from pos.register import CONTROL_SHARE
from pos.store import LedgerEntry, Store
from tests.builders import TODAY
from tests.office.report.sales import WORDS, sell_many
from tests.office_acts import set_shop
from tests.register.shops import ring
from tests.rig import a_cashier


def reported(store: Store, since: date | None = None, until: date | None = None) -> Report:
    bring_up_to_date(store)
    return make_report(store, TODAY, since, until)


def recounted(store: Store, *, where: Callable[[LedgerEntry], bool] = lambda entry: True) -> list[LedgerEntry]:
    return [entry for entry in store.ledger.rows() if where(entry)]


def plain_uplift(entries: Iterable[LedgerEntry]) -> float:
    totals = {entry.order_id: entry.total.minor for entry in entries}
    gain = sum(entry.row.gain.minor for entry in entries)
    return gain / (sum(totals.values()) - gain)


def value(found: Interval | None) -> float:
    assert found is not None
    return found.value


def test_the_kept_sums_equal_a_full_recount_of_the_ledger(store: Store) -> None:
    for part in (700, 1300, 1, 500):  # counted as they come, not at once
        sell_many(store, part, a_day=90)
        bring_up_to_date(store)
    report = make_report(store, TODAY)
    entries = recounted(store)
    for kind, found in report.kinds.items():
        plain = figures(entry.row for entry in entries if entry.row.kind == kind)
        assert (found.shown, found.said, found.accepted) == (plain.shown, plain.said, plain.accepted)
        assert (found.too_fast, found.not_asked) == (plain.too_fast, plain.not_asked)
        assert (found.gain_minor, found.not_applicable) == (plain.gain.minor, plain.not_applicable)
        assert found.margin_minor == sum(entry.row.margin.minor for entry in entries if entry.row.kind == kind)
    assert report.orders.orders == len(entries) / 2 == 2501
    assert isclose(value(report.orders.uplift), plain_uplift(entries))


def test_counting_may_stop_early_and_goes_on_from_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "SLICE", 40)
    sell_many(store, 100, a_day=90)
    counted = []
    for _ in range(3):
        bring_up_to_date(store, most=50)
        counted.append(store.asking_sums.counted_to())
    assert counted == [80, 100, 100]


@pytest.mark.parametrize(
    ("cut", "of"),
    [
        ("offers", lambda entry: entry.row.offer_id),
        ("phrases", lambda entry: entry.row.phrase if entry.row.outcome is not Outcome.NOT_ASKED else None),
    ],
)
def test_every_cut_equals_a_recount(store: Store, cut: str, of: Callable[[LedgerEntry], str | None]) -> None:
    sell_many(store, 900, a_day=300)
    found = getattr(reported(store), cut)
    entries = recounted(store, where=lambda entry: entry.row.outcome is not Outcome.NOT_APPLICABLE)
    names = {(name, entry.row.kind.value) for entry in entries if (name := of(entry))}
    assert set(found) == names
    for name, kind in names:
        plain = figures(entry.row for entry in entries if of(entry) == name and entry.row.kind == kind)
        assert (found[name, kind].said, found[name, kind].accepted) == (plain.said, plain.accepted)
        assert found[name, kind].gain_minor == plain.gain.minor


def test_the_wordings_of_an_offer_equal_a_recount(store: Store) -> None:
    sell_many(store, 400, wordings=False)  # from before the ledger kept which was said
    before = reported(store)
    assert before.compared == ()
    sell_many(store, 900, a_day=300)
    (found,) = reported(store).compared
    rows = [entry.row for entry in recounted(store) if entry.row.offer_id == "meal:1"]
    assert (found.offer, found.shown) == ("meal:1", sum(bool(row.wording) for row in rows))
    for said in found.said:
        plain = figures(row for row in rows if row.wording == said.id)
        assert (said.sums.shown, said.sums.said, said.sums.accepted) == (plain.shown, plain.said, plain.accepted)
        assert said.words == WORDS[said.id]
    kept = make_report(store, TODAY)
    store.asking_sums.forget()
    assert reported(store) == kept


def test_hours_and_parts_of_the_day_hold_every_question(store: Store) -> None:
    sell_many(store, 900, a_day=300)
    report = reported(store)
    entries = recounted(store)
    for hour, found in report.hours.items():
        plain = figures(entry.row for entry in entries if entry.paid_at.hour == hour)
        assert (found.shown, found.gain_minor) == (plain.shown, plain.gain.minor)
    assert sum(found.shown for found in report.hours.values()) == sum(kind.shown for kind in report.kinds.values())


def test_only_the_days_asked_for_count(store: Store) -> None:
    sell_many(store, 900, a_day=300)
    one = date(2026, 1, 6)
    report = reported(store, one, one)
    entries = recounted(store, where=lambda entry: entry.paid_at.date() == one)
    assert (report.first, report.last) == ("2026-01-06", "2026-01-06")
    assert report.orders.orders == len(entries) / 2 == 300
    assert isclose(value(report.orders.uplift), plain_uplift(entries))


def test_counting_again_changes_nothing(store: Store) -> None:
    sell_many(store, 500, a_day=100)
    first = reported(store)
    assert reported(store) == first
    store.asking_sums.forget()
    assert make_report(store, TODAY).is_empty
    assert reported(store) == first


def test_slices_that_two_count_at_once_are_added_once(store: Store) -> None:
    sell_many(store, 50)
    sales = store.asking_sums.new_sales(50)
    counted = tally(sales)
    assert store.asking_sums.add(0, 50, counted.kinds, counted.orders)
    assert not store.asking_sums.add(0, 50, counted.kinds, counted.orders)
    assert make_report(store, TODAY).orders.orders == 50


def test_persons_stand_by_name_and_only_from_two_hundred_eligible_orders_on(store: Store) -> None:
    sell_many(store, 1000, a_day=500)  # Anne and Kari share one day; Ola has nine orders in ten of the other
    report = reported(store)
    assert list(report.persons) == sorted(report.persons)
    assert "Ola" in report.persons
    assert all(person.orders.eligible >= 200 for person in report.persons.values())
    few = reported(store, date(2026, 1, 5), date(2026, 1, 5))
    assert "Anne" not in few.persons


def test_a_shop_without_sales_has_a_report_that_says_so(store: Store) -> None:
    report = reported(store)
    assert report.is_empty
    assert report.distance.verdict is Verdict.NOTHING_YET
    assert report.orders.uplift is None


def test_the_line_is_ten_per_cent_until_it_is_moved(store: Store) -> None:
    assert line_of(store) == 0.10
    set_shop(store, LINE, "750")
    assert line_of(store) == 0.075


def test_an_order_that_grew_by_half_after_the_questions_was_asked_early(store: Store) -> None:
    sell_many(store, 2000)
    report = reported(store)
    latest: dict[str, int] = {}
    totals = {}
    for entry in recounted(store):
        totals[entry.order_id] = entry.total.minor
        if entry.row.order_total is not None and entry.row.outcome is not Outcome.NOT_APPLICABLE:
            latest[entry.order_id] = max(latest.get(entry.order_id, 0), entry.row.order_total.minor)
    grown = sum(totals[order] >= 1.5 * then for order, then in latest.items())
    assert (report.orders.grown, report.orders.size_known) == (grown, len(latest))
    assert grown


def test_leaving_large_counts_what_was_rung_unasked_too(store: Store) -> None:
    sell_many(store, 1000)
    found = reported(store).kinds["upsell"]
    rows = [entry.row for entry in recounted(store) if entry.row.kind == "upsell"]
    had = sum(row.reason is Reason.TOP_STEP for row in rows)
    sold = sum(row.kept > 0 for row in rows)
    assert had
    assert (found.leave, found.could_leave) == (had + sold, had + sum(row.offer_id is not None for row in rows))


def test_the_increment_compares_orders_with_questions_and_without(store: Store) -> None:
    sell_many(store, 6000, a_day=600, control=0.2)
    report = reported(store)
    assert report.increment is not None
    assert report.control == sum(
        entry.row.reason is Reason.CONTROL for entry in recounted(store) if entry.row.kind == "upsell"
    )
    truth = sum(kind.gain_minor for kind in report.kinds.values()) / (report.orders.orders - report.control)
    assert report.increment.low <= truth <= report.increment.high


def test_a_control_order_is_asked_nothing_and_says_why(folder: object, store: Store) -> None:
    set_shop(store, CONTROL_SHARE, "10000")
    cashier = a_cashier(folder)  # type: ignore[arg-type]  # the fixture's folder
    ring(cashier, "cheeseburger")
    cashier.press("d")
    assert [entry.row.reason for entry in store.ledger.rows()] == [Reason.CONTROL, Reason.CONTROL]


def test_the_rule_for_too_fast_is_the_one_of_the_cashiers_sentence(store: Store) -> None:
    sell_many(store, 400)
    rows = [entry.row for entry in recounted(store)]
    assert sum(kind.too_fast for kind in reported(store).kinds.values()) == sum(map(is_too_fast, rows)) > 0
