"""The SAF-T file: valid by its schema, and equal to the journal to the øre."""

from __future__ import annotations

import re
import tracemalloc
from base64 import b64decode
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.country import Signable, norway
from pos.country.norway.events import EVENTS, OTHER
from pos.country.norway.saft import OTHER_EVENTS
from pos.domain.errors import BadInput
from pos.domain.menu.accounts import Accounts
from pos.domain.menu.items import ArticleGroup, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.exchange import RefundReason, SaleNumber
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.order.tips import Tip
from pos.domain.prompts import QuestionPrompt
from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import Sale
from pos.domain.shift.shift import CountReason
from pos.office.accounts.saft import export_saft
from pos.office.verifying import verify_file
from pos.register.verbs import (
    answering,
    aside,
    checkout,
    exchanging,
    paying,
    program,
    refunding,
    reports,
    ringing,
    shift,
    tipping,
)
from pos.store import Store, open_store
from pos.store.journal import told_rows
from pos.store.journal.act_log import ActLog
from tests.builders import BOTTLED, EAT_IN, MENU, NOW, PAIRINGS, TAKE_AWAY, TODAY, item, kr
from tests.office.accounts.conftest import EXAMPLE, SCHEMA, AuditFile, exported, needs_the_official_files
from tests.office_acts import gate, put_menu
from tests.register.every_act import ALL_OF_IT, Till
from tests.templates import PRACTICE, begin_file

DAY = timedelta(days=1)


@cache
def schema() -> object:
    import xmlschema

    return xmlschema.XMLSchema(str(SCHEMA))


def faults(path: Path) -> list[str]:
    """The errors that the official schema finds."""
    return [f"{error.path}: {error.reason}" for error in schema().iter_errors(str(path))]  # type: ignore[attr-defined]


def a_day(folder: Path) -> Till:
    """A till with a little of everything."""
    till = Till(folder)
    till.do(program.start_program, "0.2.0")
    sale = till.sold()
    till.do(refunding.refund, sale.number, [(1, 1)], RefundReason.MADE_WRONG)
    till.do(ringing.void, till.rung())
    till.rung()
    till.do(aside.hold)
    till.sold("cheeseburger-meal-m")
    till.do(program.stop_program)
    return till


def in_practice(folder: Path) -> Store:
    """A practice file with two sales."""
    folder.mkdir()
    begin_file(folder / "shop.db", PRACTICE)
    with closing(open_store(folder / "shop.db", practice=True)) as store:
        put_menu(store, MENU, PAIRINGS)
    till = Till(folder, is_practice=True)
    for _ in range(2):
        till.sold()
    return till.register.store


def amounts(texts: Sequence[str]) -> Decimal:
    return sum(map(Decimal, texts), Decimal())


def in_kroner(money: Money) -> Decimal:
    return Decimal(money.minor) / 100


@needs_the_official_files
def test_a_day_is_valid_by_the_official_schema(tmp_path: Path) -> None:
    till = a_day(tmp_path)
    practice = in_practice(tmp_path / "practice")
    assert faults(exported(till.register.store, tmp_path, practice=practice).path) == []


@needs_the_official_files
def test_the_schema_finds_a_fault_and_takes_the_official_example(tmp_path: Path) -> None:
    path = exported(a_day(tmp_path).register.store, tmp_path).path
    path.write_text(path.read_text().replace("<amntTp>C</amntTp>", "<amntTp>X</amntTp>", 1))
    assert faults(path) != []
    assert faults(EXAMPLE) == []


@needs_the_official_files
def test_days_without_anything_are_valid_too(tmp_path: Path) -> None:
    file = exported(a_day(tmp_path).register.store, tmp_path, TODAY + DAY, TODAY + 9 * DAY)
    assert faults(file.path) == []
    assert file.texts("cashtransaction/nr") == []
    assert file.sums is not None
    assert file.sums.count == 0


