"""Customers without end: the same seed makes the same one, and each can be served."""

import re

import pytest

from pos.domain.menu.items import VatClass
from pos.domain.moment import Moment
from pos.domain.order.order import line_allergens
from pos.domain.order.questions import OfferKind
from pos.domain.prompts import PaymentPrompt, next_prompt
from pos.domain.text import is_safe
from pos.training import LEVELS, PracticeWay, QueryKind, Skill, Wanted, generate, lost_names, score, wanted_order
from pos.training.customer.speaking import listed, wanted_text
from tests.builders import MENU, NOW, moment
from tests.training.playing import Player, never_ask, perfect
from tests.training.shop import menu, moment_of

SEEDS = range(80)


def test_the_same_seed_makes_the_same_customer_and_another_seed_another() -> None:
    assert generate(menu(), 7, 3) == generate(menu(), 7, 3)
    assert len({generate(menu(), seed, 3).wants for seed in SEEDS}) > 60


@pytest.mark.parametrize("level", LEVELS)
def test_every_customer_can_be_rung_and_asks_for_nothing_more(level: int) -> None:
    for seed in SEEDS:
        made = generate(menu(), seed, level)
        at = moment_of(made)
        order = wanted_order(made, menu(), at.now)
        assert lost_names(made, menu()) == ()
        assert isinstance(next_prompt(order, at), PaymentPrompt | OfferKind), made
        assert all(at.in_daypart(menu().items[line.sku]) for line in order.lines)
        assert all(line_allergens(menu(), line).is_safe_for(made.allergens) for line in order.lines), made


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_wanted_is_said_in_both_languages(level: int) -> None:
    for seed in SEEDS:
        made = generate(menu(), seed, level)
        for said in made.says:
            assert "{" not in said.words.nb + said.words.en
            assert is_safe(said.words.nb)
            assert is_safe(said.words.en)
        heard = " ".join(said.words.nb for said in made.says).lower()
        assert all(menu().items[wanted.sku].name.nb.lower() in heard for wanted in made.wants), heard
        assert made.skills


@pytest.mark.parametrize("level", LEVELS)
def test_everybody_comes_for_something_to_eat_or_drink(level: int) -> None:
    """A cap or a carrier bag may come along, but nobody queues for one alone."""
    first = [menu().items[generate(menu(), seed, level).wants[0].sku] for seed in SEEDS]
    assert {item.vat for item in first} == {VatClass.FOOD}


def test_whoever_is_alone_does_not_speak_of_us() -> None:
    for seed in range(400):
        made = generate(menu(), seed, 5)
        if made.rest is not None:
            words = " ".join(f"{said.words.nb} {said.words.en}".lower() for said in made.says)
            assert not re.search(r"\b(vi|oss|we|we'll|us)\b", words), words


def test_a_wish_is_said_as_people_say_it() -> None:
    shop, burger = menu(), "cheeseburger-meal-m"
    wish = Wanted(burger, fillings=(("side-medium", "side-salad"), ("drink-medium", "iced-tea-m")))
    assert wanted_text(wish, shop).nb == "cheeseburgermeny, med liten salat og med iste til"
    wish = Wanted("cheeseburger", modifiers=("no-onion", "extra-bacon"))
    assert wanted_text(wish, shop).nb == "cheeseburger, uten løk og med ekstra bacon"
    assert wanted_text(Wanted("bolgen-burger"), shop).en == "a Bølgen burger"


def test_a_higher_level_is_harder() -> None:
    def skills(level: int) -> set[Skill]:
        return {skill for seed in SEEDS for skill in generate(menu(), seed, level).skills}

    hard = {Skill.CHANGED_MIND, Skill.SPLIT_PAYMENT, Skill.ALLERGENS, Skill.CORRECTIONS, Skill.CUSTOMER_ASKS}
    assert not hard & skills(1)
    assert hard <= skills(5)


def test_at_breakfast_people_want_breakfast() -> None:
    early = moment_of(generate(menu(), 1, 1)).now.replace(hour=8).time()
    wanted = {wanted.sku for seed in SEEDS for wanted in generate(menu(), seed, 2, early).wants}
    assert {"egg-muffin", "pancakes"} <= wanted


def test_a_level_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="6"):
        generate(menu(), 1, 6)


def test_any_menu_makes_customers() -> None:
    at: Moment = moment(NOW)
    for seed in SEEDS:
        made = generate(MENU, seed, 5)
        assert lost_names(made, MENU) == ()
        assert not isinstance(next_prompt(wanted_order(made, MENU, NOW), at), int)


@pytest.mark.parametrize("level", LEVELS)
def test_generated_rounds_are_scored_as_fairly(level: int) -> None:
    for seed in range(12):
        made = generate(menu(), seed, level)
        whole = score(Player(made, seed, perfect, PracticeWay.GUIDED, moment_of(made)).play(), menu()).total
        lazy = score(Player(made, seed, never_ask, PracticeWay.GUIDED, moment_of(made)).play(), menu()).total
        assert whole >= 98, made
        assert lazy <= whole


def test_what_has_a_comma_in_its_words_is_said_by_itself() -> None:
    """*Sweet chilli dip, nuggets, 9 pieces and three mugs* can be heard as four things, or as two."""
    lists = 0
    for seed in range(900):
        made = generate(menu(), seed, 3)
        texts = [wanted_text(wanted, menu()) for wanted in made.wants]
        in_one_breath = listed(texts).nb[1:]
        if len(texts) > 1 and any(in_one_breath in said.words.nb for said in made.says):
            lists += 1
            assert not any("," in text.nb + text.en for text in texts), in_one_breath
    assert lists > 20


def test_nobody_wants_a_thing_beside_another_that_takes_it_as_a_change() -> None:
    """*Nuggets and a BBQ dip* is one thing or two."""
    dips = {"dip-bbq", "dip-garlic", "dip-sweet-chili"}
    met = set()
    for seed in range(600):
        made = generate(menu(), seed, 5)
        wants = [*made.wants, *(made.late.wants if made.late is not None else ())]
        skus = {wanted.sku for wanted in wants}
        met |= skus & dips
        takes = {group.id for sku in skus for group in menu().item_groups(menu().items[sku])}
        assert not skus & dips or "nugget-dip" not in takes, made.says
    assert met == dips


def test_nobody_asks_whether_there_is_milk_in_the_milk() -> None:
    for seed in range(600):
        made = generate(menu(), seed, 5)
        for said in made.says:
            if said.query is not None and said.query.kind is QueryKind.ALLERGEN:
                assert said.query.about not in ("milk", "fish-burger", "egg-muffin"), said.words.nb
