"""What holds for the whole order, under its lines: codes that the customer brought, and the note for the kitchen."""

from __future__ import annotations

from pos.domain.next_visit import grouped
from pos.domain.taken_offer import taken_by
from pos.ui.blocks import Block, row, text_block, wrap
from pos.ui.view import View


def notes(view: View, width: int) -> Block:
    """What is written under the lines: codes, the one from an earlier visit, and the note."""
    order, ground = view.order, view.inks.pane
    codes = (view.words.text("order-code", code=code) for code in order.codes)
    texts = [*codes, *_next_visit(view), *((view.words.text("order-note", note=order.note),) if order.note else ())]
    rows = [
        row(width, ground.fill, ((f"    {line}", ground.soft),)) for text in texts for line in wrap(text, width - 5, 2)
    ]
    return text_block(width, rows)


def _next_visit(view: View) -> list[str]:
    """The code from an earlier visit that the order carries, and whether it waits for something that it fits."""
    offer = view.order.next_visit
    if offer is None:
        return []
    message = "order-next-visit-waits" if taken_by(view.order, view.menu) is None else "order-next-visit"
    return [view.words.text(message, code=grouped(offer.code), name=offer.name)]
