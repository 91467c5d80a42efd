"""Paints what stands under an order's lines: codes that the customer brought or gets, and the note for the kitchen."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.order.taken_offer import taken_by
from pos.domain.sale.sale import Sale
from pos.ui.blocks.blocks import Block, paragraph, wrap
from pos.ui.frame import Frame


def notes(frame: Frame, width: int) -> Block:
    """Coupons, the next-visit code, and the note."""
    order = frame.order
    codes = (frame.words.text("order-code", code=code) for code in order.codes)
    texts = [*codes, *_next_visit(frame), *((frame.words.text("order-note", note=order.note),) if order.note else ())]
    return _soft_rows(frame, texts, width, 2)


def given(frame: Frame, sale: Sale, width: int) -> Block:
    """What the paid order's receipt offers for the next visit, for the cashier to point out."""
    offer = sale.next_visit
    if offer is None:
        return _soft_rows(frame, (), width, 0)
    off = frame.words.money(offer.off)
    return _soft_rows(frame, (frame.words.text("next-visit-given", name=offer.name, off=off),), width, 3)


def _soft_rows(frame: Frame, texts: Iterable[str], width: int, most: int) -> Block:
    ground = frame.inks.pane
    lines = [line for text in texts for line in wrap(text, width - 5, most)]
    return paragraph(width, ground.fill, lines, ground.soft, 4)


def _next_visit(frame: Frame) -> list[str]:
    """What a waiting next-visit code needs; one that is used is among the discounts."""
    offer = frame.order.next_visit
    if offer is None or taken_by(frame.order, frame.menu) is not None:
        return []
    return [frame.words.text("next-visit-waits", name=offer.name)]