def test_every_transaction_adds_up_and_all_of_them_are_what_the_file_says(tmp_path: Path) -> None:
    till = a_day(tmp_path)
    file = exported(till.register.store, tmp_path)
    assert file.texts("cashtransaction/nr") == ["K1-1", "R1-1", "K1-2"]
    for one in file.transactions():
        total, net = (Decimal(file.texts(name, one)[0]) for name in ("transAmntIn", "transAmntEx"))
        assert amounts(file.texts("ctLine/lineAmntIn", one)) == total
        assert amounts(file.texts("ctLine/lineAmntEx", one)) == net
        own = [vat for vat in one if vat.tag.endswith("}vat")]
        assert sum(amounts(file.texts("vatAmnt", vat)) for vat in own) == total - net
        assert sum(amounts(file.texts("vatBasAmnt", vat)) for vat in own) == net
        assert amounts(file.texts("payment/paidAmnt", one)) == total + amounts(file.texts("rounding/roundingAmnt", one))
    assert file.sums is not None
    assert amounts(file.texts("transAmntIn")) == in_kroner(file.sums.total)


@pytest.mark.parametrize(("before", "after"), [("cola-m", "cheeseburger"), ("cheeseburger", "cola-m")])
def test_an_exchange_is_a_sale_and_a_return_and_both_add_up(tmp_path: Path, before: str, after: str) -> None:
    till = Till(tmp_path)
    sale = till.sold(before)
    till.do(exchanging.exchange, sale.number, ALL_OF_IT, RefundReason.MADE_WRONG)
    till.do(ringing.ring, after, 1)
    till.do(checkout.checkout)
    new = till.do(paying.pay_cash)
    assert isinstance(new, Sale)
    file = exported(till.register.store, tmp_path)
    assert file.texts("cashtransaction/nr") == ["K1-1", "K1-2", "R1-1"]
    for one in file.transactions():
        rounding = amounts(file.texts("rounding/roundingAmnt", one))
        assert amounts(file.texts("payment/paidAmnt", one)) == amounts(file.texts("transAmntIn", one)) + rounding
    assert amounts(file.texts("transAmntIn")) == in_kroner(new.total)
    assert verify_file(till.register.store, fiscal=norway().fiscal).finding is None


def test_its_signatures_can_be_checked_from_the_file_alone(tmp_path: Path) -> None:
    store = a_day(tmp_path).register.store
    file, before = exported(store, tmp_path), b""
    for one in file.transactions("1"):
        at = datetime.fromisoformat(f"{file.texts('transDate', one)[0]}T{file.texts('transTime', one)[0]}")
        total, net = (Money(int(file.texts(name, one)[0].replace(".", ""))) for name in ("transAmntIn", "transAmntEx"))
        signature = b64decode(file.texts("signature", one)[0])
        public = store.signatures.public_keys()[file.texts("keyVersion", one)[0]]
        assert norway().fiscal.verifies(public, before, Signable(at, file.texts("nr", one)[0], total, net), signature)
        before = signature
    assert before


def test_practice_has_registers_of_its_own_and_is_in_no_sum_of_the_shop(tmp_path: Path) -> None:
    till, practice = a_day(tmp_path), in_practice(tmp_path / "practice")
    file = exported(till.register.store, tmp_path, practice=practice)
    training = list(file.transactions("1-trening"))
    assert [file.texts("trainingID", one) for one in training] == [["true"], ["true"]]
    assert [file.texts("keyVersion", one) for one in training] == [["T1"], ["T1"]]
    assert {file.texts("trainingID", one)[0] for one in file.transactions("1")} == {"false"}
    assert file.texts("event/eventType")[-2:] == ["13017", "13017"]
    assert file.sums is not None
    assert (file.sums.count, file.sums.training_count) == (3, 2)


def test_the_events_are_those_of_the_journal(tmp_path: Path) -> None:
    file = exported(a_day(tmp_path).register.store, tmp_path)
    assert file.texts("event/eventType") == ["13001", "13999-void", "13010", "13002"]
    assert OTHER_EVENTS.keys() == {verb for verb, event in EVENTS.items() if event == OTHER}


def test_exporting_is_an_act_with_its_event(tmp_path: Path) -> None:
    store = a_day(tmp_path).register.store
    file = exported(store, tmp_path)
    (row,) = [row for row in ActLog(store.file).since(datetime(2026, 1, 1).astimezone()) if row.verb == "export"]
    assert file.sums is not None
    assert row.facts["exported"] == {
        "kind": "saft",
        "since": "2026-11-23",
        "until": "2026-11-23",
        "count": 3,
        "total": {"minor": file.sums.total.minor},
    }
    assert exported(store, tmp_path).texts("event/eventType")[-1] == "13020"


