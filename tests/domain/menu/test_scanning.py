"""Which barcodes are one article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.menu.scanning import article_of
from tests.builders import MENU

UPC_A, EAN_13, GTIN_14 = "036000291452", "0036000291452", "00036000291452"


@pytest.mark.parametrize("written", [UPC_A, EAN_13, GTIN_14])
@pytest.mark.parametrize("scanned", [UPC_A, EAN_13, GTIN_14])
def test_a_upc_a_is_the_ean_13_with_a_nought_in_front(written: str, scanned: str) -> None:
    juice = replace(MENU.items["juice"], barcode=written)
    menu = replace(MENU, items={**MENU.items, "juice": juice})
    assert menu.coded(scanned) == juice


@pytest.mark.parametrize(
    ("one", "other"),
    [("9520001000010", "952000100001"), ("95200118", "952001180"), ("0123456789", "123456789"), ("11", "011")],
)
def test_numbers_that_only_look_alike_are_two_articles(one: str, other: str) -> None:
    assert article_of(one) != article_of(other)


def test_of_two_spellings_on_an_older_menu_each_finds_its_own() -> None:
    cola, juice = replace(MENU.items["cola-m"], barcode=UPC_A), replace(MENU.items["juice"], barcode=EAN_13)
    menu = replace(MENU, items={**MENU.items, "cola-m": cola, "juice": juice})
    assert (menu.coded(UPC_A), menu.coded(EAN_13)) == (cola, juice)
