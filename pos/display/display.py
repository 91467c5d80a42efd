"""The contents of a customer's display, read from the file of the till."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from pos.country import Country
from pos.domain.errors import StoreError
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO, Money
from pos.domain.order.order import Order, TenderState, modifier_names
from pos.domain.pricing.deposits import DEPOSIT_NAME
from pos.domain.pricing.price import Discount, PricedLine
from pos.domain.pricing.taxes import Tax
from pos.domain.prompts import PaymentPrompt, Prompt, TerminalPrompt
from pos.domain.sale.sale import Sale
from pos.domain.text import LocalText
from pos.domain.value import value
from pos.register.register import prompt_of
from pos.register.source import MomentSource
from pos.store import Changes, Store
from pos.wording import wording
from pos.wording.saying import Spoken, spoken_at

THANKS = timedelta(minutes=1)
"""How long an order is thanked for after payment, unless the next one begins."""


@value
class ShownLine:
    """A line of the order: quantity, name, fillings and modifiers, price. A discount and the deposits are lines, too,
    with quantity 0."""

    quantity: int
    name: LocalText
    details: tuple[LocalText, ...]
    amount: Money


@value
class Welcome:
    """Shown while nothing has been rung."""

    shop: str


@value
class Ordering:
    """An order while it is rung and paid: the question, the total, what is paid, and what is due (None before payment).
    `tip` goes with the next payment, and is in what is due. `at_terminal`: the customer is to use the card terminal."""

    lines: tuple[ShownLine, ...]
    total: Money
    asked: Spoken | None
    due: Money | None
    paid: Money
    at_terminal: bool
    language: str
    tip: Money = ZERO


@value
class Thanks:
    """A paid order: what was handed over, the change, the tip, and the number that will be called out."""

    call_number: int
    total: Money
    handed: Money
    change: Money
    language: str
    tip: Money = ZERO


Shown: TypeAlias = Welcome | Ordering | Thanks


class CustomerDisplay:
    """Follows one till. The file is open read-only."""

    def __init__(self, store: Store, country: Country, clock: Callable[[], datetime], till: str, language: str) -> None:
        """Raises `StoreError`."""
        self._store = store
        self.database = store.path
        self._country = country
        self._clock = clock
        self._till = till
        self._till_id: int | None = None
        self._source: MomentSource | None = None
        self._language = language
        self._seen: tuple[Changes, bool] | None = None
        self.is_silent = False
        """Whether the file did not answer at the last look. `shown` is then that of the look before."""
        self.shown: Shown = Welcome(store.menu.current()[1].shop.name)
        self.language = language
        self.follow()

    def follow(self) -> bool:
        """Read the file if something was committed. Returns whether there is something new to show."""
        was = self.shown, self.is_silent
        try:
            self._look()
            self.is_silent = False
        except StoreError:
            self.is_silent = True
        return was != (self.shown, self.is_silent)

    def _look(self) -> None:
        file = self._store.file
        if file.is_let_go:
            file.leave_wal()
        now = self._country.local(self._clock())
        thanks = isinstance(self.shown, Thanks)
        changes = self._store.changes()
        if self._seen == (changes, thanks) and not thanks:
            return
        file.leave_wal()
        if self._source is None:
            till = self._store.tills.find(self._till)
            if till is None:
                self._seen = changes, False
                return
            self._till_id, self._source = till.id, MomentSource(self._store, self._country, till.id)
        self.shown = self._found(self._source, self._till_id or 0, now)
        self.language = self._language if isinstance(self.shown, Welcome) else self.shown.language
        self._seen = changes, isinstance(self.shown, Thanks)

    def _found(self, source: MomentSource, till_id: int, now: datetime) -> Shown:
        saved = self._store.orders.current(till_id)
        source.look(now)
        if saved is not None and not saved.order.is_untouched():
            return self._ordering(source, saved.order, now)
        sale = self._store.sales.last(till_id)
        if sale is not None and timedelta(0) <= now - sale.paid_at < THANKS:
            return thanks_for(sale)
        return Welcome(source.menu.shop.name)

    def _ordering(self, source: MomentSource, order: Order, now: datetime) -> Ordering:
        moment = source.moment(now, order)
        priced, prompt = moment.price(order), prompt_of(order, moment)
        language = order.language or self._language
        lines = [_line(moment.menu, line) for line in priced.lines]
        lines += [_discount(discount) for discount in priced.discounts]
        lines += [ShownLine(0, DEPOSIT_NAME, (), priced.deposits)] if priced.deposits else []
        lines += [ShownLine(0, _tax_name(row.tax), (), row.amount) for row in priced.on_top_rows]
        return Ordering(
            lines=tuple(lines),
            total=priced.total,
            asked=spoken_at(wording(language), prompt, moment.menu),
            due=_due(prompt, order.tip_said),
            paid=order.paid,
            at_terminal=isinstance(prompt, TerminalPrompt) and prompt.tender.state is TenderState.INTENT,
            language=language,
            tip=order.tip_said,
        )


def _tax_name(tax: Tax) -> LocalText:
    return LocalText(wording("nb").tax(tax), wording("en").tax(tax))


def thanks_for(sale: Sale) -> Thanks:
    """What is shown of a paid sale."""
    handed = sum((tender.handed.minor for tender in sale.tenders), 0)
    return Thanks(sale.call_number, sale.total, Money(handed), sale.change, sale.language, sale.tips)


def _due(prompt: Prompt, tip: Money) -> Money | None:
    """What is to be paid, the tip included; None before payment."""
    if isinstance(prompt, PaymentPrompt | TerminalPrompt):
        return prompt.due + tip
    return None


def _line(menu: Menu, priced: PricedLine) -> ShownLine:
    line = priced.line
    fillings = tuple(menu.name_of(sku) for _, sku in line.fillings)
    details = (*fillings, *modifier_names(menu, line))
    return ShownLine(line.quantity, menu.items[line.sku].full_name, details, priced.gross)


def _discount(discount: Discount) -> ShownLine:
    return ShownLine(0, discount.name, (), -discount.amount)
