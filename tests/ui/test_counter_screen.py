"""The screen at the counter: keys, fingers, scanners, and what must not happen."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter import State
from pos.devices import FakePrinter
from pos.domain.errors import StoreError
from pos.domain.menu.menu import Menu
from pos.domain.order.order import TenderKind
from pos.domain.order.questions import Outcome
from pos.domain.sale.sale import Document
from pos.domain.text import LocalText
from pos.ui.blocks.blocks import CategoryTap, KeyTap, LineTap, Spot
from tests.ui.driver import Screen, a_screen

CANONICAL = ("b", "enter", "1", "2", "j", "1", "d")
SIZES = [(80, 24), (100, 30), (140, 45), (200, 60), (60, 20)]


async def test_the_canonical_order_is_paid_in_seven_keys() -> None:
    async with a_screen() as screen:
        await screen.press(*CANONICAL)
        sale = screen.counter.paid
        assert sale is not None
        assert [row.outcome for row in sale.ledger] == [Outcome.ACCEPTED, Outcome.ACCEPTED]
        assert [(tender.kind, tender.handed.minor) for tender in sale.tenders] == [(TenderKind.CASH, 20_000)]
        assert "27,00" not in screen.text.split("Tilbake til kunden")[0]
        assert "Kontant 200,00" in screen.text


async def test_a_finger_sells_as_keys_do() -> None:
    async with a_screen() as screen:
        for key in CANONICAL:
            await screen.tap(key)
        sale = screen.counter.paid
        assert sale is not None
        assert [row.outcome for row in sale.ledger] == [Outcome.ACCEPTED, Outcome.ACCEPTED]
        await screen.tap("enter")
        assert screen.counter.state is State.RINGING


async def test_a_category_and_a_line_are_chosen_with_a_finger() -> None:
    async with a_screen() as screen:
        await screen.tap_on(CategoryTap(1))
        await screen.tap("b")
        await screen.tap("c")
        first = screen.counter.register.view.order.lines[0]
        await screen.tap_on(LineTap(first.id))
        assert screen.counter.line == first
        await screen.tap("+")
        assert [line.quantity for line in screen.counter.register.view.order.lines] == [2, 1]


async def test_a_pasted_book_is_no_barcode() -> None:
    async with a_screen() as screen:
        await screen.paste("Det var en gang. " * 600)
        assert "ikke en kode" in screen.text
        assert screen.counter.register.view.order.lines == ()


async def test_a_pasted_code_is_rung() -> None:
    async with a_screen() as screen:
        item = next(item for item in screen.counter.register.view.menu.items.values() if item.barcode)
        await screen.paste(f"{item.barcode}\r")
        assert [line.sku for line in screen.counter.register.view.order.lines] == [item.sku]


async def test_a_key_held_down_answers_one_question_only() -> None:
    async with a_screen() as screen:
        await screen.press("b", "enter", "1", "2")
        await screen.press("j")
        await screen.press(*"jjjjjjjjjj", apart=30)
        prompt = screen.counter.prompt
        assert screen.counter.state is State.QUESTION
        assert "2 av 2" in screen.text, prompt


async def test_names_are_never_read_as_markup() -> None:
    async with a_screen((100, 30)) as screen:
        register = screen.counter.register
        register._source.menu = with_name(register.view.menu, "Cheese [/] x [bold]")
        await screen.press("right", "left")
        assert "Cheese [/] x" in screen.text
        await screen.press("b", "/", *"[/]")
        assert screen.text.count("Cheese [/] x") >= 2
        await screen.press("escape", "enter", "1", "2")
        assert screen.counter.state is State.QUESTION
        assert not crash_log(screen).exists()


def with_name(menu: Menu, name: str) -> Menu:
    """The menu with another name on its first tile."""
    first = menu.tiles(next(iter(menu.categories)))[0]
    items = {**menu.items, first.sku: replace(first, name=LocalText(name, name))}
    return Menu(menu.shop, items, menu.categories, menu.dayparts, menu.groups, menu.slots, menu.paths, menu.incentives)


async def test_the_language_changes_while_the_till_runs() -> None:
    async with a_screen() as screen:
        await screen.press("b", "enter", "1", "2")
        assert "SI" in screen.text
        await screen.press("f12")
        assert "SAY" in screen.text
        assert "1 of 2" in screen.text
        assert "Cheeseburger meal" in screen.text


async def test_ctrl_q_and_ctrl_c_only_say_how_to_leave() -> None:
    async with a_screen() as screen:
        await screen.press("ctrl+p", "ctrl+q", "ctrl+c")
        assert ", og så Q" in screen.text
        await screen.press(",", "q")
        await screen.until(lambda: not screen.app.is_running)


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_every_command_of_the_footer_has_a_button_in_every_state(language: str) -> None:
    async with a_screen(language=language) as screen:
        for key in ("b", "enter", "1", "2", "n", "n", "k", "+"):
            await screen.press(key)
            there = {spot.tap for _, spot in screen.spots()}
            missing = [
                command.id
                for command in screen.counter.commands()
                if command.in_footer and not any(KeyTap(name) in there for name in command.keys)
            ]
            assert missing == [], f"{screen.counter.state}\n{screen.text}"


@pytest.mark.parametrize("size", SIZES)
async def test_no_payment_button_stands_where_yes_or_no_stood(size: tuple[int, int]) -> None:
    async with a_screen(size) as screen:
        await screen.press("b", "enter", "1", "2")
        answers = cells(screen, "jn")
        await screen.press("n")
        answers |= cells(screen, "jn123456789")
        await screen.press("n")
        assert screen.counter.state is State.PAYMENT
        assert answers
        assert answers & cells(screen, "asdfkv") == set()
        await screen.press("k")
        assert screen.counter.state is State.TERMINAL
        assert cells(screen, "+-u")
        assert answers & cells(screen, "+-u") == set()


def cells(screen: Screen, keys: str) -> set[tuple[int, int]]:
    """The cells of the screen on which a tap means one of the keys."""
    found: set[tuple[int, int]] = set()
    for pane, spot in screen.spots():
        if any(spot.tap == KeyTap(key) for key in keys):
            found |= {(pane.region.x + x, pane.region.y + y) for x, y in _inside(spot)}
    return found


def _inside(spot: Spot) -> list[tuple[int, int]]:
    return [(x, y) for x in range(spot.x, spot.x + spot.width) for y in range(spot.y, spot.y + spot.height)]


@pytest.mark.parametrize("size", SIZES)
async def test_every_row_fills_its_pane_in_every_state(size: tuple[int, int]) -> None:
    async with a_screen(size) as screen:
        await screen.press("right", "b", "left")
        for key in (
            "b",
            "!",
            "7",
            "escape",
            ",",
            "n",
            *"ææ",
            "enter",
            "?",
            "space",
            "x",
            "/",
            "e",
            "escape",
            ".",
            "escape",
        ):
            await screen.press(key)
            assert_filled(screen, key)
        for key in (
            ",",
            "s",
            "b",
            "4",
            "enter",
            "1",
            "2",
            "x",
            "escape",
            "u",
            "escape",
            "j",
            "n",
            "9",
            "backspace",
            "k",
            "-",
        ):
            await screen.press(key)
            assert_filled(screen, key)
        await screen.press("d")
        assert_filled(screen, "d")
        assert not crash_log(screen).exists()


def assert_filled(screen: Screen, key: str) -> None:
    """No row of any pane is too short or too long for it."""
    wrong = [
        (type(pane).__name__, y, pane.render_line(y).cell_length, pane.size.width, pane.render_line(y).text)
        for pane in screen.panes()
        for y in range(pane.size.height)
        if pane.render_line(y).cell_length != pane.size.width
    ]
    assert wrong == [], f"{key} in {screen.counter.state}"


def crash_log(screen: Screen) -> Path:
    """Where what nobody foresaw is written down."""
    return screen.counter.register.store.path.parent / "pos-crash.log"


async def test_an_error_that_nobody_foresaw_is_written_down_and_the_till_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with a_screen((100, 30)) as screen:
        await screen.press("b")
        with monkeypatch.context() as broken:
            broken.setattr(type(screen.counter), "press", _falls_over)
            await screen.press("c")
        assert "Noe uventet" in screen.text
        assert "Traceback" not in screen.text
        assert "falls over" in crash_log(screen).read_text(encoding="utf-8")
        await screen.press("c")
        assert len(screen.counter.register.view.order.lines) == 2


def _falls_over(counter: object, key: str, *late: object, **how: object) -> bool:
    raise RuntimeError("falls over")


# receipts


async def test_a_receipt_that_failed_is_printed_after_the_next_sale() -> None:
    printer = FakePrinter("uten papir")
    async with a_screen(printer=printer) as screen:
        await screen.press(*CANONICAL)
        await screen.until(
            lambda: (
                len(screen.counter.register.store.receipts.owed(screen.counter.register.till.id)) == 1
                and "uten papir" in screen.text
            )
        )
        printer.problem = ""
        await screen.press("enter", *CANONICAL)
        await screen.until(lambda: screen.counter.register.store.receipts.owed(screen.counter.register.till.id) == ())
        assert len(printer.printed) == 2


async def test_a_printer_that_hangs_holds_up_no_key() -> None:
    printer = HangingPrinter()
    async with a_screen(printer=printer) as screen:
        await screen.press(*CANONICAL)
        await screen.until(printer.begun.is_set)
        await screen.press("c", "e")
        assert [line.quantity for line in screen.counter.register.view.order.lines] == [1, 1]
        printer.paper.set()
        await screen.until(lambda: screen.counter.register.store.receipts.owed(screen.counter.register.till.id) == ())
        assert printer.most_at_once == 1


class HangingPrinter:
    """Prints when it has got paper."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.paper = threading.Event()
        self.most_at_once = 0
        self._now = 0

    def print(self, document: Document) -> None:
        """Wait for paper."""
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        self.begun.set()
        self.paper.wait(5)
        self._now -= 1


