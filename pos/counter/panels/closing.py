"""The panel of the Z: what stands in its way, each with the key that clears it, and then the Z itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import partial

from pos.counter.counter_state import CounterState, Entry, Panel
from pos.counter.panels.counting import begin_count, open_difference
from pos.counter.panels.lists import ListPanel, ListRow
from pos.counter.panels.paper import print_owed
from pos.counter.panels.shift_paper import show_report
from pos.counter.states import State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import total
from pos.domain.order.discards import SAID_DISCARD_REASONS, DiscardReason
from pos.domain.order.order import Order, TenderState, order_name
from pos.domain.refunds.refund import Refund
from pos.domain.text import LocalText
from pos.register import shelf
from pos.register.verbs import aside, paying, refunding, reports
from pos.register.verbs.reckoning import InTheWay, ZObstacle
from pos.wording.shift_report import report_paper


class SlipAnswer(StrEnum):
    """What a terminal's slip says about a payment, or that nobody can find out."""

    APPROVED = "approved"
    DECLINED = "declined"
    DISPUTED = "disputed"


ANSWERS = (("+", SlipAnswer.APPROVED), ("-", SlipAnswer.DECLINED), ("d", SlipAnswer.DISPUTED))


class ClosingPanel(Panel):
    """What stood in the way of the Z when the panel opened; if nothing did, the Z."""

    state = State.CLOSING

    def __init__(self, counter: CounterState) -> None:
        self.found = shelf.in_the_way(counter.register)
        self.title = say("title-z" if self.found else "title-z-ready")

    def entries(self, counter: CounterState) -> list[Entry]:
        """A key for each obstacle; all held orders share one."""
        return [*self._orders(counter), *self._count(), *self._end(counter)]

    def _orders(self, counter: CounterState) -> Iterator[Entry]:
        keys_of_rows = iter("123456789")
        held = self._held()
        for found in self.found:
            name = name_of(counter, found.order)
            if found.what is ZObstacle.OPEN_ORDER:
                row = say("z-row-open", name=name, amount=found.amount)
                yield Entry("o", row, partial(_why, orders=(found,)))
            elif found.what is ZObstacle.UNKNOWN_PAYMENT and found.tender is not None:
                row = say("z-row-unknown", kind=found.tender.called, amount=found.amount, name=name)
                yield Entry(next(keys_of_rows, "0"), row, partial(_slip, found=found))
            elif found.what is ZObstacle.MONEY_ON_ORDER:
                row = say("z-row-money", name=name, amount=found.amount)
                yield Entry(next(keys_of_rows, "0"), row, partial(bring_back, found=found))
            elif found.refund is not None:
                row = say("z-row-refund", number=found.refund.of.name, amount=found.amount)
                yield Entry(next(keys_of_rows, "0"), row, partial(_refund_slip, found=found))
        if held:
            amount = total(found.amount for found in held)
            yield Entry("b", say("z-row-pay-held", count=len(held)), partial(_pay, orders=held))
            yield Entry("h", say("z-row-held", count=len(held), amount=amount), partial(_why, orders=held))

    def _held(self) -> tuple[InTheWay, ...]:
        return tuple(found for found in self.found if found.what is ZObstacle.HELD_ORDER)

    def _count(self) -> Iterator[Entry]:
        for found in self.found:
            if found.what is ZObstacle.NO_COUNT:
                yield Entry("c", say("z-row-no-count"), partial(begin_count, then=open_closing))
            elif found.what is ZObstacle.DIFFERENCE:
                yield Entry("g", say("z-row-difference"), partial(open_difference, then=open_closing))

    def _end(self, counter: CounterState) -> Iterator[Entry]:
        owed = len(shelf.owed_papers(counter.register))
        if owed:
            yield Entry("p", say("z-owed", count=owed), _print_owed)
        if not self.found:
            yield Entry("z", say("z-make"), close_shift)


class HeldHerePanel(ListPanel):
    """The held orders that stand in the way. Choosing one recalls it to be paid."""

    state = State.CLOSING
    title = say("title-z-pay")

    def __init__(self, orders: tuple[InTheWay, ...]) -> None:
        super().__init__()
        self.orders = orders

    def rows(self, counter: CounterState) -> list[ListRow]:
        """Name and total of each order."""
        return [
            ListRow(
                None if found.order is None else found.order.id,
                say("z-row-pay", name=name_of(counter, found.order), amount=found.amount),
                partial(bring_back, found=found),
            )
            for found in self.orders
        ]

    def close(self, counter: CounterState) -> None:
        """Reopen the panel of the Z."""
        counter.panel = ClosingPanel(counter)


class WhyDiscardedPanel(Panel):
    """Asks why the held orders are discarded: one reason for all of them."""

    state = State.CLOSING
    title = say("title-z-discard")

    def __init__(self, orders: tuple[InTheWay, ...]) -> None:
        self.orders = orders

    def entries(self, counter: CounterState) -> list[Entry]:
        return [
            Entry(str(place), say("plain-row", name=reason), partial(discard, orders=self.orders, reason=reason))
            for place, reason in enumerate(SAID_DISCARD_REASONS, start=1)
        ]

    def close(self, counter: CounterState) -> None:
        """Reopen the panel of the Z."""
        counter.panel = ClosingPanel(counter)


class SlipPanel(Panel):
    """Asks what the terminal's slip says about a payment with an unknown outcome."""

    state = State.CLOSING

    def __init__(self, found: InTheWay) -> None:
        self.found = found
        kind = LocalText("", "") if found.tender is None else found.tender.called
        self.title = say("title-z-unknown", kind=kind, amount=found.amount)

    def entries(self, counter: CounterState) -> list[Entry]:
        """The same keys as for the terminal's answer at payment, and one for *nobody can find out*."""
        return [
            Entry(key, say(f"z-unknown-{answer}"), partial(settle, found=self.found, answer=answer))
            for key, answer in ANSWERS
        ]

    def close(self, counter: CounterState) -> None:
        """Reopen the panel of the Z."""
        counter.panel = ClosingPanel(counter)


