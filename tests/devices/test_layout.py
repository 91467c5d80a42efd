"""Lines of a document as rows of so many characters."""

import unicodedata

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from pos.devices.layout import rows
from pos.domain.sale.sale import PrintLine


def test_left_and_right_stand_at_the_margins() -> None:
    assert rows(PrintLine("Cola", "39,00"), 20) == ["Cola           39,00"]


def test_a_long_name_goes_on_below_its_amount() -> None:
    assert rows(PrintLine("1 Bølgenmeny med ekstra alt", "139,00"), 24) == ["1 Bølgenmeny med  139,00", "  ekstra alt"]


def test_a_long_right_part_stands_on_its_own_row() -> None:
    assert rows(PrintLine("Betjent av", "Kari Nordmann-Svendsen"), 24) == ["Betjent av", "  Kari Nordmann-Svendsen"]


def test_a_heading_stays_in_the_middle_when_it_wraps() -> None:
    assert rows(PrintLine("Trening – IKKE KVITTERING", centred=True), 17) == ["  Trening – IKKE", "    KVITTERING"]


def test_columns_inside_a_text_are_kept() -> None:
    assert rows(PrintLine("15 %    103,48    15,52", "119,00"), 32) == ["15 %    103,48    15,52   119,00"]


def test_an_empty_line_is_one_row() -> None:
    assert [rows(line, 10) for line in (PrintLine(), PrintLine(centred=True))] == [[""], [""]]


@pytest.mark.parametrize("width", [16, 21, 32, 42, 56])
@given(
    left=st.text("abcæøå ", max_size=90).map(str.strip),
    right=st.text("0123,", max_size=60),
    centred=st.booleans(),
)
def test_no_character_is_lost_and_no_row_is_too_long(width: int, left: str, right: str, centred: bool) -> None:
    line = PrintLine(left, "" if centred else right, centred=centred)
    shown = rows(line, width)
    assert max(map(len, shown)) <= width
    assert sorted("".join(shown).replace(" ", "")) == sorted((line.left + line.right).replace(" ", ""))


def test_wide_characters_take_two_cells_and_marks_none() -> None:
    assert rows(PrintLine("1 汉堡包", "39,00"), 20) == ["1 汉堡包       39,00"]
    assert rows(PrintLine("汉堡包套餐汉堡包套餐汉堡包", "9,00"), 16) == ["汉堡包套餐  9,00", "  汉堡包套", "  餐汉堡包"]
    assert rows(PrintLine("bru\N{COMBINING CIRCUMFLEX ACCENT}le\N{COMBINING ACUTE ACCENT}e", "9,00"), 16) == [
        "brûlée      9,00"
    ]
    assert rows(PrintLine("汉堡", centred=True), 12) == ["    汉堡"]
    assert rows(PrintLine("x\N{COMBINING CIRCUMFLEX ACCENT}", "1"), 5) == ["x\N{COMBINING CIRCUMFLEX ACCENT}   1"]


def test_a_code_stands_on_58_mm_paper_too() -> None:
    for width in (32, 42):
        assert {len(row) <= width for row in rows(PrintLine(qr="123456789012345678901234"), width)} == {True}


@given(st.text("ab æ汉堡🍔e\N{COMBINING ACUTE ACCENT}", max_size=60).map(str.strip), st.sampled_from([16, 32, 42]))
def test_no_row_of_any_script_is_wider_than_the_paper(left: str, width: int) -> None:
    shown = rows(PrintLine(left, "119,00"), width)
    assert max(map(wcwidth.width, shown)) <= width
    assert set("".join(shown)) >= set(unicodedata.normalize("NFC", left) + "119,00")
