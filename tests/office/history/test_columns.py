"""The columns of other tills' files are found without a word, and times are read as they were meant."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pos.domain.errors import BadInput
from pos.office.history.reading import Options, plan_of
from pos.office.history.times import CellTime, DateOrder, read_moment
from pos.office.learning.evaluating import read_past
from tests.insights.histories import at

NOON_OF_MAY_30 = datetime(2023, 5, 30, 12, 0)  # noqa: DTZ001  # the shop's own clock

FILES = {
    "a bakery": "Transaction,Item,date_time,period_day\n1,Bread,{d}-{m}-2023 12:00,afternoon\n",
    "a bakery, day and time apart": "Date,Time,Transaction,Item\n2023-{m}-{d},12:00:00,1,Bread\n",
    "a coffee shop": (
        "transaction_id,transaction_date,transaction_time,transaction_qty,store_id,product_id,unit_price,"
        "product_category,product_type,product_detail\n"
        "1,{m}/{d}/2023,12:00:00 PM,2,5,32,3.00,Coffee,Gourmet brewed,Bread\n"
    ),
    "an online shop": (
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "536365,85123A,Bread,6,{m}/{d}/2023 12:00,2.55,17850,Norway\n"
    ),
    "a pizzeria": (
        "order_details_id,order_id,pizza_id,quantity,order_date,order_time,unit_price,pizza_size,item_name\n"
        "1,1,hawaiian_m,1,2023-{m}-{d} 00:00:00,12:00:00,13.25,M,Bread\n"
    ),
    "groceries by member": "Member_number,Date,itemDescription\n1808,{d}-{m}-2023,Bread\n",
    "a Norwegian till": "Bongnummer;Dato;Klokkeslett;Varenavn;Antall;Beløp\n1;{d}.{m}.2023;12:00;Bread;1;89,00\n",
    "names seldom met": "Bill Ref No|Punched At|Dish Served\n1|{d} May 2023, 12:00 pm|Bread\n",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_the_columns_of_a_file_are_found_by_their_names_and_what_they_hold(tmp_path: Path, text: str) -> None:
    head, row = text.splitlines(keepends=True)
    path = tmp_path / "orders.csv"
    path.write_text(head + row.format(d="30", m="05"), encoding="utf-8")
    (basket,) = read_past(path, Options()).baskets
    noon = int((NOON_OF_MAY_30.replace(tzinfo=UTC)).timestamp()) // 60
    assert basket.minute == (noon - 12 * 60 if "Member" in text else noon)
    assert basket.items == (0,)


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("when,thing,sum\n2025-01-01,A,3\n", "order"),
        ("order,when,thing\n1,2025-01-01,A\n", "item"),
        ("order,item,sum\n1,A,3\n", "time"),
        ("order,item,time\n1,A,12:00\n", "date"),
    ],
    ids=["no order", "no item", "no time", "a time of no day"],
)
def test_a_column_that_cannot_be_told_safely_is_asked_for(tmp_path: Path, header: str, asked: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(header, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_past(path, Options())
    assert (caught.value.message_id, caught.value.values["column"]) == ("history-no-column", asked)


def test_what_the_manager_says_goes_before_what_a_file_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("a,b,c,order,item\n2,2025-01-02,Tea,1,A\n", encoding="utf-8")
    (basket,) = read_past(path, Options({"order": "a", "item": "c", "time": "b"})).baskets
    assert basket.minute == at(20090, 0)


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("2023-05-30 12:00", True),
        ("2023-05-30T12:00:00.000", True),
        ("2023/05/30 12:00:00", True),
        ("30.05.2023 12:00", True),
        ("30/05/23 12:00", True),
        ("5/30/2023 12:00:00 PM", False),
        ("30-May-2023 12:00", True),
        ("30. mai 2023 12.00", True),
        ("May 30, 2023 12:00 p.m.", True),
    ],
)
def test_a_time_is_read_however_it_is_written(text: str, day_first: bool) -> None:
    assert read_moment(text, day_first) == CellTime(NOON_OF_MAY_30.date(), NOON_OF_MAY_30.time())


@pytest.mark.parametrize("text", ["", "NaN", "30", "31.02.2023", "30.05.2023 25:00", "13:00 AM 1/1/2023", "soon"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_moment(text) is None


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["1/2/2025", "13/2/2025"], True),
        (["1/2/2025", "1/13/2025"], False),
        (["1/5/2025", "1/6/2025", "1/7/2025"], None),
        (["10.03.2026"], True),
        (["3/4/2025", "3/4/2025"], None),
        (["11/12/2025"], False),
        (["12/11/2025"], True),
        (["7/7/2025"], True),
        (["Tuesday, 3/4/2025 12:00"], None),
        (["2025-01-02"], True),
        ([], True),
    ],
    ids=[
        "over twelve first", "over twelve second", "a few days in a row", "dots", "one day", "the future if day first",
        "the future if month first", "the same both ways", "a weekday before it", "no question", "nothing",
    ],
)  # fmt: skip
def test_the_order_of_day_and_month_is_open_until_something_says_it(texts: list[str], first: bool | None) -> None:
    assert DateOrder.of(texts).day_first(date(2025, 11, 30)) is first


def test_orders_at_full_hours_have_a_time_of_day(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("order,time,item\n1,2025-03-01T12:00:00,A\n2,2025-03-01T13:00:00,A\n", encoding="utf-8")
    plan = plan_of(path, Options(), date(2025, 11, 30))
    assert plan.layout.has_clock
