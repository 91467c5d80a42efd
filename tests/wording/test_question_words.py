"""The words that the cashier says for a question."""

import re
from dataclasses import replace

import pytest

from pos.domain.asking.differences import Difference
from pos.domain.menu.allergens import AllergenCard
from pos.domain.menu.incentives import Threshold
from pos.domain.menu.items import Modifier, ModifierGroup
from pos.domain.menu.paths import Words
from pos.domain.money import ZERO, Money
from pos.domain.order.questions import Decision, Offer, OfferKind, Outcome, Question
from pos.domain.prompts import QuestionPrompt
from pos.wording import wording
from tests.builders import NOW, item, kr, menu_of, text

NB, EN = wording("nb"), wording("en")
UPSELL, CROSS_SELL = OfferKind.UPSELL, OfferKind.CROSS_SELL

MEAL = replace(item("meal-l", "meals", 134, 40), name=text("Ostemeny", "Cheese meal"), size=text("stor", "large"))
SHAKE = replace(item("shake", "shakes", 39, 10), name=text("Milkshake"))
BACON = Modifier("bacon", text("Ekstra bacon", "Extra bacon"), kr(20))
COFFEE = Threshold("coffee", text("Gratis kaffe over 250 kr", "Free coffee over NOK 250"), kr(250), off=kr(25))
MENU = menu_of([MEAL, SHAKE], groups=[ModifierGroup("extras", text("Ekstra"), 0, 1, (BACON,))], incentives=[COFFEE])

SAY = Words(text("Vil du ha stor? {more} ekstra.", "Would you like it large? {more} more."))
ALL = replace(
    SAY,
    many=text("Vil dere ha stor på alle {count}? {more} ekstra.", "Large for all {count}? {more} more."),
    rush=text("Stor? {more}.", "Large? {more}."),
    after_no=text("Helt i orden. Stor? {more}.", "No problem. Large? {more}."),
)
LARGER = Offer(UPSELL, "meal:2", (1,), ALL, sku="meal-l", units=5)
LARGER_PLAIN = replace(LARGER, words=SAY)
WITH_BACON = Offer(UPSELL, "bacon:1", (1,), SAY, modifier="bacon", units=5)
A_SHAKE = Offer(CROSS_SELL, "shake", (1,), ALL, sku="shake")


def asking(
    offer: Offer,
    more: Money,
    count: int = 1,
    *,
    saving: Money = ZERO,
    reached: str | None = None,
    after: Outcome | None = None,
    rush: bool = False,
) -> QuestionPrompt:
    """A question as the screen shows it."""
    question = Question(offer.kind, (offer,), NOW, NOW, count=count)
    previous = Decision(UPSELL, after) if after is not None else None
    gain = Difference(more, kr(134), saving, MENU.incentives[reached].name if reached else None)
    return QuestionPrompt(question, offer.words, gain, AllergenCard(), None, previous, rush)


def said(prompt: QuestionPrompt) -> tuple[str, str]:
    return NB.question(prompt, MENU), EN.question(prompt, MENU)


def test_the_difference_is_in_the_question() -> None:
    assert said(asking(LARGER, kr(15))) == (
        "Vil du ha stor? 15 kroner ekstra.",
        "Would you like it large? 15 kroner more.",
    )


def test_one_question_for_all_five() -> None:
    assert said(asking(LARGER, kr(75), 5)) == (
        "Vil dere ha stor på alle fem? 75 kroner ekstra.",
        "Large for all five? 75 kroner more.",
    )


def test_some_of_five_are_not_called_all() -> None:
    assert said(asking(LARGER, kr(30), 2)) == (
        "Stor Ostemeny på to av dem? 30 kroner ekstra.",
        "Large Cheese meal for two of them? 30 kroner more.",
    )


def test_words_for_many_are_made_from_the_name_where_the_menu_has_none() -> None:
    assert said(asking(LARGER_PLAIN, kr(75), 5))[0] == "Stor Ostemeny på alle fem? 75 kroner ekstra."
    assert said(asking(WITH_BACON, kr(40), 2))[1] == "Extra bacon for two of them? 40 kroner more."


def test_several_of_a_cross_sell() -> None:
    assert said(asking(A_SHAKE, kr(117), 3)) == ("Tre Milkshake? 117 kroner.", "Three Milkshake? 117 kroner.")


