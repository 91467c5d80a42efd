"""Gives call numbers to orders: with the intent of the first tender, or when a write-off is finished."""

from __future__ import annotations

from pos.domain.order.order import Order
from pos.domain.value import replace
from pos.register.scene import Scene
from pos.store import CallNumberGiven, Fact


def numbered(scene: Scene, order: Order) -> tuple[Order, tuple[Fact, ...]]:
    """The order with a call number, and the fact that it was given one, if it had none."""
    if order.call_number:
        return order, ()
    number, turn = scene.store.call_numbers.next(scene.now)
    return replace(order, call_number=number), (CallNumberGiven(number, turn, order.id),)
