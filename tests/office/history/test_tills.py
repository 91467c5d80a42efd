"""The exports of many tills give the same orders, with no option; what is no sale in them is left out and counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pos.domain.errors import BadInput
from pos.office.history.columns import OpenDates, OpenItems, OpenWord
from pos.office.history.importing import Imported
from pos.office.history.packed import unpacked_items
from pos.office.history.reading import Options, plan_of
from pos.office.history.rows import Details
from pos.office.history.tills import shipped_table, table_beside
from pos.store import Store
from pos.store.learning.baskets import unpacked
from pos.wording import wording
from tests.office.history.exports import FILES, MARCH_12, NORWEGIAN, SHOPIFY, SQUARE_ITEMS, TOAST, sheet
from tests.office.history.taking import import_history
from tests.rig import shop_file

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
CASES = Path(__file__).parents[4] / "shared" / "cases" / "imports"
AS_IT_IS = Options()
Orders = dict[str, tuple[str, list[str]]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return shop_file(tmp_path)


def take(store: Store, path: Path, options: Options = AS_IT_IS) -> Imported:
    return import_history(store, path, wording("en"), NOW, options)


def orders(store: Store) -> Orders:
    """Every past order by the four digits of its number: its time and its items."""
    names = {item.id: item.name for item in store.history.items().values()}
    found = {}
    for ref, minute, items in store.file.conn.execute("SELECT ref, minute, items FROM history_order"):
        number = re.search(r"1\d{3}$", ref.removesuffix("ZYqPf7Wl"))
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
        assert number is not None
        found[number[0]] = (f"{at:%Y-%m-%d %H:%M}", sorted(names[item] for item in unpacked(items)))
    return found


@pytest.mark.parametrize(("text", "till"), FILES.values(), ids=FILES.keys())
def test_every_till_tells_of_the_same_orders(store: Store, tmp_path: Path, text: str, till: str) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8", newline="")
    found = take(store, path)
    assert orders(store) == MARCH_12
    assert plan_of(path, Options(), NOW.date()).layout.till == till
    assert found.refused == sum(found.reasons.values())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_excel_saves_text_in_many_ways(store: Store, tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "export.txt"
    path.write_bytes(NORWEGIAN.replace(";", delimiter).replace("Milkshake", "Bløtis").encode(encoding))
    take(store, path)
    assert orders(store)["1002"] == ("2026-03-12 12:40", ["Bløtis", "Burger"])
    assert orders(store).keys() == MARCH_12.keys()


def test_reasons_are_counted_for_each_kind_of_row_that_is_no_sale(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(SQUARE_ITEMS, encoding="utf-8")
    assert take(store, path).reasons == {"history-custom": 1, "history-gift-card": 1, "history-refund": 1}
    path.write_text(SHOPIFY, encoding="utf-8")
    assert take(store, path).reasons == {"history-refund": 2, "history-void": 2}


@pytest.mark.parametrize(
    ("details", "items"),
    [
        (Details.LEAVE, ["Burger", "Cola", "Fries"]),
        (Details.JOIN, ["Burger, No onion", "Cola, Large, No ice, Lemon", "Fries, Large"]),
        (Details.APART, ["Burger", "Cola", "Fries", "Large", "Lemon", "No ice", "No onion"]),
    ],
)
@pytest.mark.parametrize("name", ["square-items", "square-transactions"])
def test_sizes_and_modifiers_become_what_the_manager_chooses(
    store: Store, tmp_path: Path, name: str, details: Details, items: list[str]
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(FILES[name][0], encoding="utf-8")
    take(store, path, Options(details=details))
    assert orders(store)["1001"][1] == items


def test_a_till_that_is_known_settles_the_order_of_day_and_month(tmp_path: Path) -> None:
    path = tmp_path / "one-day.csv"
    path.write_text(TOAST.replace("3/12/26", "3/10/26"), encoding="utf-8")
    layout = plan_of(path, Options(), NOW.date()).layout
    assert (layout.day_first, layout.dates_by) == (False, "till")


def test_a_shop_adds_its_own_till_beside_its_file(store: Store, tmp_path: Path) -> None:
    own = """
        [[till]]
        name = "Kassa"
        export = "linjer"
        has = ["Lapp", "Hva"]
        dates = "dmy"
        order = ["Lapp"]
        time = ["Naar"]
        item = ["Hva"]
        [till.rows]
        "Art" = { "B" = "void" }
    """
    (tmp_path / "tills.toml").write_text(own, encoding="utf-8")
    path = tmp_path / "export.csv"
    path.write_text("Lapp,Naar,Hva,Art\n1001,3/4/2026 12:00,Cola,A\n1002,3/4/2026 12:00,Cola,B\n", encoding="utf-8")
    assert take(store, path).reasons == {"history-void": 1}
    assert orders(store) == {"1001": ("2026-04-03 12:00", ["Cola"])}


@pytest.mark.parametrize(
    "text", ["[[till]]\nname = 1\n", "[[till", "[[till]]\nname = 'x'\n", "wrong = 1\n", "till = 3\n"]
)
def test_a_table_that_is_none_is_told_with_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / "tills.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="tills-wrong"):
        table_beside(tmp_path / "shop.db")


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Cancelled by customer", "void"),
        ("VOIDED - manager", "void"),
        ("Not refunded", "sale"),
        ("Ikke kansellert", "sale"),
        ("Ikke betalt", "unpaid"),
        ("Delvis refundert", "sale"),
        ("Delvis kreditert", "sale"),
        ("På vent", "unpaid"),
        ("Refusjon", "refund"),
        ("Something new", "sale"),
    ],
)
def test_words_of_a_status_are_heeded_in_both_languages(word: str, kind: str) -> None:
    assert shipped_table().kind_of_word(word) == kind


def test_every_till_of_the_table_has_what_an_order_needs() -> None:
    for till in shipped_table().tills:
        assert till.item or (till.items and till.packed), till.title
        assert till.order, till.title
        assert till.time, till.title


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not here")
@pytest.mark.parametrize("path", sorted(CASES.glob("*[!n].*")) if CASES.exists() else [], ids=lambda path: path.name)
def test_the_shared_cases_give_the_truth(store: Store, tmp_path: Path, path: Path) -> None:
    if path.name == "truth.json":
        pytest.skip("what the others are held against")
    truth = json.loads((CASES / "truth.json").read_text(encoding="utf-8"))
    wanted = {number: (at, items) for number, (at, items) in truth.items()}
    if "one-day-0310" in path.name:
        wanted = {number: found for number, found in wanted.items() if found[0].startswith("2026-03-10")}
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    take(store, copy)
    assert orders(store) == wanted


@pytest.mark.parametrize(
    ("old", "new"),
    [("Eastern Time (US & Canada)", "London"), ("$", "£"), ("Eastern Time (US & Canada)", "Oslo")],
)
def test_a_till_says_nothing_of_dates_in_a_file_from_another_country(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "one-day.csv"
    path.write_text(SQUARE_ITEMS.replace("03/12/26", "03/10/26").replace(old, new), encoding="utf-8")
    with pytest.raises(OpenDates):
        plan_of(path, Options(), NOW.date())


@pytest.mark.parametrize(
    "cells",
    [
        ["Burger, Fries (Large), 2 x Cola (Small, no ice)", "Milkshake, 2 x Burger", "Fries"],
        ["Burger x 1 | Fries x 1 | Cola x 2", "Milkshake x 1 | Burger x 2", "Fries x 1"],
        ["1 x Burger\n1 x Fries\n2 x Cola", "1 x Milkshake\n2 x Burger", "1 x Fries"],
        ["1 x Burger / 1 x Fries / 2 x Cola", "1 x Milkshake / 2 x Burger", "1 x Fries"],
        ["Burger x1, Fries x1, Cola x2", "Milkshake x1, Burger x2", "Fries x1"],
    ],
)
def test_several_items_in_a_cell_are_told_apart_by_their_counts(store: Store, tmp_path: Path, cells: list[str]) -> None:
    rows = [["1001", "2026-03-12 09:05", cells[0]], ["1002", "2026-03-12 12:40", cells[1]]]
    path = tmp_path / "export.csv"
    path.write_text(sheet("Order,Date,Items", [*rows, ["1005", "2026-03-12 23:50", cells[2]]]), encoding="utf-8")
    take(store, path)
    assert orders(store) == MARCH_12


def test_a_counted_name_keeps_its_comma() -> None:
    found = unpacked_items("Coffee, black x 1 | Muffin x 2", "square")
    assert [one.name for one in found] == ["Coffee, black", "Muffin"]


ONE_ROW_AN_ORDER = """Check,Date,Description
1001,2026-03-12 09:05,"Burger, Cola, Fries"
1002,2026-03-12 12:40,"Burger, Milkshake"
1005,2026-03-12 23:50,Fries
"""


def test_commas_that_may_stand_in_names_are_asked_for(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(ONE_ROW_AN_ORDER, encoding="utf-8")
    with pytest.raises(OpenItems):
        take(store, path)
    take(store, path, Options({"items": "Description"}))
    assert orders(store) == MARCH_12
    take(store, path, Options({"item": "Description"}))
    assert orders(store)["1002"][1] == ["Burger, Milkshake"]


def test_the_check_details_of_toast_hold_items_between_commas(store: Store, tmp_path: Path) -> None:
    header = "Opened Date,Opened Time,Item Description,Server,Tax,Tender,Check Id,Check #,Total"
    rows = [
        ["3/12/26", "9:05 AM", "Burger, Burger, Fries, Cola", "Ann", "1.00", "Visa", "1001", "1", "20.00"],
        ["3/12/26", "12:40 PM", "Burger, Milkshake", "Ann", "1.00", "Cash", "1002", "2", "15.00"],
        ["3/12/26", "11:50 PM", "Fries", "Ann", "1.00", "Visa", "1005", "3", "4.25"],
    ]
    path = tmp_path / "CheckDetails.csv"
    path.write_text(sheet(header, rows), encoding="utf-8")
    take(store, path)
    assert orders(store) == MARCH_12


NO_ITEMS = {
    "Sum bong": "total", "Herav mva 15 %": "fee", "MVA 25%": "fee", "Bankterminal": "payment", "Vipps": "payment",
    "Rabatt 10 %": "discount", "Tips kr 20": "tip", "Gavekort 500,-": "gift-card", "Pant": "fee",
    "Total incl. VAT": "total",
}  # fmt: skip
ITEMS = ("Summer salad", "Totally vegan burger", "Dim sum", "Cash and curry", "Burger 150 g", "7 Up", "Tipsy cake 2")


def test_what_is_no_item_is_known_by_its_name_and_an_amount_beside_it(store: Store, tmp_path: Path) -> None:
    rows = [["1001", "12.03.2026 09:05", name, "1"] for name in (*NO_ITEMS, *ITEMS)]
    path = tmp_path / "export.csv"
    path.write_text(sheet("Bongnr;Tidspunkt;Varenavn;Antall", rows, ";"), encoding="utf-8")
    found = take(store, path)
    assert orders(store) == {"1001": ("2026-03-12 09:05", sorted(ITEMS))}
    assert found.reasons == Counter(f"history-{why}" for why in NO_ITEMS.values())


@pytest.mark.parametrize(("header", "no"), [("Paid", "No"), ("Betalt", "Nei"), ("Order Payment State", "Open")])
def test_an_order_that_is_said_not_to_be_paid_is_no_sale(store: Store, tmp_path: Path, header: str, no: str) -> None:
    rows = [["1001", "2026-03-12 09:05", "Burger", "Yes"], ["1002", "2026-03-12 09:06", "Cola", no]]
    rows = [[*row[:3], "Paid" if "State" in header and row[3] == "Yes" else row[3]] for row in rows]
    path = tmp_path / "export.csv"
    path.write_text(sheet(f"Order,Date,Item,{header}", rows), encoding="utf-8")
    assert take(store, path).reasons == {"history-unpaid": 1}
    assert orders(store).keys() == {"1001"}


def test_a_row_without_number_and_day_at_the_same_time_belongs_to_the_order_above(store: Store, tmp_path: Path) -> None:
    text = """Dato;Klokkeslett;Bongnr;Varenavn
