"""What proposals mean on the menu."""

from __future__ import annotations

import pytest

from pos.domain.text import LocalText
from pos.office.learning.pairings import in_a_sentence

SENTENCES = (
    LocalText("Vil du ha baconburgeren som meny, med pommes frites?", "Shall I make that a bacon burger meal?"),
    LocalText("Skal vi si stor Bølgenmeny?", "Shall we say the large Bølgen meal?"),
    LocalText("Frister is? Ta med en kopp.", "An ice? Is that all?"),
)


@pytest.mark.parametrize(
    ("name", "nb", "en"),
    [
        (LocalText("Pommes frites", "Fries"), "pommes frites", "Fries"),  # nobody says fries in English here
        (LocalText("Baconburger", "Bacon burger"), "baconburger", "bacon burger"),
        (LocalText("Bølgenburger", "Bølgen burger"), "Bølgenburger", "Bølgen burger"),
        (LocalText("Kop", "Kop"), "kop", "Kop"),  # an ending may follow
        (LocalText("Bacon", "Ice cream"), "Bacon", "ice cream"),  # but not half a word
        (LocalText("7 nuggets", "7 nuggets"), "7 nuggets", "7 nuggets"),
    ],
)
def test_a_name_is_written_small_where_the_menu_itself_writes_it_so(name: LocalText, nb: str, en: str) -> None:
    assert in_a_sentence(name, SENTENCES, "nb") == nb
    assert in_a_sentence(name, SENTENCES, "en") == en
