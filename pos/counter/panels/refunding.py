"""The panels of refunds: which sale, what is returned, why, how, and the terminal's answer."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from pos.counter import keys
from pos.counter.counter_state import CounterState, Entry, Panel, TextPanel
from pos.counter.panels.aside import hold
from pos.counter.panels.lists import ListPanel, ListRow
from pos.counter.panels.people import recognised
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import Refused
from pos.domain.money import Money, total
from pos.domain.order.exchange import EXCHANGE, RefundReason, SaleNumber, Way
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.people import unsaid
from pos.domain.refunds.refund import CashReason, Refund
from pos.domain.refunds.remaining import Remaining, first_by, in_proportion, part_of
from pos.domain.sale.sale import Sale
from pos.register import shelf
from pos.register.verbs import exchanging, refunding
from pos.wording import wording

LONGEST_NUMBER = 12
"""Longest receipt number, with its series."""
LONGEST_DIGITS = 9
MOST_SALES = 200
"""Longest list of today's sales; older ones are found by their number."""

KEY_OF_WAY = {TenderKind.CASH: "a", TenderKind.CARD: "k", TenderKind.MOBILE: "v"}
"""The key of each kind of payment."""
PLATFORM_KEY = "p"


class RefundNumberPanel(TextPanel):
    """Asks for the sale's number, typed or scanned. Enter alone shows today's sales."""

    state = State.REFUND_NUMBER
    title = say("title-refund-number")
    longest = LONGEST_NUMBER
    hint = "hint-refund-number"

    def scan(self, counter: CounterState, code: str) -> bool:
        """Open the sale of a receipt's number, or sign in whose badge it is. Raises `Refused` for any other code."""
        if not recognised(counter, code):
            _open_typed(counter, code)
        return True

    def take(self, counter: CounterState) -> None:
        """Open the sale. An unknown number stays in the panel, to be corrected."""
        if self.typed.strip():
            _open_typed(counter, self.typed)
        else:
            counter.panel = SalesTodayPanel()
            if not counter.panel.rows(counter):
                counter.panel = self
                raise Refused("no-sale-yet")


class SalesTodayPanel(ListPanel):
    """The unfinished refunds, then the sales of this business day at every till, the latest first. Time, amount, call
    number and contents are searched."""

    state = State.REFUND
    title = say("title-refund-sales")

    def rows(self, counter: CounterState) -> list[ListRow]:
        """A row for each unfinished refund, then one for each sale."""
        words = wording(counter.language)
        rows = [
            ListRow(
                one.id, say("refund-open-row", number=one.of.name, amount=one.total), partial(_see_to, refund=one.id)
            )
            for one in shelf.open_refunds(counter.register)
        ]
        for sold in counter.register.store.refunds.sold_on(counter.view.day, MOST_SALES):
            amount, time = words.money(sold.total), f"{sold.paid_at:%H:%M}"
            label = say(
                "refund-sale-row",
                number=sold.number.name,
                time=time,
                amount=amount,
                call=str(sold.call_number),
                names=sold.contents,
            )
            also = f"{sold.till} {sold.contents.nb} {sold.contents.en}"
            rows.append(ListRow(sold.number, label, partial(open_sale, number=sold.number), also=also))
        return rows

    def close(self, counter: CounterState) -> None:
        """Go back to the number."""
        counter.panel = RefundNumberPanel()


class RefundLinesPanel(ListPanel):
    """Asks what is returned. Each press of a line's key adds one unit; Enter goes on."""

    state = State.REFUND

    def __init__(self, number: SaleNumber) -> None:
        super().__init__()
        self.number = number
        self.title = say("title-refund-lines", number=number.name)
        self.counts: dict[int, int] = {}

    def rows(self, counter: CounterState) -> list[ListRow]:
        """The lines with something left, a row for all of them, and a row to go on."""
        left, rows = self._left(counter), []
        for entry in left.lines:
            count, most = self.counts.get(entry.number, 0), entry.line.quantity
            amount = total(part.line.due for part in part_of(left, {entry.number: count or most}))
            label = say("refund-line-row", name=entry.line.name, count=count, left=most, amount=amount)
            rows.append(ListRow(entry.number, label, partial(self._mean, number=entry.number, left=most), count > 0))
        is_all = self.counts == left.counts
        rows.append(ListRow("all", say("refund-lines-all", amount=left.total), self._mean_all, is_all))
        rows.append(ListRow("done", say("refund-lines-done", amount=self.amount(left)), self._take))
        return rows

    def amount(self, left: Remaining) -> Money:
        """The sum of the chosen lines."""
        chosen = {number: count for number, count in self.counts.items() if count}
        return total(part.line.due for part in part_of(left, chosen)) if chosen else Money()

    def press(self, counter: CounterState, key: str) -> bool:
        """Enter goes on, as the last row does."""
        if key != keys.ENTER:
            return super().press(counter, key)
        self._take(counter)
        return True

    def _left(self, counter: CounterState) -> Remaining:
        return refunding.what_is_left(counter.register.store, self.number)

    def _mean(self, counter: CounterState, number: int, left: int) -> None:
        """Choose one more unit of a line; after the last unit, none."""
        self.counts[number] = (self.counts.get(number, 0) + 1) % (left + 1)

    def _mean_all(self, counter: CounterState) -> None:
        """Choose everything that is left; a second time, nothing."""
        everything = self._left(counter).counts
        self.counts = {} if self.counts == everything else everything

    def _take(self, counter: CounterState) -> None:
        left = self._left(counter)
        amount, counts = self.amount(left), tuple((number, count) for number, count in self.counts.items() if count)
        part_of(left, dict(counts))
        counter.panel = RefundReasonPanel(self.number, counts, amount)


