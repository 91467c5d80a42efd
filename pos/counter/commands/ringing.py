"""The commands of ringing."""

from __future__ import annotations

from pos.counter import keys
from pos.counter.commands.base import Command, states
from pos.counter.counter_state import CounterState
from pos.counter.filling import step_message
from pos.counter.panels.paying import give_back_last, note_tip
from pos.counter.states import Say, State, say
from pos.domain.errors import Refused
from pos.domain.menu.allergens import AllergenNames
from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import TILE_LETTERS
from pos.domain.money import ZERO
from pos.domain.order.order import Order
from pos.domain.prompts import StopPrompt
from pos.domain.selling.stopping import may_contain
from pos.register import check_quantity
from pos.register.verbs import checkout, ringing, undoing

RINGING = states(State.RINGING, State.PAID)


class RingTile(Command):
    """Ring the item of a tile."""

    id, keys, states, in_footer = "ring-tile", tuple(TILE_LETTERS), RINGING, False

    def run(self, counter: CounterState, key: str) -> None:
        counter.begin_if_paid()
        item = counter.tiles().get(key)
        if item is None:
            raise Refused("no-tile", key=key)
        counter.ring(item, counter.quantity_typed())


class TypeDigit(Command):
    """Digits: a quantity before a tile, or a PLU or barcode before Enter."""

    id, keys, states, in_footer = "type-digit", tuple(keys.DIGITS), RINGING, False

    def run(self, counter: CounterState, key: str) -> None:
        counter.begin_if_paid()
        if len(counter.digits) >= keys.LONGEST_DIGITS:
            counter.digits = ""
            raise Refused("not-a-code")
        counter.digits += key


class Times(Command):
    """`3 *` sets the quantity of the code or tile that follows."""

    id, keys, states, in_footer = "times", ("*",), states(State.RINGING), False

    def run(self, counter: CounterState, key: str) -> None:
        quantity = counter.take_digits()
        if quantity is None:
            raise Refused("type-quantity-first")
        check_quantity(quantity)
        counter.times = quantity


class Enter(Command):
    """Ring the typed code; without one, go to checkout."""

    id, keys, states = "checkout", (keys.ENTER,), states(State.RINGING)

    def run(self, counter: CounterState, key: str) -> None:
        if counter.digits:
            code, counter.digits = counter.digits, ""
            counter.scanner.end()
            counter.ring_code(code)
            return
        counter.times = None
        before = counter.view.order
        counter.do(checkout.checkout)
        counter.change = counter.given_back = None
        counter.message = checkout_message(counter, before)


def checkout_message(counter: CounterState, before: Order) -> Say | None:
    """Which slots the till filled because only one choice is left; else which lines may contain a noted allergen."""
    register, menu = counter.register, counter.view.menu
    for line in register.view.order.lines:
        was = before.line(line.id)
        for slot in menu.meal_slots(menu.items[line.sku]) if was is not None and was.fillings != line.fillings else ():
            filled = line.filling(slot.id)
            if was is not None and was.filling(slot.id) is None and filled is not None and slot.default is not None:
                gone, name = menu.items[slot.default].full_name, menu.items[filled].full_name
                return say("filled-instead", gone=gone, name=name)
    found = () if register.view.order.is_frozen else may_contain(register.view.order, register.view.moment)
    if not found:
        return None
    names = tuple(dict.fromkeys(menu.items[line.sku].full_name for line, _ in found))
    noted = AllergenNames(tuple(dict.fromkeys(name for _, some in found for name in some)))
    return say("may-contain-noted", names=names, allergens=noted)


class NextOrder(Command):
    """Leave the paid order."""

    id, keys, states = "next-order", (keys.ENTER, keys.ESCAPE), states(State.PAID)

    def run(self, counter: CounterState, key: str) -> None:
        counter.next_order()


class TurnCategory(Command):
    """The next or the previous category of tiles."""

    id, keys, states, in_footer = "category", (keys.RIGHT, keys.LEFT), RINGING, False

    def run(self, counter: CounterState, key: str) -> None:
        counter.begin_if_paid()
        counter.turn_category(-1 if key == keys.LEFT else 1)


class TurnPage(Command):
    """The next or the previous page of tiles."""

    id, keys, states, in_footer = "page", (keys.PAGE_DOWN, keys.PAGE_UP), RINGING, False

    def run(self, counter: CounterState, key: str) -> None:
        counter.turn_page(-1 if key == keys.PAGE_UP else 1)


