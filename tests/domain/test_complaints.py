"""What people complain about at tills and drive-throughs, as far as orders, prices and questions alone can show it."""

from dataclasses import replace

import pytest

from pos.domain.asking.differences import difference
from pos.domain.asking.offers import eligible, propose, still_eligible, why_nothing
from pos.domain.asking.upgrades import accept
from pos.domain.moment import Moment
from pos.domain.order.order import Order, drop_line, open_slot
from pos.domain.order.questions import OfferKind, Outcome, Question, Reason
from pos.domain.prompts import PaymentPrompt, Phrase, QuestionPrompt, decisions, next_prompt
from tests.builders import (
    BREAKFAST,
    CROSS_SELL,
    MENU,
    NOW,
    UPSELL,
    answered,
    asked,
    brownie,
    burger,
    coffee,
    cola,
    declined,
    fries,
    having,
    kids_meal,
    kr,
    latte,
    line,
    meal,
    moment,
    no_draws,
    noted,
    nuggets,
    order,
    pairing,
    said,
    shake,
    small,
    times,
    with_filling,
)


def offered(entry: Order, kind: OfferKind, at: Moment | None = None) -> set[str | None]:
    return {offer.sku for offer in eligible(entry, kind, at or moment()).offers}


def run_through(entry: Order, outcome: Outcome, at: Moment | None = None) -> tuple[Order, list[str]]:
    """Answer every question alike until payment; the names of the offers that were made on the way."""
    at = at or moment()
    made: list[str] = []
    while not isinstance(prompt := next_prompt(entry, at), PaymentPrompt):
        if isinstance(prompt, OfferKind):
            entry = asked(entry, prompt, at)
            continue
        assert isinstance(prompt, QuestionPrompt), prompt
        question = prompt.question
        made.append(question.offer.id)
        if outcome is Outcome.ACCEPTED:
            flavour = prompt.choices.modifiers[0].id if prompt.choices else None
            entry = accept(entry, question.offer, question.count, at, flavour)
        entry = answered(entry, question.kind, outcome)
    return entry, made


def test_a_medium_number_two_is_not_asked_medium_or_large() -> None:
    assert why_nothing(order(said(meal)), UPSELL, moment()) is Reason.SIZE_STATED


def test_a_meal_is_asked_one_step_up_and_once() -> None:
    entry, made = run_through(order(small(coffee)), Outcome.ACCEPTED)
    assert [name for name in made if name.startswith("coffee:")] == ["coffee:1"]
    assert entry.lines[0].sku == "coffee-m"


def test_somebody_who_ordered_a_combo_is_not_offered_one_nor_what_is_in_it() -> None:
    at = moment(pairings=[pairing("anything", sku) for sku in ("cola-m", "fries-s", "cheeseburger", "cookie")])
    assert offered(order(meal), CROSS_SELL, at) == {"cookie"}
    assert offered(order(meal), UPSELL) == {"cheeseburger-meal-l"}


def test_nobody_is_asked_for_the_drink_of_a_meal_that_has_one() -> None:
    assert open_slot(MENU, meal) is None
    assert open_slot(MENU, with_filling(kids_meal, "drink-kids", "juice")) is None
    assert not isinstance(next_prompt(order(with_filling(kids_meal, "drink-kids", "juice")), moment()), QuestionPrompt)


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.DECLINED, Outcome.NOT_ASKED])
@pytest.mark.parametrize(
    "lines", [(burger,), (burger, fries, cola), (latte,), (small(coffee), brownie), (nuggets, meal, "club-free")]
)
def test_after_thats_all_there_are_two_questions_and_never_more(lines: tuple, outcome: Outcome) -> None:
    entry, made = run_through(order(*lines), outcome)
    assert len(made) == len(set(made)) <= 2
    assert len(decisions(entry, moment())) == 2


def test_no_bigger_cup_is_in_the_hand_before_anybody_said_yes() -> None:
    entry = asked(order(cola), UPSELL)
    assert entry.questions[0].answer is None
    assert [row.sku for row in entry.lines] == ["cola-m"]


def test_a_child_alone_is_asked_nothing() -> None:
    prompt = next_prompt(order(cola, exempt=Reason.CHILD), moment())
    assert isinstance(prompt, PaymentPrompt)
    assert {found.outcome for found in prompt.decisions} == {Outcome.NOT_APPLICABLE}


def test_what_was_refused_is_not_asked_again_at_the_window() -> None:
    refused = declined(order(burger))
    later = replace(refused, lines=(*refused.lines, replace(nuggets, id=2)), checking_out=True, note="window 2")
    assert next_prompt(later, moment(NOW.replace(minute=59))) is CROSS_SELL
    _, made = run_through(later, Outcome.DECLINED)
    assert "meal:1" not in made


