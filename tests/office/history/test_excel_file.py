"""Workbooks are read as the CSV that they would have been saved as."""

# ruff: noqa: E501 - XML has no shorter lines

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from pos.domain.errors import BadInput
from pos.office.history.importing import Import, Imported
from pos.store import Store
from pos.store.learning.baskets import unpacked
from pos.wording import wording
from tests.office.history.taking import import_history
from tests.office_acts import gate
from tests.rig import shop_file

pytest.importorskip("python_calamine", reason="the excel extra is not installed")

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Info" sheetId="1" r:id="rId1"/>'
    '<sheet name="Salg" sheetId="2" r:id="rId2"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/worksheet" '
    f'Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="14"/>'
    "</cellXfs></styleSheet>",
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
}
"""A workbook without its second sheet: styles 1 and 2 are a moment and a day."""

MOMENT, DAY = 1, 2
Cell = str | float | tuple[float, int]


def workbook(path: Path, rows: list[list[Cell]], first: list[list[Cell]] | None = None) -> Path:
    def cell(value: Cell) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if value else "<c/>"
        number, style = value if isinstance(value, tuple) else (value, 0)
        return f'<c s="{style}"><v>{number!r}</v></c>'

    def sheet_of(rows: list[list[Cell]]) -> str:
        data = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
        return f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'

    with ZipFile(path, "w") as archive:
        for name, text in (PARTS | {"xl/worksheets/sheet1.xml": sheet_of(first or [])}).items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet2.xml", sheet_of(rows))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return shop_file(tmp_path)


def take(store: Store, path: Path) -> Imported:
    return import_history(store, path, wording("en"), NOW)


def orders(store: Store) -> list[tuple[str, str, list[str]]]:
    names = {item.id: item.name for item in store.history.items().values()}
    rows = store.file.conn.execute("SELECT ref, minute, items FROM history_order ORDER BY minute").fetchall()
    return [
        (
            ref,
            datetime.fromtimestamp(minute * 60, UTC).strftime("%Y-%m-%d %H:%M"),
            sorted(names[i] for i in unpacked(items)),
        )
        for ref, minute, items in rows
    ]


TWO = [("1001", "2026-03-14 13:05", ["Cola", "Fries"]), ("1002", "2026-03-14 23:59", ["Cola"])]


@pytest.mark.parametrize("name", ["salg.xlsx", "salg.csv"])
def test_a_workbook_is_read_whatever_it_is_called(store: Store, tmp_path: Path, name: str) -> None:
    rows: list[list[Cell]] = [
        ["Salg per vare"],
        [],
        ["Bongnr", "Tidspunkt", "Varenavn", "Antall"],
        [1001.0, (46095.5451388889, MOMENT), "Cola", 2.0],
        ["", "", "Fries", 1.0],
        [1002.0, (46095.9993055, MOMENT), "Cola", 1.0],
        ["Totalt", "", "", 4.0],
    ]
    assert take(store, workbook(tmp_path / name, rows)).reasons == {"history-total": 1}
    assert orders(store) == TWO
    assert take(store, tmp_path / name).lines == 0


def test_a_day_and_a_part_of_a_day_may_stand_apart(store: Store, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["Bongnr", "Dato", "Klokkeslett", "Varenavn"],
        [1001.0, (46095.0, DAY), 0.5451388889, "Cola"],
        [1001.0, (46095.0, DAY), 0.5451388889, "Fries"],
        [1002.0, (46095.0, DAY), 0.9993055556, "Cola"],
    ]
    take(store, workbook(tmp_path / "salg.xlsx", rows))
    assert orders(store) == TWO


HEADER: list[Cell] = ["Bongnr", "Tidspunkt", "Varenavn"]
FIRST: list[list[Cell]] = [HEADER, [1001.0, (46095.5451388889, MOMENT), "Cola"], ["", "", "Fries"]]
SECOND: list[list[Cell]] = [["Salg uke 12"], [], HEADER, [1002.0, (46095.9993055, MOMENT), "Cola"]]


def test_sheets_with_the_same_header_are_read_together(store: Store, tmp_path: Path) -> None:
    found = take(store, workbook(tmp_path / "salg.xlsx", SECOND, FIRST))
    assert (orders(store), found.lines - found.refused) == (TWO, 3)


def test_a_longer_sheet_of_sums_is_not_taken_for_the_orders_and_is_named(store: Store, tmp_path: Path) -> None:
    sums: list[list[Cell]] = [["Vare", "Solgt"], *[[f"Vare {n}", float(n)] for n in range(30)]]
    with Import(gate(store), workbook(tmp_path / "salg.xlsx", FIRST, sums), wording("en"), NOW) as one:
        assert one.read().orders == 1
        assert (one.plan.source.sheets, one.plan.source.sheets_left) == (["Salg"], ["Info"])


def test_a_workbook_that_is_damaged_is_told(store: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path / "salg.xlsx", [["Bongnr"]])
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(BadInput, match="history-not-text"):
        take(store, path)
    with ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<")
    with pytest.raises(BadInput, match="history-not-text"):
        take(store, path)


def test_a_workbook_without_its_extra_is_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.office.history.excel_file.find_spec", {}.get)
    with pytest.raises(BadInput, match="history-needs-excel"):
        take(store, workbook(tmp_path / "salg.xlsx", [["Bongnr"]]))
