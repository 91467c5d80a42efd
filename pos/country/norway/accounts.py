"""The accounts on which a Norwegian shop books its takings, unless it has its own."""

from __future__ import annotations

from pos.domain.menu.accounts import Accounts
from pos.domain.menu.items import ArticleGroup

NS_4102 = Accounts(
    sales=(("mva-25", 3000), ("mva-15", 3030), ("mva-12", 3040), ("mva-0", 3100)),
    groups=((ArticleGroup.DEPOSIT, 3900),),
    output_vat=(("mva-25", 2701), ("mva-15", 2702), ("mva-12", 2703)),
    payments=(("cash", 1900),),
    receivable=1570,
    rounding=7740,
    cash_difference=7740,
    tips=2990,
)
"""The accounts of the standard chart: taxed sales, and 3100 for what is free of tax; 1570 for what a card company, a
payment service or a platform owes the shop until it pays. Deposits are in group 39, without tax: there kontohjelp.no
books what is paid back for empties (*Returemballasje/panteordning ved retur av emballasje*); that what is taken with a
sale belongs beside it, and 3900 in particular, is our own choice. Tips are no income of the shop: 2990,
other short-term debt, is what it owes those who work there."""