class RefundReasonPanel(Panel):
    """Asks why it is returned."""

    state = State.REFUND

    def __init__(self, number: SaleNumber, counts: tuple[tuple[int, int], ...], amount: Money) -> None:
        self.number, self.counts, self.amount = number, counts, amount
        self.title = say("title-refund-reason", number=number.name, amount=amount)

    def entries(self, counter: CounterState) -> list[Entry]:
        return [
            Entry(str(place), say("plain-row", name=reason), partial(self._take, reason=reason))
            for place, reason in enumerate(RefundReason, start=1)
        ]

    def _take(self, counter: CounterState, reason: RefundReason) -> None:
        counter.panel = RefundWayPanel(self.number, self.counts, self.amount, reason)


class RefundWayPanel(Panel):
    """Asks how the money goes back: by the one way that it came in, or if there were several, in proportion, or first
    by one of them."""

    state = State.REFUND

    def __init__(
        self, number: SaleNumber, counts: tuple[tuple[int, int], ...], amount: Money, reason: RefundReason
    ) -> None:
        self.number, self.counts, self.amount, self.reason = number, counts, amount, reason
        self.title = say("title-refund-way", amount=amount)

    def entries(self, counter: CounterState) -> list[Entry]:
        """A row for each way, with its key at payment; `G` divides the money in proportion."""
        ways = refunding.what_is_left(counter.register.store, self.number).ways
        by_key = [
            (KEY_OF_WAY.get(TenderKind(way.kind), "") if way.name is None else PLATFORM_KEY, way.kind) for way in ways
        ]
        rows = [(key, first_by(self.amount, kind, ways)) for key, kind in by_key]
        if len(ways) != 1:
            rows.insert(0, ("g", in_proportion(self.amount, ways)))
        entries = [Entry(key, self._told(counter, split), partial(self._give, ways=split)) for key, split in rows]
        return [*entries, Entry("b", say("refund-exchange-row"), self._exchange)]

    def press(self, counter: CounterState, key: str) -> bool:
        """F9 sets aside what is being rung, which an exchange asks for; the panel stays open."""
        if key != keys.HOLD:
            return super().press(counter, key)
        hold(counter)
        counter.panel = self
        return True

    def _told(self, counter: CounterState, ways: tuple[Way, ...]) -> Say:
        if not ways:
            return say("refund-way-none")
        return say("plain-row", name=ways_told(counter, ways))

    def _exchange(self, counter: CounterState) -> None:
        """Ring other goods instead, and settle the difference."""
        counter.begin_if_paid()
        counter.do(exchanging.exchange, self.number, self.counts, self.reason)
        counter.panel = None
        counter.message = say("exchange-begun", Tone.GOOD, number=self.number.name, amount=self.amount)

    def _give(self, counter: CounterState, ways: tuple[Way, ...]) -> None:
        done = counter.do(refunding.refund, self.number, self.counts, self.reason, ways)
        follow(counter, done.id, done)


class RefundWaitingPanel(Panel):
    """Asks what the terminal answered to a refund. If it declined: try again, pay in cash, or give up. Esc leaves the
    refund open."""

    state = State.REFUND_WAITING

    def __init__(self, refund: Refund, opened_at: datetime) -> None:
        self.refund, self.opened_at = refund.id, opened_at
        tender = refund.last_tried
        title = "title-refund-waiting" if refund.open_tender else "title-refund-declined"
        self.title = say(title, kind=tender.called, amount=tender.amount, number=refund.of.name)

    def entries(self, counter: CounterState) -> list[Entry]:
        """The terminal's possible answers, or what can be done after it declined."""
        draft = counter.register.store.refunds.begun(self.refund)
        if draft is None:
            return []
        if draft.open_tender is not None:
            said = (("+", TenderState.APPROVED), ("-", TenderState.DECLINED), ("u", TenderState.UNKNOWN))
            return [Entry(key, say(f"refund-{state}-row"), partial(self._says, state=state)) for key, state in said]
        again = say("refund-again-row", kind=draft.last_tried.called)
        rows = [Entry("k", again, partial(self._do, act=refunding.refund_again))]
        rows += [
            Entry(str(place), say("refund-cash-row", reason=reason), partial(self._in_cash, reason=reason))
            for place, reason in enumerate(CashReason, start=1)
        ]
        if not draft.given:
            rows.append(Entry(keys.DELETE, say("refund-drop-row"), self._drop))
        return rows

    def scan(self, counter: CounterState, code: str) -> bool:
        """Refuse a code: it says nothing about the money. Raises `Refused`."""
        raise Refused("scan-at-payment")

    def close(self, counter: CounterState) -> None:
        """Close the panel. The refund stays open, in the list of sales, until it is finished."""
        super().close(counter)
        draft = counter.register.store.refunds.begun(self.refund)
        if draft is not None:
            counter.message = say("refund-waits", Tone.BAD, number=draft.of.name)

    def _says(self, counter: CounterState, state: TenderState) -> None:
        follow(counter, self.refund, counter.do(refunding.refund_says, self.refund, state))
        if state is TenderState.UNKNOWN:
            counter.message = say("refund-unknown-noted", Tone.BAD)

    def _do(self, counter: CounterState, act: refunding.Further) -> None:
        follow(counter, self.refund, counter.do(act, self.refund))

    def _in_cash(self, counter: CounterState, reason: CashReason) -> None:
        follow(counter, self.refund, counter.do(refunding.refund_in_cash, self.refund, reason))

    def _drop(self, counter: CounterState) -> None:
        counter.do(refunding.drop_refund, self.refund)
        counter.panel = None
        counter.message = say("refund-dropped")


