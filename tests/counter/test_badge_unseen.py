"""A badge is never shown, wherever it is read: it signs in, is refused unsaid, or rings nothing."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from pos.counter import State
from pos.counter.counter_state import TextPanel
from pos.wording import wording
from tests.counter.test_keys import SAMPLED, WAYS, place_of, start_over
from tests.counter.test_scan_in_every_state import ENDINGS, scan
from tests.rig import Cashier, a_cashier
from tests.staff import BADGE, at_the_till

NOBODYS = "KARISBADGE33"


def seen(cashier: Cashier) -> str:
    """All that a message and a text that is asked for show."""
    counter = cashier.counter
    shown = [counter.panel.shown] if isinstance(counter.panel, TextPanel) else []
    if counter.message is not None:
        texts = (wording(language) for language in ("nb", "en"))
        shown += [words.text(counter.message.message_id, **counter.message.values) for words in texts]
    return " ".join(shown)


@SAMPLED
@pytest.mark.parametrize("state", WAYS, ids=str)
def test_a_scanned_badge_is_not_seen(folder: Path, state: State, step: int) -> None:
    cashier = a_cashier(folder)
    at_the_till(cashier, "Ola")
    for code, ending in list(itertools.product((BADGE, NOBODYS), ENDINGS.values()))[place_of(state) % step :: step]:
        WAYS[state](cashier)
        scan(cashier, code, ending, 1)
        assert code[:6].lower() not in seen(cashier).lower(), (code, ending)
        at_the_till(cashier, "Ola")
        start_over(cashier)


@pytest.mark.parametrize("keys", [(), (",", "c"), (",", "g")])
def test_an_unknown_code_is_repeated_where_nobody_has_a_badge(folder: Path, keys: tuple[str, ...]) -> None:
    cashier = a_cashier(folder)
    cashier.press(*keys)
    cashier.counter.scan(NOBODYS)
    assert NOBODYS in seen(cashier)


@pytest.mark.parametrize("keys", [(",", "c"), (",", "g"), ("/",), (",", "n"), ("f9", "f10", "/")])
def test_a_badge_that_comes_as_keys_signs_in_where_text_is_asked_for(folder: Path, keys: tuple[str, ...]) -> None:
    cashier = a_cashier(folder)
    at_the_till(cashier, "Kari")
    cashier.press("b", *keys)
    cashier.press(*BADGE, "enter")
    assert cashier.said == "signed-in"
    person = cashier.register.view.person
    assert person is not None
    assert person.name == "Ola"
    assert cashier.register.view.order.note == ""


def test_a_badge_at_a_coupon_or_a_receipts_number_signs_in_with_the_order_kept(folder: Path) -> None:
    for keys in ((",", "c"), (",", "g")):
        cashier = a_cashier(folder)
        at_the_till(cashier, "Kari")
        cashier.press("b", *keys)
        order = cashier.register.view.order
        cashier.counter.scan(BADGE)
        assert (cashier.said, cashier.counter.panel) == ("signed-in", None)
        assert cashier.register.view.order.lines == order.lines
        cashier.register.store.close()
