"""What may be printed on a terminal."""

from __future__ import annotations

from pos.domain.money import Money
from pos.wording import wording
from pos.wording.printable import printable


def test_a_thousand_kroner_are_printed_with_a_space() -> None:
    assert printable(wording("nb").money(Money.of(2345))) == "2 345,00"


def test_what_was_typed_is_no_order_to_the_terminal() -> None:
    assert printable("Blåbær\x1b[2J\u202e\n") == "Blåbær�[2J��"