12.03.2026;09:05;1001;Burger
;09:05;;Cola
;09:05;;Fries
;09:30;;Milkshake
"""
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    assert take(store, path).reasons == {"history-no-order": 1}
    assert orders(store) == {"1001": MARCH_12["1001"]}


STATUS = """Ordre;Dato;Vare;Status
1001;12.03.2026 09:05;Burger;Betalt
1001;12.03.2026 09:05;Cola;Betalt
1001;12.03.2026 09:05;Fries;Betalt
1003;12.03.2026 10:00;Fries;Rømt
"""


def test_a_status_that_nobody_knows_is_asked_for(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(STATUS, encoding="utf-8")
    with pytest.raises(OpenWord) as caught:
        take(store, path)
    assert (caught.value.column, caught.value.word) == ("Status", "Rømt")
    assert take(store, path, Options(words={"Rømt": "none"})).reasons == {"history-said-no-sale": 1}
    assert orders(store) == {"1001": MARCH_12["1001"]}
    take(store, path, Options(words={"rømt": "sale"}))
    assert orders(store).keys() == {"1001", "1003"}


def test_the_only_word_of_a_column_and_ways_to_eat_are_not_asked_for(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(STATUS.replace("Betalt", "Rømt"), encoding="utf-8")
    take(store, path)
    path.write_text(STATUS.replace("Status", "Type").replace("Rømt", "Foodora"), encoding="utf-8")
    assert not take(store, path).refused


def test_days_to_come_and_empty_ones_are_no_days_of_sales(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    days = ("2026-12-01 09:00", "2026-12-02 09:00", "2031-03-01 10:00", "1900-01-01 00:00:00", "1970-01-01 00:00")
    path.write_text(sheet("Order,Date,Item", [[f"10{n}1", day, "Cola"] for n, day in enumerate(days)]), "utf-8")
    assert take(store, path).reasons == {"history-no-day-of-sales": 4}
    assert orders(store) == {"1001": ("2026-12-01 09:00", ["Cola"])}


def test_dates_that_excel_took_the_day_of_for_the_month_are_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = [["1001", "2026-02-03 11:05:00", "Cola"], ["1002", "14/03/2026 12:00", "Cola"]]
    path.write_text(sheet("Order,Date,Item", rows), encoding="utf-8")
    with pytest.raises(BadInput, match="history-dates-two-forms"):
        take(store, path)
    take(store, path, Options(dates="dmy"))
    assert orders(store)["1002"][0] == "2026-03-14 12:00"


def test_a_no_in_words_is_a_no(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = [["1001", "2026-03-12 09:05", "Cola", "Not voided"], ["1002", "2026-03-12 09:05", "Cola", "10:15"]]
    path.write_text(sheet("Order,Date,Item,Voided", rows), encoding="utf-8")
    assert take(store, path).reasons == {"history-void": 1}


def test_a_name_is_the_same_with_two_blanks_and_with_accents_of_their_own(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    rows = [["1001", "2026-03-12 09:05", name] for name in ("Crème brûlée", "Cre\u0300me  bru\u0302le\u0301e")]
    path.write_text(sheet("Order,Date,Item", rows), encoding="utf-8")
    take(store, path)
    assert orders(store)["1001"][1] == ["Crème brûlée"]


def test_modifiers_and_notes_in_rows_of_their_own_are_no_items(store: Store, tmp_path: Path) -> None:
    at = "12.03.2026 09:05"
    rows = [["1001", at, "Salg", item] for item in ("Burger", "Cola", "Fries")]
    rows += [["1001", at, "Modifikator", "Uten is"], ["1001", at, "Kommentar", "Haster"]]
    path = tmp_path / "export.csv"
    path.write_text(sheet("Ordre;Tidspunkt;Type;Vare", rows, ";"), encoding="utf-8")
    assert take(store, path).reasons == {"history-modifier": 2}
    assert orders(store) == {"1001": MARCH_12["1001"]}


@pytest.mark.parametrize("status", ["Storno", "Retur", "Refundert"])
def test_a_negative_row_of_a_void_or_a_return_takes_its_line_out(store: Store, tmp_path: Path, status: str) -> None:
    at = "12.03.2026 09:05"
    rows = [["1001", at, item, "1", "Betalt"] for item in ("Burger", "Cola", "Fries", "Milkshake")]
    path = tmp_path / "export.csv"
    text = sheet("Bongnr;Tidspunkt;Vare;Antall;Status", [*rows, ["1001", at, "Milkshake", "-1", status]], ";")
    path.write_text(text, encoding="utf-8")
    assert take(store, path).refused == 1
    assert orders(store) == {"1001": MARCH_12["1001"]}
