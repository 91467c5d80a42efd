"""What is ranked first."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.asking.offers import propose
from pos.domain.asking.ranking import rank
from pos.domain.asking.upgrades import accept
from pos.domain.moment import Chance
from pos.domain.order.order import Order
from pos.domain.order.questions import Offer, OfferKind, Question
from pos.domain.pricing.margins import margin_left
from tests.builders import MENU, PAIRINGS, kr, line, moment, no_draws, order, pairing

DRINK, SWEET = "sides-cola-m", "sides-muffin"


def cross_sell(ordered: Order, second: float) -> Offer:
    chances = {
        DRINK: Chance(0.30, kr(20), priority=0, second=second),
        SWEET: Chance(0.25, kr(20), priority=0, second=second),
        "anything-coffee-s": Chance(0.01, kr(20), priority=0),
    }
    pairings = (*PAIRINGS, pairing("*sides", "muffin"))
    found = propose(ordered, OfferKind.CROSS_SELL, moment(pairings=pairings, chances=chances), no_draws)
    assert isinstance(found, Question)
    return found.offer


def test_a_second_of_its_sort_gives_way_once_it_is_known_to_be_less_welcome() -> None:
    without, with_a_drink = order(line("fries-m")), order(line("fries-m"), line("fanta-m"))
    assert cross_sell(without, 0.5).id == DRINK
    assert cross_sell(with_a_drink, 0.5).id == SWEET
    assert cross_sell(with_a_drink, 1.0).id == DRINK


def test_an_offer_says_whether_it_is_a_second_of_its_sort() -> None:
    assert cross_sell(order(line("fries-m"), line("fanta-m")), 1.0).second
    assert not cross_sell(order(line("fries-m")), 1.0).second


def test_ranking_offers_and_ranking_pairings_agree_about_seconds() -> None:
    first = Offer(OfferKind.CROSS_SELL, DRINK, (1,), PAIRINGS[0].words, sku="cola-m", margin=kr(20))
    other = Offer(OfferKind.CROSS_SELL, SWEET, (1,), PAIRINGS[0].words, sku="muffin", margin=kr(20))
    chances = {DRINK: Chance(0.30, kr(20), second=0.5), SWEET: Chance(0.20, kr(20))}
    assert rank([first, other], chances)[0].id == DRINK
    assert rank([replace(first, second=True), other], chances)[0].id == SWEET
    assert MENU.items["cola-m"].category == MENU.items["fanta-m"].category


def test_what_a_bundle_takes_off_counts_in_the_ranking() -> None:
    ordered = order(line("latte"))  # with coffee, a treat is ten kroner less: the brownie's margin shrinks by that
    pairings = (pairing("latte", "brownie"), pairing("latte", "fries-s"))
    found = propose(ordered, OfferKind.CROSS_SELL, moment(pairings=pairings), no_draws)
    assert isinstance(found, Question)
    assert [offer.sku for offer in found.candidates] == ["fries-s", "brownie"]
    menu = replace(MENU, incentives={})
    without = propose(ordered, OfferKind.CROSS_SELL, moment(menu=menu, pairings=pairings), no_draws)
    assert isinstance(without, Question)
    assert [offer.sku for offer in without.candidates] == ["brownie", "fries-s"]


def test_the_margin_of_a_candidate_is_what_a_yes_to_it_leaves() -> None:
    ordered = order(line("cheeseburger"), line("fries-m"), line("latte"))
    now = moment()
    for kind in OfferKind:
        found = propose(ordered, kind, now, no_draws)
        assert isinstance(found, Question)
        offer = found.offer
        before, after = now.price(ordered), now.price(accept(ordered, offer, offer.units, now))
        assert offer.margin == margin_left(after, MENU) - margin_left(before, MENU)
