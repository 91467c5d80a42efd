"""The verbs of a shift's cash: float, money in and out without a sale, and counts of the drawer."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.errors import Refused
from pos.domain.money import LARGEST_AMOUNT_MINOR, ZERO, Money
from pos.domain.order.order import TenderKind
from pos.domain.people import Right
from pos.domain.shift.report import ShiftFigures
from pos.domain.shift.shift import (
    MOST_COUNTS,
    CountReason,
    DrawerCount,
    MoneyReason,
    Shift,
    Tallied,
    TerminalSum,
    money_reasons,
)
from pos.domain.value import replace
from pos.register.gate import Change, given
from pos.register.needs import a_shift_with_float, allowed, nothing
from pos.register.scene import Scene
from pos.register.verbs.drawer import with_drawer
from pos.register.verbs.reckoning import figures_of, standing_counts, taken_by
from pos.store import CountExplained, CountMade, Fact, ShiftBegun, TalliesMade, TallyRow
from pos.wording.sentences import label_id

ON_TERMINALS = (TenderKind.CARD, TenderKind.MOBILE)
"""The kinds of tender for which a terminal prints a total of its own."""

MOST_PIECES = 100_000
ONE_ORE = Money(1)

COUNTING = "count"
"""The reason for opening the drawer to count it."""


@given(allowed(Right.MOVE_MONEY, nothing))
def enter_float(scene: Scene, proved: None, amount: Money) -> Change[Shift]:
    """Enter the cash in the drawer before the first sale. A till's first float begins its first shift; from then on the
    shop works with shifts, and every till must have its float.

    Raises `Refused`: `float-entered` if the shift has one, `money-no-coin` and `money-absurd`.
    """
    if scene.setup.is_practice:
        raise Refused("no-shift-in-practice")
    check_amount(scene, amount, least=ZERO)
    shift = scene.shift
    facts: tuple[Fact, ...] = ()
    if shift is None:
        shift = scene.store.shifts.first(scene.till.id)
        facts = (ShiftBegun(shift),)
    if shift.float is not None:
        raise Refused("float-entered", amount=shift.float)
    facts = (*facts, TalliesMade(shift.id, (TallyRow(Tallied.FLOAT, 1, amount),)))
    begun = replace(shift, float=amount, day=scene.day)
    return with_drawer(
        scene, Change(begun, facts=facts, concerns_all=True, shift=shift.id, gives_number=True), Tallied.FLOAT
    )


@given(allowed(Right.MOVE_MONEY, a_shift_with_float))
def pay_in(scene: Scene, shift: Shift, amount: Money, reason: MoneyReason) -> Change[None]:
    """Put money into the drawer without a sale. Raises `Refused` as `enter_float` does."""
    return _moved(scene, shift, Tallied.PAY_IN, amount, reason)


@given(allowed(Right.MOVE_MONEY, a_shift_with_float))
def pay_out(scene: Scene, shift: Shift, amount: Money, reason: MoneyReason) -> Change[None]:
    """Take money out of the drawer without a sale. Raises `Refused` as `enter_float` does, and `money-not-there`."""
    return _moved(scene, shift, Tallied.PAY_OUT, amount, reason)


@given(allowed(Right.MOVE_MONEY, a_shift_with_float))
def drop(scene: Scene, shift: Shift, amount: Money, reason: MoneyReason) -> Change[None]:
    """Move money from the drawer to the safe. Raises `Refused` as `pay_out` does."""
    return _moved(scene, shift, Tallied.DROP, amount, reason)


def _moved(scene: Scene, shift: Shift, what: Tallied, amount: Money, reason: MoneyReason) -> Change[None]:
    if reason not in money_reasons(what, scene.menu):
        raise Refused("no-such-choice")
    check_amount(scene, amount)
    if what is not Tallied.PAY_IN:
        check_lies_there(scene, shift, amount)
    facts = scene.tallied(TallyRow(what, 1, amount, reason))
    return with_drawer(scene, Change(None, facts=facts, reason=label_id(reason)), what)


def a_count_left(scene: Scene) -> tuple[Shift, ShiftFigures]:
    """The till's shift and its figures, if its drawer may be counted. Raises `Refused` `counted-twice` after the
    recount."""
    shift = a_shift_with_float(scene)
    figures = figures_of(scene.store, scene.menu, shift)
    if len(standing_counts(figures)) >= MOST_COUNTS:
        raise Refused("counted-twice")
    return shift, figures


@given(allowed(Right.CLOSE_SHIFT, a_count_left))
def count_drawer(
    scene: Scene,
    found: tuple[Shift, ShiftFigures],
    cash: Money,
    pieces: tuple[tuple[int, int], ...] = (),
    terminals: Mapping[TenderKind, Money] | None = None,
) -> Change[tuple[DrawerCount, bool]]:
    """Record a count of the drawer: the cash as `pieces` (the worth of each in øre, and how many) or as a total alone,
    and the totals that the terminals print. The result has what was expected, which is not shown before, and whether a
    recount is possible.

    Until something is sold or moved, there is one recount, and both counts are kept. A terminal that the recount leaves
    out keeps its total. Raises `Refused`: `counted-twice`, `pieces-differ` if the pieces do not add up to the total,
    `money-no-coin` and `money-absurd`.
    """
    check_amount(scene, cash, least=ZERO)
    if pieces and sum(worth * many for worth, many in pieces) != cash.minor:
        raise Refused("pieces-differ", amount=cash)
    if any(worth <= 0 or not 0 <= many <= MOST_PIECES for worth, many in pieces):
        raise Refused("money-absurd", amount=cash)
    shift, figures = found
    earlier = standing_counts(figures)
    told = {TenderKind(total.kind): total.counted for total in earlier[-1].terminals} if earlier else {}
    told.update(terminals or {})
    totals = tuple(TerminalSum(kind, amount, taken_by(figures, kind)) for kind, amount in sorted(told.items()))
    made = CountMade(shift.id, cash, figures.expected_cash, pieces, totals)
    count = DrawerCount(0, scene.now, cash, figures.expected_cash, pieces, totals)
    return with_drawer(scene, Change((count, len(earlier) + 1 < MOST_COUNTS), facts=(made,)), COUNTING)


@given(a_shift_with_float)
def explain_count(scene: Scene, shift: Shift, reason: CountReason) -> Change[None]:
    """Record the reason for the difference of the last count. Needs no PIN: the count needed one.

    Raises `Refused` `nothing-to-explain`.
    """
    counts = standing_counts(figures_of(scene.store, scene.menu, shift))
    if not counts or counts[-1].is_explained:
        raise Refused("nothing-to-explain")
    return Change(None, facts=(CountExplained(counts[-1].id, reason),), reason=label_id(reason))


# what verbs share


def check_amount(scene: Scene, amount: Money, least: Money = ONE_ORE) -> None:
    """Raises `Refused` for an amount that no coins make (`money-no-coin`), or that is absurdly large
    (`money-absurd`)."""
    if not least.minor <= amount.minor < LARGEST_AMOUNT_MINOR:
        raise Refused("money-absurd", amount=amount)
    if amount.minor % scene.country.cash_unit.minor:
        raise Refused("money-no-coin", amount=amount, unit=scene.country.cash_unit)


def check_lies_there(scene: Scene, shift: Shift, amount: Money) -> None:
    """Raises `Refused` `money-not-there` for more than is expected in the drawer."""
    expected = figures_of(scene.store, scene.menu, shift).expected_cash
    if amount > expected:
        raise Refused("money-not-there")  # without the expected amount, which would spoil the blind count
