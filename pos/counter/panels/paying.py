"""The panels of payment: which lines a person pays for, and giving a payment back."""

from __future__ import annotations

from functools import partial

from pos.counter import keys
from pos.counter.counter_state import CounterState, Entry, Panel
from pos.counter.panels.lists import ListPanel, ListRow
from pos.counter.states import State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import DECIMALS, MINOR_PER_KRONE, ZERO, Money, share_out, total
from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import Tender, TenderKind
from pos.domain.order.tips import Tip
from pos.domain.pricing.price import PricedLine
from pos.register.verbs import paying, tipping


class ByPersonPanel(ListPanel):
    """The lines, or units of a line, that one person pays for, with their share of the discounts. Enter types their sum
    as the part to pay; the last person pays the rest."""

    state = State.SLOT
    title = say("title-by-person")

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[int, int] = {}

    def rows(self, counter: CounterState) -> list[ListRow]:
        """The lines that are not paid for, each with the units chosen."""
        menu, rows = counter.view.menu, []
        for priced in counter.view.priced.lines:
            line, left = priced.line, left_of(counter, priced)
            if left:
                count = self.counts.get(line.id, 0)
                amount = share(counter, priced, count or left)
                label = say("by-person-row", name=menu.items[line.sku].full_name, count=count, left=left, amount=amount)
                rows.append(ListRow(line.id, label, partial(self._mean, line_id=line.id, left=left), count > 0))
        rows.append(ListRow("done", say("by-person-done", amount=self.amount(counter)), self._take))
        return rows

    def amount(self, counter: CounterState) -> Money:
        """The sum of the chosen lines, at most what is due."""
        lines = counter.view.priced.lines
        chosen = total(share(counter, priced, self.counts.get(priced.line.id, 0)) for priced in lines)
        return min(chosen, due(counter))

    def press(self, counter: CounterState, key: str) -> bool:
        """Enter takes the chosen lines, as the last row does."""
        if key != keys.ENTER:
            return super().press(counter, key)
        self._take(counter)
        return True

    def _take(self, counter: CounterState) -> None:
        amount = self.amount(counter)
        self.close(counter)
        if amount:
            counter.forget_typed()
            if amount < due(counter):
                kroner, ore = divmod(amount.minor, MINOR_PER_KRONE)
                counter.digits = f"{kroner},{ore:0{DECIMALS}}" if ore else str(kroner)
            counter.shared = (*counter.shared, (amount, dict(self.counts)))
            counter.message = say("by-person-typed", Tone.GOOD, amount=amount)

    def _mean(self, counter: CounterState, line_id: int, left: int) -> None:
        """Choose one more unit of a line; after the last unit, none."""
        self.counts[line_id] = (self.counts.get(line_id, 0) + 1) % (left + 1)
        counter.message = say("by-person-sum", amount=self.amount(counter))


class GiveBackPanel(Panel):
    """Asks whether the terminal has refunded a payment: an extra key before it is given back."""

    state = State.GIVE_BACK

    def __init__(self, tender: Tender) -> None:
        self.tender = tender
        self.title = say("title-give-back", kind=tender.called, amount=tender.taken)

    def entries(self, counter: CounterState) -> list[Entry]:
        """*The terminal has refunded it.* The key is no digit, so that an amount typed by mistake does not confirm
        it."""
        return [Entry("g", say("refunded-row", kind=self.tender.kind, amount=self.tender.taken), self._refunded)]

    def _refunded(self, counter: CounterState) -> None:
        counter.panel = None
        if last_paid(counter) != self.tender:
            raise Refused("row-gone")
        amount = counter.do(paying.give_back)
        counter.message = say("given-back-refunded", kind=self.tender.kind, amount=amount)


def last_paid(counter: CounterState) -> Tender | None:
    """The payment that would be given back next."""
    tenders = reversed(counter.view.order.tenders)
    return next((tender for tender in tenders if tender.counts and tender.kind != EXCHANGE), None)


def give_back_last(counter: CounterState) -> None:
    """Give the last payment back: cash at once, saying how much to hand over. For a terminal's payment ask first."""
    last = last_paid(counter)
    if last is None or last.kind is TenderKind.CASH:
        counter.message = say("given-back", amount=counter.do(paying.give_back))
    else:
        counter.panel = GiveBackPanel(last)


def note_tip(counter: CounterState, tip: Tip | None) -> None:
    """Note a tip for the next payment, or for the one on the terminal, or take it back; say what is to be paid then."""
    counter.do(tipping.note_tip, tip)
    waiting = counter.view.order.open_tender
    to_pay = due(counter) + counter.view.order.tip_said if waiting is None else waiting.taken
    if tip is None:
        counter.message = say("tip-taken-back", due=to_pay)
    elif tip.is_change:
        counter.message = say("tip-is-change")
    else:
        counter.message = say("tip-noted", amount=tip.said, due=to_pay)


def due(counter: CounterState) -> Money:
    """What is left to pay."""
    order = counter.view.order
    return counter.view.priced.total - order.paid - order.credit


def open_by_person(counter: CounterState) -> None:
    """Open the panel. Lines chosen for a payment that failed can be chosen again."""
    shared, paid = [], counter.view.order.paid
    for amount, counts in counter.shared:
        if amount > paid:
            break
        shared.append((amount, counts))
        paid -= amount
    counter.shared = tuple(shared)
    counter.panel = ByPersonPanel()


def paid_for(counter: CounterState, line_id: int) -> int:
    """How many units of a line are paid for."""
    return sum(counts.get(line_id, 0) for _, counts in counter.shared)


def left_of(counter: CounterState, priced: PricedLine) -> int:
    """How many units of a line are not paid for."""
    return priced.line.quantity - paid_for(counter, priced.line.id)


def share(counter: CounterState, priced: PricedLine, count: int) -> Money:
    """The price of the next `count` units of a line, to the øre: all shares of a line add up to its price."""
    first = paid_for(counter, priced.line.id)
    each = share_out(priced.due, [1] * priced.line.quantity)
    return total(each[first : first + count]) if count else ZERO
