"""The verb of tips: what the next payment leaves beyond what is due, where the shop takes tips."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.errors import Refused
from pos.domain.money import ZERO, Money
from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import Tender
from pos.domain.order.tips import Tip
from pos.domain.prompts import TerminalPrompt
from pos.register.gate import Change, given
from pos.register.needs import a_payment_here
from pos.register.scene import Scene


def a_payment_with_tip(scene: Scene) -> Tender | None:
    """The payment that is on the terminal; None where one has yet to begin. Raises `Refused` where no money comes in,
    or none in the shop."""
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
    """What the next payment leaves as a tip; None takes it back. While the terminal is asked it is what the customer
    has added there.

    A tip is no part of the sale: it stands on the tender alone. What is declined keeps it for the next try. Raises
    `Refused`: what `check_tip` does, and `tip-of-no-change` for the change of a payment on the terminal.
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
    """Raises `Refused`: `no-tips` where the shop takes none, `tip-too-large` for more than it allows at a payment."""
    most = scene.menu.most_tip
    if not most:
        raise Refused("no-tips")
    if not ZERO <= amount <= most:
        raise Refused("tip-too-large", amount=amount, most=most)
