from collections.abc import Collection
from dataclasses import replace

import pytest

from pos.domain.asking.upgrades import accept, could_contain
from pos.domain.menu.allergens import AllergenCard, AllergenState
from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money
from pos.domain.order.order import LineItem, Order, Tender, TenderKind, TenderState, add_line, served
from pos.domain.order.questions import Decision, NotApplicable, OfferKind, Outcome, Reason
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    Phrase,
    Prompt,
    QuestionPrompt,
    Ringing,
    ServingPrompt,
    SlotPrompt,
    TerminalPrompt,
    decision,
    decisions,
    kind_to_propose,
    next_prompt,
)
from tests.builders import (
    CROSS_SELL,
    MENU,
    NOW,
    TAKE_AWAY,
    UPSELL,
    answered,
    asked,
    beer,
    burger,
    coffee,
    cola,
    declined,
    having,
    kids_meal,
    kr,
    large,
    large_meal,
    latte,
    line,
    meal,
    moment,
    order,
    pairing,
    shake,
    slot,
    times,
    with_filling,
)

plain_shake = line("shake-m")
NO_OFFERS = moment(pairings=[])


def question_on(entry: Order, **at: bool) -> QuestionPrompt:
    prompt = next_prompt(entry, moment(**at))
    assert isinstance(prompt, QuestionPrompt), prompt
    return prompt


def both_declined(entry: Order) -> Order:
    return declined(declined(entry), CROSS_SELL)


def tender(state: TenderState, amount: Money) -> Tender:
    return Tender(1, TenderKind.CARD, amount, amount, state, NOW)


# the sequence


def test_nothing_is_asked_while_ringing() -> None:
    assert next_prompt(order(kids_meal, mode=None, checking_out=False), moment()) == Ringing()


def test_an_empty_order_is_not_checked_out() -> None:
    assert next_prompt(order(), moment()) == Ringing()


def test_the_prompts_come_in_their_order() -> None:
    entry = order(kids_meal, plain_shake, burger, mode=None)
    seen: list[type[Prompt] | OfferKind] = []

    def look(at: Order) -> Prompt:
        prompt = next_prompt(at, moment())
        assert kind_to_propose(at, moment()) == (prompt if isinstance(prompt, OfferKind) else None)
        if isinstance(prompt, OfferKind):
            seen.append(prompt)
            return look(asked(at, prompt))
        seen.append(type(prompt))
        return prompt

    slot = look(entry)
    assert isinstance(slot, SlotPrompt)
    entry = replace(entry, lines=(entry.lines[0].filled(slot.slot.id, "juice"), *entry.lines[1:]))
    flavour = look(entry)
    assert isinstance(flavour, ModifierPrompt)
    assert flavour.line.sku == "shake-m"
    entry = replace(entry, lines=(entry.lines[0], having(entry.lines[1], "vanilla"), entry.lines[2]))
    look(entry)
    entry = replace(entry, serving_mode=TAKE_AWAY)
    look(entry)
    entry = declined(entry)
    look(entry)
    entry = declined(entry, CROSS_SELL)
    look(entry)
    assert seen == [
        SlotPrompt,
        ModifierPrompt,
        ServingPrompt,
        UPSELL,
        QuestionPrompt,
        CROSS_SELL,
        QuestionPrompt,
        PaymentPrompt,
    ]


def test_a_slot_asks_for_what_can_be_had() -> None:
    entry = order(kids_meal)
    prompt = next_prompt(entry, moment())
    assert isinstance(prompt, SlotPrompt)
    assert (prompt.line, prompt.slot.id, prompt.choices) == (entry.lines[0], "drink-kids", ("juice", "cola-s"))
    assert replace(prompt, choices=("cola-s",)) == next_prompt(entry, moment(sold_out=["juice"]))


def test_a_flavour_that_was_said_is_not_asked_for() -> None:
    assert next_prompt(order(shake, mode=None), moment()) == ServingPrompt()


def test_what_is_derived_from_the_same_order_is_the_same() -> None:
    entry = asked(order(burger), UPSELL)
    assert next_prompt(entry, moment()) == next_prompt(entry, moment())


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.DECLINED, Outcome.NOT_ASKED])
def test_question_2_comes_after_yes_no_and_not_asked_alike(outcome: Outcome) -> None:
    entry = answered(asked(order(burger), UPSELL), UPSELL, outcome)
    assert next_prompt(entry, moment()) is CROSS_SELL


def test_question_2_comes_after_not_applicable_too() -> None:
    assert next_prompt(order(large_meal), moment()) is CROSS_SELL


def test_question_1_comes_when_there_is_no_question_2() -> None:
    assert next_prompt(order(burger), NO_OFFERS) is UPSELL


