"""The panel of channels: how an order came in."""

from __future__ import annotations

from functools import partial

from pos.counter.counter_state import CounterState
from pos.counter.panels.lists import ListPanel, ListRow
from pos.counter.states import State, Tone, say
from pos.domain.menu.channels import Channel
from pos.register.verbs import channels

AT_THE_COUNTER = ""


class ChannelsPanel(ListPanel):
    """The channels of the menu, a key each, and then the counter."""

    state = State.SLOT
    title = say("title-channels")

    def rows(self, counter: CounterState) -> list[ListRow]:
        """The channels, with the order's own one marked."""
        chosen = counter.view.order.channel
        rows = [
            ListRow(entry.id, say("plain-row", name=entry.name), partial(come_from, channel=entry), entry.id == chosen)
            for entry in counter.view.channels
        ]
        here = partial(come_from, channel=None)
        return [*rows, ListRow(AT_THE_COUNTER, say("channel-counter"), here, chosen is None)]


def open_channels(counter: CounterState) -> None:
    """Show the channels. If there is only one, switch between it and the counter."""
    register = counter.register
    found = register.view.channels
    if len(found) == 1 and register.view.order.channel in (None, found[0].id):
        come_from(counter, None if register.view.order.channel is not None else found[0])
    else:
        counter.panel = ChannelsPanel()


def come_from(counter: CounterState, channel: Channel | None) -> None:
    """Set the order's channel, and say what it does to the price."""
    counter.panel = None
    register = counter.register
    had_code = register.view.order.next_visit is not None
    before = register.view.priced.total
    register.do(channels.come_from, None if channel is None else channel.id)
    counter.forget_typed()
    now = register.view.priced.total
    if channel is None:
        counter.message = say("channel-none", before=before, now=now)
    elif had_code and register.view.order.next_visit is None:
        counter.message = say("channel-code-gone", Tone.BAD, name=channel.name, now=now)
    else:
        told = "channel-same" if before == now else "channel-set"
        counter.message = say(told, name=channel.name, before=before, now=now)
