"""What an answer leaves in the ledger beside its gain: the margin, and what the order came to with it."""

from __future__ import annotations

from pathlib import Path

from pos.domain.money import ZERO
from pos.domain.order.questions import Outcome
from tests.builders import kr
from tests.register.shops import ledger, question, ring
from tests.rig import a_cashier


def test_a_yes_leaves_its_margin_and_a_no_leaves_none(folder: Path) -> None:
    cashier = a_cashier(folder)
    ring(cashier, "cheeseburger")
    gain = question(cashier).difference.more
    cashier.press("j", "n", "d")
    yes, no = ledger(cashier.register)
    assert (yes.outcome, no.outcome) == (Outcome.ACCEPTED, Outcome.DECLINED)
    assert yes.gain == gain
    assert ZERO < yes.margin < yes.gain
    assert no.margin == ZERO


def test_each_answer_keeps_what_the_order_came_to_with_it(folder: Path) -> None:
    cashier = a_cashier(folder)
    ring(cashier, "cheeseburger")
    cashier.press("n")
    before = cashier.register.view.priced.total
    cashier.press("j", "1")
    after = cashier.register.view.priced.total
    cashier.press("d")
    first, second = ledger(cashier.register)
    assert (first.order_total, second.order_total) == (before, after)
    assert after > before == kr(89)
