"""The panels of a count: the cash in the drawer, as a total or piece by piece, then what each terminal says. Nobody is
told before what is expected."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pos.counter import keys
from pos.counter.counter_state import Act, CounterState, Entry, Panel, TextPanel
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import ZERO, Money
from pos.domain.order.order import TenderKind
from pos.domain.shift.shift import CountReason, DrawerCount
from pos.domain.text import LocalText
from pos.domain.value import value
from pos.register import shelf
from pos.register.verbs import shift
from pos.wording import wording

BETWEEN = " · "
"""What stands between the differences of a count."""


def leave(counter: CounterState) -> None:
    """After the count there is nothing but what lies under it."""
    counter.panel = None


@value
class CountSoFar:
    """What was counted so far: the cash (None before that), the pieces, and what each terminal said. `then` is where
    the count leads back to, also from its first step."""

    cash: Money | None = None
    pieces: tuple[tuple[int, int], ...] = ()
    terminals: tuple[tuple[TenderKind, Money], ...] = ()
    skipped: tuple[TenderKind, ...] = ()
    then: Act = leave

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
        if self.before is None:
            self.so_far.then(counter)
        else:
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

    def press(self, counter: CounterState, key: str) -> bool:
        """Tab, which led here, goes no further. Raises `Refused`."""
        if key == keys.TAB:
            raise Refused("count-pieces-already")
        return super().press(counter, key)

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
    """What a terminal's own total is. An empty Enter skips it; in a recount the first one's total stays."""

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

    def __init__(self, count: DrawerCount, then: Act, *, may_recount: bool) -> None:
        self.title = difference_of(count)
        self.then = then
        self.may_recount = may_recount

    def entries(self, counter: CounterState) -> list[Entry]:
        """The closed list of reasons, and the recount while there is one."""
        again = [Entry("c", say("count-again"), partial(begin_count, then=self.then))] if self.may_recount else []
        return [
            *again,
            *(
                Entry(str(place), say("plain-row", name=reason), partial(explain, reason=reason, then=self.then))
                for place, reason in enumerate(CountReason, start=1)
            ),
        ]

    def close(self, counter: CounterState) -> None:
        """Back to where the count was begun; the difference waits for its reason."""
        self.then(counter)


def begin_count(counter: CounterState, then: Act = leave) -> None:
    """Count the drawer. Raises `Refused` `counted-twice` where the recount stands, too."""
    if not shelf.may_count(counter.register):
        raise Refused("counted-twice")
    counter.panel = CashTotalPanel(CountSoFar(then=then))


def open_difference(counter: CounterState, then: Act = leave) -> None:
    """Explain the difference of the count that stands. Raises `Refused` where there is none."""
    counts = shelf.standing_counts(counter.register)
    if not counts or counts[-1].is_explained:
        raise Refused("nothing-to-explain")
    counter.panel = DifferencePanel(counts[-1], then, may_recount=shelf.may_count(counter.register))


def finish_count(counter: CounterState, counted: CountSoFar) -> None:
    """Write the count down, and only then say whether it agrees."""
    cash = ZERO if counted.cash is None else counted.cash
    count, may_recount = counter.do(shift.count_drawer, cash, counted.pieces, dict(counted.terminals))
    if count.is_explained:
        counted.then(counter)
        counter.message = counter.message or say("count-agrees", Tone.GOOD, amount=count.cash)
    else:
        counter.panel = DifferencePanel(count, counted.then, may_recount=may_recount)


def explain(counter: CounterState, reason: CountReason, then: Act) -> None:
    """Say what the difference is put down to."""
    counter.do(shift.explain_count, reason)
    then(counter)
    counter.message = say("count-explained", Tone.GOOD, reason=reason)


def difference_of(count: DrawerCount) -> Say:
    """What a count says once it stands: of the cash alone, or of everything that differs."""
    terminals = [(TenderKind(total.kind), total.difference) for total in count.terminals if total.difference]
    if terminals:
        cash = [(TenderKind.CASH, count.difference)] if count.difference else []
        return say("title-count-differs", differences=_listed([*cash, *terminals]))
    if count.difference > ZERO:
        return say("title-count-more", difference=count.difference)
    return say("title-count-less", difference=-count.difference)


def _listed(differences: list[tuple[TenderKind, Money]]) -> LocalText:
    """Each kind with what it has too much or too little: `Kontant -20,00 · Kort -39,00`."""
    return LocalText(_listed_in("nb", differences), _listed_in("en", differences))


def _listed_in(language: str, differences: list[tuple[TenderKind, Money]]) -> str:
    words = wording(language)
    return BETWEEN.join(
        f"{words.label(kind)} {'+' if amount > ZERO else ''}{words.money(amount)}" for kind, amount in differences
    )
