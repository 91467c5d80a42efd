"""The panels of a count: the cash in the drawer, as a total or by piece, then the total of each terminal. The expected
amounts are not shown before."""

from __future__ import annotations

from functools import partial

from pos.counter import keys
from pos.counter.counter_state import Act, CounterState, Entry, Panel, TextPanel
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import ZERO, Money
from pos.domain.order.order import TenderKind
from pos.domain.shift.shift import CountReason, DrawerCount
from pos.domain.text import LocalText
from pos.domain.value import replace, value
from pos.register import shelf
from pos.register.verbs import shift
from pos.wording import wording

BETWEEN = " · "
"""Separates the differences of a count."""


def leave(counter: CounterState) -> None:
    """After the count, close all panels of it."""
    counter.panel = None


@value
class CountSoFar:
    """What was counted so far: the cash (None before that), the pieces, and the totals of terminals. `then` is called
    after the count, and when it is cancelled."""

    cash: Money | None = None
    pieces: tuple[tuple[int, int], ...] = ()
    terminals: tuple[tuple[TenderKind, Money], ...] = ()
    skipped: tuple[TenderKind, ...] = ()
    then: Act = leave

    @property
    def in_pieces(self) -> Money:
        """The worth of the pieces."""
        return Money(sum(worth * many for worth, many in self.pieces))

    @property
    def next_terminal(self) -> TenderKind | None:
        """The next terminal to ask for its total; None after the last."""
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
        """Refuse a code: it is no number."""
        raise Refused("scan-in-amount")

    def close(self, counter: CounterState) -> None:
        """Go one step back; from the first, cancel the count."""
        if self.before is None:
            self.so_far.then(counter)
        else:
            counter.panel = self.before

    def go_on(self, counter: CounterState, counted: CountSoFar) -> None:
        """Go on to the next terminal, or finish the count."""
        kind = counted.next_terminal
        if kind is not None:
            counter.panel = TerminalTotalPanel(counted, kind, self)
        else:
            finish_count(counter, counted)


class CashTotalPanel(CountingPanel):
    """The cash as a total. Tab switches to counting by piece."""

    title = say("title-count-cash")
    hint = "hint-count-cash"

    def press(self, counter: CounterState, key: str) -> bool:
        """Tab switches to notes and coins."""
        if key == keys.TAB:
            counter.panel = PiecesPanel(self.so_far, counter.view.country.pieces, self)
            return True
        return super().press(counter, key)

    def take(self, counter: CounterState) -> None:
        self.go_on(counter, replace(self.so_far, cash=Money.parse(self.typed.strip()), pieces=()))


class PiecesPanel(CountingPanel):
    """How many there are of a note or coin, the largest first."""

    hint = "hint-count-piece"

    def __init__(self, so_far: CountSoFar, left: tuple[Money, ...], before: Panel) -> None:
        super().__init__(so_far, before)
        self.left = left
        self.title = say("title-count-piece", worth=left[0], amount=so_far.in_pieces)

    def press(self, counter: CounterState, key: str) -> bool:
        """Refuse Tab, which led here. Raises `Refused`."""
        if key == keys.TAB:
            raise Refused("count-pieces-already")
        return super().press(counter, key)

    def take(self, counter: CounterState) -> None:
        """Take the number; empty is none. After the smallest coin the total is known."""
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
    """The total that a terminal printed. An empty Enter skips it; in a recount the first total stays."""

    hint = "hint-count-terminal"

    def __init__(self, so_far: CountSoFar, kind: TenderKind, before: Panel) -> None:
        super().__init__(so_far, before)
        self.kind = kind
        self.title = say("title-count-terminal", kind=kind)

    def take(self, counter: CounterState) -> None:
        """Take or skip the total."""
        typed, so_far = self.typed.strip(), self.so_far
        if typed:
            counted = replace(so_far, terminals=(*so_far.terminals, (self.kind, Money.parse(typed))))
        else:
            counted = replace(so_far, skipped=(*so_far.skipped, self.kind))
        self.go_on(counter, counted)


class DifferencePanel(Panel):
    """The difference of a recorded count: count once more, or say why."""

    state = State.COUNT

    def __init__(self, count: DrawerCount, then: Act, *, may_recount: bool) -> None:
        self.title = difference_of(count)
        self.then = then
        self.may_recount = may_recount

    def entries(self, counter: CounterState) -> list[Entry]:
        """The reasons, and the recount if there is one left."""
        again = [Entry("c", say("count-again"), partial(begin_count, then=self.then))] if self.may_recount else []
        return [
            *again,
            *(
                Entry(str(place), say("plain-row", name=reason), partial(explain, reason=reason, then=self.then))
                for place, reason in enumerate(CountReason, start=1)
            ),
        ]

    def close(self, counter: CounterState) -> None:
        """Go back to where the count was begun. The difference still needs its reason."""
        self.then(counter)


def begin_count(counter: CounterState, then: Act = leave) -> None:
    """Count the drawer. Raises `Refused` `counted-twice` after the recount."""
    if not shelf.may_count(counter.register):
        raise Refused("counted-twice")
    counter.panel = CashTotalPanel(CountSoFar(then=then))


def open_difference(counter: CounterState, then: Act = leave) -> None:
    """Ask for the reason of the last count's difference. Raises `Refused` if there is none."""
    counts = shelf.standing_counts(counter.register)
    if not counts or counts[-1].is_explained:
        raise Refused("nothing-to-explain")
    counter.panel = DifferencePanel(counts[-1], then, may_recount=shelf.may_count(counter.register))


def finish_count(counter: CounterState, counted: CountSoFar) -> None:
    """Record the count, and only then say whether it agrees."""
    cash = ZERO if counted.cash is None else counted.cash
    count, may_recount = counter.do(shift.count_drawer, cash, counted.pieces, dict(counted.terminals))
    if count.is_explained:
        counted.then(counter)
        counter.message = counter.message or say("count-agrees", Tone.GOOD, amount=count.cash)
    else:
        counter.panel = DifferencePanel(count, counted.then, may_recount=may_recount)


def explain(counter: CounterState, reason: CountReason, then: Act) -> None:
    """Record the reason of the difference."""
    counter.do(shift.explain_count, reason)
    then(counter)
    counter.message = say("count-explained", Tone.GOOD, reason=reason)


def difference_of(count: DrawerCount) -> Say:
    """The sentence about a recorded count: on the cash alone, or on everything that differs."""
    terminals = [(TenderKind(total.kind), total.difference) for total in count.terminals if total.difference]
    if terminals:
        cash = [(TenderKind.CASH, count.difference)] if count.difference else []
        return say("title-count-differs", differences=_listed([*cash, *terminals]))
    if count.difference > ZERO:
        return say("title-count-more", difference=count.difference)
    return say("title-count-less", difference=-count.difference)


def _listed(differences: list[tuple[TenderKind, Money]]) -> LocalText:
    """Each kind of tender with its difference: `Kontant -20,00 · Kort -39,00`."""
    return LocalText(_listed_in("nb", differences), _listed_in("en", differences))


def _listed_in(language: str, differences: list[tuple[TenderKind, Money]]) -> str:
    words = wording(language)
    return BETWEEN.join(
        f"{words.label(kind)} {'+' if amount > ZERO else ''}{words.money(amount)}" for kind, amount in differences
    )
