"""The sentences for a line at which checkout stops."""

from __future__ import annotations

from pos.domain.menu.allergens import AllergenNames
from pos.domain.menu.menu import Menu
from pos.domain.menu.unsold import Unsold
from pos.domain.moment import Moment
from pos.domain.order.order import LineItem, Order
from pos.domain.prompts import StopPrompt
from pos.domain.selling.stopping import Stop, in_the_way_of
from pos.wording.sentences import Sentences

WHY_UNSOLD = {
    Unsold.GONE: "not-on-the-menu",
    Unsold.SOLD_OUT: "sold-out-item",
    Unsold.HOURS: "not-at-this-hour",
    Unsold.NOT_TAKEN_AWAY: "not-taken-away",
}
"""The message for each reason why something is not sold, with the name of the thing."""


ON_ITS_OWN_LINE = {
    Unsold.GONE: "line-gone-from-menu",
    Unsold.SOLD_OUT: "line-sold-out",
    Unsold.HOURS: "line-not-at-this-hour",
    Unsold.NOT_TAKEN_AWAY: "line-not-taken-away",
}
"""The message for each reason, shown on the line itself, below the item's name."""


def unsold_marks(sentences: Sentences, line: LineItem, order: Order, moment: Moment) -> tuple[str, ...]:
    """The marks of a line that can no longer be sold: `utsolgt!`, or which part of it is sold out. Empty once money has
    been taken, because it is sold then."""
    found = () if order.is_frozen else in_the_way_of(line, order, moment)
    item = moment.menu.items.get(line.sku)
    return tuple(
        sentences.text(ON_ITS_OWN_LINE[obstacle.why])
        if item is not None and obstacle.name == item.full_name
        else sentences.text(WHY_UNSOLD[obstacle.why], name=obstacle.name)
        for obstacle in found
    )


def stop_title(sentences: Sentences, stop: Stop, menu: Menu) -> str:
    """The line at which checkout stops: `2 Cheeseburgermeny, medium`."""
    item = menu.items.get(stop.line.sku)
    name = stop.line.sku if item is None else sentences.local(item.full_name)
    return f"{stop.line.quantity} {name}"


def stop_reasons(sentences: Sentences, stop: Stop) -> str:
    """Why checkout stops there: `Inneholder MELK! Cola er utsolgt.`"""
    said = [sentences.text(WHY_UNSOLD[obstacle.why], name=obstacle.name) for obstacle in stop.obstacles]
    for message_id, names in (("stop-contains", stop.contains), ("stop-unknown", stop.unknown)):
        if names:
            loud = sentences.text("allergen-names", names=AllergenNames(names)).upper()
            said.append(sentences.text(message_id, allergens=loud))
    return " ".join(said)


def may_contain_sentence(sentences: Sentences, prompt: StopPrompt, menu: Menu) -> str:
    """A sentence with the lines that may contain a noted allergen; empty if there are none."""
    if not prompt.may_contain:
        return ""
    names = tuple(dict.fromkeys(menu.items[line.sku].full_name for line, _ in prompt.may_contain))
    noted = AllergenNames(tuple(dict.fromkeys(name for _, some in prompt.may_contain for name in some)))
    return sentences.text("may-contain-noted", names=names, allergens=noted)
