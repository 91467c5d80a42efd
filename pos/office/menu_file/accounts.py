"""`[accounts]`: the shop's own account numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from pos.domain.menu.accounts import NO_ACCOUNTS, Accounts
from pos.domain.menu.items import ArticleGroup
from pos.domain.order.order import TENDER_KINDS
from pos.office.menu_file.book import Draft
from pos.office.menu_file.fields import Reader
from pos.office.menu_file.problems import Notes, shown

LEAST, MOST = 1, 9_999_999_999
"""Four digits are usual; the accountant may use more."""

_RATE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?", re.ASCII)


def read_accounts(root: Reader) -> Accounts:
    """Read `[accounts]`; without that table the shop has no account numbers of its own."""
    if not root.has("accounts"):
        return NO_ACCOUNTS
    table = root.table("accounts")
    accounts = Accounts(
        _by_rate(table, "sales"),
        _by_group(table),
        _by_rate(table, "output_vat"),
        _numbers(table, "payments"),
        _number(table, "receivable"),
        _number(table, "rounding"),
        _number(table, "cash_difference"),
        _number(table, "tips"),
    )
    table.close()
    return accounts


def _number(table: Reader, key: str) -> int | None:
    return table.number(key, LEAST, MOST) if table.has(key) else None


def _numbers(table: Reader, key: str) -> tuple[tuple[str, int], ...]:
    """The account numbers of a table by key."""
    if not table.has(key):
        return ()
    inner = table.table(key)
    return tuple((name, inner.number(name, LEAST, MOST)) for name in inner.names())


def _by_rate(table: Reader, key: str) -> tuple[tuple[int, int], ...]:
    """The account numbers by tax rate: percent in the file, basis points in the result."""
    found = []
    for name, number in _numbers(table, key):
        points = Decimal(name) * 100 if _RATE.fullmatch(name) else Decimal(-1)
        if 0 <= points <= 10_000 and points == int(points):
            found.append((int(points), number))
        else:
            table.notes.add((*table.path, key, name), "menu-not-a-rate", text=shown(name))
    return tuple(found)


def _by_group(table: Reader) -> tuple[tuple[ArticleGroup, int], ...]:
    found = []
    for name, number in _numbers(table, "groups"):
        if name in set(ArticleGroup):
            found.append((ArticleGroup(name), number))
        else:
            known = ", ".join(ArticleGroup)
            path = (*table.path, "groups", name)
            table.notes.add(path, "menu-unknown-article-group", text=shown(name), known=known)
    return tuple(found)


def check_payments(draft: Draft, notes: Notes) -> None:
    """Note accounts of kinds of payment that the till does not have, neither its own nor a platform of the file."""
    kinds = (*TENDER_KINDS, *(channel.id for channel in draft.channels if channel.is_platform))
    for kind, _ in draft.accounts.payments:
        if kind not in kinds:
            path = ("accounts", "payments", kind)
            notes.add(path, "menu-unknown-payment", text=shown(kind), known=", ".join(kinds))
