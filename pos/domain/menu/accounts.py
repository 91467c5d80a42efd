"""The account numbers on which a shop books its sales, taxes and payments."""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.menu.items import ArticleGroup
from pos.domain.value import value


@value
class Accounts:
    """Account numbers. What is None or not in a list has no account of its own.

    `sales` and `output_vat` are by the id of a tax. `groups` are the article groups that are not booked by
    tax. `payments` are by kind of tender; other kinds are booked on `receivable`, what others owe the shop.
    """

    sales: tuple[tuple[str, int], ...] = ()
    groups: tuple[tuple[ArticleGroup, int], ...] = ()
    output_vat: tuple[tuple[str, int], ...] = ()
    payments: tuple[tuple[str, int], ...] = ()
    receivable: int | None = None
    rounding: int | None = None
    cash_difference: int | None = None
    tips: int | None = None

    def over(self, others: Accounts) -> Accounts:
        """These accounts; those of `others` where these have none."""
        return Accounts(
            tuple({**dict(others.sales), **dict(self.sales)}.items()),
            tuple({**dict(others.groups), **dict(self.groups)}.items()),
            tuple({**dict(others.output_vat), **dict(self.output_vat)}.items()),
            tuple({**dict(others.payments), **dict(self.payments)}.items()),
            others.receivable if self.receivable is None else self.receivable,
            others.rounding if self.rounding is None else self.rounding,
            others.cash_difference if self.cash_difference is None else self.cash_difference,
            others.tips if self.tips is None else self.tips,
        )

    def of_sale(self, taxes: Iterable[str], group: ArticleGroup | None) -> int | None:
        """The account of goods with some taxes in an article group: the group's, else that of the first tax that has
        one. The group is None if it is not known; untaxed goods have none but their group's."""
        own = dict(self.groups).get(group) if group is not None else None
        known = dict(self.sales)
        return next((known[tax] for tax in taxes if tax in known), None) if own is None else own

    def of_tax(self, tax: str) -> int | None:
        """The account of a tax on sales; None if there is none."""
        return dict(self.output_vat).get(tax)

    def of_payment(self, kind: str) -> int | None:
        """The account of a kind of payment."""
        return dict(self.payments).get(kind, self.receivable)


NO_ACCOUNTS = Accounts()
