"""Whatever a CSV file looks like, each of its lines is a row, or is named as none."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.office.history import csv_file
from pos.office.history.csv_file import CsvSource

HEAD = b"order,time,item\n"


def source(folder: Path, content: bytes) -> CsvSource:
    path = folder / "past.csv"
    path.write_bytes(content)
    return CsvSource(path)


def rows(found: CsvSource, start: int = 0) -> list[tuple[str, ...]]:
    """All rows; what never ends as the one text that is shown of it, behind a mark."""
    return [
        tuple(cells) if cells else ("NEVER ENDS", block.broken[place]) if place in block.broken else ()
        for block in found.blocks(start)
        for place, cells in enumerate(block.rows)
    ]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("last", [b"", b"x"], ids=["ended", "not ended"])
@pytest.mark.parametrize("block", [1, 7, 1000])
def test_every_kind_of_line_end_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: bytes, last: bytes, block: int
) -> None:
    monkeypatch.setattr(csv_file, "BLOCK", block)
    content = end.join([b"order,time,item", b"1,2,A", b'2,"3 "" \n4",B', b"", b"5,6,C", last])
    found = source(tmp_path, content)
    assert found.header == ["order", "time", "item"]
    whole = [("1", "2", "A"), ("2", '3 " \n4', "B"), (), ("5", "6", "C")]
    assert rows(found) == ([*whole, ("x",)] if last else whole)


def test_a_byte_order_mark_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert source(tmp_path, b"\xef\xbb\xbforder;item\n").header == ["order", "item"]


def test_a_line_that_is_not_utf8_is_read_as_windows_wrote_it(tmp_path: Path) -> None:
    content = HEAD + "1,2,Rødløk\n".encode() + "1,2,Rødløk €\n".encode("cp1252")
    assert rows(source(tmp_path, content)) == [("1", "2", "Rødløk"), ("1", "2", "Rødløk €")]


@pytest.mark.parametrize("block", [10, 100, 10_000])
def test_a_quote_that_is_never_closed_costs_its_own_line_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(csv_file, "BLOCK", block)
    monkeypatch.setattr(csv_file, "MOST_LINES_A_ROW", 5)
    others = [(str(n), "t", "A") for n in range(20)]
    lines = b"".join(b"%d,t,A\n" % n for n in range(20))
    content = HEAD + b'x,t,"Cola\n' + lines + b'y,t,"Cola\n' + lines + b'z,t,"Cola'
    shown = [[("NEVER ENDS", f'{name},t,"Cola' + "\n" * (name != "z"))] for name in "xyz"]
    assert rows(source(tmp_path, content)) == [*shown[0], *others, *shown[1], *others, *shown[2]]


def test_a_quote_inside_a_name_is_one(tmp_path: Path) -> None:
    assert rows(source(tmp_path, HEAD + b'1,2,12" pizza\n3,4,B\n')) == [("1", "2", '12" pizza'), ("3", "4", "B")]


@pytest.mark.parametrize("end", [b"\n3,4,B\n", b""], ids=["then a row", "then nothing"])
def test_a_line_of_any_length_is_passed_in_little_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    monkeypatch.setattr(csv_file, "BLOCK", 10_000)
    monkeypatch.setattr(csv_file, "LONGEST_LINE", 10_000)
    found = source(tmp_path, HEAD + b"1,2,A\n" + b"x" * 3_000_000 + end)
    tracemalloc.start()
    read = rows(found)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == [("1", "2", "A"), ("NEVER ENDS", "x" * 200), *([("3", "4", "B")] if end else [])]
    assert most < 500_000


@settings(deadline=None)
@given(
    content=st.lists(st.sampled_from([b'"', b",", b"\n", b"\r", b"a", b"\xc3\xb8", b"\xff", b"\0"])).map(b"".join),
    block=st.integers(1, 9),
)
def test_reading_goes_on_at_any_block_as_if_it_had_not_stopped(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_file, "BLOCK", block)
        patch.setattr(csv_file, "MOST_LINES_A_ROW", 3)
        found = source(tmp_path_factory.getbasetemp(), HEAD + content)
        whole, ends = rows(found), [(block.end, len(block.rows)) for block in found.blocks(0)]
        before = 0
        for end, count in ends:
            before += count
            assert rows(found, end) == whole[before:]
    assert not whole or ends[-1][0] == found.size
