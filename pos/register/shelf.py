"""What waits besides the open order, for lists and for the end of a shift. Read-only."""

from __future__ import annotations

from pos.domain.money import Money
from pos.domain.order.order import Order, TenderState
from pos.domain.prompts import PaymentPrompt
from pos.domain.refunds.refund import Refund, RefundPaper
from pos.domain.sale.finished import Finished, Paper
from pos.domain.sale.sale import PaperKind
from pos.domain.shift.report import ShiftReport
from pos.domain.shift.shift import MOST_COUNTS, DrawerCount
from pos.insights import Figures, figures
from pos.register.register import Register
from pos.register.verbs.exchanging import WaysBack
from pos.register.verbs.exchanging import ways_back as ways_back_of
from pos.register.verbs.papers import Owing
from pos.register.verbs.reckoning import InTheWay, figures_of
from pos.register.verbs.reckoning import in_the_way as in_the_way_of
from pos.register.verbs.reckoning import standing_counts as standing_in
from pos.store import Discarded, EightySix, Held


def held(register: Register) -> tuple[Held, ...]:
    """The orders set aside, on every till of the file, the oldest first."""
    return register.store.orders.held()


def open_elsewhere(register: Register) -> tuple[Held, ...]:
    """Orders with payments that are open at other tills and may have to be settled here: those with an unknown terminal
    answer, and all of a till that is not running.

    None in practice: trainees serve their own customers.
    """
    if register.setup.is_practice:
        return ()
    return tuple(
        found
        for found in register.store.orders.open_elsewhere(register.till.id)
        if _is_unknown(found.order) or not register.is_running(found.till_name)
    )


def _is_unknown(order: Order) -> bool:
    """Whether a payment has been reported as unknown."""
    return order.open_tender is not None and order.open_tender.state is TenderState.UNKNOWN


def discarded(register: Register) -> tuple[Discarded, ...]:
    """The orders that were discarded on this business day, on every till of the file, the latest first."""
    return register.store.orders.discarded(register.peek().day)


def sold_out(register: Register) -> tuple[EightySix, ...]:
    """What is marked as sold out now."""
    return register.store.stock.entries(register.now)


def owed_papers(register: Register) -> tuple[Owing, ...]:
    """What this till has not printed, the kitchen's papers first, because a customer waits for the food."""
    return (*owed_in_kitchen(register), *owed_receipts(register))


def owed_in_kitchen(register: Register) -> tuple[Owing, ...]:
    """The kitchen's part: tickets, corrections and slips."""
    store, till_id, kind = register.store, register.till.id, PaperKind.KITCHEN_SLIP
    finished: tuple[Finished, ...] = (*store.kitchen_slips.owed(till_id), *store.write_offs.owed(till_id, kind))
    return (*store.kitchen.owed(till_id), *(Paper(kind, one) for one in finished))


def owed_receipts(register: Register) -> tuple[Owing, ...]:
    """The customers' part: receipts."""
    store, till_id, kind = register.store, register.till.id, PaperKind.RECEIPT
    finished: tuple[Finished, ...] = (*store.receipts.owed(till_id), *store.write_offs.owed(till_id, kind))
    papers = (Paper(kind, one) for one in finished)
    return (*papers, *map(RefundPaper, store.refund_papers.owed(till_id)))


def open_refunds(register: Register) -> tuple[Refund, ...]:
    """The unfinished refunds at any till: a terminal has to answer, or somebody has to enter its answer. Without those
    of exchanges, which are handled with their order."""
    return tuple(refund for refund in register.store.refunds.open() if refund.waits)


def hanging_refunds(register: Register) -> tuple[Refund, ...]:
    """The refunds that have to be settled here: this till's, other tills' with an unknown terminal answer, and all of a
    till that is not running."""
    return tuple(refund for refund in open_refunds(register) if _hangs(register, refund))


def _hangs(register: Register, refund: Refund) -> bool:
    waiting = refund.open_tender
    is_unknown = waiting is not None and waiting.state is TenderState.UNKNOWN
    return is_unknown or refund.till == register.till.name or not register.is_running(refund.till)


def ways_back(register: Register) -> WaysBack:
    """By which ways what is due to the customer at payment can go to them; none where nothing is."""
    prompt = register.view.prompt
    if not isinstance(prompt, PaymentPrompt) or not register.view.order.credit or prompt.due:
        return ()
    return ways_back_of(register.view, register.store, prompt.back)


def in_the_way(register: Register) -> tuple[InTheWay, ...]:
    """What stands in the way of the Z of this till's shift; nothing where no shift runs."""
    view = register.peek()
    return () if view.shift is None else in_the_way_of(view, register.store, view.shift)


def standing_counts(register: Register) -> tuple[DrawerCount, ...]:
    """The counts of this till's drawer that still stand, the first one first."""
    view = register.peek()
    return () if view.shift is None else standing_in(figures_of(register.store, view.menu, view.shift))


def may_count(register: Register) -> bool:
    """Whether the drawer may be counted, or counted once more."""
    return len(standing_counts(register)) < MOST_COUNTS


def past_reports(register: Register, most: int) -> tuple[ShiftReport, ...]:
    """This till's last Z reports, the latest first."""
    return register.store.reports.latest(register.till.id, most)


def shift(register: Register) -> Figures:
    """The result of this cashier's questions since the till was opened."""
    mine = (register.till.name, register.cashier)
    entries = register.store.ledger.rows_after(register.opened_after)
    return figures(entry.row for entry in entries if (entry.till, entry.cashier) == mine)


def shift_discards(register: Register) -> tuple[int, Money]:
    """How many orders this cashier has discarded since the till was opened, and their total."""
    return register.store.orders.discarded_after(register.discards_after, register.till.id, register.cashier)
