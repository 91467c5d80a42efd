"""What a manager reads of the offers, and what is said when one is set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pos.cli import main
from pos.office.offers import listed, put
from pos.office.report.names import offer_names
from pos.store import Store
from pos.wording import wording
from tests.builders import MENU, NOW, PAIRINGS, pairing, taxes
from tests.office_acts import gate, put_menu
from tests.register.shops import a_folder
from tests.rig import shop_file

EN = wording("en")
SHAKE = "burgers-shake-m"


@pytest.fixture
def store() -> Iterator[Store]:
    for folder in a_folder():
        opened = shop_file(folder)
        yield opened
        opened.close()


def test_two_offers_of_one_thing_are_told_apart_by_what_calls_for_them(store: Store) -> None:
    put_menu(store, MENU, (*PAIRINGS, pairing("*sides", "shake-m"), pairing("latte", "shake-m")), NOW)
    found = offer_names(("sides-shake-m", SHAKE, "latte-shake-m", "latte-muffin", "gone"), MENU, store)
    assert [EN.local(name) for name in found.values()] == [
        "shake-m, m (sides)", "shake-m, m (burgers)", "shake-m, m (latte)", "muffin",
    ]  # fmt: skip
    assert EN.local(offer_names([SHAKE], MENU, store)[SHAKE]) == "shake-m, m"


def test_what_is_never_made_stands_in_the_list_before_it_was_ever_made(store: Store) -> None:
    put(gate(store), SHAKE, "never")
    (said,) = [line for line in listed(store, taxes, NOW, EN) if SHAKE in line]
    assert "never said yet" in said
    assert said.endswith("Never made: you said so.")


def test_setting_an_offer_names_it_and_says_from_when_it_holds(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["offers", "--db", str(store.path), "--lang", "nb", "--never", SHAKE, "--pin", "meal:1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "cheeseburger-meal-m, m [meal:1] foreslås nå før alt annet av sitt slag.",
        "shake-m, m [burgers-shake-m] foreslås ikke lenger.",
        "Det gjelder når kassa velger selv: pos offers --learn on.",
    ]