def test_with_nothing_to_offer_payment_begins_with_two_decisions() -> None:
    assert next_prompt(order(large_meal), NO_OFFERS) == PaymentPrompt(
        kr(134),
        ZERO,
        (
            Decision(UPSELL, Outcome.NOT_APPLICABLE, Reason.TOP_STEP),
            Decision(CROSS_SELL, Outcome.NOT_APPLICABLE, Reason.NOTHING_TO_OFFER),
        ),
    )


def test_payment_has_the_two_answers() -> None:
    prompt = next_prompt(both_declined(order(burger)), moment())
    assert isinstance(prompt, PaymentPrompt)
    assert [(entry.kind, entry.outcome) for entry in prompt.decisions] == [
        (UPSELL, Outcome.DECLINED),
        (CROSS_SELL, Outcome.DECLINED),
    ]


def test_going_back_leaves_the_question_open() -> None:
    entry = asked(order(burger), UPSELL)
    assert next_prompt(replace(entry, checking_out=False), moment()) == Ringing()
    assert question_on(entry).question == entry.questions[0]


# decisions


def test_not_applicable_is_worked_out_again_when_the_order_changes() -> None:
    entry = order(large(coffee), mode=TAKE_AWAY)
    at = moment(sold_out=["latte"])
    assert decision(entry, UPSELL, at) == Decision(UPSELL, Outcome.NOT_APPLICABLE, Reason.SOLD_OUT)
    assert decision(add_line(entry, times(5, meal)), UPSELL, at) is None


def test_a_kind_that_was_answered_stays_answered() -> None:
    entry = add_line(declined(order(burger)), times(5, meal))
    assert decision(entry, UPSELL, moment()) == Decision(UPSELL, Outcome.DECLINED, question=entry.questions[0])


def test_an_answer_stays_when_nothing_could_be_offered_any_more() -> None:
    entry = replace(declined(order(burger)), lines=order(beer).lines)
    found = decision(entry, UPSELL, moment())
    assert found is not None
    assert found.outcome is Outcome.DECLINED


def test_question_1_is_asked_late_when_only_later_lines_have_a_step() -> None:
    entry = add_line(declined(order(large_meal), CROSS_SELL), times(5, meal))
    assert next_prompt(entry, moment()) is UPSELL


def test_what_is_settled_at_the_first_tender_is_final() -> None:
    settled = [NotApplicable(UPSELL, Reason.TOP_STEP), NotApplicable(CROSS_SELL, Reason.SOLD_OUT)]
    entry = order(burger, settled=settled)
    assert [(found.kind, found.reason) for found in decisions(entry, moment())] == [
        (UPSELL, Reason.TOP_STEP),
        (CROSS_SELL, Reason.SOLD_OUT),
    ]


@pytest.mark.parametrize("reason", [Reason.CHILD, Reason.LEFT_ALONE, Reason.STAFF])
def test_not_for_this_customer_covers_both_questions(reason: Reason) -> None:
    prompt = next_prompt(order(burger, exempt=reason), moment())
    assert isinstance(prompt, PaymentPrompt)
    assert [found.reason for found in prompt.decisions] == [reason, reason]


def test_not_for_this_customer_covers_only_what_is_unanswered() -> None:
    entry = replace(asked(declined(order(burger)), CROSS_SELL), exempt=Reason.LEFT_ALONE)
    assert [found.outcome for found in decisions(entry, moment())] == [Outcome.DECLINED, Outcome.NOT_APPLICABLE]


def test_two_decisions_stand_before_payment_begins() -> None:
    assert decisions(order(burger), moment()) == ()
    assert len(decisions(declined(order(burger)), moment())) == 1
    assert len(decisions(both_declined(order(burger)), moment())) == 2


# payment


def test_a_tender_takes_the_rest_of_the_order_to_payment() -> None:
    paid = replace(order(burger, mode=None), tenders=(tender(TenderState.APPROVED, kr(50)),))
    prompt = next_prompt(paid, moment())
    assert isinstance(prompt, PaymentPrompt)
    assert (prompt.due, prompt.paid) == (kr(39), kr(50))


def test_a_terminal_that_has_not_answered_is_waited_for() -> None:
    waiting = tender(TenderState.INTENT, kr(89))
    entry = replace(both_declined(order(burger)), tenders=(waiting,))
    assert next_prompt(entry, moment()) == TerminalPrompt(waiting, kr(89))


def test_a_declined_card_leaves_everything_to_pay() -> None:
    entry = replace(both_declined(order(burger)), tenders=(tender(TenderState.DECLINED, kr(89)),))
    prompt = next_prompt(entry, moment())
    assert isinstance(prompt, PaymentPrompt)
    assert (prompt.due, prompt.paid) == (kr(89), ZERO)


