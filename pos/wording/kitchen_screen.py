"""The text of an open order on the kitchen's screen, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from pos.domain.order.order import Purpose
from pos.domain.order.sent import KitchenLine
from pos.domain.sale.kitchen_orders import KitchenOrder
from pos.domain.value import value
from pos.wording.kitchen_slip import names
from pos.wording.sentences import Sentences


class Weight(IntEnum):
    """How conspicuous a row must be."""

    PLAIN = 0
    BOLD = 1
    LOUD = 2
    """Must not be overlooked: an allergy, a part left out, a cancelled line."""


@value
class KitchenRow:
    """A row and its indentation."""

    text: str
    weight: Weight = Weight.PLAIN
    indent: int = 0


def order_rows(words: Sentences, order: KitchenOrder) -> tuple[KitchenRow, ...]:
    """All rows of an order under its number, those that must not be overlooked first."""
    return (*_head(words, order), *_cancelled(words, order), *_made(words, order))


def _head(words: Sentences, order: KitchenOrder) -> Iterator[KitchenRow]:
    parts = [] if order.serving_mode is None else [words.label(order.serving_mode)]
    parts.append(words.text("till-named", till=order.till))
    yield KitchenRow(" · ".join(parts))
    if order.purpose is not Purpose.SALE:
        yield KitchenRow(words.label(order.purpose).upper(), Weight.BOLD)
    if order.channel_name is not None:
        yield KitchenRow(words.local(order.channel_name).upper(), Weight.BOLD)
    if order.is_changed:
        yield KitchenRow(words.text("slip-changed"), Weight.BOLD)
    if order.allergens:
        yield KitchenRow(words.text("slip-allergy", allergens=names(words, order.allergens)), Weight.LOUD)
    if order.note:
        yield KitchenRow(words.text("receipt-note", note=order.note), Weight.BOLD)


def _cancelled(words: Sentences, order: KitchenOrder) -> Iterator[KitchenRow]:
    for line in order.cancelled:
        yield KitchenRow(words.text("slip-cancelled", count=line.quantity, name=line.name), Weight.LOUD)
        details = [*map(words.local, line.details), *([line.note] if line.note else [])]
        yield from (KitchenRow(text, indent=2) for text in details)


def _made(words: Sentences, order: KitchenOrder) -> Iterator[KitchenRow]:
    for line in order.lines:
        yield KitchenRow(f"{line.quantity} {words.local(line.name)}", Weight.BOLD)
        yield from _under(words, line)


def _under(words: Sentences, line: KitchenLine) -> Iterator[KitchenRow]:
    if line.allergens:
        yield KitchenRow(words.text("slip-allergy", allergens=names(words, line.allergens)), Weight.LOUD, 2)
    if line.accepted:
        yield KitchenRow(words.text("slip-accepted", allergens=names(words, line.accepted)), Weight.BOLD, 2)
    for detail in line.left_out:
        yield KitchenRow(words.local(detail).upper(), Weight.LOUD, 2)
    if line.note:
        yield KitchenRow(words.text("receipt-note", note=line.note), Weight.BOLD, 2)
    for detail in line.details:
        if detail not in line.left_out:
            yield KitchenRow(words.local(detail), indent=2)


def order_called(words: Sentences, order: KitchenOrder) -> str:
    """The title of an order: its call number, once it has one."""
    if order.call_number:
        return words.text("receipt-call-number", number=str(order.call_number))
    return words.local(order.name)
