"""What the till has to say stands beside a panel's title, however long that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.text import LANGUAGES
from pos.ui.frame import look, look_at_shelf
from pos.ui.painting.bar.bar import bar
from tests.register.shops import ring, settle_questions
from tests.rig import Cashier, a_cashier

NOTE = "Bursdag, bord syv, to barn og en bestemor"[:40]


def discarding(cashier: Cashier) -> None:
    cashier.press("b", ",", "n", "tab", *(" " if key == " " else key for key in NOTE), "enter", ",", "a")


def giving_back(cashier: Cashier) -> None:
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press(*"20", "v", "+", "backspace")


@pytest.mark.parametrize("typed", ["123456", "1000,005"])
def test_an_amount_that_was_cut_is_painted(tmp_path: Path, typed: str) -> None:
    cashier = a_cashier(tmp_path)
    ring(cashier, "cheeseburger")
    settle_questions(cashier)
    cashier.press(*typed)
    assert cashier.counter.is_amount_cut
    assert bar(look(cashier.counter, look_at_shelf(cashier.counter)), 80, 8).height == 8


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", [discarding, giving_back])
def test_a_wrong_key_is_told_whole_under_a_long_title(tmp_path: Path, way: object, language: str) -> None:
    cashier = a_cashier(tmp_path)
    assert callable(way)
    way(cashier)
    cashier.counter.language = language
    cashier.press("z")
    assert cashier.said is not None
    for width in (60, 80, 100, 140):
        view = look(cashier.counter, look_at_shelf(cashier.counter))
        assert view.message is not None
        rows = bar(view, width, 8).rows
        told = " ".join("".join(piece.text for piece in row).replace("…", "") for row in rows)
        assert all(word in told for word in view.say(view.message).split()), told