# what a question says


def test_a_question_says_the_difference_and_its_number() -> None:
    first = question_on(asked(order(burger), UPSELL))
    assert (first.number, first.difference.more, first.difference.total) == (1, kr(30), kr(119))
    second = question_on(asked(declined(order(burger)), CROSS_SELL))
    assert (second.number, second.difference.more) == (2, kr(45))


def test_question_2_knows_what_became_of_question_1() -> None:
    assert question_on(asked(order(burger), UPSELL)).previous is None
    entry = asked(declined(order(burger)), CROSS_SELL)
    previous = question_on(entry).previous
    assert previous is not None
    assert previous.outcome is Outcome.DECLINED


def after(outcome: Outcome, *, rush: bool = False, count: int = 1) -> Phrase:
    entry = asked(answered(asked(order(burger), UPSELL), UPSELL, outcome), CROSS_SELL)
    entry = entry.with_question(replace(entry.questions[1], count=count))
    return question_on(entry, rush=rush).phrase


def test_the_words_fit_what_was_answered_before() -> None:
    assert question_on(asked(order(burger), UPSELL)).phrase is Phrase.SAY
    assert after(Outcome.ACCEPTED) is Phrase.AFTER_YES
    assert after(Outcome.DECLINED) is Phrase.AFTER_NO
    assert after(Outcome.NOT_ASKED) is Phrase.SAY


def test_in_a_rush_both_questions_are_shorter_and_neither_is_dropped() -> None:
    assert question_on(asked(order(burger), UPSELL), rush=True).phrase is Phrase.RUSH
    assert after(Outcome.DECLINED, rush=True) is Phrase.RUSH


def test_for_several_the_words_say_how_many() -> None:
    assert question_on(asked(order(times(5, meal)), UPSELL)).phrase is Phrase.MANY
    assert after(Outcome.DECLINED, count=2, rush=True) is Phrase.MANY


def test_a_question_names_the_flavours_of_which_a_yes_needs_one() -> None:
    first, second = asked(order(burger), UPSELL), asked(declined(order(burger)), CROSS_SELL)
    assert question_on(first).choices is None
    choices = question_on(second).choices
    assert choices is not None
    assert [entry.id for entry in choices.modifiers] == ["vanilla", "chocolate"]


def test_a_flavour_with_a_noted_allergen_is_no_choice() -> None:
    entry = declined(order(burger, allergens=["soybeans"]))
    choices = question_on(asked(entry, CROSS_SELL)).choices
    assert choices is not None
    assert [entry.id for entry in choices.modifiers] == ["vanilla"]


def test_a_question_shows_the_allergens_of_what_a_yes_gives() -> None:
    grown = with_filling(having(meal, "no-cheese"), "side-m", "nuggets-4")
    shown = question_on(asked(order(grown), UPSELL)).allergens
    assert (shown.state("eggs"), shown.state("milk")) == (AllergenState.MAY_CONTAIN, AllergenState.NO)
    shake_too = question_on(asked(declined(order(burger)), CROSS_SELL)).allergens
    assert shake_too.state("milk") is AllergenState.CONTAINS


def test_an_extra_shows_the_allergens_of_the_burger_with_it() -> None:
    entry = asked(order(burger), UPSELL, moment(sold_out=["cheeseburger-meal-m", "double"]))
    shown = question_on(entry).allergens
    assert shown.state("mustard") is shown.state("milk") is AllergenState.CONTAINS


def test_a_meal_shows_the_allergens_of_everything_in_it() -> None:
    at = moment(pairings=[pairing("anything", "cheeseburger-meal-m")])
    prompt = next_prompt(asked(declined(order(cola), at=at), CROSS_SELL, at), at)
    assert isinstance(prompt, QuestionPrompt)
    assert prompt.allergens.state("gluten") is AllergenState.CONTAINS


def card_of(offered: str, *rung: LineItem, menu: Menu = MENU, sold_out: Collection[str] = ()) -> AllergenCard:
    """The allergens that question 2 shows for what it offers."""
    at = moment(menu=menu, sold_out=sold_out, pairings=[pairing("anything", offered)])
    prompt = next_prompt(asked(declined(order(*rung), at=at), CROSS_SELL, at), at)
    assert isinstance(prompt, QuestionPrompt)
    return prompt.allergens


def test_a_meal_shows_the_allergens_of_what_fills_it_in_place_of_what_is_sold_out() -> None:
    assert card_of("cheeseburger-meal-m", cola).state("eggs") is AllergenState.NO
    nuggets_in_it = card_of("cheeseburger-meal-m", cola, sold_out=["fries-m"])
    assert nuggets_in_it.state("eggs") is AllergenState.MAY_CONTAIN