async def test_a_file_that_does_not_answer_is_said_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_screen((100, 30)) as screen:
        with monkeypatch.context() as locked:
            locked.setattr(type(screen.counter), "press", _is_locked)
            await screen.press("b")
        assert "i bruk av et annet program" in screen.text
        assert not crash_log(screen).exists()


@pytest.mark.parametrize(
    ("language", "told"), [("nb", "Venter på en annen kasse …"), ("en", "Waiting for another till …")]
)
async def test_a_key_that_waits_for_another_till_says_so_while_it_waits(
    language: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.store.file.connection.SAY_AFTER", 0.0)
    async with a_screen((80, 24), language=language) as screen:
        file, app = screen.counter.register.store.file, screen.app
        other = sqlite3.connect(file.path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        say_it, display, seen = file.on_wait, app._display, list[str]()
        painted: list[bool] = []

        def wait() -> None:
            with monkeypatch.context() as watched:
                watched.setattr(app, "_display", lambda *what: (painted.append(True), display(*what)))
                say_it()
            seen.append(screen.text)
            other.execute("ROLLBACK")

        file.on_wait = wait
        await screen.press("b")
        assert painted
        assert told in seen[0]
        assert len(screen.counter.register.view.order.lines) == 1
        await screen.until(lambda: told not in screen.text)
        other.close()


async def test_a_look_around_that_waits_leaves_no_sentence_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.store.file.connection.SAY_AFTER", 0.0)
    async with a_screen((80, 24)) as screen:
        file, said = screen.counter.register.store.file, list[str]()
        other, say_it = sqlite3.connect(file.path, isolation_level=None), file.on_wait
        other.execute("BEGIN EXCLUSIVE")

        def wait() -> None:
            say_it()
            said.append(screen.text)
            other.execute("ROLLBACK")

        file.on_wait = wait
        screen.app._look_around()
        assert "Venter på" in said[0]
        await screen.until(lambda: "Venter på" not in screen.text)
        other.close()


def _is_locked(counter: object, key: str, *late: object, **how: object) -> bool:
    raise StoreError("database-locked", path="shop.db")


@pytest.mark.parametrize(("typed", "told"), [("1.000,00", "Du tastet mer enn «1.00»"), ("123456", "mer enn «12345»")])
async def test_an_amount_of_which_a_digit_was_refused_is_told_on_the_screen(typed: str, told: str) -> None:
    async with a_screen() as screen:
        await screen.press(*CANONICAL[:-1], *typed, "k")
        assert screen.counter.state is State.PAYMENT
        assert told in screen.text
        await screen.press("backspace", "escape")
        assert screen.counter.state is State.RINGING


async def test_a_staff_meal_says_so_on_top_and_over_the_order_until_it_is_ended() -> None:
    async with a_screen() as screen:
        await screen.press("b", ",", "m", "1")
        assert screen.text.count("PERSONALMAT") == 2
        await screen.press("enter")
        while "Ingen betaler" not in screen.text:
            assert screen.counter.state in ("choice", "serving")
            await screen.press("1")
        await screen.press("a")
        assert "Bilag U1-1" in screen.text
        await screen.press("enter")
        assert "PERSONALMAT" not in screen.text
