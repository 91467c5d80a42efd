"""The receipt holds all that the law wants on it, in both languages, on paper and on the screen."""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.country import norway
from pos.devices.escpos_printer import escpos_bytes
from pos.devices.layout import rows
from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Shop
from pos.domain.money import ZERO, Money
from pos.domain.order.order import Tender, TenderKind, TenderState
from pos.domain.pricing.price import Discount
from pos.domain.sale.sale import Document, PrintLine, Sale, SaleLine, Style
from pos.wording.receipt import receipt
from tests.builders import kr, tax_row, taxed, text
from tests.devices.papers import printed_from

PAID_AT = datetime(2026, 11, 6, 12, 41, 7, tzinfo=ZoneInfo("Europe/Oslo"))
HEADINGS = norway().headings

NB_RECEIPT = """\
             Salgskvittering

              Bølgen Burger
               Bølgekaia 1
              9999 Havbukta
             Tlf. 22 33 44 55
         Org.nr. 999 999 999 MVA

Kvittering                           T1-42
Tid                    06.11.2026 12:41:07
Kasse                              Kasse 1
Betjent av                            Kari

                  Nr. 17
                  Ta med

2 Cheeseburgermeny, stor            268,00
  à 134,00
  Cola
  Ekstra bacon
  Merknad: uten salt på den ene
1 Milkshake                          39,50
To shaker                           -10,00
Sum NOK                             297,50

Øreavrunding                          0,50
Å betale NOK                        298,00
Kort                                100,00
Kontant                             200,00
Tilbake                               2,00

Sats    Netto     MVA               Brutto
15 %   258,70   38,80               297,50
"""

EN_RECEIPT = """\
             Salgskvittering
              Sales receipt

              Bølgen Burger
               Bølgekaia 1
              9999 Havbukta
             Tel. 22 33 44 55
         Org. no. 999 999 999 MVA

Receipt                              T1-42
Time                   2026-11-06 12:41:07
Till                               Kasse 1
Served by                             Kari

                  No. 17
                Take away

2 Cheeseburger meal, large          268.00
  at 134.00 each
  Cola
  Extra bacon
  Note: uten salt på den ene
1 Milkshake                          39.50
Two shakes                          -10.00
Total NOK                           297.50

Cash rounding                         0.50
To pay NOK                          298.00
Card                                100.00
Cash                                200.00
Change                                2.00

Rate      Net     VAT                Gross
15%    258.70   38.80               297.50
"""


def tender(kind: TenderKind, amount: Money, state: TenderState = TenderState.APPROVED, **more: Money) -> Tender:
    return Tender(1, kind, amount, more.pop("handed", amount), state, PAID_AT, **more)


def sale_line(nb: str, en: str, quantity: int, each: Money, *details: tuple[str, str], note: str = "") -> SaleLine:
    shown = tuple(text(*detail) for detail in details)
    gross = each * quantity
    return SaleLine("sku", text(nb, en), shown, note, quantity, each, gross, ZERO, gross, (taxed(15, gross),))


SALE = Sale(
    order_id="order-1",
    till="Kasse 1",
    series="T1",
    receipt_number=42,
    call_number=17,
    paid_at=PAID_AT,
    cashier="Kari",
    language="nb",
    serving_mode=ServingMode.TAKE_AWAY,
    shop=Shop("Bølgen Burger", "Bølgekaia 1", "9999", "Havbukta", "999999999", "22 33 44 55"),
    lines=(
        sale_line(
            "Cheeseburgermeny, stor",
            "Cheeseburger meal, large",
            2,
            kr(134),
            ("Cola", "Cola"),
            ("Ekstra bacon", "Extra bacon"),
            note="uten salt på den ene",
        ),
        sale_line("Milkshake", "Milkshake", 1, kr(39, 50)),
    ),
    discounts=(Discount("two", text("To shaker", "Two shakes"), kr(10)),),
    tax_rows=(tax_row(15, kr(297, 50), kr(38, 80)),),
    tenders=(
        tender(TenderKind.CARD, kr(500), TenderState.DECLINED),
        tender(TenderKind.CARD, kr(100)),
        tender(TenderKind.CASH, kr(197, 50), handed=kr(200), rounding=kr(0, 50), change=kr(2)),
    ),
    ledger=(),
    total=kr(297, 50),
    tax=kr(38, 80),
    rounding=kr(0, 50),
    change=kr(2),
    note="for the kitchen",
    has_code=True,
)


def shown(document: Document, width: int = 42) -> str:
    """The words of a receipt as a screen or a text file shows them; amounts have no-break spaces, the eye does not."""
    text_rows = "".join(f"{row}\n" for line in document.lines if not line.qr for row in rows(line, width))
    return text_rows.replace("\N{NO-BREAK SPACE}", " ")


def test_the_whole_receipt_in_norwegian() -> None:
    assert shown(receipt(SALE, HEADINGS)) == NB_RECEIPT


def test_a_tourist_gets_the_language_of_the_sale_under_the_legal_heading() -> None:
    assert shown(receipt(replace(SALE, language="en"), HEADINGS)) == EN_RECEIPT


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize(
    "field",
    [
        *("Salgskvittering", "Bølgen Burger", "Bølgekaia 1", "9999 Havbukta", "999 999 999 MVA", "T1-42", "12:41:07"),
        *("Kasse 1", "Kari", "17", "Cola", "uten salt", "268", "297", "258", "38", "15", "200", "100", "298"),
    ],
)
def test_every_field_is_on_every_receipt(field: str, language: str) -> None:
    assert field in shown(receipt(replace(SALE, language=language), HEADINGS))