def test_a_rush_shortens_the_words_and_keeps_the_difference() -> None:
    assert said(asking(LARGER, kr(15), rush=True)) == ("Stor? 15 kroner.", "Large? 15 kroner.")
    assert said(asking(LARGER_PLAIN, kr(15), rush=True))[0] == "Stor Ostemeny? 15 kroner."


def test_after_a_no_the_words_are_other_ones() -> None:
    assert said(asking(A_SHAKE, kr(39), after=Outcome.DECLINED))[0] == "Helt i orden. Stor? 39 kroner."
    plain = replace(A_SHAKE, words=SAY)
    assert said(asking(plain, kr(39), after=Outcome.DECLINED))[0] == "Vil du ha stor? 39 kroner ekstra."


def test_after_a_yes_the_cashier_is_glad() -> None:
    assert said(asking(A_SHAKE, kr(39), after=Outcome.ACCEPTED)) == (
        "Fint! Vil du ha stor? 39 kroner ekstra.",
        "Great! Would you like it large? 39 kroner more.",
    )


@pytest.mark.parametrize("after", [Outcome.NOT_ASKED, Outcome.NOT_APPLICABLE])
def test_after_a_question_that_was_not_asked_the_words_are_plain(after: Outcome) -> None:
    assert said(asking(A_SHAKE, kr(39), after=after))[0] == "Vil du ha stor? 39 kroner ekstra."


def test_a_saving_is_said_as_one() -> None:
    assert said(asking(LARGER, kr(15), saving=kr(9))) == (
        "Vil du ha stor? 15 kroner ekstra. Du sparer 9 kroner.",
        "Would you like it large? 15 kroner more. You save 9 kroner.",
    )
    assert said(asking(LARGER, kr(75), 5, saving=kr(45)))[0].endswith("Dere sparer 45 kroner.")


def test_a_threshold_that_a_yes_reaches_is_named() -> None:
    assert said(asking(A_SHAKE, kr(14), saving=kr(25), reached="coffee")) == (
        "Vil du ha stor? 14 kroner ekstra. Du sparer 25 kroner. Da får du: Gratis kaffe over 250 kr.",
        "Would you like it large? 14 kroner more. You save 25 kroner. That gets you: Free coffee over NOK 250.",
    )


def test_what_costs_nothing_more_is_no_extra_and_that_is_all_that_is_said_of_money() -> None:
    assert said(asking(A_SHAKE, ZERO, saving=kr(39), reached="coffee")) == (
        "Du kan få Milkshake på kjøpet. Vil du ha det?",
        "You can have Milkshake at no extra cost. Would you like it?",
    )


def test_what_makes_it_cheaper_says_by_how_much_and_says_it_once() -> None:
    assert said(asking(LARGER, -kr(6), saving=kr(21))) == (
        "Med stor Ostemeny blir det 6 kroner billigere. Skal vi ta det?",
        "With large Cheese meal it comes to 6 kroner less. Shall we?",
    )
    assert said(asking(LARGER, -kr(30), 5))[0] == (
        "Med stor Ostemeny på fem blir det 30 kroner billigere. Skal vi ta det?"
    )


@pytest.mark.parametrize("rush", [False, True])
@pytest.mark.parametrize("after", [None, Outcome.ACCEPTED, Outcome.DECLINED])
@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("more", [ZERO, -kr(6)])
@pytest.mark.parametrize("offer", [LARGER, LARGER_PLAIN, WITH_BACON, A_SHAKE])
def test_no_route_calls_nothing_or_less_an_extra(
    offer: Offer, more: Money, count: int, after: Outcome | None, rush: bool
) -> None:
    for words in said(asking(offer, more, count, after=after, rush=rush)):
        assert not re.search(r"ekstra\.|more\.|\d kroner\.|\{", words)


def test_names_with_braces_and_brackets_are_said_as_they_are() -> None:
    odd = replace(SHAKE, name=text("Cheese [/] {more} {x.__class__}"))
    menu = menu_of([odd])
    shown = NB.question(asking(replace(A_SHAKE, words=SAY), kr(39), rush=True), menu)
    assert shown == "Cheese [/] {more} {x.__class__}? 39 kroner."
