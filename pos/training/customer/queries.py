"""What customers ask the trainee, which answer is right, and how they take an answer."""

from __future__ import annotations

from pos.domain.menu.allergens import AllergenState
from pos.domain.menu.items import MenuItem, ServingMode, Sku
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.order import line_allergens, new_line
from pos.domain.pricing.deposits import displayed_price
from pos.domain.value import replace
from pos.training.customer.customers import Customer, Meaning, Reply
from pos.training.customer.draws import shuffled
from pos.training.customer.phrases import DOUBTS, THANKS
from pos.training.customer.scenarios import Query, QueryKind

CHOICES = 4
"""The number of answers that a trainee chooses from."""


def right_answer(query: Query, menu: Menu, mode: ServingMode | None = None) -> str:
    """The right answer as text to compare: an `AllergenState`, an amount in øre, or the SKU of the cheapest."""
    if query.kind is QueryKind.ALLERGEN:
        return allergen_state(query, menu).value
    if query.kind is QueryKind.PRICE:
        return str(displayed_price(menu, menu.items[query.about], mode).minor)
    return _by_price(query.about, menu, mode)[0].sku


def is_right(query: Query, given: str, menu: Menu, mode: ServingMode | None = None) -> bool:
    """Whether an answer is right; of several equally cheap things, each is right."""
    if query.kind is QueryKind.PRICE:
        # Eat in or take away may not have been said yet: the price of either is right.
        return given in {
            str(displayed_price(menu, menu.items[query.about], known).minor) for known in (None, *ServingMode)
        }
    if query.kind is not QueryKind.CHEAPEST:
        return given == right_answer(query, menu, mode)
    return given in menu.items and any(_is_cheapest(query.about, given, menu, known) for known in (None, *ServingMode))


def answers_for(query: Query, menu: Menu, seed: int, mode: ServingMode | None = None) -> tuple[str, ...]:
    """The answers that a trainee chooses from, the right one among them; allergen states in their own order."""
    if query.kind is QueryKind.ALLERGEN:
        return tuple(state.value for state in AllergenState)
    if query.kind is QueryKind.CHEAPEST:
        skus = [item.sku for item in _by_price(query.about, menu, mode)]
        others = shuffled(skus[1:], seed, "others")[: CHOICES - 1]
        return tuple(shuffled([skus[0], *others], seed, "cheapest"))
    right = displayed_price(menu, menu.items[query.about], mode)
    near = [right + Money.of(kroner) for kroner in (-10, 6, 15)]
    amounts = [right, *(amount for amount in near if amount > Money())]
    return tuple(str(amount.minor) for amount in shuffled(amounts, seed, "prices"))


def answer_to_question(customer: Customer, query: Query, given: str, menu: Menu) -> Reply:
    """The customer's reaction to an answer: thanks, or doubt when it was wrong."""
    bank = THANKS if is_right(query, given, menu, customer.scenario.serving_mode) else DOUBTS
    return Reply(customer.said(bank, query.kind.value, query.about, query.allergen), Meaning.NOTHING)


def allergen_state(query: Query, menu: Menu) -> AllergenState:
    """The state of an allergen in an item; a meal counts with its usual fillings."""
    item = menu.items[query.about]
    return line_allergens(menu, replace(new_line(menu, item), id=1)).state(query.allergen)


def _is_cheapest(category: str, given: Sku, menu: Menu, mode: ServingMode | None) -> bool:
    cheapest = _by_price(category, menu, mode)[0]
    return displayed_price(menu, menu.items[given], mode) == displayed_price(menu, cheapest, mode)


def _by_price(category: str, menu: Menu, mode: ServingMode | None) -> list[MenuItem]:
    """The things of a category that have a price, the cheapest first."""
    sold = [item for item in menu.items.values() if item.category == category and not item.retired]
    return sorted(sold, key=lambda item: (displayed_price(menu, item, mode), _place(item.sku, menu)))


def _place(sku: Sku, menu: Menu) -> int:
    return list(menu.items).index(sku)
