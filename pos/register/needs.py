"""The needs of verbs: each looks something up in the scene, and raises `Refused` if it is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from pos.devices import DrawerState
from pos.domain.errors import Refused
from pos.domain.order.order import LineItem, Order
from pos.domain.people import NeedsRight, Right
from pos.domain.prompts import PaymentPrompt, QuestionPrompt, StopPrompt, TerminalPrompt
from pos.domain.shift.shift import GRACE, Shift
from pos.register.scene import Scene, View

Need = TypeVar("Need")


class TooSoon(Refused):
    """An answer that came before anybody can have read the question."""


class Allowed(Generic[Need]):
    """A need on top of another one: the approver of the act must hold a right. The verb gets the other need's value.

    A shop without people has no rights to check. Raises what the other need raises, then `NeedsRight`.
    """

    def __init__(self, right: Right, need: Callable[[Scene], Need]) -> None:
        self.right = right
        self._need = need

    def __call__(self, scene: Scene) -> Need:
        proved = self._need(scene)
        if scene.has_people and not (scene.approver is not None and scene.approver.may(self.right)):
            raise NeedsRight(self.right)
        return proved


def allowed(right: Right, need: Callable[[Scene], Need]) -> Allowed[Need]:
    """The need that somebody with a right has approved the act, on top of another need, whose value goes to the verb.

    The other need is checked first, so that nobody is asked for a PIN for something that cannot be done.
    """
    return Allowed(right, need)


class Selling(Generic[Need]):
    """A need that the till may sell now, on top of another one. The state of the drawer is read before.

    Raises `Refused`: `float-first`, `z-first`, `drawer-open`, `drawer-unknown`; and what the other need raises.
    """

    looks_at_drawer = True

    def __init__(self, need: Callable[[Scene], Need]) -> None:
        self._need = need

    def __call__(self, scene: Scene) -> Need:
        proved = self._need(scene)
        check_shift(scene)
        if scene.drawer is DrawerState.OPEN:
            raise Refused("drawer-open")
        if scene.drawer is DrawerState.UNKNOWN:
            raise Refused("drawer-unknown")
        return proved


def may_sell(need: Callable[[Scene], Need]) -> Selling[Need]:
    """The need that the till may sell now, on top of another need, whose value goes to the verb."""
    return Selling(need)


def check_shift(scene: Scene) -> None:
    """Check that a sale would belong to a shift. Raises `Refused` if not."""
    lacks = what_shift_lacks(scene)
    if lacks is not None:
        raise lacks


def what_shift_lacks(view: View) -> Refused | None:
    """Why the shift would refuse a sale: `float-first` before its float, `z-first` long after its business day ended.
    None if it would not, such as for a payment that was begun, or in a shop that never entered a float."""
    shift = view.shift
    if view.setup.is_practice or not view.has_shifts:
        return None
    if shift is None or shift.day is None:
        return Refused("float-first")
    ends = view.country.day_ends_at(shift.day, view.menu.day_ends)
    if view.now >= ends + GRACE and not view.order.is_frozen:
        return Refused("z-first", day=shift.day)
    return None


def a_shift(scene: Scene) -> Shift:
    """The till's shift. Raises `Refused` in practice, and before the till's first float."""
    if scene.setup.is_practice:
        raise Refused("no-shift-in-practice")
    if scene.shift is None:
        raise Refused("float-first")
    return scene.shift


def a_shift_with_float(scene: Scene) -> Shift:
    """The till's shift. Also raises `Refused` before its float."""
    shift = a_shift(scene)
    if shift.float is None:
        raise Refused("float-first")
    return shift


def nothing(scene: Scene) -> None:
    """The need of a verb that needs nothing but a right."""


def an_open_order(scene: Scene) -> Order:
    """The order, while it can be changed. Raises `Refused` once money was handed over."""
    if scene.order.open_tender is not None:
        raise Refused("tender-open")
    if scene.order.is_frozen:
        raise Refused("order-frozen")
    return scene.order


def line_of(order: Order, line_id: int) -> LineItem:
    """A line of an order. Raises `Refused` if it no longer exists."""
    line = order.line(line_id)
    if line is None:
        raise Refused("line-gone")
    return line


def a_question(scene: Scene) -> QuestionPrompt:
    """The open question. Raises `Refused` if there is none."""
    an_open_order(scene)
    if not isinstance(scene.prompt, QuestionPrompt):
        raise Refused("no-question")
    return scene.prompt


def payment(scene: Scene) -> PaymentPrompt:
    """That the order is at payment. Raises `Refused` where it is not."""
    prompt = scene.prompt
    if isinstance(prompt, TerminalPrompt):
        raise Refused("tender-open")
    if isinstance(prompt, StopPrompt):
        raise Refused("stop-first")
    if not isinstance(prompt, PaymentPrompt):
        raise Refused("not-at-payment")
    return prompt


def a_payment_due(scene: Scene) -> PaymentPrompt:
    """What is left to pay. Raises `Refused` if the order is not at payment, or is no sale."""
    prompt = payment(scene)
    if not scene.order.is_sale:
        raise Refused("not-a-sale", purpose=scene.order.purpose)
    return prompt


def a_payment_here(scene: Scene) -> PaymentPrompt:
    """What is left to pay in the shop. Raises `Refused` for an order paid by platform."""
    prompt = a_payment_due(scene)
    if scene.platform is not None:
        raise Refused("platform-has-paid", name=scene.platform.name)
    return prompt


def a_waiting_terminal(scene: Scene) -> TerminalPrompt:
    """The payment for which the terminal was asked. Raises `Refused` if none waits."""
    if not isinstance(scene.prompt, TerminalPrompt):
        raise Refused("no-tender-open")
    return scene.prompt
