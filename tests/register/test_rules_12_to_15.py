"""Rules 12 to 15: what depended on a line, the honest ways out, the list of reasons, and the cashier's figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pos.domain.order.questions import Outcome, Reason
from pos.domain.prompts import Phrase
from pos.domain.sale.ledger import EventName
from pos.register import shelf
from pos.register.verbs import aside, ringing, stock
from tests.builders import CROSS_SELL, MENU, NOW, TAKE_AWAY, UPSELL, kr, pairing
from tests.office_acts import put_menu
from tests.register.shops import (
    again,
    asked,
    events,
    ledger,
    lines,
    names,
    question,
    reasons,
    ring,
    ring_tile,
    settle_questions,
    the_line,
)
from tests.rig import Cashier

# rule 12


def test_rule_12_voiding_the_line_an_offer_came_from_prices_what_depended_on_it_again(cashier: Cashier) -> None:
    ring(cashier, "latte")
    cashier.press("j")
    assert cashier.register.view.priced.total == kr(46 + 29 - 10)
    cashier.press("escape")
    cashier.register.do(ringing.void, the_line(cashier, "latte").id)
    assert lines(cashier) == ["1 muffin"]
    assert cashier.register.view.priced.total == kr(29)


def test_rule_12_voiding_an_accepted_line_takes_its_gain_from_the_ledger(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "1", "escape")
    cashier.register.do(ringing.void, the_line(cashier, "shake-m").id)
    cashier.press("enter", "a")
    _, cross = ledger(cashier.register)
    assert (cross.outcome, cross.count, cross.kept, cross.gain) == (Outcome.ACCEPTED, 1, 0, kr(0))


def test_rule_12_stepping_an_accepted_upgrade_down_takes_its_gain_from_the_ledger(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger-meal-m")
    cashier.press("j", "n", "escape", "<", "enter", "a")
    assert cashier.counter.paid is not None
    assert [line.sku for line in cashier.counter.paid.lines] == ["cheeseburger-meal-m"]
    up, _ = ledger(cashier.register)
    assert (up.outcome, up.kept, up.gain) == (Outcome.ACCEPTED, 0, kr(0))


def test_rule_12_one_fewer_of_an_accepted_line_keeps_the_rest_of_the_gain(cashier: Cashier) -> None:
    ring_tile(cashier, "cheeseburger-meal-m", "3")
    cashier.register.do(ringing.serve, TAKE_AWAY)
    cashier.press("enter", "j", "n", "escape", "-", "enter", "a")
    up, _ = ledger(cashier.register)
    assert (up.count, up.kept, up.gain) == (3, 2, kr(30))


def test_rule_12_stepping_an_accepted_line_further_up_keeps_its_gain(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("j", "n", "escape", ">", "enter", "a")
    up, _ = ledger(cashier.register)
    assert (up.kept, up.gain) == (1, kr(30))


# rule 13


def test_rule_13_not_asked_is_one_key_and_stays_in_the_count(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("0", "0", "a")
    assert [(row.outcome, row.reason) for row in ledger(cashier.register)] == [(Outcome.NOT_ASKED, None)] * 2
    figures = shelf.shift(cashier.register)
    assert (figures.shown, figures.not_asked, figures.said) == (2, 2, 0)


@pytest.mark.parametrize(("key", "reason"), [("1", Reason.CHILD), ("2", Reason.LEFT_ALONE), ("3", Reason.STAFF)])
def test_rule_13_not_for_this_customer_covers_both_questions(cashier: Cashier, key: str, reason: Reason) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("x", key)
    assert reasons(cashier) == {UPSELL: reason, CROSS_SELL: reason}
    cashier.press("a")
    assert [(row.outcome, row.reason) for row in ledger(cashier.register)] == [(Outcome.NOT_APPLICABLE, reason)] * 2
    assert shelf.shift(cashier.register).shown == 0


def test_rule_13_not_for_this_customer_leaves_an_answer_as_it_was(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "x", "2", "a")
    up, cross = ledger(cashier.register)
    assert (up.outcome, up.reason) == (Outcome.DECLINED, None)
    assert (cross.outcome, cross.reason) == (Outcome.NOT_APPLICABLE, Reason.LEFT_ALONE)


def test_rule_13_esc_from_the_reasons_is_no_way_out(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("x", "escape")
    assert asked(cashier) == "cheeseburger-meal-m"


def test_rule_13_a_rush_shortens_both_questions_and_drops_neither(cashier: Cashier, folder: Path) -> None:
    cashier.register.do(stock.set_rush, True)
    ring(cashier, "cheeseburger")
    assert question(cashier).phrase is Phrase.RUSH
    later = again(cashier, folder)
    later.press("n")
    assert question(later).phrase is Phrase.RUSH
    later.press("n", "a")
    assert [row.phrase for row in ledger(later.register)] == ["rush", "rush"]


# rule 14


def nothing_to_offer(cashier: Cashier) -> None:
    ring(cashier, "bag")


def top_step(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger-meal-l")


def size_stated(cashier: Cashier) -> None:
    ring_tile(cashier, "fries-m")
    cashier.press("=")
    ring(cashier)


def already_in_order(cashier: Cashier) -> None:
    ring(cashier, "brownie", "cookie", "coffee-l")


def sold_out(cashier: Cashier) -> None:
    cashier.register.do(stock.eighty_six, "fries-l")
    ring(cashier, "fries-m")


def daypart(cashier: Cashier) -> None:
    put_menu(cashier.register.store, MENU, [pairing("*coffee", "egg-roll")], NOW)
    ring(cashier, "coffee-l")


def allergen(cashier: Cashier) -> None:
    cashier.register.do(ringing.note_allergen, "milk")
    ring(cashier, "cheeseburger")


REASONS: tuple[tuple[Callable[[Cashier], None], Reason], ...] = (
    (nothing_to_offer, Reason.NOTHING_TO_OFFER),
    (top_step, Reason.TOP_STEP),
    (size_stated, Reason.SIZE_STATED),
    (already_in_order, Reason.ALREADY_IN_ORDER),
    (sold_out, Reason.SOLD_OUT),
    (daypart, Reason.DAYPART),
    (allergen, Reason.ALLERGEN),
)


@pytest.mark.parametrize(("rung", "reason"), REASONS, ids=lambda value: getattr(value, "__name__", str(value)))
def test_rule_14_a_reason_stands_beside_the_next_prompt_and_makes_nobody_wait(
    cashier: Cashier, rung: Callable[[Cashier], None], reason: Reason
) -> None:
    rung(cashier)
    settle_questions(cashier)
    assert reason in reasons(cashier).values()
    cashier.press("a")
    assert reason in {row.reason for row in ledger(cashier.register)}


def test_rule_14_question_2_shows_why_there_was_no_question_1(cashier: Cashier) -> None:
    top_step(cashier)
    previous = question(cashier).previous
    assert previous is not None
    assert (previous.outcome, previous.reason) == (Outcome.NOT_APPLICABLE, Reason.TOP_STEP)


def test_rule_14_whoever_reads_the_ledger_is_told_every_reason_that_a_shop_can_have() -> None:
    pages = (Path(__file__).parents[2] / "docs" / "database.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| `reason` \| why it was not applicable: (.+) \|$", pages, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == set(Reason) - {Reason.BY_HAND}


# rule 15


def test_rule_15_an_answer_that_nobody_can_have_asked_for_is_told_to_the_cashier(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    cashier.clock.pass_(8000)
    cashier.press("n", "a")
    figures = shelf.shift(cashier.register)
    assert (figures.shown, figures.too_fast, figures.said) == (2, 1, 1)


def test_rule_15_a_fast_yes_is_not_too_fast(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("j", "1", "a")
    figures = shelf.shift(cashier.register)
    assert (figures.accepted, figures.too_fast, figures.gain) == (2, 0, kr(30 + 45))


def test_rule_15_the_figures_are_the_cashier_s_own(cashier: Cashier, folder: Path) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n", "n", "a")
    other = again(cashier, folder)
    other.register.opened_for = "Ola"
    assert shelf.shift(other.register).shown == 0


# the ledger of an order


def test_a_step_up_by_hand_after_a_no_is_a_changed_mind(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger-meal-m")
    cashier.press("n", "escape", ">", "enter", "n", "a")
    sale = cashier.counter.paid
    assert sale is not None
    found = events(cashier.register, sale.order_id)
    changed = next(event for event in found if event.name is EventName.CHANGED_MIND)
    assert (changed.kind, changed.offer_id) == (UPSELL, "meal:2")
    up, _ = ledger(cashier.register)
    assert (up.outcome, up.kept, up.gain) == (Outcome.DECLINED, 0, kr(0))


def test_the_events_of_an_order_tell_its_whole_story(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("right", "left", "n", "backspace", "j", "1", "a")
    sale = cashier.counter.paid
    assert sale is not None
    found = events(cashier.register, sale.order_id)
    assert names(found) == [
        EventName.SHOWN,
        EventName.PASSED,
        EventName.SHOWN,
        EventName.PASSED,
        EventName.SHOWN,
        EventName.ANSWERED,
        EventName.SHOWN,
        EventName.TAKEN_BACK,
        EventName.ANSWERED,
        EventName.SHOWN,
        EventName.ANSWERED,
    ]
    answers = [(event.kind, event.outcome) for event in found if event.name is EventName.ANSWERED]
    assert answers == [
        (UPSELL, Outcome.DECLINED),
        (UPSELL, Outcome.ACCEPTED),
        (CROSS_SELL, Outcome.ACCEPTED),
    ]


def test_an_abandoned_order_keeps_its_events_and_is_in_no_figure(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    order_id = cashier.register.view.order.id
    cashier.register.do(aside.abandon)
    assert len(events(cashier.register, order_id)) == 3
    assert ledger(cashier.register) == []
