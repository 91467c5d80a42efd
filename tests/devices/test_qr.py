"""A QR code comes out as it was made: in text, and as a picture on paper."""

from __future__ import annotations

import subprocess
import sys

from pos.devices.escpos_printer import QR_DOTS, escpos_bytes
from pos.devices.layout import rows
from pos.devices.qr import half_blocks, squares
from pos.domain.sale.sale import Document, PrintLine
from tests.devices.papers import printed_from

CODE = "1234567893"
SQUARES = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}


def test_a_code_of_ten_digits_is_of_the_smallest_kind() -> None:
    assert len(squares(CODE)) == 21 + 2 * 4
    assert {len(row) for row in squares(CODE)} == {29}
    finder = [row[4:11] for row in squares(CODE)[4:11]]
    assert [sum(row) for row in finder] == [7, 2, 5, 5, 5, 2, 7]


def test_half_blocks_hold_every_square() -> None:
    drawn = [[SQUARES[cell][half] for cell in row] for row in half_blocks(CODE) for half in (0, 1)]
    assert drawn[:29] == squares(CODE)
    assert not any(drawn[29])


def test_a_code_stands_in_the_middle_of_narrow_paper_and_of_wide() -> None:
    for width in (32, 42):
        printed = rows(PrintLine(qr=CODE), width)
        assert max(len(row) for row in printed) <= width
        left = min(len(row) - len(row.lstrip()) for row in printed if row)
        right = width - max(len(row) for row in printed)
        assert abs(left - right) <= 1


def test_a_picture_on_paper_has_every_square_so_many_dots_wide() -> None:
    paper = printed_from(escpos_bytes(Document("x", (PrintLine("før"), PrintLine(qr=CODE), PrintLine("etter")))))
    (picture,) = paper.pictures
    assert picture.align == "center"
    assert [row[: 29 * QR_DOTS : QR_DOTS] for row in picture.dots[::QR_DOTS]] == squares(CODE)
    assert len(picture.dots) == 29 * QR_DOTS
    assert [(row.text, row.align) for row in paper.rows] == [("før", "left"), ("etter", "left")]


def test_what_a_counter_starts_with_makes_no_codes() -> None:
    code = "import sys, pos.devices, pos.counter, pos.wording.receipt; sys.exit('segno' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
