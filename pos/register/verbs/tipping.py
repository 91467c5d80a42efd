"""The verb of tips: what the next payment pays beyond the amount due."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.money import ZERO, Money
from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import Tender
from pos.domain.order.tips import Tip
from pos.domain.prompts import TerminalPrompt
from pos.domain.value import replace
from pos.register.gate import Change, given
from pos.register.needs import a_payment_here
from pos.register.scene import Scene


def a_payment_with_tip(scene: Scene) -> Tender | None:
    """Return the payment that waits at the terminal, or None if no payment has begun.

    Raises `Refused` for an order that pays money out, and for one that is not paid in the shop.
    """
    prompt = scene.prompt
    if isinstance(prompt, TerminalPrompt):
        if prompt.tender.kind == EXCHANGE:
            raise Refused("exchange-gives-back", amount=prompt.back)
        return prompt.tender
    due = a_payment_here(scene)
    if scene.order.credit and not due.due:
        raise Refused("exchange-gives-back", amount=due.back)
    return None


@given(a_payment_with_tip)
def note_tip(scene: Scene, waiting: Tender | None, tip: Tip | None) -> Change[None]:
    """Note the tip of the next payment; None removes it. While a payment waits at the terminal, it is the tip that the
    customer added there.

    A tip is no part of the sale: only the tender has it. If the terminal declines the payment, the tip stays for the
    next try. Raises `Refused` as `check_tip` does, and `tip-of-no-change` if the change should be the tip of a payment
    at the terminal.
    """
    order = scene.order
    if tip is not None:
        check_tip(scene, tip.said)
    if waiting is None:
        return scene.moved(replace(order, tip=tip), result=None)
    if tip is not None and tip.is_change:
        raise Refused("tip-of-no-change")
    asked = replace(waiting, handed=waiting.amount + (ZERO if tip is None else tip.said))
    tenders = tuple(asked if entry.id == waiting.id else entry for entry in order.tenders)
    return scene.moved(replace(order, tip=tip, tenders=tenders), result=None)


def check_tip(scene: Scene, amount: Money) -> None:
    """Raise `Refused` `no-tips` if the shop takes none, and `tip-too-large` for more than one payment may have."""
    most = scene.menu.most_tip
    if not most:
        raise Refused("no-tips")
    if not ZERO <= amount <= most:
        raise Refused("tip-too-large", amount=amount, most=most)
