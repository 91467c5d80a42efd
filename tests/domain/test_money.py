from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadInput
from pos.domain.money import LARGEST_AMOUNT_MINOR, ZERO, Money, half_up, share_out, total

amounts = st.integers(-(10**9), 10**9)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12)


@given(amounts, st.integers(1, 10**6))
def test_half_up_is_the_nearest_whole_number_and_halves_go_away_from_zero(numerator: int, denominator: int) -> None:
    rounded = half_up(numerator, denominator)
    exact = Fraction(numerator, denominator)
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"), [(1, 2, 1), (-1, 2, -1), (5, 10, 1), (4, 10, 0), (7, 2, 4), (-7, 2, -4)]
)
def test_a_half_is_rounded_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert half_up(numerator, denominator) == rounded


@given(amounts, weights)
def test_shares_add_up_to_what_is_shared(minor: int, parts: list[int]) -> None:
    assert total(share_out(Money(minor), parts)) == Money(minor)


@given(st.integers(0, 10**9), weights)
def test_no_share_is_an_ore_or_more_from_its_proportion(minor: int, parts: list[int]) -> None:
    for share, weight in zip(share_out(Money(minor), parts), parts, strict=True):
        if sum(parts):
            assert abs(share.minor - Fraction(minor * weight, sum(parts))) < 1


def test_the_ore_left_over_goes_to_the_first_of_equals() -> None:
    assert share_out(Money(100), [1, 1, 1]) == [Money(34), Money(33), Money(33)]


def test_with_nothing_to_weigh_the_first_takes_it_all() -> None:
    assert share_out(Money(5), [0, 0]) == [Money(5), ZERO]


@given(st.integers(0, LARGEST_AMOUNT_MINOR - 1))
def test_an_amount_that_is_written_down_is_read_back(minor: int) -> None:
    assert Money.parse(f"{minor // 100},{minor % 100:02}") == Money(minor)
    assert Money.parse(f"{minor // 100}.{minor % 100:02}") == Money(minor)


@pytest.mark.parametrize(
    ("text", "minor"), [("119", 11900), ("119,5", 11950), ("1 119.50", 111950), ("1\u00a0119,05", 111905), ("0", 0)]
)
def test_amounts_are_read_as_people_type_them(text: str, minor: int) -> None:
    assert Money.parse(text) == Money(minor)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *((text, "not-an-amount") for text in ("kr", "1,234", "-5", "1,2,3", "12e3", ",50", "\u0661\u0662", "1" * 40)),
        *((text, "amount-missing") for text in ("", " ", "\u00a0")),
        *((text, "amount-absurd") for text in ("99999999", "1" * 30, "10000000,5")),
    ],
)
def test_what_is_no_amount_is_refused(text: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        Money.parse(text)
    assert refused.value.message_id == told


def test_a_million_is_more_than_any_counter_takes() -> None:
    assert Money.parse("999999,99").minor == LARGEST_AMOUNT_MINOR - 1
    with pytest.raises(BadInput) as refused:
        Money.parse("1000000")
    assert refused.value.message_id == "amount-absurd"


def test_money_adds_subtracts_multiplies_and_compares() -> None:
    assert Money.of(14, 50) + Money.of(5) - Money.of(0, 50) == Money.of(19)
    assert 3 * Money.of(5) == Money.of(5) * 3 == Money(1500)
    assert -Money.of(1) < ZERO < Money(1)
    assert not ZERO
    assert Money(-1)