def open_refunds(counter: CounterState) -> None:
    """Ask which sale. An unfinished refund is mentioned, and is the first row of today's list. Raises `Refused`."""
    if counter.view.setup.is_practice:
        raise Refused("no-refunds-in-practice")
    counter.panel = RefundNumberPanel()
    waiting = shelf.open_refunds(counter.register)
    if waiting:
        number, amount = waiting[0].of.name, waiting[0].total
        counter.message = say("refund-waits-first", Tone.BAD, count=len(waiting), number=number, amount=amount)


def open_sale(counter: CounterState, number: SaleNumber) -> None:
    """Ask what of a sale is returned, or open its unfinished refund. Raises `Refused`."""
    if counter.view.setup.is_practice:
        raise Refused("no-refunds-in-practice")
    waiting = counter.register.store.refunds.open_of(number)
    if waiting is not None and (waiting.open_tender or waiting.declined):
        _see_to(counter, waiting.id)
        return
    refunding.what_is_left(counter.register.store, number)
    counter.panel = RefundLinesPanel(number)


def follow(counter: CounterState, refund: str, done: Refund) -> None:
    """After an act of a refund: if it is finished, say where the money goes, else wait for the terminal, unless that
    answered by itself."""
    if not done.number:
        refunds = counter.register.store.refunds
        waiting = refunds.begun(refund)
        if waiting is not None:
            counter.panel = RefundWaitingPanel(waiting, counter.register.now)
            return
        done = next(one for one in refunds.of_sale(done.of) if one.id == refund)
    counter.panel = None
    counter.refunded = done
    if done.cash:
        counter.begin_if_paid()
        counter.change = None
    _tell(counter, done)


def finish_if_paid(counter: CounterState) -> None:
    """After a tender: if the payment is complete, show so; for an exchange, also what the customer gets."""
    counter.finish_if_paid()
    sale = counter.paid
    if isinstance(sale, Sale) and sale.exchange is not None:
        refunds = counter.register.store.refunds.of_sale(sale.exchange)
        _tell(counter, next(one for one in refunds if one.exchange == sale.number))


def _tell(counter: CounterState, done: Refund) -> None:
    """Say which way the money of a refund goes, and keep its cash in sight."""
    counter.given_back = done
    given = (tender for tender in done.tenders if tender.kind != EXCHANGE and tender.handed)
    ways = ways_told(counter, tuple(Way(tender.kind, tender.amount, tender.name) for tender in given))
    if ways:
        counter.message = say("refund-given", Tone.GOOD, number=done.name, of=done.of.name, ways=ways)
    else:
        counter.message = say("refund-without-money", Tone.GOOD, number=done.name, of=done.of.name)


def ways_told(counter: CounterState, ways: tuple[Way, ...]) -> str:
    """Ways in words, in the till's language, cash rounded: `Kort 25,00, Kontant 55,00`."""
    words, parts = wording(counter.language), []
    for way in ways:
        is_cash = way.kind == TenderKind.CASH
        amount = counter.view.country.round_cash(way.amount) if is_cash else way.amount
        name = words.label(TenderKind(way.kind)) if way.name is None else words.local(way.name)
        parts.append(f"{name} {words.money(amount)}")
    return ", ".join(parts)


def _see_to(counter: CounterState, refund: str) -> None:
    draft = counter.register.store.refunds.begun(refund)
    if draft is None:
        raise Refused("refund-over")
    counter.panel = RefundWaitingPanel(draft, counter.register.now)


def _open_typed(counter: CounterState, text: str) -> None:
    """Open the sale of a typed number; digits alone are of this till's series. Raises `Refused`."""
    typed = text.strip()
    number = SaleNumber.parse(typed)
    if number is None and typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_DIGITS:
        number = SaleNumber(counter.view.till.series, int(typed))
    if number is None:
        raise Refused("not-a-receipt", text=unsaid(typed, LONGEST_NUMBER, has_people=counter.view.has_people))
    open_sale(counter, number)
