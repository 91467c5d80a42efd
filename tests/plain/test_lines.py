"""Line by line: what a line means, and what is said after it."""

import io
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.counter import Counter, State
from pos.devices import FakePrinter
from pos.domain.menu.items import MenuItem, SlotChoice
from pos.domain.order.questions import Outcome
from pos.plain import run
from pos.register.verbs import stock
from pos.store.file import packing
from tests.builders import BOTTLED, MENU, NOW, PAIRINGS, card, kr
from tests.durability.faults import locked
from tests.office_acts import put_menu
from tests.rig import a_register


def a_counter(folder: Path, language: str = "en", printer: FakePrinter | None = None) -> Counter:
    register = a_register(folder, printer=printer)
    register.setup = replace(register.setup, patience=timedelta(0))
    return Counter(register, language=language, deliberate=True)


def said(counter: Counter, *lines: str) -> list[str]:
    """What the till says to these lines, without its opening."""
    before, out = io.StringIO(), io.StringIO()
    run(counter, [], before)
    run(counter, [f"{line}\n" for line in lines], out)
    return out.getvalue()[len(before.getvalue()) :].splitlines()


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    return a_counter(tmp_path)


def paid_order(counter: Counter) -> list[str]:
    return said(counter, "b", "", "2", "j", "1", "d")


def test_a_rung_item_is_said_with_the_total_and_nothing_else(counter: Counter) -> None:
    said(counter, "b")
    told = said(counter, "c")
    assert len(told) == 2
    assert told[-1].startswith("Total ")


def test_a_bottle_is_heard_with_its_deposit_before_it_is_paid(counter: Counter) -> None:
    put_menu(counter.register.store, BOTTLED, PAIRINGS, NOW)
    ring_cola = next(letter for letter, item in drinks(counter).items() if item.sku == "cola-m")
    told = said(counter, ring_cola)
    assert told[-3:] == ["1 cola-m, m 34.00", "Deposit 2.00", "Total 36.00"]
    assert "cola-m, m 36.00, chosen" in said(counter, "/cola")


def drinks(counter: Counter) -> dict[str, MenuItem]:
    """The tiles of the drinks."""
    while counter.categories()[counter.category] != "drinks":
        said(counter, "right")
    return counter.tiles()


def test_the_canonical_order_is_short_to_hear(counter: Counter) -> None:
    told = paid_order(counter)
    assert len(told) <= 22
    assert max(map(len, told)) <= 90
    assert "Change 21.00" in told
    assert counter.paid is not None
    assert [entry.outcome for entry in counter.paid.ledger] == [Outcome.ACCEPTED, Outcome.ACCEPTED]


def test_every_line_is_answered(counter: Counter) -> None:
    for line in ("b", "up", "del", "undo", ",", "esc", "?", "x", "zzz", "", "3", "=", "=", "right", "left", "nonsense"):
        assert said(counter, line), line


def test_a_word_that_is_no_key_answers_nothing(counter: Counter) -> None:
    said(counter, "b", "", "2")
    question = counter.prompt
    for word in ("ja", "nei", "no", "yes", "kort", "avbryt", "jn"):
        assert said(counter, word) == [f"! “{word}” is not a key. ? shows the keys."]
        assert counter.prompt == question


def test_one_line_never_answers_two_questions(counter: Counter) -> None:
    said(counter, "b", "")
    told = said(counter, "2 j 1 d")
    assert told[0] == "! The rest of the line, j1d, was not used: read what is asked first."
    assert counter.state is State.QUESTION
    said(counter, "n 1 a")
    assert counter.state is State.QUESTION
    said(counter, "n a")
    assert counter.state is State.PAYMENT
    said(counter, "a")
    assert counter.state is State.PAID


def test_the_line_that_begins_the_next_order_is_taken_whole(counter: Counter) -> None:
    paid_order(counter)
    said(counter, "3b")
    assert [line.quantity for line in counter.register.view.order.lines] == [3]


def test_nothing_is_rung_by_the_line_that_paid(counter: Counter) -> None:
    said(counter, "b", "", "2", "j", "1")
    assert said(counter, "d b")[0] == "! The rest of the line, b, was not used: read what is asked first."
    assert counter.paid is not None
    assert not counter.register.view.order.lines


def test_an_empty_line_answers_no_question_and_pays_nothing(counter: Counter) -> None:
    said(counter, "b", "", "2")
    for _ in range(2):
        question = counter.prompt
        assert said(counter, "")[0].startswith("! ")
        assert counter.prompt == question
        said(counter, "n")
    assert said(counter, "")[0].startswith("! ")
    assert counter.state is State.PAYMENT


def test_digits_alone_are_a_code_and_with_a_letter_a_quantity(counter: Counter) -> None:
    said(counter, "11")
    said(counter, "3*11")
    said(counter, "2c")
    assert [line.quantity for line in counter.register.view.order.lines] == [4, 2]


