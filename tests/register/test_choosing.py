"""The till chooses by what customers answer, once the shop lets it, and within its bounds."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from pos.domain.menu.items import VatClass
from pos.domain.moment import Chance
from pos.domain.money import Money
from pos.domain.order.questions import OfferKind
from pos.insights.choosing.known import Known
from pos.office.offers import listed, put, set_learning, set_share
from pos.office.report import bring_up_to_date
from pos.register import OfferChances, Register, known_at
from pos.register.choosing import Bounds
from pos.register.verbs import aside, ringing
from pos.wording import wording
from tests.builders import NOW, pairing, taxes
from tests.office_acts import gate
from tests.register.shops import again, asked, ledger, question, ring, settle_questions
from tests.rig import Cashier, a_cashier, a_register, shop_file

SHAKE, NUGGETS = "burgers-shake-m", "cheeseburger-nuggets-6"


def sold(folder: Path, *answers: str, times: int = 1) -> Cashier:
    """A cashier who has sold a cheeseburger so many times, with those answers each time."""
    cashier = a_cashier(folder)
    for _ in range(times):
        sell_slowly(cashier, *answers)
    return cashier


def sell_slowly(cashier: Cashier, *answers: str) -> None:
    """Sell a cheeseburger; every question is read out before it is answered."""
    ring(cashier, "cheeseburger")
    for answer in answers:
        cashier.clock.pass_(6000)
        cashier.press(answer)
    settle_questions(cashier)
    cashier.press("d")
    cashier.register.tidy()


def cross_sell(cashier: Cashier) -> str | None:
    ring(cashier, "cheeseburger")
    cashier.press("n")
    return asked(cashier)


def test_until_learning_is_switched_on_the_managers_priority_decides(folder: Path) -> None:
    cashier = again(sold(folder, "n", "n", times=12), folder)
    assert cashier.register.view.moment.chances == {}
    assert cross_sell(cashier) == "shake-m"
    assert question(cashier).question.offer.propensity == 1.0


def test_what_customers_say_no_to_gives_way_to_something_else(folder: Path) -> None:
    store = shop_file(folder)
    gate(store).do(set_learning, True)
    gate(store).do(set_share, "exploration", 0)
    cashier = a_cashier(folder)
    first = cross_sell(cashier)
    cashier.register.do(aside.abandon)
    for _ in range(25):
        sell_slowly(cashier, "n", "n")
    later = cross_sell(again(cashier, folder))
    assert first in ("shake-m", "nuggets-6")
    assert later in ("shake-m", "nuggets-6")
    assert later != first


def test_what_is_pinned_goes_first_and_what_is_never_to_be_made_is_not(folder: Path) -> None:
    cashier = sold(folder, "n", "n", times=25)
    store = cashier.register.store
    gate(store).do(set_learning, True)
    put(gate(store), SHAKE, "pin")
    assert cross_sell(again(cashier, folder)) == "shake-m"
    put(gate(store), SHAKE, "never")
    fresh = shop_folder_again(cashier, folder)
    assert cross_sell(fresh) == "nuggets-6"


def shop_folder_again(cashier: Cashier, folder: Path) -> Cashier:
    """Another till on the same file, with an order of its own."""
    return Cashier(a_register(folder, till="2", clock=cashier.clock), cashier.clock)


def test_never_holds_without_learning_too(folder: Path) -> None:
    store = shop_file(folder)
    put(gate(store), SHAKE, "never")
    put(gate(store), NUGGETS, "never")
    cashier = a_cashier(folder)
    ring(cashier, "cheeseburger")
    cashier.press("n")
    assert asked(cashier) == "coffee-s"


def drawn(folder: Path, seed: int, till: str) -> list[tuple[str | None, float]]:
    """What is asked in ten orders, with its propensity, by a till whose draws have that seed."""
    clock = a_cashier(folder).clock
    register = a_register(folder, till=till, clock=clock)
    dice = random.Random(seed)
    register._draws = lambda seed: dice.random
    cashier = Cashier(register, clock)
    found = []
    for _ in range(10):
        ring(cashier, "cheeseburger")
        cashier.press("n")
        offer = question(cashier).question.offer
        found.append((offer.sku, offer.propensity))
        cashier.register.do(aside.abandon)
    return found


def test_the_same_seed_gives_the_same_choices(folder: Path) -> None:
    store = sold(folder, "n", "n", times=6).register.store
    gate(store).do(set_learning, True)
    gate(store).do(set_share, "exploration", 10_000)
    first = drawn(folder, 1, "8")
    assert first == drawn(folder, 1, "9")
    assert {"shake-m", "nuggets-6"} <= {sku for sku, _ in first}
    assert all(0 < propensity < 1 for _, propensity in first)


def test_the_propensity_is_kept_in_the_ledger(folder: Path) -> None:
    cashier = sold(folder, "n", "n", times=3)
    gate(cashier.register.store).do(set_learning, True)
    gate(cashier.register.store).do(set_share, "exploration", 10_000)
    learner = again(cashier, folder)
    cross_sell(learner)
    shown = question(learner).question.offer.propensity
    learner.press("n", "d")
    row = ledger(learner.register)[-1]
    assert row.kind is OfferKind.CROSS_SELL
    assert row.propensity == shown < 1


def test_the_ledger_keeps_that_a_drink_was_a_second_one(folder: Path) -> None:
    cashier = a_cashier(folder)
    ring(cashier, "fries-m", "fanta-m")
    cashier.clock.pass_(6000)
    cashier.press("n")
    assert asked(cashier) == "cola-m"
    cashier.clock.pass_(6000)
    settle_questions(cashier)
    cashier.press("d")
    store = cashier.register.store
    assert ledger(cashier.register)[-1].second
    bring_up_to_date(store)
    assert any(name.endswith("+|sides-cola-m") for name, *_ in store.asking_sums.answers("2000-01-01"))
    known = known_at(store, store.menu.load(), NOW.date())
    assert known.second_factor < 1


def test_a_learned_pairing_starts_from_how_often_the_two_are_bought_together(folder: Path) -> None:
    store = shop_file(folder)
    menu = store.menu.load()
    bounds = Bounds(exploration=0.0)

    def chance(lifts: dict[str, float]) -> float:
        chances = OfferChances(menu, taxes, Known(), bounds, "noon", lifts)
        chances.add_pairings([replace(pairing("latte", "muffin"), id="l-0a1b2c3d-0")])
        return chances["l-0a1b2c3d-0"].yes

    assert chance({"l-0a1b2c3d": 0.25}) < chance({}) < chance({"l-0a1b2c3d": 4.0})


def test_a_modifier_leaves_what_the_vat_of_its_item_lets_it(folder: Path) -> None:
    menu = shop_file(folder).menu.load()
    service_first = replace(
        menu, items=dict(sorted(menu.items.items(), key=lambda entry: entry[1].vat == VatClass.FOOD))
    )
    chances = OfferChances(service_first, taxes, Known(), Bounds(exploration=0.0), "noon")
    assert chances["bacon:1"].margin == Money(2000 - 261 - 600)


def test_one_sentence_says_why(folder: Path) -> None:
    store = sold(folder, "n", "j", "1", times=4).register.store
    bring_up_to_date(store)
    lines = [*listed(store, taxes, NOW, wording("en"))]
    assert lines[0].startswith("Offers are chosen by the menu's own priority.")
    assert any("4 of 4 said yes" in line and "a question." in line for line in lines)


def test_chances_follow_what_is_sold_meanwhile(folder: Path) -> None:
    store = shop_file(folder)
    gate(store).do(set_learning, True)
    cashier = a_cashier(folder)
    before = the_chance(cashier.register)
    for _ in range(10):
        sell_slowly(cashier, "n", "n")
    cashier.clock.pass_(11 * 60 * 1000)
    sell_slowly(cashier, "n", "n")
    after = the_chance(cashier.register)
    assert after.yes < before.yes


def the_chance(register: Register) -> Chance:
    ring_up = register.do(ringing.ring, "cheeseburger").result
    found = [register.view.moment.chances[offer] for offer in (SHAKE, NUGGETS)]
    register.do(ringing.void, ring_up)
    return min(found, key=lambda chance: chance.yes)


def test_an_offer_that_the_menu_has_no_more_has_no_chance(folder: Path) -> None:
    gate(shop_file(folder)).do(set_learning, True)
    register = a_register(folder)
    assert register.view.moment.chances.get("of-last-year") is None
    assert register.view.moment.chances.get("meal:9") is None
    assert register.view.moment.chances.get("meal:1") is not None
