"""From what a terminal sends to the counter's keys."""

from __future__ import annotations

import time

import pytest
from textual import events

from pos.ui.keys import counter_keys
from pos.ui.terminal import PlainParser

AFTER_ESCAPE_DELAY = 0.15
"""Seconds after which an Escape is not waited for any more: the parser's own 0.1 and a little."""


def pressed(text: str) -> list[str]:
    """The counter's keys for what comes over the wire at once."""
    parser = PlainParser()
    found = list(parser.feed(text))
    time.sleep(AFTER_ESCAPE_DELAY)
    found += parser.tick()
    return [key for event in found if isinstance(event, events.Key) for key, mute in counter_keys(event) if not mute]


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