def test_an_amount_is_typed_before_its_key_or_on_a_line_before(counter: Counter) -> None:
    said(counter, "b", "", "2", "n", "n")
    assert said(counter, "50") == ["Typed: 50"]
    assert said(counter, "k")[0].startswith("50.00 on the terminal")
    said(counter, "+")
    assert said(counter, "100a")[0] == "Change 31.00"


def test_a_search_says_its_hits_before_one_is_rung(counter: Counter) -> None:
    told = said(counter, "/shake")
    assert told[1].endswith("chosen")
    assert counter.register.view.order.lines == ()
    said(counter, "down", "")
    assert [line.sku for line in counter.register.view.order.lines] == ["shake-l"]


def test_a_search_without_hits_closes_itself(counter: Counter) -> None:
    assert said(counter, "/qqq")[0].startswith("! ")
    assert counter.panel is None


def test_a_note_is_replaced_kept_and_cleared(counter: Counter) -> None:
    said(counter, "b", ",", "n", "No ONION please")
    assert counter.line is not None
    assert counter.line.note == "No ONION please"
    said(counter, ",", "n", "less salt")
    assert counter.line.note == "less salt"
    said(counter, ",", "n", "")
    assert counter.line.note == "less salt"
    said(counter, ",", "n", "del")
    assert counter.line.note == ""


def test_what_a_list_changes_is_said_when_it_closes(counter: Counter) -> None:
    said(counter, "b", ".")
    said(counter, "3")
    told = said(counter, "3", "esc")
    assert counter.panel is None
    assert told


def test_help_and_receipts_are_read_and_gone(counter: Counter) -> None:
    told = said(counter, "?")
    assert any(line.startswith("B to Z  ") for line in told)
    assert any(line.startswith("0 to 9  ") for line in told)
    assert counter.panel is None
    paid_order(counter)
    assert any("K1-1" in line for line in said(counter, ",", "p"))
    assert counter.panel is None


def test_the_order_and_the_items_can_be_read_again(counter: Counter) -> None:
    told = said(counter, "b")
    assert said(counter, "order") == told
    assert len(said(counter, "items")) > 1


def test_a_long_line_is_refused_and_does_nothing(counter: Counter) -> None:
    for line in ("b" * 10_000, "1" * 10_000, "/" + "x" * 10_000, "+" * 10_000):
        assert said(counter, line) == ["! The line is too long: at most 200 characters."]
    said(counter, "b", ",", "n")
    assert said(counter, "x" * 61)[0] == "! The line is too long: at most 60 characters."
    assert counter.register.view.order.lines[0].note == ""


def test_escape_characters_are_never_written_back(counter: Counter) -> None:
    told = said(counter, "\x1b[2J", "b", "\u202ex", ",", "n", "a\x1bb\u202e", "esc", "\x07", "\udce6")
    assert all(line.isprintable() for line in told)
    assert counter.register.view.order.lines[0].note == "ab"


def test_a_printer_that_fails_is_told_of_and_the_sale_stands(tmp_path: Path) -> None:
    printer = FakePrinter("out of paper")
    counter = a_counter(tmp_path, printer=printer)
    assert any("out of paper" in line for line in paid_order(counter))
    assert counter.paid is not None
    again = io.StringIO()
    run(a_counter(tmp_path), [], again)
    assert "1 receipt is not printed" in again.getvalue()


