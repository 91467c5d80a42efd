"""The report's screen: days, language, the page, by key and by tap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from pos.office.report import bring_up_to_date
from pos.store import Store
from pos.ui.report.app import KEYS, KeyButton, ReportApp
from tests.builders import TODAY
from tests.office.report.sales import sell_many
from tests.register.shops import a_folder
from tests.rig import shop_file


@pytest.fixture
def store() -> Iterator[Store]:
    for folder in a_folder():
        opened = shop_file(folder)
        sell_many(opened, 400, a_day=40)
        bring_up_to_date(opened)
        yield opened
        opened.close()


def text(app: ReportApp, name: str = "#account") -> str:
    return str(app.query_one(name, Static).content)


async def test_keys_choose_the_days_and_the_language(store: Store) -> None:
    app = ReportApp(store, "en", TODAY)
    async with app.run_test(size=(100, 30)) as pilot:
        assert "400 orders" in text(app)
        await pilot.press("1")
        assert "280 orders" in text(app)
        await pilot.press("3", "l")
        assert "400 ordrer" in text(app)
        assert "[Q] lukk" in str(app.query(KeyButton).last().content)


async def test_a_key_that_is_not_taken_is_told_and_shift_makes_no_other_key(store: Store) -> None:
    app = ReportApp(store, "nb", TODAY)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("k")
        assert text(app, "#said") == "K gjør ikke noe her. Tastene står nederst."
        await pilot.press("f7")
        assert text(app, "#said").startswith("F7 ")
        await pilot.press("L")
        assert "400 orders" in text(app)
        assert text(app, "#said") == ""


async def test_a_tap_does_what_its_key_does(store: Store) -> None:
    app = ReportApp(store, "en", TODAY)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.click(next(button for button in app.query(KeyButton) if button.key.key == "1"))
        assert "280 orders" in text(app)


async def test_the_page_is_written_beside_the_file(store: Store) -> None:
    app = ReportApp(store, "nb", TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p")
        page = Path(store.path).with_name("report.html")
        assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        assert str(page) in text(app, "#said")
        said = app.query_one("#said", Static).region
        assert (said.width, said.height >= 1) == (80, True)  # in sight, and not behind the keys


async def test_the_report_of_no_sales_says_so(tmp_path: Path) -> None:
    empty = shop_file(tmp_path)
    app = ReportApp(empty, "en", TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*(key.key for key in KEYS if key.key != "q"))
        assert "Ingenting er solgt" in text(app)
    empty.close()


async def test_the_arrows_scroll(store: Store) -> None:
    app = ReportApp(store, "en", TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown")
        await pilot.pause(0.5)
        assert app.query_one("VerticalScroll").scroll_y > 0
