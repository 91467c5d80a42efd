"""A critical fault makes a round 0 and says which; everything here is done by keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter import State
from pos.domain.order.questions import OfferKind, Outcome
from pos.domain.text import LocalText
from pos.register.verbs import ringing
from pos.training import LateWish, Scenario, ScorePart, Utterance, Wanted
from tests.practice.rigs import Rig, a_rig, listen_and_ring, serve
from tests.practice.serving import check_to, last_reply, step
from tests.training.shop import menu, scenarios


def to_the_end(rig: Rig) -> None:
    for _ in range(60):
        if rig.sitting.result is not None:
            return
        step(rig)


def faults(rig: Rig) -> list[str]:
    """The critical faults of the round that is over; one makes it 0, and its lines still add up."""
    result = rig.sitting.result
    assert result is not None
    found = [line.message_id for line in result.lines if line.part is ScorePart.CRITICAL]
    assert (result.total == 0) is bool(found)
    assert sum(line.earned for line in result.lines) == result.total
    return found


def at_first_question(folder: Path, name: str) -> Rig:
    rig = a_rig(folder, name)
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.QUESTION)
    return rig


def test_a_faultless_round_has_no_critical_faults(folder: Path) -> None:
    rig = a_rig(folder, "milk-in-it")
    serve(rig)
    assert faults(rig) == []


def test_an_allergy_that_was_not_noted_and_what_was_sold_and_offered_with_it(folder: Path) -> None:
    rig = a_rig(folder, "milk-in-it")
    visit = rig.sitting.visit
    visit.tell("no")
    visit.speak_next()
    rig.press("2", "0", "1", "enter", "enter")
    to_the_end(rig)
    assert {"fault-allergy-not-noted", "fault-allergy-sold"} <= set(faults(rig))


def test_an_allergen_in_what_is_offered_is_a_fault_before_anybody_says_yes(folder: Path) -> None:
    rig = a_rig(folder, "milk-in-it")
    listen_and_ring(rig)
    rig.counter.register.do(ringing.note_allergen, "milk")
    rig.press("enter")
    to_the_end(rig)
    assert "fault-allergy-offered" in faults(rig)


def test_an_allergen_that_is_there_and_is_denied(folder: Path) -> None:
    rig = a_rig(folder, "gluten-and-fryer")
    rig.sitting.visit.tell("no")
    listen_and_ring(rig)
    rig.press("enter")
    to_the_end(rig)
    assert faults(rig) == ["fault-allergy-told"]


def test_a_yes_keyed_after_a_no_is_charged_to_somebody_who_refused(folder: Path) -> None:
    rig = at_first_question(folder, "rude-no")
    rig.think(6).press("space").think(2).press("j")
    to_the_end(rig)
    assert faults(rig) == ["fault-charged"]


def test_something_refused_that_is_rung_anyway_is_a_fault(folder: Path) -> None:
    rig = at_first_question(folder, "rude-no")
    rig.think(6).press("space").think(2).press("n", "escape", ">", "enter")
    to_the_end(rig)
    assert faults(rig) == ["fault-charged"]


def test_a_wrong_yes_that_is_put_right_is_no_fault(folder: Path) -> None:
    rig = at_first_question(folder, "rude-no")
    rig.think(6).press("space").think(2).press("j", "backspace").think(1)
    check_to(rig, State.QUESTION)
    rig.press("n")
    to_the_end(rig)
    assert faults(rig) == []


def test_a_yes_for_more_than_the_customer_said_is_a_fault(folder: Path) -> None:
    """A customer who wants the larger one for some of three gets it for all."""
    rig = a_rig(folder, "one-more-one-fewer")
    for _ in range(40):
        rig.next_customer()
        listen_and_ring(rig)
        rig.press("enter")
        check_to(rig, State.QUESTION)
        rig.think(6).press("space").think(2)
        if 0 < last_reply(rig).count < 3:
            rig.press("j")
            to_the_end(rig)
            assert faults(rig) == ["fault-charged"]
            return
        to_the_end(rig)
    pytest.fail("nobody wanted some of them")


def a_milk_allergic_customer(**changes: object) -> Scenario:
    """Somebody who has told of their allergy, and whose own wishes are theirs whatever is in them."""
    known = next(entry for entry in scenarios() if entry.id == "plain-meal")
    said = (Utterance(LocalText("Jeg er allergisk mot melk.", "I'm allergic to milk.")), *known.says)
    return replace(known, id="own-wish", allergens=frozenset({"milk"}), says=said, **changes)  # type: ignore[arg-type]  # fields by name


def sold_to(folder: Path, scenario: Scenario, *rung: str, late: str = "", noted: bool = True) -> list[str]:
    """The faults after ringing these PLUs for them, and noting the allergy; `late` comes after that."""
    rig = a_rig(folder, known=[scenario])
    rig.room.only = scenario
    rig.next_customer()
    while rig.sitting.visit.has_more:
        rig.sitting.visit.speak_next()
    for plu in rung:
        rig.press(*plu, "enter")
    if noted:
        rig.counter.register.do(ringing.note_allergen, "milk")
    if late:
        rig.press(*late, "enter")
    rig.press("enter")
    to_the_end(rig)
    return faults(rig)


def plu(name: str) -> str:
    number = menu().items[name].plu
    assert number is not None
    return number


def test_what_they_asked_for_themselves_is_no_fault_rung_as_a_meal_or_in_parts(folder: Path) -> None:
    """The parts hold what the meal holds, and another size of it holds nothing else."""
    wishes = a_milk_allergic_customer()
    meal = ["fries-m", "cola-m"]
    assert sold_to(folder, wishes, plu("cheeseburger"), *map(plu, meal)) == []


def test_what_they_wish_for_at_payment_is_no_fault_either(folder: Path) -> None:
    late = LateWish(LocalText("Og en softis!", "And a soft serve!"), (), (Wanted("soft-ice"),))
    assert sold_to(folder, a_milk_allergic_customer(late=late), plu("cheeseburger-meal-m"), late=plu("soft-ice")) == []


def test_another_thing_with_the_allergen_than_they_asked_for_is_a_fault(folder: Path) -> None:
    rung = (plu("cheeseburger-meal-m"), plu("soft-ice"))
    found = sold_to(folder, a_milk_allergic_customer(), *rung, noted=False)
    assert {"fault-allergy-not-noted", "fault-allergy-sold"} <= set(found)


def test_beer_without_asking_for_proof_of_age(folder: Path) -> None:
    rig = a_rig(folder, "beer-and-burger")
    rig.press("2", "0", "4", "enter", "6", "2", "1", "enter", "=", "enter")
    to_the_end(rig)
    assert faults(rig) == ["fault-age-not-asked"]


def test_beer_to_somebody_too_young(folder: Path) -> None:
    rig = a_rig(folder, "too-young-for-beer")
    rig.press("3", "0", "1", "enter", "6", "2", "0", "enter", "k")
    assert "16" in next(reversed(list(rig.sitting.visit.spoken())))[1].en
    rig.press("enter")
    to_the_end(rig)
    assert "fault-age-sold" in faults(rig)


def test_proof_of_age_is_asked_only_where_there_is_a_limit(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    rig.press("2", "0", "1", "enter", "k")
    assert rig.said == "wrong-key"


@pytest.mark.parametrize("amount", ["500", ""])
def test_change_from_another_sum_than_was_handed_over(folder: Path, amount: str) -> None:
    rig = at_first_question(folder, "one-cheeseburger")
    check_to(rig, State.PAYMENT)
    rig.press("space", *amount, "a")
    assert faults(rig) == ["fault-change"]


def test_cash_that_nobody_handed_over(folder: Path) -> None:
    rig = at_first_question(folder, "plain-meal")
    check_to(rig, State.PAYMENT)
    rig.press("space", "a")
    assert faults(rig) == ["fault-unpaid"]


def test_a_card_that_was_declined_and_is_keyed_as_approved(folder: Path) -> None:
    rig = at_first_question(folder, "card-declined-then-cash")
    check_to(rig, State.PAYMENT)
    rig.press("space", "k", "+")
    assert faults(rig) == ["fault-unpaid"]


def test_no_terminal_approves_the_notes_in_a_customers_hand(folder: Path) -> None:
    rig = at_first_question(folder, "one-cheeseburger")
    check_to(rig, State.PAYMENT)
    rig.press("space", "k")
    assert rig.counter.state is State.TERMINAL
    rig.press("+")
    assert (rig.said, rig.counter.state) == ("practice-no-card", State.TERMINAL)
    rig.press("-")
    assert rig.counter.state is State.PAYMENT
    rig.press("2", "0", "0", "a")
    assert faults(rig) == []


def lost(rig: Rig) -> list[str]:
    """The lines that lost points, but for pace."""
    result = rig.sitting.result
    assert result is not None
    return [line.message_id for line in result.lines if line.lost > 0 and line.part is not ScorePart.PACE]


def test_an_accepted_offer_that_is_voided_is_missing(folder: Path) -> None:
    rig = at_first_question(folder, "chocolate-instead")
    check_to(rig, State.PAYMENT)
    question = rig.counter.register.view.order.question(OfferKind.CROSS_SELL)
    assert question is not None
    assert question.answer is Outcome.ACCEPTED
    brought = next(line for line in rig.counter.register.view.order.lines if line.offered is OfferKind.CROSS_SELL)
    rig.press("escape", *["up"] * 4)
    rig.counter.chosen = brought.id
    rig.press("delete", "enter")
    to_the_end(rig)
    assert lost(rig) == ["score-line-missing"]


def test_one_drink_for_both_where_two_were_ordered_is_wrong(folder: Path) -> None:
    """A choice with which one of several like things was ordered is no answer for the others."""
    rig = a_rig(folder, "family-of-five")
    visit, register = rig.sitting.visit, rig.counter.register
    while visit.has_more:
        visit.speak_next()
    for sku, slot, drink in (
        ("bacon-burger-meal-m", "drink-medium", "cola-m"),
        ("caesar-salad", "", ""),
        ("bacon-burger-meal-m", "drink-medium", "cola-m"),
        ("kids-nuggets-meal", "kids-drink", "milk"),
    ):
        line = register.do(ringing.ring, sku, 2 if drink == "milk" else 1).result
        if slot:
            register.do(ringing.fill, line, slot, drink)
        if sku.startswith("bacon"):
            register.do(ringing.confirm_size, line)
        if not slot:
            register.do(ringing.modify, line, "no-croutons")
    register.do(ringing.note_allergen, "peanuts")
    rig.press("enter")
    to_the_end(rig)
    assert "score-wrong-slot" in lost(rig)