class ChooseLine(Command):
    """The line above or below."""

    id, keys, states, in_footer = "choose-line", (keys.UP, keys.DOWN), states(State.RINGING, State.STOP), False

    def fits(self, counter: CounterState) -> bool:
        return bool(counter.view.order.lines)

    def run(self, counter: CounterState, key: str) -> None:
        prompt = counter.prompt
        ids = [line.id for line in counter.view.order.lines]
        if isinstance(prompt, StopPrompt):
            ids = [stop.line.id for stop in prompt.stops]
        place = ids.index(counter.chosen) if counter.chosen in ids else len(ids) - 1
        counter.chosen = ids[max(0, min(len(ids) - 1, place + (-1 if key == keys.UP else 1)))]


class LineCommand(Command):
    """A command on the chosen line."""

    states = states(State.RINGING)
    in_footer = False

    def fits(self, counter: CounterState) -> bool:
        return counter.line is not None

    def run(self, counter: CounterState, key: str) -> None:
        if counter.line is None:
            raise Refused("line-gone")
        self.change(counter, counter.line.id)

    def change(self, counter: CounterState, line_id: int) -> None:
        """What it does to the line."""
        raise NotImplementedError


class OneMore(LineCommand):
    """One more of the line."""

    id, keys = "more", ("+",)

    def change(self, counter: CounterState, line_id: int) -> None:
        counter.do(ringing.change_quantity, line_id, 1)


class OneFewer(LineCommand):
    """One fewer of the line."""

    id, keys = "fewer", ("-",)

    def change(self, counter: CounterState, line_id: int) -> None:
        counter.do(ringing.change_quantity, line_id, -1)


class Void(LineCommand):
    """Remove the line."""

    id, keys, states = "void", (keys.DELETE,), states(State.RINGING, State.STOP)

    def change(self, counter: CounterState, line_id: int) -> None:
        counter.do(ringing.void, line_id)


class StepLine(LineCommand):
    """A step that the customer asked for. The message says what the line has lost by it."""

    direction: int

    def change(self, counter: CounterState, line_id: int) -> None:
        before = counter.view.order.line(line_id)
        counter.do(ringing.step, line_id, self.direction)
        after = counter.view.order.line(line_id)
        if before is not None and after is not None:
            counter.message = step_message(before, after, counter.view.menu)


class StepUp(StepLine):
    """A step up that the customer asked for."""

    id, keys, direction = "step-up", (">",), 1


class StepDown(StepLine):
    """A step down that the customer asked for."""

    id, keys, direction = "step-down", ("<",), -1


class SaySize(LineCommand):
    """The customer said the size: it is not asked for."""

    id, keys = "say-size", ("=",)

    def change(self, counter: CounterState, line_id: int) -> None:
        counter.do(ringing.confirm_size, line_id)


class SameAgain(LineCommand):
    """One more of the line, on a line of its own: *the same again, but without onion*."""

    id, keys = "same-again", ('"', keys.INSERT)

    def change(self, counter: CounterState, line_id: int) -> None:
        counter.chosen = counter.do(ringing.same_again, line_id)
        counter.message = say("same-again")


class Serving(Command):
    """Take away, eat in, not said."""

    id, keys, states = "serving", (keys.SPACE,), states(State.RINGING, State.PAID, State.STOP)

    def run(self, counter: CounterState, key: str) -> None:
        counter.begin_if_paid()
        follows = {None: ServingMode.TAKE_AWAY, ServingMode.TAKE_AWAY: ServingMode.EAT_IN, ServingMode.EAT_IN: None}
        counter.do(ringing.serve, follows[counter.view.order.serving_mode])


class TakeBack(Command):
    """Take back: typed digits, a note laid down, a part payment, else the last act."""

    id, keys = "take-back", (keys.BACKSPACE, "ctrl+z")
    states = states(State.RINGING, State.STOP, State.CHOICE, State.SERVING, State.QUESTION, State.PAYMENT)

    def run(self, counter: CounterState, key: str) -> None:
        register = counter.register
        if counter.digits:
            counter.digits, counter.is_amount_cut = counter.digits[:-1], False
        elif counter.laid:
            counter.laid = counter.laid[:-1]
            counter.message = say("note-taken-back", laid=counter.cash_laid or ZERO)
        elif counter.times is not None:
            counter.times = None
        elif register.view.order.tip is not None:
            note_tip(counter, None)
        elif register.view.order.is_frozen:
            give_back_last(counter)
        else:
            register.do(undoing.take_back)


COMMANDS: tuple[Command, ...] = (
    Enter(),
    NextOrder(),
    TurnCategory(),
    Serving(),
    TakeBack(),
    RingTile(),
    TypeDigit(),
    Times(),
    TurnPage(),
    ChooseLine(),
    OneMore(),
    OneFewer(),
    Void(),
    StepUp(),
    StepDown(),
    SaySize(),
    SameAgain(),
)
