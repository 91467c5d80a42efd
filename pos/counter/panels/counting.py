"""The panels of a count: the cash in the drawer, as a total or piece by piece, then what each terminal says. Nobody is
told before what is expected."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pos.counter import keys
from pos.counter.counter_state import CounterState, Entry, Panel, TextPanel
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import ZERO, Money
from pos.domain.order.order import TenderKind
from pos.domain.shift.shift import CountReason, DrawerCount
from pos.domain.value import value
from pos.register.verbs import shift


@value
class CountSoFar:
    """What was counted so far: the cash (None before that), the pieces, and what each terminal said."""

    cash: Money | None = None
    pieces: tuple[tuple[int, int], ...] = ()
    terminals: tuple[tuple[TenderKind, Money], ...] = ()
    skipped: tuple[TenderKind, ...] = ()

    @property
    def in_pieces(self) -> Money:
        """What the pieces come to."""
        return Money(sum(worth * many for worth, many in self.pieces))

    @property
    def next_terminal(self) -> TenderKind | None:
        """The terminal that has yet to be asked for its total."""
        told = {kind for kind, _ in self.terminals} | {*self.skipped}
        return next((kind for kind in shift.ON_TERMINALS if kind not in told), None)


class CountingPanel(TextPanel):
    """A step of a count. Esc goes one step back, to `before`."""

    state = State.COUNT
    longest = 12

    def __init__(self, so_far: CountSoFar, before: Panel | None = None) -> None:
        super().__init__()
        self.so_far, self.before = so_far, before

    def scan(self, counter: CounterState, code: str) -> bool:
        """A code is no number."""
        raise Refused("scan-in-amount")

    def close(self, counter: CounterState) -> None:
        """One step back; from the first, nothing was counted."""
        counter.panel = self.before

    def go_on(self, counter: CounterState, counted: CountSoFar) -> None:
        """The next terminal, or the end of the count."""
        kind = counted.next_terminal
        if kind is not None:
            counter.panel = TerminalTotalPanel(counted, kind, self)
        else:
            finish_count(counter, counted)


class CashTotalPanel(CountingPanel):
    """The total alone; Tab goes piece by piece."""

    title = say("title-count-cash")
    hint = "hint-count-cash"

    def press(self, counter: CounterState, key: str) -> bool:
        """Tab counts notes and coins."""
        if key == keys.TAB:
            counter.panel = PiecesPanel(self.so_far, counter.view.country.pieces, self)
            return True
        return super().press(counter, key)

    def take(self, counter: CounterState) -> None:
        """Take the total."""
        self.go_on(counter, replace(self.so_far, cash=Money.parse(self.typed.strip()), pieces=()))


class PiecesPanel(CountingPanel):
    """How many there are of one note or coin, the largest first."""

    hint = "hint-count-piece"

    def __init__(self, so_far: CountSoFar, left: tuple[Money, ...], before: Panel) -> None:
        super().__init__(so_far, before)
        self.left = left
        self.title = say("title-count-piece", worth=left[0], amount=so_far.in_pieces)

    def take(self, counter: CounterState) -> None:
        """Take how many; empty is none. After the smallest the total is known."""
        typed = self.typed.strip()
        if typed and not (typed.isascii() and typed.isdecimal()):
            raise Refused("count-not-a-number", text=typed)
        worth, *left = self.left
        counted = replace(self.so_far, pieces=(*self.so_far.pieces, (worth.minor, int(typed or 0))))
        if left:
            counter.panel = PiecesPanel(counted, tuple(left), self)
        else:
            self.go_on(counter, replace(counted, cash=counted.in_pieces))


class TerminalTotalPanel(CountingPanel):
    """What a terminal's own total is; an empty Enter skips it."""

    hint = "hint-count-terminal"

    def __init__(self, so_far: CountSoFar, kind: TenderKind, before: Panel) -> None:
        super().__init__(so_far, before)
        self.kind = kind
        self.title = say("title-count-terminal", kind=kind)

    def take(self, counter: CounterState) -> None:
        """Take it, or skip it."""
        typed, so_far = self.typed.strip(), self.so_far
        if typed:
            counted = replace(so_far, terminals=(*so_far.terminals, (self.kind, Money.parse(typed))))
        else:
            counted = replace(so_far, skipped=(*so_far.skipped, self.kind))
        self.go_on(counter, counted)


class DifferencePanel(Panel):
    """What the count differs by, now that it stands: count once more, or say why."""

    state = State.COUNT

    def __init__(self, count: DrawerCount, *, may_recount: bool) -> None:
        self.title = difference_of(count)
        self.may_recount = may_recount

    def entries(self, counter: CounterState) -> list[Entry]:
        """The closed list of reasons, and the recount while there is one."""
        again = [Entry("c", say("count-again"), begin_count)] if self.may_recount else []
        return [
            *again,
            *(
                Entry(str(place), say("plain-row", name=reason), partial(explain, reason=reason))
                for place, reason in enumerate(CountReason, start=1)
            ),
        ]


def begin_count(counter: CounterState) -> None:
    """Count the drawer."""
    counter.panel = CashTotalPanel(CountSoFar())


def open_difference(counter: CounterState) -> None:
    """Explain the difference of the count that stands. Raises `Refused` where there is none."""
    running = counter.view.shift
    counts = () if running is None else counter.register.store.shifts.counts(running.id)
    if not counts or counts[-1].is_explained:
        raise Refused("nothing-to-explain")
    counter.panel = DifferencePanel(counts[-1], may_recount=True)


def finish_count(counter: CounterState, counted: CountSoFar) -> None:
    """Write the count down, and only then say whether it agrees."""
    cash = ZERO if counted.cash is None else counted.cash
    count, may_recount = counter.do(shift.count_drawer, cash, counted.pieces, dict(counted.terminals))
    if count.is_explained:
        counter.panel = None
        counter.message = counter.message or say("count-agrees", Tone.GOOD, amount=count.cash)
    else:
        counter.panel = DifferencePanel(count, may_recount=may_recount)


def explain(counter: CounterState, reason: CountReason) -> None:
    """Say what the difference is put down to."""
    counter.do(shift.explain_count, reason)
    counter.panel = None
    counter.message = say("count-explained", Tone.GOOD, reason=reason)


def difference_of(count: DrawerCount) -> Say:
    """What a count says once it stands: of the cash, or where that agrees of a terminal."""
    if count.difference > ZERO:
        return say("title-count-more", difference=count.difference)
    if count.difference < ZERO:
        return say("title-count-less", difference=-count.difference)
    off = next(total.difference for total in count.terminals if total.difference)
    return say("title-count-terminals", difference=off)
