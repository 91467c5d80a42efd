"""The verbs around an order: set aside and brought back, abandoned; sold out; rush; receipts that are owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pos.domain.discards import DiscardReason
from pos.domain.errors import DeviceError, Refused, StoreError
from pos.domain.finished import Finished, Paper
from pos.domain.items import Sku
from pos.domain.money import Money
from pos.domain.order import Order, Said, TenderState, order_name, without_intent
from pos.domain.sale import Document, PaperKind, ReceiptState, Sale
from pos.domain.text import LocalText
from pos.domain.value import value
from pos.domain.write_offs import WriteOff
from pos.insights import Figures, figures
from pos.register.doubt import stored_after_all
from pos.register.paying import Paying
from pos.store import Discard, Discarded, EightySix, Held, Saved
from pos.store.next_visits import without_code
from pos.wording.kitchen_slip import kitchen_slip
from pos.wording.receipt import receipt
from pos.wording.write_off import write_off_paper


@value
class Repriced:
    """What a recalled order came to when it was held, and what it comes to now."""

    before: Money
    now: Money


@value
class Taken:
    """An order that was open here, and the till that has brought it to itself."""

    name: LocalText
    till: str


class Shelf(Paying):
    """The verbs around an order."""

    taken: Taken | None = None
    _has_news = False
    """Whether another connection has changed what was not looked at yet."""

    def hold(self) -> None:
        """Set the order aside, its open question and its payments with it, and begin a new one."""
        if not self.order.lines:
            raise Refused("order-empty")
        held = self._set_aside()
        self._leave(lambda: self.store.orders.hold(self.till.id, held, self._seq, self.now, self.cashier))

    def _set_aside(self) -> Order:
        """The order as it is set aside, with the price that was said: the lower one where it was said before.

        One that is frozen comes back to its payment. Nobody waits for the terminal any more: its payment is unknown.
        """
        order, moment = self.order, self.moment()
        order = replace(order, held_total=moment.price(order).total)
        if order.is_frozen:
            kept = order.said or Said(order.menu_version, self.business_day, order.channel)
            return replace(without_intent(order), said=kept)
        now = Said(self.around.version, self.business_day, order.channel)
        said = order.said if moment.is_as_said(order) else now
        return replace(order, checking_out=False, said=said)

    def held(self) -> tuple[Held, ...]:
        """The orders set aside, on every till of the file, the oldest first."""
        return self.store.orders.held()

    def open_elsewhere(self) -> tuple[Held, ...]:
        """The orders that are open at other tills with money on them that somebody here may have to settle: payments of
        which nobody knows what the terminal answered, and all that a till that is not running has left."""
        return tuple(
            held
            for held in self.store.orders.open_elsewhere(self.till.id)
            if _is_unknown(held.order) or not self._is_running(held.till_name)
        )

    def recall(self, order_id: str, *, elsewhere: bool = False) -> Repriced | None:
        """Bring a held or discarded order back, or with `elsewhere` one that another till left open; the open one is
        set aside for it. Says if the price has changed."""
        aside = (self._set_aside(), self._seq) if self._seq is not None else None
        try:
            saved = self.store.orders.recall(
                self.till.id, order_id, self.now, self.cashier, aside, self.business_day, elsewhere=elsewhere
            )
        except StoreError as error:
            saved = stored_after_all(error, lambda: self._recalled(order_id))
        self.order, self._seq, self._parent = saved.order, saved.parent, saved.parent
        self.around.load_menu()
        self.around.fetch_pairings(saved.order)
        before = saved.order.held_total
        self._commit("look_again", replace(self.without_old_price(saved.order), held_total=None))
        now = self.priced().total
        return Repriced(before, now) if before is not None and before != now else None

    def _recalled(self, order_id: str) -> Saved | None:
        saved = self.store.orders.current(self.till.id)
        return saved if saved is not None and saved.order.id == order_id else None

    def abandon(self, reason: DiscardReason = DiscardReason.UNSAID) -> None:
        """Discard the whole order, for a reason. It stays in the log, is counted where something was rung, and can be
        recalled until the business day ends; nothing of it is a sale."""
        order = self._open_order()
        if self._seq is None:
            raise Refused("order-empty")
        total = self.priced().total
        discard = Discard(reason, self.business_day, total) if order.lines else None
        given_up = replace(order, checking_out=False, held_total=total)
        self._leave(
            lambda: self.store.orders.abandon(self.till.id, given_up, self._seq, self.now, self.cashier, discard)
        )

    def discarded(self) -> tuple[Discarded, ...]:
        """The orders that were discarded on this business day, on every till of the file, the latest first."""
        return self.store.orders.discarded(self.business_day)

    # sold out

    def eighty_six(
        self,
        sku: Sku | None = None,
        machine: str | None = None,
        until: datetime | None = None,
        *,
        modifier: str | None = None,
        all_sizes: bool = False,
    ) -> None:
        """Mark an item, all that a machine makes, or a modifier as sold out until a time (None: until it is restored).

        With `all_sizes` an item is out in every size; without it, in this one.
        """
        self.store.stock.eighty_six(sku, machine, until, self.now, modifier=modifier, all_sizes=all_sizes)
        self.look_again()

    def restore(self, sku: Sku | None = None, machine: str | None = None, modifier: str | None = None) -> None:
        """An item (in all its sizes, if it was out so), a machine or a modifier is there again."""
        self.store.stock.restore(sku, machine, modifier)
        self.look_again()

    def sold_out(self) -> tuple[EightySix, ...]:
        """What is marked as sold out now."""
        return self.store.stock.entries(self.now)

    def look_around(self) -> bool:
        """Take on what another till has changed since the last look; whether there was anything.

        Called every few seconds. A file that does not answer now is looked at the next time.
        """
        try:
            self._has_news = self.store.changed_elsewhere() or self._has_news
            if not self._has_news and self.without_old_price(self.order) == self.order:
                return False
            self._leave_if_taken()
            self.look_again()
            self._has_news = False
        except StoreError:
            return False
        return True

    def _leave_if_taken(self) -> None:
        """Begin the next order where another till has brought this one to itself, and keep for the cashier where it is
        now."""
        till = None if self._seq is None else self.store.orders.taken_by(self.till.id, self.order.id)
        if till is None:
            return
        self.taken = Taken(order_name(self.menu, self.order), till)
        self._begin()

    def take_taken(self) -> Taken | None:
        """That another till took the order that was open here, once; None where none did."""
        found, self.taken = self.taken, None
        return found

    # settings of the till

    def set_rush(self, rush: bool) -> None:
        """Fewer words in both questions while there is a queue; neither is dropped."""
        self.rush = rush
        self.store.tills.set_setting(self.till.id, "rush", "yes" if rush else "no")

    def shift(self) -> Figures:
        """What this cashier's questions came to since the till was opened."""
        mine = (self.till.name, self.cashier)
        entries = self.store.ledger.rows_after(self.opened_after)
        return figures(entry.row for entry in entries if (entry.till, entry.cashier) == mine)

    def shift_discards(self) -> tuple[int, Money]:
        """How many orders this cashier discarded since the till was opened, and what they came to."""
        return self.store.orders.discarded_after(self.discards_after, self.till.id, self.cashier)

    # receipts

    def owed(self) -> tuple[Sale, ...]:
        """The sales whose receipt has not been printed."""
        return self.store.receipts.owed(self.till.id)

    def begin_printing(self, sale: Sale) -> Document:
        """The receipt to print, marked as on its way; one that was on its way before may be on paper already."""
        unsure = self.store.receipts.state(sale.order_id) is ReceiptState.PRINTING
        self.store.receipts.mark(sale.order_id, ReceiptState.PRINTING, self.now)
        return self._receipt(sale, copy=unsure)

    def printed(self, sale: Sale) -> None:
        """The printer took it."""
        self.store.receipts.mark(sale.order_id, ReceiptState.PRINTED, self.now)

    def print_failed(self, sale: Sale, error: DeviceError) -> None:
        """The printer did not take it: it is owed, and tried again later. One that broke off may be on paper."""
        state, said = self._failure(error)
        self.store.receipts.mark(sale.order_id, state, self.now, said)

    def _failure(self, error: DeviceError) -> tuple[ReceiptState, str]:
        """How far a paper has come that was not taken, and what the printer said."""
        problem = error.values.get("problem", "")
        said = problem.in_language(self.language) if isinstance(problem, LocalText) else str(problem)
        return ReceiptState.PRINTING if error.values.get("begun") else ReceiptState.OWED, said

    # every paper that is owed: slips for the kitchen, then receipts

    def owed_papers(self) -> tuple[Paper, ...]:
        """What has not been printed: the kitchen's slips first, since somebody waits for the food."""
        slips, receipts = PaperKind.KITCHEN_SLIP, PaperKind.RECEIPT
        owed: list[tuple[PaperKind, tuple[Finished, ...]]] = [
            (slips, self.store.kitchen_slips.owed(self.till.id)),
            (slips, self.store.write_offs.owed(self.till.id, slips)),
            (receipts, self.owed()),
            (receipts, self.store.write_offs.owed(self.till.id, receipts)),
        ]
        return tuple(Paper(kind, finished) for kind, every in owed for finished in every)

    def begin_paper(self, paper: Paper) -> Document:
        """The document to print, marked as on its way; one that was on its way before may be on paper already."""
        if isinstance(paper.sale, WriteOff):
            return self._begin_write_off(paper.sale, paper.kind)
        if paper.kind is PaperKind.RECEIPT:
            return self.begin_printing(paper.sale)
        unsure = self.store.kitchen_slips.state(paper.sale.order_id) is ReceiptState.PRINTING
        self.store.kitchen_slips.mark(paper.sale.order_id, ReceiptState.PRINTING, self.now)
        return kitchen_slip(paper.sale, self.language, again=unsure)

    def _begin_write_off(self, done: WriteOff, kind: PaperKind) -> Document:
        unsure = self.store.write_offs.state(done.order_id, kind) is ReceiptState.PRINTING
        self.store.write_offs.mark(done.order_id, kind, ReceiptState.PRINTING, self.now)
        if kind is PaperKind.KITCHEN_SLIP:
            return kitchen_slip(done, self.language, again=unsure)
        return write_off_paper(done, self.country.headings, copy=unsure)

    def paper_printed(self, paper: Paper) -> None:
        """The printer took it."""
        if isinstance(paper.sale, WriteOff):
            self.store.write_offs.mark(paper.sale.order_id, paper.kind, ReceiptState.PRINTED, self.now)
        elif paper.kind is PaperKind.RECEIPT:
            self.printed(paper.sale)
        else:
            self.store.kitchen_slips.mark(paper.sale.order_id, ReceiptState.PRINTED, self.now)

    def paper_failed(self, paper: Paper, error: DeviceError) -> None:
        """The printer did not take it: it is owed, and the sale stands. One that broke off may be on paper."""
        state, said = self._failure(error)
        if isinstance(paper.sale, WriteOff):
            self.store.write_offs.mark(paper.sale.order_id, paper.kind, state, self.now, said)
            return
        if paper.kind is PaperKind.RECEIPT:
            self.print_failed(paper.sale, error)
            return
        self.store.kitchen_slips.mark(paper.sale.order_id, state, self.now, said)

    def print_owed(self) -> DeviceError | None:
        """Print what is owed, the oldest first, until a printer fails; returns what it said, or None."""
        for paper in self.owed_papers():
            document = self.begin_paper(paper)
            try:
                self.devices.printer.print(document)
            except DeviceError as error:
                self.paper_failed(paper, error)
                return error
            self.paper_printed(paper)
        return None

    def owes_last(self) -> bool:
        """Whether the last order's own paper is still missing: then there is nothing to copy."""
        sale = self._last_finished()
        if isinstance(sale, WriteOff):
            return self.store.write_offs.state(sale.order_id, PaperKind.RECEIPT) is not ReceiptState.PRINTED
        return sale is not None and self.store.receipts.state(sale.order_id) is not ReceiptState.PRINTED

    def _last_finished(self) -> Finished | None:
        """The till's last sale, or its last write-off if that came after it."""
        return self.finished or self.store.write_offs.last(self.till.id) or self.store.sales.last(self.till.id)

    def print_copy(self) -> Document:
        """Print the last order's paper once more, marked as a copy. Of a receipt one is the most that the law allows.

        A printer that took nothing has used nothing up.
        """
        sale, document = self.begin_copy()
        try:
            self.devices.printer.print(document)
        except DeviceError as error:
            self.copy_failed(sale, error)
            raise
        self.copied(sale)
        return document

    def begin_copy(self) -> tuple[Finished, Document]:
        """The last order and its paper marked as a copy, to be printed. Raises `Refused` for one too many."""
        sale = self._last_finished()
        if sale is None:
            raise Refused("no-sale-yet")
        if isinstance(sale, WriteOff):
            return sale, write_off_paper(sale, self.country.headings, copy=True)
        if self.store.receipts.copies(sale.order_id) >= self.country.copy_limit:
            raise Refused("one-copy-only")
        return sale, self._receipt(without_code(sale), copy=True)

    def copied(self, sale: Finished) -> None:
        """The printer took the copy. Only those of receipts are counted."""
        if isinstance(sale, Sale):
            self.store.receipts.add_copy(sale.order_id, self.now)

    def copy_failed(self, sale: Finished, error: DeviceError) -> None:
        """The printer did not take the copy. One that broke off may be on paper, and counts."""
        if error.values.get("begun"):
            self.copied(sale)

    def _receipt(self, sale: Sale, *, copy: bool) -> Document:
        return receipt(sale, self.country.headings, copy=copy)


def _is_unknown(order: Order) -> bool:
    """Whether somebody has said of a payment that nobody knows what the terminal answered."""
    return order.open_tender is not None and order.open_tender.state is TenderState.UNKNOWN