class RefundSlipPanel(Panel):
    """Asks what the terminal's slip says about an unfinished refund."""

    state = State.CLOSING

    def __init__(self, refund: Refund) -> None:
        self.refund = refund
        self.title = say("title-z-refund", number=refund.of.name, amount=refund.total)

    def entries(self, counter: CounterState) -> list[Entry]:
        """The money went back, or it did not: then the refund is given up."""
        approved = [Entry("+", say("z-unknown-approved"), partial(settle_refund, refund=self.refund, is_given=True))]
        declined = Entry("-", say("z-refund-declined"), partial(settle_refund, refund=self.refund, is_given=False))
        return [*(approved if self.refund.open_tender is not None else []), declined]

    def close(self, counter: CounterState) -> None:
        """Reopen the panel of the Z."""
        counter.panel = ClosingPanel(counter)


def settle_refund(counter: CounterState, refund: Refund, *, is_given: bool) -> None:
    """Record whether a refund's money went back. If it did not, give the refund up."""
    if is_given:
        counter.do(refunding.refund_says, refund.id, TenderState.APPROVED)
    else:
        if refund.open_tender is not None:
            counter.do(refunding.refund_says, refund.id, TenderState.DECLINED)
        counter.do(refunding.drop_refund, refund.id)
    counter.panel = ClosingPanel(counter)
    answer = say_answer(SlipAnswer.APPROVED if is_given else SlipAnswer.DECLINED)
    counter.message = say("z-settled", Tone.GOOD, amount=refund.total, answer=answer)


def discard(counter: CounterState, orders: tuple[InTheWay, ...], reason: DiscardReason) -> None:
    """Discard orders, each in an act of its own."""
    for found in orders:
        if found.order is None:
            continue
        if found.is_held:
            counter.do(aside.discard_held, found.order.id, reason)
        else:
            counter.do(aside.abandon, reason)
            counter.start_over()
    counter.panel = ClosingPanel(counter)
    counter.message = say("z-discarded", Tone.GOOD, count=len(orders), reason=reason)


def settle(counter: CounterState, found: InTheWay, answer: SlipAnswer) -> None:
    """Record what the terminal's slip says. An order that is not paid by that is held again. If a PIN is needed,
    nothing is done before it is given."""
    if answer is SlipAnswer.DISPUTED:
        counter.ask_approval(reports.book_disputed)
    bring_here(counter, found)
    if answer is SlipAnswer.DISPUTED:
        counter.do(reports.book_disputed)
    else:
        counter.do(paying.terminal_says, TenderState(answer))
    counter.finish_if_paid()
    if counter.paid is None and found.is_held:
        counter.do(aside.hold)
        counter.start_over()
    counter.panel = ClosingPanel(counter)
    counter.message = say("z-settled", Tone.GOOD, amount=found.amount, answer=say_answer(answer))


def say_answer(answer: SlipAnswer) -> TenderState | LocalText:
    """The words for an answer."""
    return LocalText("omtvistet", "disputed") if answer is SlipAnswer.DISPUTED else TenderState(answer)


def bring_back(counter: CounterState, found: InTheWay) -> None:
    """Recall an order to be paid, and say how to get back to the Z, or that its price changed."""
    repriced = bring_here(counter, found)
    counter.panel = None
    if repriced is None:
        counter.message = say("z-brought-back", name=name_of(counter, counter.view.order))
    else:
        counter.message = say("repriced", before=repriced.before, now=repriced.now)


def bring_here(counter: CounterState, found: InTheWay) -> aside.Repriced | None:
    """Make an order the open one, if it is not. Returns how its price changed."""
    if found.order is None:
        raise Refused("row-gone")
    if counter.view.order.id == found.order.id:
        return None
    repriced = counter.do(aside.recall, found.order.id)
    counter.next_order()
    return repriced


def close_shift(counter: CounterState) -> None:
    """Make the Z, print it and show it."""
    report = counter.do(reports.z_report)
    printed = counter.printing.report(report_paper(report, counter.language, counter.view.country.headings))
    show_report(counter, report)
    done = say("z-done", Tone.GOOD, number=str(report.number))
    counter.message = printed if printed is not None and printed.tone is Tone.BAD else done


def name_of(counter: CounterState, order: Order | None) -> LocalText:
    """The name of an order."""
    return LocalText("", "") if order is None else order_name(counter.view.menu, order)


def open_closing(counter: CounterState) -> None:
    """Show what stands in the way of the Z. Raises `Refused` `float-first` if no shift has begun."""
    if counter.view.shift is None or counter.view.shift.float is None:
        raise Refused("float-first")
    counter.panel = ClosingPanel(counter)


def _print_owed(counter: CounterState) -> None:
    print_owed(counter)
    counter.panel = ClosingPanel(counter)


def _why(counter: CounterState, orders: tuple[InTheWay, ...]) -> None:
    counter.panel = WhyDiscardedPanel(orders)


def _pay(counter: CounterState, orders: tuple[InTheWay, ...]) -> None:
    counter.panel = HeldHerePanel(orders)


def _refund_slip(counter: CounterState, found: InTheWay) -> None:
    if found.refund is not None:
        counter.panel = RefundSlipPanel(found.refund)


def _slip(counter: CounterState, found: InTheWay) -> None:
    counter.panel = SlipPanel(found)
