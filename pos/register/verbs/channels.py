"""The verb of channels: how an order came in."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.order.order import Order
from pos.domain.order.questions import Reason
from pos.domain.value import replace
from pos.register.gate import Change, given
from pos.register.needs import an_open_order
from pos.register.questions import restart_read_delay
from pos.register.scene import Scene


@given(an_open_order)
def come_from(scene: Scene, order: Order, channel_id: str | None) -> Change[None]:
    """Set the order's channel; None is the counter. Prices and serving mode follow the channel.

    Neither question is asked, because the customer is not present. On a channel without deals the next-visit code is
    released, and stays valid.
    """
    if order.exchange is not None:
        raise Refused("exchange-stays")
    before = scene.channel
    channel = next((entry for entry in scene.channels if entry.id == channel_id), None)
    if channel is None and channel_id is not None:
        raise Refused("no-such-choice")
    if channel_id == order.channel:
        return Change(None)
    mode, exempt = order.serving_mode, order.exempt
    if before is not None:
        mode = mode if before.serving is None else None
        exempt = None if exempt is Reason.NOT_PRESENT else exempt
    if channel is not None:
        mode, exempt = channel.serving or mode, Reason.NOT_PRESENT
        if not channel.deals and order.next_visit is not None:
            lines = tuple(replace(line, takes_next_visit=False) for line in order.lines)
            order = replace(order, next_visit=None, lines=lines)
    moved = replace(order, channel=channel_id, serving_mode=mode, exempt=exempt)
    return scene.moved(restart_read_delay(moved, scene.now), result=None)
