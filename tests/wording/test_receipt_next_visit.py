"""A next-visit offer on the receipt: what it is, what it costs less, until when, and the code twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos.country import norway
from pos.devices.layout import rows
from pos.domain.menu.next_visit import NextVisit
from pos.domain.sale.sale import Document
from pos.wording.receipt import receipt, receipt_name
from tests.builders import kr, text
from tests.wording.test_receipt import SALE

HEADINGS = norway().headings
CODE = "4821593744"
OFFER = NextVisit(
    CODE,
    "cheeseburger:2",
    "cheeseburger-meal-m",
    kr(7, 50),
    date(2026, 11, 20),
    text("Cheeseburgermeny, stor", "Cheeseburger meal, large"),
    "cheeseburger-meal-l",
)
GIVING = replace(SALE, next_visit=OFFER)


def end_of(document: Document) -> list[str]:
    words = [row.strip() for line in document.lines if not line.qr for row in rows(line, 42)]
    return words[-5:]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nb",
            [
                "Til neste besøk",
                "Cheeseburgermeny, stor",
                "7 kroner og 50 øre billigere",
                "Gjelder én gang, til og med 20.11.2026",
                "4821 593 744",
            ],
        ),
        (
            "en",
            [
                "For your next visit",
                "Cheeseburger meal, large",
                "7 kroner and 50 øre off",
                "Good once, until 2026-11-20",
                "4821 593 744",
            ],
        ),
    ],
)
def test_it_says_what_how_much_until_when_and_the_code(language: str, said: list[str]) -> None:
    assert end_of(receipt(replace(GIVING, language=language), HEADINGS)) == said


def test_the_code_is_there_to_scan_on_the_receipt_and_on_its_copy() -> None:
    for copy in (False, True):
        codes = [line.qr for line in receipt(GIVING, HEADINGS, copy=copy).lines if line.qr]
        assert codes == [
            receipt_name(GIVING),
            CODE,
        ]


def test_what_practice_prints_carries_no_code() -> None:
    assert receipt(GIVING, HEADINGS, training=True) == receipt(SALE, HEADINGS, training=True)
