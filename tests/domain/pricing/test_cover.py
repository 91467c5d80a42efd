from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.pricing import cover
from pos.domain.pricing.cover import DEEPEST, EXACT_UNITS, Deal, Unit, Use, cheapest_cover

SKUS = "abcd"
PRICES = {"a": 8900, "b": 3500, "c": 3400, "d": 2900}

units = st.lists(st.sampled_from([(sku, PRICES[sku]) for sku in SKUS]), max_size=7)
choices = st.dictionaries(st.sampled_from(SKUS), st.sampled_from([0, 500, 1500]), min_size=1, max_size=4)
parts = st.lists(choices.map(lambda part: tuple(sorted(part.items()))), min_size=1, max_size=3).map(tuple)
money_off = st.tuples(st.none(), st.integers(0, 9000))
fixed_price = st.tuples(st.integers(0, 16000), st.just(0))
deals = st.lists(st.tuples(parts, money_off | fixed_price), max_size=3).map(
    lambda made: [Deal(f"deal-{n}", spots, price, off) for n, (spots, (price, off)) in enumerate(made)]
)


def fillings(deal: Deal, held: Sequence[Unit]) -> Iterator[tuple[tuple[Unit, ...], int]]:
    """Every way to put things into a deal's parts, in every order, and what each saves."""
    for chosen in set(permutations(held, len(deal.parts))):
        if all(unit[0] in dict(part) for unit, part in zip(chosen, deal.parts, strict=True)):
            supplements = sum(dict(part)[unit[0]] for unit, part in zip(chosen, deal.parts, strict=True))
            worth = sum(price for _, price in chosen)
            saving = deal.off if deal.price is None else worth - deal.price - supplements
            yield chosen, min(saving, worth)


def best_by_trying_everything(held: tuple[Unit, ...], deals: Sequence[Deal], known: dict[tuple[Unit, ...], int]) -> int:
    """The largest saving there is: each deal filled in each way, then the same with what is left."""
    if held not in known:
        known[held] = 0
        for deal in deals:
            for chosen, saving in fillings(deal, held):
                if saving > 0:
                    left = tuple(sorted((Counter(held) - Counter(chosen)).elements()))
                    known[held] = max(known[held], saving + best_by_trying_everything(left, deals, known))
    return known[held]


def saved(uses: Sequence[Use]) -> int:
    return sum(use.saving for use in uses)


@given(units, deals)
def test_no_cheaper_cover_exists(held: list[Unit], made: list[Deal]) -> None:
    assert saved(cheapest_cover(held, made)) == best_by_trying_everything(tuple(sorted(held)), made, {})


@given(units, deals)
def test_each_thing_is_in_at_most_one_bundle(held: list[Unit], made: list[Deal]) -> None:
    used = Counter(unit for use in cheapest_cover(held, made) for unit in use.units)
    assert used <= Counter(held)


@given(units, deals)
def test_the_order_of_things_and_deals_changes_nothing(held: list[Unit], made: list[Deal]) -> None:
    first = cheapest_cover(held, made)
    cover._cover.cache_clear()
    assert cheapest_cover(held[::-1], made[::-1]) == first


@given(st.lists(st.sampled_from([(sku, PRICES[sku]) for sku in SKUS]), min_size=13, max_size=40), deals)
def test_a_large_order_is_covered_by_what_it_holds(held: list[Unit], made: list[Deal]) -> None:
    uses = cheapest_cover(held, made)
    assert Counter(unit for use in uses for unit in use.units) <= Counter(held)
    assert all(use.saving > 0 for use in uses)


MEAL = Deal("meal", ((("a", 0),), (("b", 0),), (("c", 0),)), 11900, 0)
TWO = Deal("two", ((("a", 0),), (("a", 0),)), 13000, 0)


def test_five_meals_of_a_family_are_found_although_two_burgers_save_more() -> None:
    held = [(sku, PRICES[sku]) for sku in "abc" for _ in range(5)]
    assert len(held) > EXACT_UNITS
    assert saved(cheapest_cover(held, [MEAL, TWO])) == max(
        twos * (2 * 8900 - 13000) + (5 - 2 * twos) * (8900 + 3500 + 3400 - 11900) for twos in (0, 1, 2)
    )


def test_a_hundred_different_things_are_covered_without_trying_everything() -> None:
    held = [(f"i{n}", 1000 + n) for n in range(100)]
    any_six = Deal("any-six", (tuple((sku, 0) for sku, _ in held),) * 6, 5000, 0)
    uses = cheapest_cover(held, [any_six])
    assert len(uses) == 100 // 6
    assert uses[0].saving == sum(range(1094, 1100)) - 5000


def test_nine_hundred_of_a_thing_are_no_deeper_than_the_search_goes() -> None:
    pair = Deal("pair", ((("a", 0),), (("a", 0),)), 10000, 0)
    for count in (DEEPEST, DEEPEST + 1, 999):
        assert len(cheapest_cover([("a", 8900)] * count, [pair])) == count // 2


def test_a_supplement_is_paid_inside_a_bundle_too() -> None:
    drink = Deal("meal", ((("a", 0),), (("c", 0), ("d", 500))), 10000, 0)
    assert saved(cheapest_cover([("a", 8900), ("c", 3400)], [drink])) == 8900 + 3400 - 10000
    assert saved(cheapest_cover([("a", 8900), ("d", 2900)], [drink])) == 8900 + 2900 - 10000 - 500
