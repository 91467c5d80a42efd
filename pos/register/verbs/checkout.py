"""The verbs between ringing and payment, except the two questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from zlib import crc32

from pos.domain.errors import Refused
from pos.domain.menu.items import Sku
from pos.domain.order.order import LineItem, Order, Purpose, change_some, put_line
from pos.domain.order.questions import SAID_REASONS, Reason
from pos.domain.order.sent import FirstTicket
from pos.domain.prompts import ModifierPrompt, SlotPrompt
from pos.domain.sale.in_kitchen import WAITS
from pos.domain.sale.tickets import called
from pos.domain.selling.stopping import still_confirmed, stop_at
from pos.domain.value import replace
from pos.register.gate import Change, given
from pos.register.needs import an_open_order, line_of
from pos.register.questions import restart_read_delay
from pos.register.scene import Scene
from pos.register.verbs.ringing import modified

CONTROL_SHARE = "control-share"
"""The setting with the share of orders in the control group, in basis points."""


@given(an_open_order)
def checkout(scene: Scene, order: Order) -> Change[None]:
    """Go from ringing to the first prompt. Every route to payment leads past the two questions."""
    if not order.lines:
        raise Refused("order-empty")
    exempt = Reason.CONTROL if _is_control(scene, order) else order.exempt
    asked = replace(order, checking_out=True, answer_count=0, exempt=exempt)
    return scene.moved(restart_read_delay(asked, scene.now), result=None)


def _is_control(scene: Scene, order: Order) -> bool:
    """Whether the order belongs to the control group, which is asked nothing. The choice is a function of the order and
    the shop's share, so it is repeatable.

    An order that was asked already, or must not be asked, is not chosen.
    """
    if order.questions or order.exempt is not None or not order.is_sale:
        return False
    share = scene.store.settings.get(CONTROL_SHARE)
    return share is not None and crc32(order.id.encode()) % 10_000 < int(share)


@given(an_open_order)
def go_back(scene: Scene, order: Order) -> Change[None]:
    """Go back to ringing. An open question stays open, a noted tip does not."""
    return scene.moved(replace(order, checking_out=False, answer_count=0, tip=None), result=None)


@given(an_open_order)
def confirm(scene: Scene, order: Order, line_id: int) -> Change[None]:
    """The customer confirms a line that contains a noted allergen, may contain it, or is unknown.

    Raises `Refused` for a line that needs no confirmation, and for one that cannot be sold.
    """
    line = line_of(order, line_id)
    stop = stop_at(line, order, scene.moment)
    if stop is None or not order.checking_out:
        raise Refused("nothing-to-confirm")
    if not stop.can_be_confirmed:
        raise Refused("cannot-be-confirmed", name=stop.obstacles[0].name)
    given_before = line.stands_confirmed
    before = ((), ()) if given_before is None else (given_before.contains, given_before.unknown)
    contains, unknown = dict.fromkeys((*before[0], *stop.contains)), dict.fromkeys((*before[1], *stop.unknown))
    confirmed = replace(line, confirmed=line.confirmation(contains, unknown))
    return scene.moved(restart_read_delay(put_line(order, confirmed), scene.now), result=None)


@given(an_open_order)
def choose(scene: Scene, order: Order, choice: Sku) -> Change[None]:
    """Fill a slot with a SKU, or choose a modifier, for as many of the line as the count says. The rest of the line is
    split off and asked about next."""
    prompt = scene.prompt
    answer: Callable[[LineItem], LineItem]
    if isinstance(prompt, SlotPrompt) and choice in prompt.choices:
        answer = partial(LineItem.filled, slot=prompt.slot.id, sku=choice)
    elif isinstance(prompt, ModifierPrompt) and any(entry.id == choice for entry in prompt.group.modifiers):
        answer = partial(modified, scene, modifier=choice)
    else:
        raise Refused("no-such-choice")

    def answered(line: LineItem) -> LineItem:
        """The line after the answer; what the customer confirmed of it stands where it can."""
        return still_confirmed(line, answer(line), order, scene.moment)

    order = change_some(order, prompt.line, prompt.count, answered)
    return scene.moved(restart_read_delay(replace(order, answer_count=0), scene.now), result=None)


@given(an_open_order)
def not_for_customer(scene: Scene, order: Order, reason: Reason) -> Change[None]:
    """Ask this customer neither question, for a reason: child alone, asked to be left alone, staff or remake, not
    present. It is no refusal."""
    if order.exchange is not None:
        raise Refused("exchange-not-asked")
    if reason not in SAID_REASONS:
        raise Refused("no-such-choice")
    if scene.channel is not None:
        raise Refused("channel-not-asked", name=scene.channel.name)
    return scene.moved(replace(order, exempt=reason), result=None)


@given(an_open_order)
def set_purpose(scene: Scene, order: Order, purpose: Purpose, *, of_number: int = 0) -> Change[None]:
    """Set what the order is rung for: a sale, or a staff meal, a remake or waste, which are free. `of_number` is the
    call number of the order that is made again, 0 if unknown.

    Raises `Refused` `remake-of-unknown` for a number that was not paid in the last two hours.
    """
    remakes = None
    if of_number and purpose is Purpose.REMAKE:
        paid_at = scene.store.kitchen.paid_lately(of_number, scene.now - WAITS)
        if paid_at is None:
            raise Refused("remake-of-unknown", number=str(of_number))
        remakes = FirstTicket(called(of_number), paid_at)
    if purpose is order.purpose and remakes in (None, order.remakes):
        return Change(None)
    if order.exchange is not None:
        raise Refused("exchange-stays")
    changed = replace(order, purpose=purpose, remakes=remakes)
    return scene.moved(restart_read_delay(changed, scene.now), result=None)
