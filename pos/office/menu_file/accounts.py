"""`[accounts]`: the shop's own account numbers."""

from __future__ import annotations

from collections.abc import Collection

from pos.domain.menu.accounts import NO_ACCOUNTS, Accounts
from pos.domain.menu.items import ArticleGroup
from pos.domain.order.order import TENDER_KINDS
from pos.office.menu_file.book import Draft
from pos.office.menu_file.fields import Reader
from pos.office.menu_file.problems import Notes, shown

LEAST, MOST = 1, 9_999_999_999
"""Four digits are usual; the accountant may use more."""


def read_accounts(root: Reader) -> Accounts:
    """Read `[accounts]`; without that table the shop has no account numbers of its own."""
    if not root.has("accounts"):
        return NO_ACCOUNTS
    table = root.table("accounts")
    accounts = Accounts(
        _numbers(table, "sales"),
        _by_group(table),
        _numbers(table, "output_vat"),
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


def check_taxes(draft: Draft, notes: Notes, taxes: Collection[str]) -> None:
    """Note accounts of taxes that are not among the country's."""
    for key, accounts in (("sales", draft.accounts.sales), ("output_vat", draft.accounts.output_vat)):
        for tax, _ in accounts:
            if tax not in taxes:
                notes.add(("accounts", key, tax), "menu-unknown-tax", text=shown(tax), known=", ".join(taxes))


def check_payments(draft: Draft, notes: Notes) -> None:
    """Note accounts of kinds of payment that the till does not have, neither its own nor a platform of the file."""
    kinds = (*TENDER_KINDS, *(channel.id for channel in draft.channels if channel.is_platform))
    for kind, _ in draft.accounts.payments:
        if kind not in kinds:
            path = ("accounts", "payments", kind)
            notes.add(path, "menu-unknown-payment", text=shown(kind), known=", ".join(kinds))
