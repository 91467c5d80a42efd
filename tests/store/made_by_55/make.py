"""Makes `shop.db.xz` and `papers.txt.xz`: what has taxes in it, while these were rates in basis points.

There are meals whose parts are taxed differently, bottles with deposits, refunds of parts, an exchange, an X, and
account numbers in a menu that was replaced. They were made at commit dc4c76cc, whose file is of version 55: `python -m
tests.store.made_by_55.make`. Later programs cannot run this: there, accounts have no rates.
"""

from __future__ import annotations

import lzma
import tempfile
from dataclasses import replace
from pathlib import Path

from pos.domain.menu.accounts import Accounts
from pos.domain.menu.items import ArticleGroup, ServingMode, VatClass
from pos.domain.order.exchange import RefundReason
from pos.domain.prompts import QuestionPrompt
from pos.domain.sale.sale import Sale
from pos.register.verbs import answering, checkout, exchanging, paying, refunding, reports, ringing, shift
from tests.builders import BOTTLED, EAT_IN, NOW, PAIRINGS, TAKE_AWAY, kr
from tests.net.seen import every_paper
from tests.office_acts import put_menu
from tests.register.every_act import Till

HERE = Path(__file__).parent
RATES = {"sales": ((2500, 3001), (1500, 3031)), "output_vat": ((1500, 2799),)}


def main() -> None:
    """Make the files."""
    with tempfile.TemporaryDirectory() as folder:
        till = Till(Path(folder))
        store = till.register.store
        own = Accounts(groups=((ArticleGroup.BEER, 3011),), **RATES)  # type: ignore[arg-type]  # as they were then
        put_menu(store, replace(BOTTLED, accounts=own), PAIRINGS, NOW)
        till.do(shift.enter_float, kr(1000))
        bottles = sold(till, TAKE_AWAY, ("cola-m", 3), ("cheeseburger", 2))
        meals = sold(till, EAT_IN, ("cheeseburger-meal-m", 2), ("beer-m", 1))
        mixed = sold(till, TAKE_AWAY, ("bag", 1), ("cheeseburger", 1), ("cola-m", 1))
        for sale, *counts in (bottles, (1, 1)), (bottles, (1, 1), (2, 1)), (mixed, (1, 1), (3, 1)):
            till.do(refunding.refund, sale.number, counts, RefundReason.MADE_WRONG)
        till.do(exchanging.exchange, meals.number, [(1, 1)], RefundReason.MISSING)
        till.do(ringing.ring, "cola-m", 1)
        till.do(checkout.checkout)
        till.do(paying.pay_cash)
        till.do(reports.x_report)
        cola = replace(BOTTLED.items["cola-m"], vat=VatClass.GOODS)
        put_menu(store, replace(BOTTLED, accounts=own, items={**BOTTLED.items, cola.sku: cola}), PAIRINGS, NOW)
        of_two_rates = sold(till, TAKE_AWAY, ("cheeseburger-meal-m", 3))
        till.do(refunding.refund, of_two_rates.number, [(1, 2)], RefundReason.NOT_GOOD)
        till.do(ringing.ring, "cheeseburger", 1)
        papers = "\n".join(every_paper(store))
        store.close()
        kept("shop.db.xz", (Path(folder) / "shop.db").read_bytes())
        kept("papers.txt.xz", papers.encode())


def sold(till: Till, mode: ServingMode, *rows: tuple[str, int]) -> Sale:
    """A sale in cash, both questions refused."""
    till.do(ringing.serve, mode)
    for sku, quantity in rows:
        till.do(ringing.ring, sku, quantity)
    till.do(checkout.checkout)
    while isinstance(till.register.view.prompt, QuestionPrompt):
        till.do(answering.no)
    sale = till.do(paying.pay_cash)
    assert isinstance(sale, Sale)
    return sale


def kept(name: str, content: bytes) -> None:
    """Write a file, compressed."""
    (HERE / name).write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
