"""The figures of a day: every breakdown adds up to the sales less the refunds."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.menu.accounts import Accounts
from pos.domain.menu.items import ArticleGroup
from pos.domain.money import Money
from pos.domain.order.exchange import RefundReason
from pos.domain.order.order import TenderKind, TenderState
from pos.domain.order.tips import Tip
from pos.domain.refunds.refund import Refund
from pos.domain.sale.sale import Sale
from pos.domain.shift.shift import CountReason
from pos.domain.text import LocalText
from pos.office.accounts.day import BOM, Cut, DayFigures, as_csv, as_json, figures_of
from pos.register.verbs import paying, refunding, reports, ringing, shift, tipping
from pos.wording import wording
from tests.builders import BOTTLED, EAT_IN, MENU, NOW, PAIRINGS, TODAY, kr
from tests.office_acts import gate, put_menu
from tests.register.every_act import Till

DAY = timedelta(days=1)


def figures(till: Till) -> DayFigures:
    return figures_of(gate(till.register.store), TODAY)


def by_card(till: Till) -> Sale:
    till.at_payment()
    till.do(paying.ask_terminal, TenderKind.CARD)
    sale = till.do(paying.terminal_says, TenderState.APPROVED)
    assert isinstance(sale, Sale)
    return sale


def give_back(till: Till, sale: Sale) -> Refund:
    back = till.do(refunding.refund, sale.number, [(1, 1)], RefundReason.MADE_WRONG)
    assert isinstance(back, Refund)
    return back


def test_a_day_with_sales_by_cash_and_card_and_a_refund(tmp_path: Path) -> None:
    till = Till(tmp_path)
    sale, card = till.sold(), by_card(till)
    give_back(till, sale)
    found = as_json(figures(till))
    assert found["total"] == {
        "count": 3,
        "gross_minor": card.total.minor,
        "tax_minor": card.tax.minor,
        "net_minor": (card.total - card.tax).minor,
    }
    assert found["tenders"] == [
        {"kind": "card", "account": "1570", "count": 1, "amount_minor": card.total.minor},
        {"kind": "cash", "account": "1900", "count": 2, "amount_minor": 0},
    ]
    (booked,), (tax,) = found["booked"], found["taxes"]  # type: ignore[misc]  # lists
    assert (booked["taxes"], booked["account"]) == (["mva-15"], "3030")
    assert (tax["tax"], tax["ppm"], tax["account"]) == ("mva-15", 150_000, "2702")
    assert [row["person"] for row in found["people"]] == ["Kari"]  # type: ignore[attr-defined]  # a list


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(0, 5)), max_size=5))
def test_every_breakdown_adds_up_to_the_same_sum(
    tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[bool, bool, bool, int]]
) -> None:
    till = Till(tmp_path_factory.mktemp("day"))
    put_menu(till.register.store, BOTTLED, PAIRINGS)
    gross = tax = paid = 0
    for here, card, goes_back, hours in doings:
        till.clock.set(timedelta(hours=hours))
        if here:
            till.do(ringing.ring, "cola-m")
            till.do(ringing.serve, EAT_IN)
        sale = by_card(till) if card else till.sold()
        done: list[tuple[int, Sale | Refund]] = [(1, sale)]
        if goes_back and not card:
            done.append((-1, give_back(till, sale)))
        for sign, one in done:
            if one.business_day == TODAY:
                gross, tax = gross + sign * one.total.minor, tax + sign * one.tax.minor
                paid += sign * (one.total + one.rounding).minor
    found = figures(till)
    assert (found.total.gross, found.total.tax) == (gross, tax)
    for cuts in (found.taxes, found.booked, found.categories, found.hours, found.people):
        assert (sum(cut.gross for cut in cuts.values()), sum(cut.tax for cut in cuts.values())) == (gross, tax)
    assert sum(cut.gross for cut in found.tenders.values()) == paid == gross + found.rounding


def test_deposits_have_an_account_of_their_own_and_stand_as_a_category(tmp_path: Path) -> None:
    till = Till(tmp_path)
    put_menu(till.register.store, BOTTLED, PAIRINGS)
    sale = till.sold("cola-m")
    till.sold("cola-m")
    give_back(till, sale)
    found = as_json(figures(till))
    assert [(row["taxes"], row["account"], row["gross_minor"]) for row in found["booked"]] == [  # type: ignore[attr-defined]  # a list
        (["mva-15"], "3030", 3400),
        (["mva-0"], "3900", 200),
    ]
    assert [(row["category"], row["count"], row["gross_minor"]) for row in found["categories"]] == [  # type: ignore[attr-defined]  # a list
        ("drinks", 1, 3400),
        ("Pant", 1, 200),
    ]
    own = replace(BOTTLED, accounts=Accounts(groups=((ArticleGroup.DEPOSIT, 2990),)))
    put_menu(till.register.store, own, PAIRINGS)
    rows = list(csv.reader(as_csv(figures(till), wording("nb")).splitlines(), delimiter=";"))
    assert ["2026-11-23", "Salg etter sats", "0 %", "2990", "3", "2,00", "0,00", "2,00"] in rows
    assert [row[2] for row in rows if row[1] == "Utgående mva"] == ["15 %"]


OWN = Accounts(
    sales=(("mva-25", 3001),),
    groups=((ArticleGroup.SOFT_DRINK, 3011),),
    output_vat=(("mva-15", 2799),),
    payments=(("card", 1920),),
    rounding=7749,
    cash_difference=7746,
)
"""A shop that has some numbers of its own."""


def with_accounts(till: Till) -> None:
    drinks = replace(MENU.categories["drinks"], article_group=ArticleGroup.SOFT_DRINK)
    menu = replace(MENU, accounts=OWN, categories={**MENU.categories, "drinks": drinks})
    put_menu(till.register.store, menu, PAIRINGS)


def test_the_shops_own_accounts_stand_before_those_of_the_country(tmp_path: Path) -> None:
    till = Till(tmp_path)
    with_accounts(till)
    till.sold("cheeseburger")
    by_card(till)
    till.sold("cola-m")
    found = as_json(figures(till))
    assert [(row["taxes"], row["account"], row["gross_minor"]) for row in found["booked"]] == [  # type: ignore[attr-defined]  # a list
        (["mva-15"], "3011", 3400),
        (["mva-15"], "3030", 2 * 8900),
    ]
    assert [(row["kind"], row["account"]) for row in found["tenders"]] == [("card", "1920"), ("cash", "1900")]  # type: ignore[attr-defined]  # a list
    assert (found["rounding_account"], found["cash_difference_account"]) == ("7749", "7746")
    rows = list(csv.reader(as_csv(figures(till), wording("nb")).splitlines(), delimiter=";"))
    assert ["2026-11-23", "Salg etter sats", "15 %", "3011", "1", "34,00", "4,43", "29,57"] in rows
    assert ["2026-11-23", "Utgående mva", "15 %", "2799", "3", "27,65", "", ""] in rows


def test_what_a_drawer_lacked_is_on_the_day_of_its_z(tmp_path: Path) -> None:
    till = Till(tmp_path)
    with_accounts(till)
    till.do(shift.enter_float, Money.of(1000))
    till.sold()
    till.do(shift.count_drawer, Money.of(1069))
    till.do(shift.explain_count, CountReason.MISSING)
    assert figures(till).cash_difference == Cut()
    till.do(reports.z_report)
    assert as_json(figures(till))["cash_difference_minor"] == -2000
    rows = list(csv.reader(as_csv(figures(till), wording("nb")).splitlines(), delimiter=";"))
    assert ["2026-11-23", "Sum", "Kassedifferanse", "7746", "1", "-20,00", "", ""] in rows


def test_an_item_that_moves_to_another_category_changes_no_day_before(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.sold("cola-m")
    moved = replace(MENU.items["cola-m"], category="sides")
    put_menu(till.register.store, replace(MENU, items={**MENU.items, "cola-m": moved}), PAIRINGS)
    assert [name.nb for name in figures(till).categories] == ["drinks"]


def test_tips_stand_beside_the_sales_on_an_account_of_their_own(tmp_path: Path) -> None:
    till = Till(tmp_path)
    put_menu(till.register.store, replace(MENU, most_tip=kr(200)), PAIRINGS, NOW)
    till.at_payment()
    till.do(tipping.note_tip, Tip(kr(11)))
    sale = till.do(paying.pay_cash)
    assert isinstance(sale, Sale)
    by_card(till)
    found = as_json(figures(till))
    assert found["tips"] == {"account": "2990", "count": 1, "amount_minor": 1100}
    assert found["total"]["gross_minor"] == 2 * sale.total.minor  # type: ignore[index]  # a dictionary
    paid = sum(row["amount_minor"] for row in found["tenders"])  # type: ignore[attr-defined]  # a list
    assert paid == 2 * sale.total.minor + sale.rounding.minor + 1100
    rows = [line.split(";") for line in as_csv(figures(till), wording("nb")).splitlines()]
    assert ["Tips (ikke salg)", "2990", "1", "11,00", "", ""] in [row[2:] for row in rows]


def test_a_day_without_tips_says_nothing_of_them(tmp_path: Path) -> None:
    till = Till(tmp_path)
    by_card(till)
    assert "tips" not in as_json(figures(till))
    assert "Tips" not in as_csv(figures(till), wording("nb"))


def test_the_night_belongs_to_the_day_before(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.clock.set(timedelta(hours=14))
    till.sold()
    assert figures(till).sales.count == 1
    assert [*figures(till).hours] == [2]
    assert figures_of(gate(till.register.store), TODAY + DAY).sales.count == 0


def test_excel_in_norway_reads_it(tmp_path: Path) -> None:
    till = Till(tmp_path)
    give_back(till, till.sold())
    till.sold()
    text = as_csv(figures(till), wording("nb"))
    assert text.startswith(BOM)
    assert text.encode().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(text.removeprefix(BOM).splitlines(), delimiter=";"))
    assert {len(row) for row in rows} == {8}
    assert rows[0] == ["Dag", "Etter", "Hva", "Konto", "Antall", "Med mva", "Mva", "Uten mva"]
    assert ["2026-11-23", "Sum", "Returer", "", "1", "-89,00", "-11,61", "-77,39"] in rows
    assert ["2026-11-23", "Salg etter sats", "15 %", "3030", "3", "89,00", "11,61", "77,39"] in rows
    assert ["2026-11-23", "Utgående mva", "15 %", "2702", "3", "11,61", "", ""] in rows
    assert ["2026-11-23", "Betaling", "Kontant", "1900", "3", "89,00", "", ""] in rows


def test_no_spreadsheet_takes_a_name_for_a_formula(tmp_path: Path) -> None:
    found = DayFigures(TODAY)
    for name in ("=1+1", "+47", "-x", "@SUM(A1)", "Kari"):
        found.people[name] = found.sales
    rows = list(csv.reader(as_csv(found, wording("en")).splitlines(), delimiter=";"))
    assert [row[2] for row in rows if row[1] == "Person"] == ["'+47", "'-x", "'=1+1", "'@SUM(A1)", "Kari"]


def test_a_day_without_anything_is_all_zeros(tmp_path: Path) -> None:
    till = Till(tmp_path)
    found = as_json(figures(till))
    assert (found["total"], found["booked"]) == ({"count": 0, "gross_minor": 0, "tax_minor": 0, "net_minor": 0}, [])
    assert Money(figures(till).rounding) == Money(0)


def test_categories_are_in_the_language_that_was_asked_for() -> None:
    figures = DayFigures(TODAY, categories={LocalText("Menyer", "Meals"): Cut(2, 23_800, 3_104)})
    for language, name in (("nb", "Menyer"), ("en", "Meals")):
        rows = list(csv.reader(as_csv(figures, wording(language)).splitlines(), delimiter=";"))
        assert [row[2] for row in rows if row[1] in ("Kategori", "Category")] == [name]
    assert as_json(figures)["categories"] == [
        {"category": "Menyer", "count": 2, "gross_minor": 23_800, "tax_minor": 3_104, "net_minor": 20_696}
    ]