def test_no_breakfast_comes_with_a_lunch_nor_fries_with_a_latte() -> None:
    assert "egg-roll" in offered(order(coffee), CROSS_SELL, moment(BREAKFAST))
    assert "egg-roll" not in offered(order(coffee), CROSS_SELL, moment(NOW))
    assert not {sku for sku in offered(order(latte), CROSS_SELL) if sku and sku.startswith("fries")}


def test_that_a_drink_makes_it_cheaper_is_said_before_paying() -> None:
    at = moment(pairings=[pairing("cheeseburger", "cola-m")])
    question = propose(order(burger, fries), CROSS_SELL, at, no_draws)
    assert isinstance(question, Question)
    found = difference(order(burger, fries), question.offer, 1, at)
    assert (found.more, found.saving) == (kr(-5), kr(39))


def test_nobody_pays_more_for_not_knowing_the_name_of_the_meal() -> None:
    assert moment().price(order(burger, fries, cola)).total == moment().price(order(meal)).total


def test_what_is_sold_out_when_the_question_is_shown_is_not_offered() -> None:
    entry = asked(order(burger), CROSS_SELL)
    assert entry.questions[0].offer.sku == "shake-m"
    assert "shake-m" not in [
        left.sku for left in still_eligible(entry.questions[0], entry, moment(sold_out=["shake-m"]))
    ]


def test_what_is_in_the_order_already_is_not_offered() -> None:
    assert "shake-m" not in offered(order(burger, shake), CROSS_SELL)


def test_no_discount_outlives_the_thing_it_was_given_for() -> None:
    entry = order(coffee)
    question = propose(entry, CROSS_SELL, moment(), no_draws)
    assert isinstance(question, Question)
    both = accept(entry, question.offer, 1, moment())
    assert moment().price(both).saved == kr(10)
    alone = moment().price(drop_line(both, 1))
    assert (alone.total, alone.saved.minor) == (kr(32), 0)


def test_a_choice_of_one_is_not_put_as_a_question() -> None:
    juice_only = replace(MENU.slots["drink-kids"], choices=MENU.slots["drink-kids"].choices[:1])
    vanilla_only = replace(MENU.groups["flavour"], modifiers=MENU.groups["flavour"].modifiers[:1])
    menu = replace(
        MENU, slots={**MENU.slots, "drink-kids": juice_only}, groups={**MENU.groups, "flavour": vanilla_only}
    )
    at = moment(menu=menu, pairings=[])
    entry = order(line("kids-meal", menu=menu), line("shake-l", menu=menu))
    assert isinstance(next_prompt(entry, at), PaymentPrompt)


def test_a_sold_shake_of_one_flavour_has_that_flavour() -> None:
    vanilla_only = replace(MENU.groups["flavour"], modifiers=MENU.groups["flavour"].modifiers[:1])
    at = moment(menu=replace(MENU, groups={**MENU.groups, "flavour": vanilla_only}))
    entry = asked(declined(order(burger), at=at), CROSS_SELL, at)
    assert accept(entry, entry.questions[1].offer, 1, at).lines[-1].modifiers == ("vanilla",)


def test_no_modifier_and_no_note_is_lost_on_a_yes() -> None:
    entry, _ = run_through(order(noted(having(burger, "no-onion", "no-cheese"), "cut in two")), Outcome.ACCEPTED)
    assert entry.lines[0].sku == "cheeseburger-meal-m"
    assert (entry.lines[0].modifiers, entry.lines[0].note) == (("no-onion", "no-cheese"), "cut in two")


def test_an_accepted_upgrade_is_no_second_line() -> None:
    entry = order(times(2, meal))
    question = propose(entry, UPSELL, moment(), no_draws)
    assert isinstance(question, Question)
    assert [(row.quantity, row.sku) for row in accept(entry, question.offer, 2, moment()).lines] == [
        (2, "cheeseburger-meal-l")
    ]


def test_a_cashier_with_nothing_fitting_to_offer_need_not_offer_something_absurd() -> None:
    entry = order("club-premium")
    at = moment(pairings=[])
    prompt = next_prompt(entry, at)
    assert isinstance(prompt, PaymentPrompt)
    assert [(found.outcome, found.reason) for found in prompt.decisions] == [
        (Outcome.NOT_APPLICABLE, Reason.TOP_STEP),
        (Outcome.NOT_APPLICABLE, Reason.NOTHING_TO_OFFER),
    ]


def test_with_a_queue_both_questions_are_asked_in_fewer_words() -> None:
    at = moment(rush=True)
    entry = order(burger)
    for kind in OfferKind:
        assert next_prompt(entry, at) is kind
        entry = asked(entry, kind, at)
        prompt = next_prompt(entry, at)
        assert isinstance(prompt, QuestionPrompt)
        assert prompt.phrase is Phrase.RUSH
        assert prompt.words.rush is not None
        assert len(prompt.words.rush.nb.split()) < len(prompt.words.say.nb.split())
        entry = answered(entry, kind, Outcome.DECLINED)