def test_a_failed_export_is_refused_and_not_recorded(tmp_path: Path) -> None:
    store = a_day(tmp_path).register.store
    for path in (tmp_path / "shop.db", tmp_path / "no" / "where.xml"):
        with pytest.raises(BadInput):
            export_saft(gate(store), None, (TODAY, TODAY), path, "0.2.0")
    assert exported(store, tmp_path).texts("event/eventType")[-1] != "13020"


def test_days_are_calendar_days_and_bookdate_is_the_business_day(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.clock.set(timedelta(hours=14))
    sale = till.sold()
    assert sale.paid_at.date() == TODAY + DAY
    assert exported(till.register.store, tmp_path).texts("nr") == []
    file = exported(till.register.store, tmp_path, TODAY + DAY, TODAY + DAY)
    assert (file.texts("transDate"), file.texts("bookDate")) == ([f"{TODAY + DAY}"], [f"{TODAY}"])


def test_a_text_with_marks_and_controls_is_written_as_it_is_read(tmp_path: Path) -> None:
    till = Till(tmp_path)
    name = 'Burger <[/] & "ost"> æøå'
    changed = {**MENU.items, "cheeseburger": replace(MENU.items["cheeseburger"], name=item(name, "burgers", 1, 1).name)}
    put_menu(till.register.store, replace(MENU, items=changed), PAIRINGS)
    till.sold()
    assert exported(till.register.store, tmp_path).texts("artDesc") == [name]


# reports


def with_reports(folder: Path) -> Till:
    """A till with an X and a Z."""
    till = Till(folder)
    till.do(shift.enter_float, kr(1000))
    sale = till.sold()
    till.do(reports.x_report)
    till.do(refunding.refund, sale.number, [(1, 1)], RefundReason.MADE_WRONG)
    till.sold("cheeseburger-meal-m")
    counted = kr(1000) + sum((entry.total + entry.rounding for entry in [till.register.view.finished]), Money())  # type: ignore[union-attr]
    till.do(shift.count_drawer, counted)
    till.do(reports.z_report)
    return till


@needs_the_official_files
def test_x_and_z_are_in_it_and_valid(tmp_path: Path) -> None:
    file = exported(with_reports(tmp_path).register.store, tmp_path)
    assert faults(file.path) == []
    assert file.texts("eventReport/reportType") == ["X report", "Z report"]


def test_a_z_agrees_with_its_transactions(tmp_path: Path) -> None:
    file = exported(with_reports(tmp_path).register.store, tmp_path)
    total = amounts(file.texts("transAmntIn"))
    back = -amounts([text for text in file.texts("transAmntIn") if text.startswith("-")])
    _, z = file.all("eventReport")
    assert amounts(file.texts("totalCashSaleAmnt", z)) == total
    assert amounts(file.texts("artGroupAmnt", z)) == total
    assert amounts(file.texts("paymentAmnt", z)[: len(file.all("reportPayment", z))]) == amounts(file.texts("paidAmnt"))
    assert amounts(file.texts("cashSaleAmnt", z)) + amounts(file.texts("reportCashSaleVat/vatAmnt", z)) == total
    assert file.texts("reportOpeningChangeFloat", z) == ["1000.00"]
    assert (file.texts("reportReturnNum", z), amounts(file.texts("reportReturnAmnt", z))) == (["1"], back)
    assert amounts(file.texts("reportGrandTotalSalesNet", z)) == total


# article groups

SOFT = replace(item("soft", "drinks", 40, 9), article_group=ArticleGroup.SOFT_DRINK)
PINT = replace(item("pint", "drinks", 90, 30), vat=VatClass.ALCOHOL, age_limit=18)


def with_groups(beer: ArticleGroup | None, soft: ArticleGroup = ArticleGroup.SOFT_DRINK) -> Menu:
    """A menu on which the category says food, and drinks say what they are."""
    category = replace(MENU.categories["drinks"], article_group=ArticleGroup.OTHER_DRINK)
    drinks = {"soft": replace(SOFT, article_group=soft), "pint": replace(PINT, article_group=beer)}
    return replace(MENU, items={**MENU.items, **drinks}, categories={**MENU.categories, "drinks": category})


def eaten_in(till: Till, sku: str) -> None:
    """Something that was eaten in, and paid in cash."""
    till.do(ringing.serve, EAT_IN)
    till.do(ringing.ring, sku, 1)
    till.do(checkout.checkout)
    while isinstance(till.register.view.prompt, QuestionPrompt):
        till.do(answering.no)
    till.do(paying.pay_cash)


def groups_of(file: AuditFile) -> dict[str, tuple[str, str]]:
    """For each article the official code and the name of its group."""
    basics = {
        file.texts("basicID", one)[0]: (file.texts("predefinedBasicID", one)[0], file.texts("basicDesc", one)[0])
        for one in file.all("basic")
        if file.texts("basicType", one) == ["04"]
    }
    return {
        file.texts("artID", one)[0]: basics[file.texts("artGroupID", one)[0]] for one in file.all("articles/article")
    }


def test_a_drink_is_in_the_group_that_the_menu_says_whatever_a_later_menu_says(tmp_path: Path) -> None:
    till = Till(tmp_path)
    store = till.register.store
    put_menu(store, with_groups(ArticleGroup.BEER), PAIRINGS)
    for sku in ("cheeseburger", "soft", "cola-m", "pint"):
        eaten_in(till, sku)
    told = {
        "cheeseburger": ("04006", "Mat"),
        "soft": ("04011", "Mineralvann (brus)"),
        "cola-m": ("04012", "Annen drikke (te, kaffe etc)"),
        "pint": ("04007", "Øl"),
    }
    before = exported(store, tmp_path)
    assert groups_of(before) == told
    put_menu(store, with_groups(ArticleGroup.WINE, ArticleGroup.FOOD), PAIRINGS)
    after = exported(store, tmp_path)
    assert groups_of(after) == told


def test_what_the_menu_says_nothing_of_is_grouped_by_its_tax_class(tmp_path: Path) -> None:
    till = Till(tmp_path)
    drinks = replace(with_groups(None), categories=MENU.categories)
    put_menu(till.register.store, drinks, PAIRINGS)
    for sku in ("pint", "cola-m"):
        eaten_in(till, sku)
    found = groups_of(exported(till.register.store, tmp_path))
    assert {sku: code for sku, (code, _) in found.items()} == {"pint": "04999", "cola-m": "04006"}


def test_a_sale_from_before_groups_is_exported_by_its_category_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = Till(tmp_path)
    put_menu(till.register.store, with_groups(ArticleGroup.BEER), PAIRINGS)
    with monkeypatch.context() as before:
        before.setattr(Menu, "article_group", lambda menu, item: None)
        for sku in ("pint", "soft"):
            eaten_in(till, sku)
    file = exported(till.register.store, tmp_path)
    assert file.texts("articles/article/artGroupID") == ["GRP-drinks-alcohol", "GRP-drinks"]
    assert groups_of(file) == {"pint": ("04999", "drinks"), "soft": ("04006", "drinks")}


@needs_the_official_files
def test_the_groups_of_a_z_are_those_of_its_articles(tmp_path: Path) -> None:
    till = Till(tmp_path)
    put_menu(till.register.store, with_groups(ArticleGroup.BEER), PAIRINGS)
    till.do(shift.enter_float, kr(1000))
    for sku in ("cheeseburger", "soft", "pint", "pint"):
        eaten_in(till, sku)
    till.do(reports.x_report)
    file = exported(till.register.store, tmp_path)
    assert faults(file.path) == []
    (x,) = file.all("eventReport")
    rows = {
        file.texts("artGroupID", row)[0]: (file.texts("artGroupNum", row)[0], file.texts("artGroupAmnt", row)[0])
        for row in file.all("reportArtGroup", x)
    }
    assert rows == {"VG-food": ("1", "89.00"), "VG-soft_drink": ("1", "40.00"), "VG-beer": ("2", "180.00")}
    known = {file.texts("basicID", one)[0] for one in file.all("basic") if file.texts("basicType", one) == ["04"]}
    assert rows.keys() <= known


@needs_the_official_files
def test_accounts_stand_beside_what_is_booked_on_them(tmp_path: Path) -> None:
    till = Till(tmp_path)
    own = Accounts(groups=((ArticleGroup.BEER, 3011),), payments=(("cash", 1905),), rounding=7749)
    put_menu(till.register.store, replace(with_groups(ArticleGroup.BEER), accounts=own), PAIRINGS)
    till.do(shift.enter_float, kr(1000))
    for sku in ("cheeseburger", "pint"):
        eaten_in(till, sku)
    till.do(reports.x_report)
    file = exported(till.register.store, tmp_path)
    assert faults(file.path) == []
    assert file.texts("ctLine/lineAmntInAccID") == ["3000", "3011"]
    assert file.texts("ctLine/vat/accID") == ["2701", "2701"]
    assert file.texts("payment/accID") == ["1905", "1905"]
    assert file.texts("rounding/accID") == ["7749", "7749"]
    assert file.texts("reportPayment/accID") == ["1905"]


# deposits


def with_bottles(folder: Path) -> Till:
    """A till that sold bottles, loose and in a meal, refunded one, and made a Z."""
    till = Till(folder)
    put_menu(till.register.store, BOTTLED, PAIRINGS)
    till.do(shift.enter_float, kr(1000))
    for sku in ("cola-m", "cheeseburger-meal-m", "cheeseburger"):
        eaten_in(till, sku)
    till.do(refunding.refund, SaleNumber("K1", 1), [(1, 1)], RefundReason.MADE_WRONG)
    till.do(shift.count_drawer, kr(1000))
    till.do(shift.explain_count, CountReason.NOT_FOUND)
    till.do(reports.z_report)
    return till


@needs_the_official_files
def test_deposits_are_lines_of_an_article_and_an_account_of_their_own(tmp_path: Path) -> None:
    file = exported(with_bottles(tmp_path).register.store, tmp_path)
    assert faults(file.path) == []
    deposits = [line for line in file.all("ctLine") if file.texts("artID", line) == ["PANT"]]
    assert [
        [file.texts(name, line)[0] for name in ("lineType", "qnt", "lineAmntIn", "lineAmntEx", "lineAmntInAccID")]
        for line in deposits
    ] == [
        ["SAL", "1", "2.00", "2.00", "3900"],
        ["SAL", "1", "2.00", "2.00", "3900"],
        ["RET", "-1", "-2.00", "-2.00", "3900"],
    ]
    assert {(file.texts("vatCode", line)[0], file.texts("vatAmnt", line)[0]) for line in deposits} == {("0", "0.00")}
    assert groups_of(file)["PANT"] == ("04999", "Pant")
    standard = dict(zip(file.texts("vatCodeDetail/vatCode"), file.texts("vatCodeDetail/standardVatCode"), strict=True))
    assert standard["0"] == "7"


def test_transactions_and_z_with_deposits_add_up(tmp_path: Path) -> None:
    file = exported(with_bottles(tmp_path).register.store, tmp_path)
    for one in file.transactions():
        total, net = (Decimal(file.texts(name, one)[0]) for name in ("transAmntIn", "transAmntEx"))
        assert amounts(file.texts("ctLine/lineAmntIn", one)) == total
        assert amounts(file.texts("ctLine/lineAmntEx", one)) == net
        own = [vat for vat in one if vat.tag.endswith("}vat")]
        assert sum(amounts(file.texts("vatBasAmnt", vat)) for vat in own) == net
    (z,) = file.all("eventReport")
    total = amounts(file.texts("transAmntIn"))
    assert amounts(file.texts("totalCashSaleAmnt", z)) == amounts(file.texts("artGroupAmnt", z)) == total
    rows = dict(zip(file.texts("artGroupID", z), file.texts("artGroupAmnt", z), strict=True))
    assert rows["VG-deposit"] == "2.00"
    assert amounts(file.texts("cashSaleAmnt", z)) + amounts(file.texts("reportCashSaleVat/vatAmnt", z)) == total


# tips


def with_tips(folder: Path) -> Till:
    """A shift in which a card and a note left a tip each; the first sale went back, and none of its tip."""
    till = Till(folder)
    put_menu(till.register.store, replace(MENU, most_tip=kr(200)), PAIRINGS, NOW)
    till.do(shift.enter_float, kr(1000))
    till.at_payment()
    till.do(tipping.note_tip, Tip(kr(11, 50)))
    till.do(paying.ask_terminal, TenderKind.CARD)
    sale = till.do(paying.terminal_says, TenderState.APPROVED)
    assert isinstance(sale, Sale)
    till.at_payment()
    till.do(tipping.note_tip, Tip())
    till.do(paying.pay_cash, kr(200))
    back = till.do(refunding.refund, sale.number, [(1, 1)], RefundReason.MADE_WRONG)
    assert isinstance(back, Refund)
    till.do(refunding.refund_says, back.id, TenderState.APPROVED)
    till.do(shift.count_drawer, kr(1200))
    till.do(reports.z_report)
    return till


@needs_the_official_files
def test_with_tips_it_is_valid(tmp_path: Path) -> None:
    assert faults(exported(with_tips(tmp_path).register.store, tmp_path).path) == []


def test_a_tip_is_the_raise_of_its_sale_and_in_what_was_paid(tmp_path: Path) -> None:
    file = exported(with_tips(tmp_path).register.store, tmp_path)
    of_sale = {}
    for one in file.transactions():
        total, rounding = (amounts(file.texts(name, one)) for name in ("transAmntIn", "rounding/roundingAmnt"))
        tip = amounts(file.texts("raise/raiseAmnt", one))
        assert amounts(file.texts("payment/paidAmnt", one)) == total + rounding + tip
        of_sale[file.texts("nr", one)[0]] = tip
    assert of_sale == {"K1-1": Decimal("11.50"), "K1-2": Decimal(111), "R1-1": Decimal()}
    kinds = {file.texts("basicID", one)[0]: file.texts("predefinedBasicID", one) for one in file.all("basic")}
    assert {kinds[kind][0] for kind in file.texts("raise/raiseType")} == {"10001"}


@pytest.mark.parametrize(("own", "account"), [(None, "2990"), (2910, "2910")])
def test_the_account_of_tips_is_the_shops_own_or_that_of_the_chart(
    tmp_path: Path, own: int | None, account: str
) -> None:
    till = with_tips(tmp_path)
    put_menu(till.register.store, replace(MENU, accounts=Accounts(tips=own)), PAIRINGS, NOW)
    file = exported(till.register.store, tmp_path)
    assert file.texts("raise/accID") == [account] * 2
    assert file.texts("reportTip/accID") == [account]


def test_a_report_has_the_tips_beside_its_sales(tmp_path: Path) -> None:
    file = exported(with_tips(tmp_path).register.store, tmp_path)
    (z,) = file.all("eventReport")
    assert (file.texts("tipNum", z), file.texts("tipAmnt", z)) == (["2"], ["122.50"])
    assert amounts(file.texts("totalCashSaleAmnt", z)) == Decimal(89)
    assert file.texts("reportPayment/paymentType", z) == ["PAY-card", "PAY-cash"]
    assert file.texts("reportPayment/paymentAmnt", z) == ["11.50", "200.00"]


def test_where_no_tip_was_left_no_report_has_any(tmp_path: Path) -> None:
    file = exported(with_reports(tmp_path).register.store, tmp_path)
    assert file.all("eventReport") != []
    assert file.all("reportTip") == file.all("raise") == []


# the official example


GOODS = {"1001": 1640, "1002": 2580, "1003": 2780, "2001": 11600, "3001": 2990}
AT_25 = ("2001", "3001")


def grocer() -> Menu:
    """The items of the official example's shop, at its prices."""
    items = {
        sku: replace(
            item(sku, "burgers", 1, 1), price=Money(ore), vat=VatClass.GOODS if sku in AT_25 else VatClass.FOOD
        )
        for sku, ore in GOODS.items()
    }
    return replace(MENU, items=items, paths={}, incentives={}, groups={}, slots={}, next_visit=None)


def pay(till: Till, lines: Sequence[tuple[str, int]], *, card: bool) -> Sale:
    """Ring, and pay everything."""
    till.do(ringing.serve, TAKE_AWAY)
    for sku, quantity in lines:
        till.do(ringing.ring, sku, quantity)
    till.do(checkout.checkout)
    if card:
        till.do(paying.ask_terminal, TenderKind.CARD)
        sale = till.do(paying.terminal_says, TenderState.APPROVED)
    else:
        sale = till.do(paying.pay_cash)
    assert isinstance(sale, Sale)
    return sale


def figures(file: AuditFile) -> list[list[tuple[str, str]]]:
    """The amounts of each transaction by name, in order; quantities as numbers."""
    wanted = r"(transAmnt|lineAmnt(In|Ex)$|vatAmnt$|vatBasAmnt|vatPerc|roundingAmnt|paidAmnt|amntTp|qnt|vatAmntTp)"
    found = []
    for one in file.transactions():
        leaves = [(element.tag.partition("}")[2], (element.text or "").strip()) for element in one.iter()]
        found.append([(name, text) for name, text in leaves if re.match(wanted, name)])
    return found


def with_tax(figures: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The figures that do not depend on how tax is rounded."""
    return [entry for entry in figures if entry[0] not in ("transAmntEx", "lineAmntEx", "vatAmnt", "vatBasAmnt")]


@needs_the_official_files
def test_the_amounts_of_the_official_example_come_out_to_the_ore(tmp_path: Path) -> None:
    till = Till(tmp_path)
    put_menu(till.register.store, grocer(), [])
    pay(till, [("1001", 2), ("1002", 1), ("1003", 1)], card=True)
    pay(till, [("2001", 1), ("3001", 6)], card=False)
    sale = pay(till, [("2001", 1), ("1001", 2)], card=True)
    asked = till.do(refunding.refund, sale.number, [(2, 1)], RefundReason.CHANGED_MIND)
    till.do(refunding.refund_says, asked.id, TenderState.APPROVED)  # type: ignore[attr-defined]
    ours, theirs = figures(exported(till.register.store, tmp_path)), figures(AuditFile(EXAMPLE))
    assert ours[1:] == theirs[1:]
    assert list(map(with_tax, ours)) == list(map(with_tax, theirs))


@needs_the_official_files
def test_the_tax_of_a_rate_is_that_of_its_sum_where_the_example_adds_up_rounded_lines(tmp_path: Path) -> None:
    till = Till(tmp_path)
    put_menu(till.register.store, grocer(), [])
    pay(till, [("1001", 2), ("1002", 1), ("1003", 1)], card=True)
    (ours,), theirs = figures(exported(till.register.store, tmp_path)), figures(AuditFile(EXAMPLE))[0]
    assert [entry for entry in zip(ours, theirs, strict=True) if entry[0] != entry[1]] == [
        (("transAmntEx", "75.13"), ("transAmntEx", "75.12")),
        (("lineAmntEx", "22.44"), ("lineAmntEx", "22.43")),
        (("vatAmnt", "3.36"), ("vatAmnt", "3.37")),
        (("vatBasAmnt", "22.44"), ("vatBasAmnt", "22.43")),
        (("vatAmnt", "11.27"), ("vatAmnt", "11.28")),
        (("vatBasAmnt", "75.13"), ("vatBasAmnt", "75.12")),
    ]


# any day


SKUS = st.sampled_from(["cheeseburger", "cheeseburger-meal-m", "cola-m", "double"])
DOINGS = st.lists(st.tuples(SKUS, st.integers(0, 2), st.booleans()), min_size=1, max_size=4)


@settings(max_examples=12, deadline=None)
@given(DOINGS)
def test_every_sale_and_refund_is_in_the_file_to_the_ore(
    tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[str, int, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    till, expected = Till(folder), {}
    put_menu(till.register.store, BOTTLED, PAIRINGS)
    for sku, more, goes_back in doings:
        if more:
            till.do(ringing.ring, sku, more)
        sale = till.sold(sku)
        expected[sale.number.name] = in_kroner(sale.total)
        if goes_back:
            back = till.do(refunding.refund, sale.number, [(1, 1)], RefundReason.NOT_GOOD)
            assert isinstance(back, Refund)
            expected[back.name] = -in_kroner(back.total)
    file = exported(till.register.store, folder)
    stated = zip(file.texts("cashtransaction/nr"), map(Decimal, file.texts("transAmntIn")), strict=True)
    assert dict(stated) == expected
    for one in file.transactions():
        assert amounts(file.texts("ctLine/lineAmntIn", one)) == amounts(file.texts("transAmntIn", one))


def test_a_long_period_takes_no_more_memory_than_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_rows, "FAR", 20)
    till = Till(tmp_path)
    store = till.register.store

    def peak() -> int:
        tracemalloc.start()
        try:
            export_saft(gate(store), None, (TODAY, TODAY), tmp_path / "again.xml", "0.2.0")
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            export_saft(gate(store), None, (TODAY, TODAY), tmp_path / "again.xml", "0.2.0")
            return tracemalloc.get_traced_memory()[1] - before
        finally:
            tracemalloc.stop()

    for _ in range(5):
        till.sold()
    short = peak()
    for _ in range(60):
        till.sold()
    assert peak() < 3 * short
