"""The state of a counter: the register, what the cashier has typed and chosen, and the open panel."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import ParamSpec, TypeAlias, TypeVar

from pos.counter import codes_brought, keys
from pos.counter.devices import follow
from pos.counter.filling import ringing_message
from pos.counter.pages import Pages
from pos.counter.printing import AtOnce, Printing
from pos.counter.scanner import Scanner
from pos.counter.states import Say, State, Tone, say, say_error, state_of
from pos.domain.errors import PosError, Refused
from pos.domain.menu.items import MenuItem
from pos.domain.money import Money, total
from pos.domain.order.order import LineItem, Order
from pos.domain.people import NeedsRight, Person
from pos.domain.prompts import ModifierPrompt, PaymentPrompt, Prompt, QuestionPrompt, SlotPrompt, StopPrompt
from pos.domain.refunds.refund import Refund
from pos.domain.sale.finished import Finished
from pos.domain.sale.sale import Sale
from pos.domain.selling.stopping import Stop
from pos.domain.value import value
from pos.register import PATIENCE, Register, Scene, Verb
from pos.register.verbs import next_visit, ringing

P = ParamSpec("P")
R = TypeVar("R")

LARGEST_BARE_QUANTITY = 20


class CounterState(Pages):
    """What commands and panels read and change. With `deliberate`, no key counts as too fast: in plain mode a line was
    meant.

    `Counter` knows all commands and passes them keys; a command gets only the state, so that none can press keys
    itself.
    """

    def __init__(self, register: Register, *, language: str = "nb", deliberate: bool = False) -> None:
        super().__init__(register)
        self.language = language
        self.deliberate = deliberate
        self.scanner = Scanner()
        self.printing: Printing = AtOnce(register)
        self.digits = ""
        self.is_amount_cut = False
        """Whether a digit of the amount in `digits` was refused: then it is not the amount that was meant."""
        self.laid: tuple[Money, ...] = ()
        """The notes laid down at payment, not booked yet."""
        self.times: int | None = None
        """The quantity set by `*`."""
        self.shared: tuple[tuple[Money, dict[int, int]], ...] = ()
        """The payments by person so far: the amount, and the quantities of lines."""
        self.chosen: int | None = None
        """The chosen line, to which further keys apply."""
        self.panel: Panel | None = None
        self.shown_choices: tuple[str, ...] = ()
        self.message: Say | None = None
        self.paid: Finished | None = None
        self.paid_at: datetime | None = None
        self.refunded: Refund | None = None
        """The last finished refund, whose paper is to be printed."""
        self.change: Sale | None = None
        """The sale whose change is shown until the next checkout."""
        self.given_back: Refund | None = None
        """The refund whose cash is shown as long."""
        self.stopped_at: datetime | None = None
        """Since when the line at which checkout stops has been on the screen."""
        self.new_total_at: datetime | None = None
        """When the price on the screen last changed without a key."""
        self._shown_cost: tuple[Order, object] | None = None
        self.dark = True
        self.approver: Person | None = None
        """Who has approved the current act."""
        self.closing = False
        self.practising = False
        """Whether it closes only for practice: the till goes on afterwards with its order."""
        self.is_file_damaged = False
        """Whether the shop's file was found damaged, which is reported now and after each sale."""
        self.keep_one_chosen()

    # what is there

    @property
    def state(self) -> State:
        """What a key means now."""
        return self.panel.state if self.panel is not None else self.under

    @property
    def under(self) -> State:
        """What a key means below the open panel."""
        return State.PAID if self.paid is not None else state_of(self.prompt)

    @property
    def prompt(self) -> Prompt:
        """The open prompt."""
        return self.view.prompt

    @property
    def line(self) -> LineItem | None:
        """The chosen line, if it still exists."""
        return self.view.order.line(self.chosen) if self.chosen is not None else None

    @property
    def stop(self) -> Stop | None:
        """Why checkout stops at the chosen line; None if it does not."""
        prompt = self.prompt
        found = prompt.stops if isinstance(prompt, StopPrompt) else ()
        return next((stop for stop in found if stop.line.id == self.chosen), None)

    @property
    def is_nobody_there(self) -> bool:
        """Whether the shop has people who sign in, and nobody has."""
        return self.view.has_people and self.view.person is None

    def is_unread(self, since: datetime) -> bool:
        """Whether what appeared at a time is too new to have been read."""
        return not self.deliberate and self.register.timeline.is_within(PATIENCE, since)

    def do(self, verb: Verb[Scene, P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do a verb at the register, and then ask the devices that it names. Returns the verb's result."""
        approver = None if verb.right is None else self.approver
        done = self.register.do_approved(approver, verb, *args, **kwargs)
        problem = follow(self.register, done.asks)
        if problem is not None:
            self.message = say_error(problem)
        return done.result

    def ask_approval(self, verb: Verb[Scene, P, R]) -> None:
        """Require the approval of a verb before its preparations. The verb itself checks whose PIN fits.

        Raises `NeedsRight` if nobody has approved it.
        """
        if verb.right is not None and self.view.has_people and self.approver is None:
            raise NeedsRight(verb.right)

    # what was typed

    def take_digits(self) -> int | None:
        """Take the typed number; None if nothing was typed, or an amount with decimals, which is only for payment."""
        typed, self.digits = self.digits, ""
        return int(typed) if typed.isdecimal() else None

    def take_times(self) -> int | None:
        """Take the quantity set by `*`; None if there is none."""
        many, self.times = self.times, None
        return many

    def quantity_typed(self) -> int | None:
        """Take the quantity typed before a tile; None if nothing was typed.

        Raises `Refused` for an unlikely number without `*`, so that a code with a forgotten Enter does not order a
        hundred.
        """
        typed, many = self.take_digits(), self.take_times()
        if many is None and typed is not None and typed > LARGEST_BARE_QUANTITY:
            raise Refused("quantity-needs-star", quantity=typed, most=LARGEST_BARE_QUANTITY)
        return many or typed

    @property
    def cash_laid(self) -> Money | None:
        """The sum of the notes laid down; None without any."""
        return total(self.laid) if self.laid else None

    def forget_typed(self) -> None:
        """Forget typed digits, notes and quantity."""
        self.digits, self.laid, self.times, self.is_amount_cut = "", (), None, False

    # what is rung

    def ring(self, item: MenuItem, quantity: int | None = None) -> None:
        """Ring an item. Without a quantity it fills a slot of a meal on the chosen line, if one takes it, and a message
        says so; with a quantity, even 1, it gets a line of its own."""
        waited = self.view.next_visit_line is None
        before = self.view.order
        onto = self.chosen if quantity is None else None
        self.chosen = self.do(ringing.ring, item.sku, 1 if quantity is None else quantity, onto=onto)
        self.message = ringing_message(self.view, before, item) or self.message
        if waited and self.view.next_visit_line is not None:
            self.message = codes_brought.code_message(self.view)

    def ring_code(self, code: str) -> None:
        """Ring a PLU or a barcode, with the quantity set by `*`; redeem a next-visit code."""
        if codes_brought.is_next_visit_code(self.view, code):
            self.redeem(code)
        else:
            self.ring(ringing.coded(self.view.menu, code), self.take_times())

    def redeem(self, code: str) -> None:
        """Redeem a next-visit code; the line that uses it becomes the chosen one. Raises `Refused`."""
        self.forget_typed()
        self.do(next_visit.redeem, code)
        line = self.view.next_visit_line
        if line is not None:
            self.chosen = line.id
        self.message = codes_brought.code_message(self.view)

    def note_shown(self, prompt: Prompt | None = None) -> None:
        """Remember the entries and choices painted beside the keys: a key means what was shown. `prompt` is the current
        prompt, if the caller has it."""
        with suppress(PosError):  # the next look reports it
            if self.panel is not None:
                self.panel.entries(self)
            asks = self.view.order.checking_out
            prompt = prompt or self.prompt
            self.shown_choices = choices_of(prompt) if asks else ()
            self.note_cost(prompt)

    def note_cost(self, prompt: Prompt) -> bool:
        """Remember the price of a yes, or the total. Returns whether it has changed since the order was last shown: an
        hour began, the business day ended, or something sold out elsewhere."""
        shown, now = self._shown_cost, (self.view.order, cost_of(prompt))
        self._shown_cost = now
        changed = shown is not None and shown[0] is now[0] and shown[1] != now[1]
        if changed:
            self.new_total_at = self.register.now
        return changed

    def shown_choice(self, place: int) -> str:
        """The choice shown at a place. Raises `Refused` if there was none, or it is no longer available."""
        if place >= len(self.shown_choices):
            raise Refused("no-such-choice")
        choice = self.shown_choices[place]
        if choice not in choices_of(self.register.peek().prompt):
            raise Refused("row-gone")
        return choice

    def keep_one_chosen(self) -> None:
        """Keep a line chosen: the last, unless another one that still exists was chosen. At the stop it is one of the
        lines at which checkout stops, initially the first."""
        order = self.view.order
        if self.line is None:
            self.chosen = order.lines[-1].id if order.lines else None
        if not order.checking_out or not isinstance(prompt := self.prompt, StopPrompt):
            self.stopped_at = None
        elif self.stopped_at is None or self.stop is None:
            self.stopped_at = self.register.now
            self.chosen = prompt.stops[0].line.id

    # the file

    def take_verdict(self, sound: bool | None) -> None:
        """Record the result of a check of the shop's file; None if it could not be told."""
        if sound is not None:
            self.is_file_damaged = not sound
        if self.is_file_damaged:
            self.message = say("file-damaged", Tone.BAD)

    # from one order to the next

    def finish_if_paid(self) -> None:
        """After a tender or a write-off: if the order is finished, show it so, with the tiles for the next order."""
        done = self.view.finished
        if done is not None:
            self.paid = done
            self.change = done if isinstance(done, Sale) else None
            self.given_back = None
            self.paid_at = self.register.now
            self.chosen = None
            self.go_home()
            if self.is_file_damaged:
                self.message = say("file-damaged", Tone.BAD)

    def begin_if_paid(self) -> None:
        """Begin the next order, if the paid screen is shown."""
        if self.paid is not None:
            self.next_order()

    def next_order(self) -> None:
        """Leave the paid order; its change stays visible until the next checkout."""
        self.paid = self.paid_at = None
        self._begin_anew()

    def start_over(self) -> None:
        """Begin another order: nothing typed, no line chosen, the home page."""
        self._begin_anew()
        self.go_home()

    def _begin_anew(self) -> None:
        """Begin another order, and keep the page of tiles: on the paid screen their letters ring."""
        self.shared = ()
        self.forget_typed()
        self.chosen = None


def choices_of(prompt: Prompt) -> tuple[str, ...]:
    """The SKUs or modifiers that answer a prompt, in the order of their keys."""
    if isinstance(prompt, SlotPrompt):
        return prompt.choices
    if isinstance(prompt, ModifierPrompt):
        return tuple(entry.id for entry in prompt.group.modifiers)
    if isinstance(prompt, QuestionPrompt) and prompt.choices is not None:
        return tuple(entry.id for entry in prompt.choices.modifiers)
    return ()


def cost_of(prompt: Prompt) -> object:
    """The prices in a prompt: of a yes and its replacements, or the total due."""
    if isinstance(prompt, QuestionPrompt):
        return prompt.difference, prompt.instead
    return prompt.due if isinstance(prompt, PaymentPrompt) else None


Act: TypeAlias = Callable[[CounterState], None]


@value
class Entry:
    """A row of a panel: its key, its text, whether it is marked as on, and its action."""

    key: str
    label: Say
    run: Act
    on: bool = False


class Panel:
    """Lies over ringing, and forgets its state when it closes. It has entries with a key each; Esc closes it."""

    state: State
    title: Say

    def entries(self, counter: CounterState) -> list[Entry]:
        """The current rows; none by default."""
        return []

    def press(self, counter: CounterState, key: str) -> bool:
        """Handle a key. Returns False to leave it to the state's commands."""
        if key == keys.ESCAPE:
            self.close(counter)
            return True
        entry = next((entry for entry in self.entries(counter) if entry.key == key), None)
        if entry is None:
            return False
        entry.run(counter)
        return True

    def scan(self, counter: CounterState, code: str) -> bool:
        """Take or refuse a scanned code. Returns False to leave it to ringing, which closes the panel."""
        return False

    def can_close(self, counter: CounterState) -> bool:
        """Whether Esc closes it, as things are now."""
        return True

    def close(self, counter: CounterState) -> None:
        """Go back to what lies under it."""
        counter.panel = None


class TextPanel(Panel):
    """A panel that takes typed text, submitted by Enter."""

    longest = 40
    is_secret = False
    """Whether the typed text must not be shown."""
    hint = "hint-coupon"
    """The message id of the hint below the text."""

    def __init__(self) -> None:
        self.typed = ""

    def press(self, counter: CounterState, key: str) -> bool:
        """Typed characters first, then what any panel takes."""
        if key == keys.BACKSPACE:
            self.typed = self.typed[:-1]
        elif key == keys.SPACE:
            self._type(" ")
        elif len(key) == 1 and key.isprintable():
            self._type(key)
        elif key == keys.ENTER:
            self.take(counter)
        else:
            return super().press(counter, key)
        return True

    @property
    def shown(self) -> str:
        """The visible form of the text."""
        return "●" * len(self.typed) if self.is_secret else self.typed

    def take(self, counter: CounterState) -> None:
        """Submit the text."""
        raise NotImplementedError

    def _type(self, character: str) -> None:
        if len(self.typed) >= self.longest:
            raise Refused("text-full", most=self.longest)
        self.typed += character
