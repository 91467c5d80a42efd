"""What the times of keys tell: a press, a scan, a key held down, the second Enter of a scanner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.counter.scanner import LONGEST_CODE, SCAN_GAP, Code, Heard, KeyTiming, Press, Scanner

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def names(text: str) -> list[str]:
    """The keys of a text: `\\n` is Enter, `\\t` Tab."""
    words = {"\n": "enter", "\r": "enter", "\t": "tab", " ": "space"}
    return [words.get(character, character) for character in text]


def heard(scanner: Scanner, keys: list[str], gap: int = 2, start: int = 0) -> list[str]:
    """What is made of keys so many milliseconds apart, and of the silence after them: codes in angle brackets."""
    found: list[Heard] = []
    for place, key in enumerate(keys):
        found += scanner.hear(key, START + (start + place * gap) * MILLISECOND)
    return [told(entry) for entry in (*found, *scanner.let_go())]


def told(entry: Heard) -> str:
    return f"<{entry.text}>" if isinstance(entry, Code) else entry.key


CODES = ("A12345678", "MY-CARD-1", "X1-4471", "K1-17", "9520001000010", "036000291452", "https://x.no/?q=1&R=Ab c%20")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("ending", ["\n", "\t", "\r\n", ""])
@pytest.mark.parametrize("gap", [0, 2, 50])
def test_a_code_is_whole_whatever_its_characters_and_its_ending(code: str, ending: str, gap: int) -> None:
    assert heard(Scanner(), names(code + ending), gap) == [f"<{code}>"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("ending", ["\n", "\t", "\r\n"])
def test_two_codes_in_one_write_are_two(code: str, ending: str) -> None:
    assert heard(Scanner(), names((code + ending) * 2), 0) == [f"<{code}>"] * 2


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("b\n", ["b", "enter"]),
        ("3b\n", ["3", "b", "enter"]),
        ("50k", ["5", "0", "k"]),
        ("12\t", ["1", "2", "tab"]),
        ("N22", ["N", "2", "2"]),
        ("N22\n", ["<N22>"]),
        ("b", ["b"]),
        ("\n\n", ["enter", "enter"]),
    ],
)
def test_a_few_keys_that_roll_over_each_other_are_keys(keys: str, found: list[str]) -> None:
    assert heard(Scanner(), names(keys), 40) == found


def test_keys_further_apart_than_a_scanner_s_are_keys() -> None:
    assert heard(Scanner(), names("12345678\n"), 51) == [*"12345678", "enter"]


@pytest.mark.parametrize("code", ["1", "A7", "201", "A12345678"])
@pytest.mark.parametrize("ending", ["\n", ""])
def test_a_prefix_makes_a_code_of_one_character_and_parts_two_that_touch(code: str, ending: str) -> None:
    scanner = Scanner(KeyTiming(prefix="~"))
    assert heard(scanner, names(f"~{code}{ending}~{code}{ending}"), 0) == [f"<{code}>"] * 2


def test_a_prefix_that_a_person_typed_is_a_key() -> None:
    assert heard(Scanner(KeyTiming(prefix="~")), ["~"]) == ["~"]


def test_without_a_scanner_no_key_is_kept_or_joined() -> None:
    scanner = Scanner(KeyTiming(joins=False))
    for place, key in enumerate(names("A12345678\n")):
        (entry,) = scanner.hear(key, START + place * MILLISECOND)
        assert (told(entry), scanner.pending) == (key, None)


@pytest.mark.parametrize("key", ["right", "escape", "f9", "backspace", "enter", "tab", "ctrl+z", ""])
def test_a_key_that_no_code_begins_with_is_known_at_once(key: str) -> None:
    scanner = Scanner()
    (entry,) = scanner.hear(key, START)
    assert (told(entry), scanner.pending) == (key, None)


def test_a_character_waits_for_the_next_key_and_no_longer_than_a_scanner_s_gap() -> None:
    scanner = Scanner()
    assert scanner.hear("b", START) == []
    assert (scanner.pending, scanner.due) == ("b", START + SCAN_GAP)
    assert [told(entry) for entry in scanner.hear("right", START + MILLISECOND)] == ["b", "right"]
    assert (scanner.pending, scanner.due) == (None, None)


def test_a_key_after_a_code_without_an_ending_is_a_key() -> None:
    assert heard(Scanner(), [*"A12345678", "right"]) == ["<A12345678>", "right"]


def test_an_enter_later_than_a_scanner_s_gap_belongs_to_nobody_s_code() -> None:
    scanner = Scanner()
    heard(scanner, names("A12345678\n"))
    assert heard(scanner, ["enter"], start=18 + 51) == ["enter"]


def test_an_enter_right_after_a_typed_code_belongs_to_it() -> None:
    scanner = Scanner()
    scanner.hear("enter", START)
    scanner.end()
    assert scanner.hear("enter", START + SCAN_GAP) == []
    assert len(scanner.hear("enter", START + 3 * SCAN_GAP)) == 1


@pytest.mark.parametrize("key", ["+", "1", "b", "space"])
def test_a_key_held_down_counts_from_its_first_press_and_repeats_without_waiting(key: str) -> None:
    scanner = Scanner()
    scanner.hear(key, START)
    first = scanner.let_go()
    repeats = [scanner.hear(key, START + (500 + 30 * place) * MILLISECOND) for place in range(40)]
    assert [told(entry) for entry in first] == [key]
    assert [len(found) for found in repeats] == [0, 0, 0, 4, *[1] * 36]
    presses = [entry for found in repeats for entry in found if isinstance(entry, Press)]
    assert [entry.repeated for entry in presses] == [False, *[True] * 39]


def test_one_character_over_and_over_is_a_key_held_down_where_a_keyboard_repeats_so_fast() -> None:
    assert heard(Scanner(), ["1"] * 20, gap=15) == ["1"] * 20
    assert heard(Scanner(), ["1"] * 20, gap=14) == [f"<{'1' * 20}>"]


@pytest.mark.parametrize("count", [4, 16, 19, 20, 40, 300])
@pytest.mark.parametrize("gap", [0, 2, 20, 50])
def test_a_code_of_one_character_is_a_code_with_its_ending(count: int, gap: int) -> None:
    assert heard(Scanner(), [*"a" * count, "enter"], gap) == [f"<{'a' * count}>"]


@pytest.mark.parametrize("rest", ["a", "a\n", "ab\n", "abcd"])
@pytest.mark.parametrize("gap", [2, 20, 50])
def test_what_comes_right_behind_a_key_held_down_is_no_press(rest: str, gap: int) -> None:
    scanner = Scanner()
    heard(scanner, [","])
    found = heard(scanner, names(f",,,,{rest}"), gap, start=400)
    assert {*found} - {","} <= {f"<{rest.strip()}>", f"<,,,,{rest.strip()}>"}


def test_a_code_that_begins_with_the_key_pressed_last_is_a_code() -> None:
    scanner = Scanner()
    heard(scanner, ["1"])
    assert heard(scanner, names("1114567\n"), start=400) == ["<1114567>"]


def test_what_is_longer_than_a_code_takes_no_more_room() -> None:
    scanner = Scanner()
    (found,) = heard(scanner, names("AB" * 10_000 + "\n"), 0)
    assert len(found) == LONGEST_CODE + 1 + len("<>")


def test_a_clock_that_was_set_back_joins_nothing() -> None:
    scanner = Scanner()
    scanner.hear("1", START)
    assert [told(entry) for entry in scanner.hear("2", START - MILLISECOND)] == ["1"]


def test_a_character_behind_an_escape_begins_a_code_and_is_no_press() -> None:
    scanner = Scanner()
    scanner.hear("A", START, mute=True)
    assert scanner.let_go() == []
    scanner.hear("A", START, mute=True)
    assert heard(scanner, names("12345678\n")) == ["<A12345678>"]


@given(
    st.lists(
        st.tuples(st.sampled_from([*"ab1+~ ", "space", "enter", "tab", "right", "escape"]), st.integers(0, 120)),
        max_size=60,
    ),
    st.sampled_from([KeyTiming(), KeyTiming(prefix="~"), KeyTiming(joins=False)]),
)
def test_every_key_comes_out_once_and_in_order_as_a_press_or_in_a_code(
    typed: list[tuple[str, int]], setup: KeyTiming
) -> None:
    scanner = Scanner(setup)
    now, out = START, []
    for key, gap in typed:
        now += gap * MILLISECOND
        if scanner.due is not None and scanner.due < now:
            out += scanner.let_go()
        out += scanner.hear(key, now)
    out += scanner.let_go()
    assert scanner.pending is None
    came = "".join(_letters(key) for key, _ in typed)
    went = "".join(_letters(entry.key) if isinstance(entry, Press) else entry.text for entry in out)
    left_out = {"E", "T", setup.prefix} - {""}  # the endings and the prefix of a code
    assert _without(came, left_out) == _without(went, left_out)
    assert len(went) <= len(came)


def _letters(key: str) -> str:
    return {"enter": "E", "tab": "T", "space": " ", "right": "R", "escape": "X"}.get(key, key)


def _without(text: str, characters: set[str]) -> str:
    return "".join(character for character in text if character not in characters)
