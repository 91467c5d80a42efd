"""What the times of keys tell: a scan, a key held down, the second Enter of a scanner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pos.counter.scanner import SCAN_GAP, Scanner, Stroke

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AT_ONCE = timedelta(milliseconds=2)


def test_a_key_is_fast_when_less_than_the_gap_has_passed() -> None:
    scanner = Scanner()
    assert not scanner.hear("1", START).fast
    assert scanner.hear("2", START + SCAN_GAP - AT_ONCE).fast
    assert not scanner.hear("3", START + 2 * SCAN_GAP).fast


def test_a_clock_set_back_makes_no_key_fast() -> None:
    scanner = Scanner()
    scanner.hear("1", START)
    assert not scanner.hear("2", START - AT_ONCE).fast


def test_a_key_held_down_is_repeated_and_a_digit_never_is() -> None:
    scanner = Scanner()
    scanner.hear("+", START)
    assert scanner.hear("+", START + AT_ONCE) == Stroke("+", fast=True, repeated=True)
    scanner.hear("1", START + 2 * AT_ONCE)
    assert scanner.hear("1", START + 3 * AT_ONCE) == Stroke("1", fast=True)


def test_deliberate_keys_are_neither_fast_nor_repeated() -> None:
    scanner = Scanner(deliberate=True)
    scanner.hear("+", START)
    assert scanner.hear("+", START) == Stroke("+")


def test_digits_at_once_after_a_kept_one_are_a_code() -> None:
    scanner = Scanner()
    scanner.hear("1", START)
    scanner.keep("1")
    assert scanner.pending == "1"
    for place, digit in enumerate("23", start=1):
        assert scanner.goes_on(scanner.hear(digit, START + place * AT_ONCE))
        assert scanner.pending is None
    assert (scanner.let_go(), scanner.let_go()) == ("123", "")


@pytest.mark.parametrize(("key", "after"), [("2", SCAN_GAP), ("enter", AT_ONCE), ("j", AT_ONCE)])
def test_a_late_digit_or_another_key_leaves_a_kept_digit_alone(key: str, after: timedelta) -> None:
    scanner = Scanner()
    scanner.hear("1", START)
    scanner.keep("1")
    assert not scanner.goes_on(scanner.hear(key, START + after))
    assert scanner.let_go() == "1"


def test_a_fast_digit_goes_on_with_nothing_where_nothing_was_kept() -> None:
    scanner = Scanner()
    scanner.hear("1", START)
    assert not scanner.goes_on(scanner.hear("2", START + AT_ONCE))
    assert scanner.let_go() == ""


@pytest.mark.parametrize(
    ("key", "after", "again"), [("enter", AT_ONCE, True), ("enter", SCAN_GAP, False), ("j", AT_ONCE, False)]
)
def test_an_enter_right_after_a_code_belongs_to_it(key: str, after: timedelta, again: bool) -> None:
    scanner = Scanner()
    scanner.end(START)
    assert scanner.hear(key, START + after).ends_again is again


def test_only_the_next_key_can_belong_to_a_code() -> None:
    scanner = Scanner()
    scanner.end(START)
    scanner.hear("b", START)
    assert not scanner.hear("enter", START).ends_again