def test_a_line_that_waits_for_another_till_says_so_at_once(
    tmp_path: Path, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.store.file.connection.SAY_AFTER", 0.0)
    out, file, told = io.StringIO(), counter.register.store.file, list[str]()
    other = sqlite3.connect(file.path, isolation_level=None)

    def lines() -> Iterator[str]:
        say_it = file.on_wait

        def wait() -> None:
            say_it()
            told.append(out.getvalue())
            other.execute("ROLLBACK")

        file.on_wait = wait
        other.execute("BEGIN EXCLUSIVE")
        yield "b"

    run(counter, lines(), out)
    other.close()
    assert told[0].endswith("Waiting for another till …\n")
    assert "1 cheeseburger-meal-m" in out.getvalue().removeprefix(told[0])


def test_a_locked_file_is_told_of_and_the_next_try_works(tmp_path: Path, counter: Counter) -> None:
    out = io.StringIO()

    def lines() -> Iterator[str]:
        with locked(tmp_path / "shop.db"):
            out.truncate(0)
            yield "b"
            yield ","
            yield "r"
            yield ","
            yield "s"
            yield "esc"
        yield "b"

    assert run(counter, lines(), out) == 0
    told = out.getvalue().lstrip("\0").splitlines()
    busy = f"! {tmp_path / 'shop.db'} is in use by another program. Try again."
    assert told.count(busy) == 3
    assert told[-1] == "Total 119.00"


def test_the_till_closes_at_the_end_of_the_lines_and_goes_on_later(tmp_path: Path) -> None:
    said(a_counter(tmp_path), "b", "slutt", "c")
    counter = a_counter(tmp_path)
    assert len(counter.register.view.order.lines) == 1
    out = io.StringIO()
    run(counter, [], out)
    assert out.getvalue().splitlines()[-1] == "Total 119.00"


def test_both_languages_say_the_same_number_of_lines(tmp_path: Path) -> None:
    (tmp_path / "nb").mkdir()
    (tmp_path / "en").mkdir()
    nb, en = (paid_order(a_counter(tmp_path / language, language)) for language in ("nb", "en"))
    assert len(nb) == len(en)
    assert nb != en


def test_a_line_says_which_noted_allergen_is_in_it_or_may_be_in_it_or_is_unknown(counter: Counter) -> None:
    menu = counter.register.view.menu
    mixed = replace(menu.items["muffin"], allergens=card("milk eggs", "soybeans", "nuts:almond"))
    counter.register._source.menu = replace(menu, items={**menu.items, "muffin": mixed})
    counter.ring(mixed, 1)
    assert any(line.endswith(" ! contains: milk") for line in said(counter, "!", "7", "esc"))
    told = said(counter, "!", "6", "8", "4", "esc")
    assert any(line.endswith(" ! contains: milk; may contain: soya; unknown: nuts (almond)") for line in told)
    assert not any(" ! " in line for line in said(counter, "!", "7", "6", "8", "esc"))


def test_a_sale_is_a_moment_to_pack_what_is_old(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "PACK", 2)
    monkeypatch.setattr(packing, "PLAIN", 0)
    packs = "SELECT COUNT(*) FROM body_pack"
    said(counter, "b", "", "2", "j", "1")
    assert counter.register.store.file.conn.execute(packs).fetchone() == (0,)
    said(counter, "d")
    assert counter.register.store.file.conn.execute(packs).fetchone() == (1,)


def test_what_is_chosen_in_place_of_what_sold_out_is_said_with_its_price_for_all(counter: Counter) -> None:
    register, slot = counter.register, MENU.slots["side-m"]
    dearer = replace(slot, choices=(*slot.choices, SlotChoice("fries-l", kr(12)), SlotChoice("brownie", kr(5))))
    put_menu(register.store, replace(MENU, slots={**MENU.slots, slot.id: dearer}), PAIRINGS, NOW)
    register.catch_up()
    for sku in ("fries-m", "nuggets-4"):
        register.do(stock.eighty_six, sku)
    said(counter, "28*b")
    told = said(counter, "")
    assert any("+ 336 kroner" in line for line in told), told


# codes


CODES = (
    "A12345678",
    "MY-CARD-1",
    "X1-4471",
    "N22",
    "K1-17",
    "https://x.no/?a=1",
    "j1",
    "2b",
    "+-",
    "12345678A",
    "1a2k",
)


@pytest.mark.parametrize("way", ["b", "b|", "b||2", "b||2|n", "b||2|n|n", "b||2|n|n|k", "b|,"])
def test_a_line_that_is_no_key_is_a_code_and_presses_nothing(counter: Counter, way: str) -> None:
    said(counter, *way.split("|"))
    order, state, digits = counter.register.view.order, counter.state, counter.digits
    for line in CODES:
        if line == "2b" and state is State.RINGING:
            continue  # two of item B
        told = said(counter, line)
        assert told[0].startswith("! "), line
        assert (counter.register.view.order, counter.state, counter.digits) == (order, state, digits), line
        assert counter.register.store.sales.count() == 0, line


def test_a_barcode_on_a_line_chooses_nothing_from_an_open_list(counter: Counter) -> None:
    said(counter, "b", "!", "9520001999999")
    assert counter.register.view.order.allergens == frozenset()
    assert counter.state is State.ALLERGENS


def test_the_number_of_a_receipt_is_known_as_one(counter: Counter) -> None:
    assert said(counter, "K1-17")[0] == "! There is no receipt K1-17."


def test_an_order_of_the_readme_is_paid_from_a_script(counter: Counter) -> None:
    said(counter, "b", "", "2", "j", "1", "d")
    assert counter.register.store.sales.count() == 1


def test_a_refund_is_made_line_by_line(counter: Counter) -> None:
    said(counter, "b", "", "2", "n", "n", "a")
    said(counter, ",", "g")
    told = said(counter, "K1-1")
    assert any("K1-1" in line for line in told)
    said(counter, "2", "", "1")
    assert "Give back: Cash 119.00. Refund R1-1 of K1-1." in "\n".join(said(counter, "a"))


@pytest.mark.parametrize(
    ("before", "number"),
    [(("b", ""), "10"), (("b", "", "2"), "9862"), ((",", "z"), "9862"), (("b", "", "2", "n", "n", ",", "v"), "30")],
    ids=["eat in or take away", "a question", "a panel", "discounts"],
)
def test_a_number_that_means_nothing_here_is_no_number_of_an_item(
    counter: Counter, before: tuple[str, ...], number: str
) -> None:
    said(counter, *before)
    told = said(counter, number)
    assert not any("No item has the number" in line for line in told)
    assert any(number in line and "does nothing here" in line for line in told), told
