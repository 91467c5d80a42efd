"""From what a terminal sends to the counter's keys."""

from __future__ import annotations

import time

import pytest
from textual import events

from pos.ui.blocks.keys import counter_keys, mute_key, name_to_tell
from pos.ui.terminal import MOST_PASTED, MOST_WAITING, SILENCE, Flood, PlainParser

AFTER_ESCAPE_DELAY = 0.15
"""Seconds after which an Escape is not waited for any more: the parser's own 0.1 and a little."""


def pressed(text: str) -> list[str]:
    """The counter's keys for what comes over the wire at once."""
    parser = PlainParser()
    found = list(parser.feed(text))
    time.sleep(AFTER_ESCAPE_DELAY)
    found += parser.tick()
    return [key for event in found if isinstance(event, events.Key) for key in counter_keys(event)]


@pytest.mark.parametrize("digit", "0123456789")
def test_an_escape_and_a_digit_are_both(digit: str) -> None:
    assert pressed(f"\x1b{digit}") == ["escape", digit]


def test_a_scan_right_after_an_escape_is_whole() -> None:
    assert pressed("\x1b7012345") == ["escape", *"7012345"]


@pytest.mark.parametrize("key", ["j", "n", "J", "k", "\r", " ", "*", ",", "æ"])
def test_what_could_be_an_answer_is_none_close_behind_an_escape(key: str) -> None:
    assert pressed(f"\x1b{key}") == ["escape"]


@pytest.mark.parametrize("sign", "£§¡•")
def test_a_sign_that_was_typed_is_itself(sign: str) -> None:
    assert pressed(sign) == [sign]


def test_arrows_and_function_keys_are_no_escapes() -> None:
    assert pressed("\x1b[A") == ["up"]
    assert pressed("\x1bOP") == ["f1"]
    assert pressed("\x1b[20~") == ["f9"]
    assert pressed("\x1b") == ["escape"]
    assert pressed("\x1b[27u") == ["escape"]


def test_an_alt_that_is_known_to_be_one_means_nothing() -> None:
    assert pressed("\x1b[49;3u") == []
    assert pressed("\x1b[106;3u") == []


def events_of(*chunks: str) -> list[events.Event]:
    """What is made of chunks that are read one after the other."""
    parser = PlainParser()
    found = [event for chunk in chunks for event in parser.feed(chunk)]
    for _ in range(2):
        time.sleep(AFTER_ESCAPE_DELAY)
        found += parser.tick()
    return [event for event in found if isinstance(event, events.Event)]


@pytest.mark.parametrize("key", ["A", "j", "*", "æ"])
def test_a_character_close_behind_an_escape_may_begin_a_code(key: str) -> None:
    (event,) = events_of(f"\x1b{key}")
    assert isinstance(event, events.Key)
    assert mute_key(event) == key


@pytest.mark.parametrize("digit", "07")
def test_a_digit_close_behind_an_escape_is_pressed_once(digit: str) -> None:
    (event,) = events_of(f"\x1b{digit}")
    assert isinstance(event, events.Key)
    assert mute_key(event) is None


@pytest.mark.parametrize(
    ("sequence", "name"),
    [
        ("\x1bOR", "f3"),
        ("\x1b[13~", "f3"),
        ("\x1b[[C", "f3"),
        ("\x1b[H", "home"),
        ("\x1b[2~", "insert"),
        ("\x1b[Z", "shift+tab"),
        ("\x1b[1;5P", "ctrl+f1"),
        ("\x1b[25~", "unknown"),
        ("\x1b[25;2~", "unknown"),
        ("\x1b[25;9z", "unknown"),
        ("\x1b[99^", "unknown"),
        ("\x1b[9$", "unknown"),
        ("\x1bOz", "unknown"),
        ("\x1b[[Z", "unknown"),
        ("\x1b[2", "unknown"),
    ],
)
def test_a_key_that_the_till_has_no_use_for_is_one_key_with_a_name(sequence: str, name: str) -> None:
    (event,) = events_of(sequence)
    assert isinstance(event, events.Key)
    assert counter_keys(event) == ()
    assert name_to_tell(event) == name


def test_f3_with_shift_is_a_position_to_textual_and_told_by_the_app() -> None:
    (event,) = events_of("\x1b[1;2R")
    assert isinstance(event, events.CursorPosition)


def test_a_terminal_s_answer_about_itself_is_no_key() -> None:
    assert events_of("\x1b[?1;2c", "\x1b[?62;1;4c") == []


@pytest.mark.parametrize("inside", ["K1-17", "\x1b[A\x1b[B" * 20, "\x1bOAj\x1b[2~a", "j\x1b", "å\r\n\tk"])
def test_a_paste_is_whole_whatever_is_in_it(inside: str) -> None:
    whole = f"\x1b[200~{inside}\x1b[201~"
    for cut in (0, 3, 5, 9, len(whole) - 2, len(whole)):
        (event,) = events_of(whole[:cut], whole[cut:]) if 0 < cut < len(whole) else events_of(whole)
        assert isinstance(event, events.Paste)
        assert event.text == inside


def test_of_a_paste_without_measure_only_a_bounded_part_is_kept() -> None:
    (event,) = events_of("\x1b[200~", *["x" * 4096] * 400, "\x1b[201~")
    assert isinstance(event, events.Paste)
    assert len(event.text) == MOST_PASTED + 1


def test_a_flood_is_kept_out_until_a_silence_and_told_once() -> None:
    flood = Flood()
    assert all(flood.admits(0, 0.0) for _ in range(MOST_WAITING + 1))
    assert not flood.admits(0, 0.0)
    assert [flood.has_begun(), flood.has_begun()] == [True, False]
    for _ in range(MOST_WAITING + 1):
        flood.handed_on(None)
    assert not flood.admits(0, SILENCE / 2)
    assert not flood.has_begun()
    assert flood.admits(0, SILENCE * 2)
