"""Sales, refunds and reports from before taxes had ids are read as they were."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pos.domain.money import Money
from pos.domain.refunds.refund import Refund, RefundLine
from pos.domain.sale.sale import Sale
from pos.domain.shift.report import ShiftFigures
from pos.store import Store, Till
from pos.store.file.codec import Json, to_json
from pos.store.file.connection import Unreadable
from pos.store.offers.next_visits import without_code
from pos.store.selling.rates import upgraded
from tests.builders import tax_row, taxed
from tests.store.acting import finish, keep
from tests.store.samples import NOON, events, full_order, sale

MIXED = (taxed(15, Money(20_000), Money(2_609)), taxed(25, Money(5_000), Money(1_000)))


def row_of_before(gross: dict[str, int], tax: list[Any], amount: dict[str, int]) -> dict[str, Any]:
    return {"rate": tax[1] // 100, "gross": gross, "vat": amount}


def part_of_before(part: dict[str, Any]) -> dict[str, Any]:
    (tax,) = part["taxes"]
    return row_of_before(part["price"], tax["tax"], tax["amount"])


def of_before(told: Any, *, is_oldest: bool = False) -> Any:
    """The same JSON with rates. The oldest lines had one each."""
    if isinstance(told, list):
        return [of_before(part, is_oldest=is_oldest) for part in told]
    if not isinstance(told, dict):
        return told
    new = {name: of_before(part, is_oldest=is_oldest) for name, part in told.items()}
    if "parts" in told:
        del new["parts"]
        rows = [part_of_before(part) for part in told["parts"]]
        new |= {"rate": rows[0]["rate"], "vat": {"minor": sum(row["vat"]["minor"] for row in rows)}}
        new |= {} if is_oldest else {"taxes": rows if len(rows) > 1 else []}
        new["deposit"] = told["deposit"] and part_of_before(told["deposit"])
    for name, was in (("tax_rows", "vat_rows"), ("taxes", "vat")):
        if name in told and "price" not in told:
            new.pop(name)
            new[was] = [
                row_of_before({"minor": row["net"]["minor"] + row["amount"]["minor"]}, row["tax"], row["amount"])
                for row in told[name]
            ]
    if "tax_rows" in told:
        new["vat"] = new.pop("tax")
    return new


def before(value: object, **how: bool) -> str:
    return json.dumps(of_before(json.loads(to_json(value)), **how), separators=(",", ":"), ensure_ascii=False)


def mixed() -> Sale:
    meal, shake = sale().lines
    return sale(lines=(replace(meal, parts=MIXED), replace(shake, deposit=taxed(0, Money(200)))))


def refund() -> Refund:
    sold = mixed()
    return Refund(
        "r", sold.number, sold.order_id, NOON, "Till 1", "R1", 1, 42, "made_wrong", NOON, NOON.date(), "Kari", "nb",
        sold.serving_mode, sold.shop, tuple(RefundLine(1, line) for line in sold.lines), sold.tax_rows, sold.tenders,
        sold.total, sold.tax,
    )  # type: ignore[arg-type]  # a reason by its text  # fmt: skip


FIGURES = ShiftFigures(taxes=(tax_row(25, Money(12_500), Money(2_500)), tax_row(15, Money(-1_150), Money(-150))))


@pytest.mark.parametrize("value", [sale(), mixed(), refund(), FIGURES], ids=["sale", "mixed", "refund", "figures"])
def test_what_was_stored_with_rates_is_read_as_it_was(value: Sale | Refund | ShiftFigures) -> None:
    reader = Json(type(value), upgraded)
    text = before(value)
    assert '"rate":' in text
    assert '"ppm"' not in text
    assert reader.read(text) == reader.read(to_json(value)) == value


def test_a_sale_from_before_lines_had_several_rates_is_read_as_it_was(store: Store, till: Till) -> None:
    keep(store, till.id, "checkout", full_order(), None, NOON, events())
    stored = finish(store, sale(), full_order(), till.id, None, NOON)
    body = before(without_code(stored), is_oldest=True)
    assert '"taxes":' not in body
    store.file.conn.execute("DROP TRIGGER sale_is_so")
    store.file.conn.execute("UPDATE sale SET body = ?", (body,))
    assert store.sales.last(till.id) == stored


@pytest.mark.parametrize(
    "damage", [('"rate":1500', '"rate":"x"'), ('"gross":', '"gros":'), ('"vat_rows":[', '"vat_rows":[7,')]
)
def test_what_no_version_wrote_is_unreadable(damage: tuple[str, str]) -> None:
    with pytest.raises(Unreadable):
        Json(Sale, upgraded).read(before(mixed()).replace(*damage))


def test_a_note_that_looks_like_a_rate_stays_a_note() -> None:
    noted = replace(sale(), note='"rate":1500, "unit_price":')
    assert Json(Sale, upgraded).read(to_json(noted)) == noted