def test_a_copy_says_so_once_and_is_the_same_below() -> None:
    first, *rest = receipt(SALE, HEADINGS, copy=True).lines
    assert (first.left, first.style, first.centred) == ("KOPI", Style.HEADING, True)
    assert [line.left for line in rest].count("KOPI") == 0
    assert shown(receipt(SALE, HEADINGS, copy=True)).removeprefix(" " * 19 + "KOPI\n") == NB_RECEIPT


def test_an_english_copy_says_what_kopi_means() -> None:
    lines = [line.left for line in receipt(replace(SALE, language="en"), HEADINGS, copy=True).lines[:4]]
    assert lines == ["KOPI", "Copy", "Salgskvittering", "Sales receipt"]


def test_its_number_can_be_scanned_from_receipt_and_copy_and_from_nothing_that_practice_prints() -> None:
    for copy in (False, True):
        assert receipt(SALE, HEADINGS, copy=copy).lines[-1] == PrintLine(qr="T1-42")
    assert not any(line.qr for line in receipt(SALE, HEADINGS, training=True).lines)


def test_a_copy_has_a_name_of_its_own() -> None:
    assert [receipt(SALE, HEADINGS, copy=copy).name for copy in (False, True)] == ["T1-42", "T1-42-copy"]


def test_the_note_for_the_kitchen_and_declined_cards_are_not_on_it() -> None:
    document = shown(receipt(SALE, HEADINGS))
    assert "for the kitchen" not in document
    assert "500,00" not in document


def test_paid_by_card_there_is_no_rounding_and_no_change() -> None:
    by_card = replace(SALE, tenders=(tender(TenderKind.CARD, kr(297, 50)),), rounding=ZERO, change=ZERO)
    document = shown(receipt(by_card, HEADINGS))
    assert [word for word in ("Øreavrunding", "Å betale", "Tilbake") if word in document] == []


def test_two_rates_have_a_row_each() -> None:
    rates = (tax_row(25, kr(125), kr(25)), tax_row(15, kr(115), kr(15)))
    document = shown(receipt(replace(SALE, tax_rows=rates), HEADINGS))
    assert "25 %   100,00   25,00               125,00\n15 %   100,00   15,00               115,00\n" in document


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("width", [32, 42])
@pytest.mark.parametrize("largest", [kr(1), kr(125), kr(9_999)])
def test_the_tax_stands_in_one_grid_on_any_paper(language: str, width: int, largest: Money) -> None:
    rates = (tax_row(25, largest, Money(largest.minor // 5)), tax_row(15, kr(115), kr(15)), tax_row(0, kr(-1), ZERO))
    table = shown(receipt(replace(SALE, tax_rows=rates, language=language), HEADINGS), width).splitlines()[-4:]
    cells = [[*re.finditer(r"\S+(?: \d{3}\S*| %)?", row)] for row in table]
    assert [len(row) for row in cells] == [4, 4, 4, 4]
    net, tax, gross = ({row[column].end() for row in cells} for column in (1, 2, 3))
    assert (len(net), len(tax), gross) == (1, 1, {width})


def test_a_sale_without_its_number_has_no_receipt() -> None:
    with pytest.raises(ValueError, match="number"):
        receipt(replace(SALE, receipt_number=0), HEADINGS)


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("width", [32, 42, 48])
def test_on_paper_headings_are_large_and_amounts_are_not(width: int, language: str) -> None:
    paper = printed_from(escpos_bytes(receipt(replace(SALE, language=language), HEADINGS, copy=True), width))
    assert {paper.row(heading).size for heading in ("KOPI", "Salgskvittering")} == {2}
    amounts = [row for row in paper.rows if row.text.rstrip().endswith(("00", "50"))]
    assert len(amounts) >= 9
    assert {row.size for row in amounts} == {1}
    assert max(len(row.text) * row.size for row in paper.rows) <= width
    assert "?" not in paper.text
    assert "Å betale" in paper.text or language == "en"


@given(
    st.lists(st.tuples(st.sampled_from(list(TenderKind)), st.integers(1, 10_000_00)), min_size=1, max_size=4),
    st.integers(-49, 50),
    st.integers(0, 99_00),
)
def test_what_was_given_less_the_change_is_total_and_rounding(
    given_amounts: list[tuple[TenderKind, int]], rounding: int, change: int
) -> None:
    tenders = tuple(tender(kind, Money(amount)) for kind, amount in given_amounts)
    handed = replace(tenders[0], kind=TenderKind.CASH, handed=tenders[0].amount + Money(rounding + change))
    paid = sum(amount for _, amount in given_amounts)
    sale = replace(
        SALE,
        tenders=(handed, *tenders[1:]),
        total=Money(paid),
        rounding=Money(rounding),
        change=Money(change),
        lines=(),
        discounts=(),
        tax_rows=(),
    )
    found = {}
    given_sum = 0
    for line in receipt(sale, HEADINGS).lines:
        amount = line.right.replace("\N{NO-BREAK SPACE}", "").replace(",", "")
        if line.left in ("Kontant", "Kort", "Vipps"):
            given_sum += int(amount)
        elif line.left in ("Sum NOK", "Øreavrunding", "Tilbake"):
            found[line.left] = int(amount)
    assert given_sum - found.get("Tilbake", 0) == found["Sum NOK"] + found.get("Øreavrunding", 0)


def test_a_till_without_a_cashiers_name_leaves_the_line_out() -> None:
    cashier = PrintLine("Betjent av", "Kari")
    lines = receipt(SALE, HEADINGS, copy=False).lines
    assert receipt(replace(SALE, cashier=""), HEADINGS, copy=False).lines == tuple(
        line for line in lines if line != cashier
    )
    assert cashier in lines
