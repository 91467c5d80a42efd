"""The contents of a SAF-T Cash Register file, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from pos.domain.menu.accounts import Accounts
from pos.domain.menu.items import ArticleGroup
from pos.domain.menu.menu import Shop
from pos.domain.money import ZERO, Money
from pos.domain.pricing.taxes import Tax, TaxRow
from pos.domain.shift.report import ShiftReport
from pos.domain.value import value


@value
class Worker:
    """An employee: id, name, role ('' for none), and since when the file lists them."""

    id: int
    name: str
    role: str
    since: datetime


@value
class GoodsGroup:
    """A group of articles: our id, its code on the official list, and its name."""

    id: str
    code: str
    name: str


@value
class Article:
    """An article: its SKU, its name and its group."""

    sku: str
    name: str
    group: GoodsGroup


@value
class Line:
    """A line of a transaction with its taxes. The amounts of a return are negative."""

    sku: str
    name: str
    quantity: int
    taxes: tuple[TaxRow, ...]
    discount: Money
    article_group: ArticleGroup | None = None


@value
class Paid:
    """A payment, after cash rounding and less change, with its tip."""

    kind: str
    amount: Money


@value
class Transaction:
    """A sale or a return. `total` and `tax` are before cash rounding. A return's amounts are negative, and `refers_to`
    is the number of its sale. `tips` are what payments left beyond it. `signature` is empty for a sale from before the
    till signed."""

    number: str
    at: datetime
    business_day: date
    worker: int | None
    total: Money
    tax: Money
    lines: tuple[Line, ...]
    tax_rows: tuple[TaxRow, ...]
    rounding: Money
    payments: tuple[Paid, ...]
    signature: bytes
    key: str
    refers_to: str = ""
    receipts: int | None = None
    copies: int | None = None
    is_training: bool = False
    tips: Money = ZERO

    @property
    def is_return(self) -> bool:
        return bool(self.refers_to)


@value
class Event:
    """An event, by its code on the official list. `verb` tells *other* events apart."""

    id: str
    code: str
    verb: str
    at: datetime
    worker: int | None
    transaction: str
    text: str
    report_id: str = ""
    report: ShiftReport | None = None


@value
class CashRegister:
    """A till. Its events and transactions are read while they are written."""

    id: str
    name: str
    events: Callable[[], Iterable[Event]]
    transactions: Callable[[], Iterable[Transaction]]


@value
class AuditFile:
    """The contents of one file; `since` and `until` are its first and last day."""

    shop: Shop
    since: date
    until: date
    made_at: datetime
    version: str
    workers: tuple[Worker, ...]
    articles: tuple[Article, ...]
    groups: tuple[GoodsGroup, ...]
    kinds: tuple[tuple[str, str], ...]
    """Id and name of each kind of payment."""
    other_verbs: tuple[tuple[str, str], ...]
    """The verbs of *other* events, and their texts."""
    taxes: tuple[Tax, ...]
    registers: tuple[CashRegister, ...]
    accounts: Accounts