def test_a_meal_with_an_open_slot_may_contain_what_could_fill_it() -> None:
    drinks = slot("drink-kids", "juice", "latte", "muffin", "cookie")
    menu = replace(MENU, slots={**MENU.slots, "drink-kids": drinks})
    shown = card_of("kids-meal", cola, menu=menu)
    assert shown.state("milk") is shown.state("nuts") is AllergenState.MAY_CONTAIN
    assert shown.state("gluten") is AllergenState.CONTAINS
    fewer = card_of("kids-meal", cola, menu=menu, sold_out=["latte", "muffin"])
    assert (fewer.state("milk"), fewer.state("nuts")) == (AllergenState.NO, AllergenState.UNKNOWN)


def test_a_shake_may_contain_what_a_flavour_still_to_be_chosen_adds() -> None:
    entry = declined(order(burger))
    assert question_on(asked(entry, CROSS_SELL)).allergens.state("soybeans") is AllergenState.MAY_CONTAIN
    noted = declined(order(burger, allergens=["soybeans"]))
    assert question_on(asked(noted, CROSS_SELL)).allergens.state("soybeans") is AllergenState.NO


def test_an_open_slot_of_an_offered_meal_is_filled_from_what_is_safe() -> None:
    drinks = slot("drink-kids", "latte", "cola-s", "juice")
    at = moment(menu=replace(MENU, slots={**MENU.slots, "drink-kids": drinks}))
    offered = replace(kids_meal, offered=CROSS_SELL)

    def choices(entry: LineItem, noted: str, sold_out: Collection[str] = ()) -> tuple[str, ...]:
        prompt = next_prompt(order(entry, allergens=[noted]), replace(at, sold_out=frozenset(sold_out)))
        assert isinstance(prompt, SlotPrompt)
        return prompt.choices

    assert choices(offered, "milk") == ("cola-s", "juice")
    assert choices(offered, "fish") == choices(kids_meal, "milk") == ("latte", "cola-s", "juice")
    assert choices(offered, "milk", ["cola-s", "juice"]) == ("latte",)
    assert could_contain(offered, ["milk"], at).state("milk") is AllergenState.NO
    assert could_contain(offered, [], at).state("milk") is AllergenState.MAY_CONTAIN


def test_a_meal_shows_the_allergens_of_the_loose_drink_that_it_takes_up() -> None:
    no_cheese = having(burger, "no-cheese")
    assert question_on(asked(order(no_cheese), UPSELL)).allergens.state("milk") is AllergenState.NO
    shown = question_on(asked(order(no_cheese, latte), UPSELL))
    assert shown.question.offer.sku == "cheeseburger-meal-m"
    assert shown.allergens.state("milk") is AllergenState.CONTAINS


def test_the_difference_of_question_2_stands_on_the_answer_to_question_1() -> None:
    entry = asked(order(burger), UPSELL)
    grown = accept(entry, entry.questions[0].offer, 1, moment())
    both = asked(answered(grown, UPSELL, Outcome.ACCEPTED), CROSS_SELL)
    assert question_on(both).difference.total == kr(119 + 45)


def test_the_flavour_of_an_accepted_shake_is_chosen_among_the_safe_ones() -> None:
    entry = asked(declined(order(burger, allergens=["soybeans"])), CROSS_SELL)
    sold = answered(accept(entry, entry.questions[1].offer, 1, moment()), CROSS_SELL, Outcome.ACCEPTED)
    prompt = next_prompt(sold, moment())
    assert isinstance(prompt, ModifierPrompt)
    assert [entry.id for entry in prompt.group.modifiers] == ["vanilla"]
    rung = next_prompt(order(plain_shake, allergens=["soybeans"]), moment())
    assert isinstance(rung, ModifierPrompt)
    assert [entry.id for entry in rung.group.modifiers] == ["vanilla", "chocolate"]


def test_serving_is_asked_of_what_can_be_eaten_and_of_nothing_else() -> None:
    club = [line("club-basic"), line("bag")]
    for lines, is_asked in ((club, False), ([*club, burger], True), ([beer], True)):
        entry = order(*lines, mode=None, checking_out=True)
        assert isinstance(next_prompt(entry, NO_OFFERS), ServingPrompt) is is_asked
        assert served(MENU, entry) is (None if is_asked else TAKE_AWAY)


def test_what_was_said_of_serving_stands_without_food_too() -> None:
    assert served(MENU, order(line("bag"), mode=ServingMode.EAT_IN)) is ServingMode.EAT_IN
