"""What the counter says is true: where a receipt went, which key means yes, which parts are left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pos.counter.keys import shown_first
from pos.counter.printing import brief_path, say_printed
from pos.devices import FakePrinter, NoPrinter, Printer, printer_from
from pos.domain.sale.leaving_out import sounds_left_out
from tests.builders import text
from tests.rig import a_register

WHERE: dict[str, Callable[[Path], Printer]] = {
    "paper-printed": lambda folder: FakePrinter(),
    "paper-nowhere": lambda folder: NoPrinter(),
    "paper-in-file": lambda folder: printer_from(f"text:{folder}/r.txt,58"),
}


@pytest.mark.parametrize("said", WHERE)
def test_only_what_is_on_paper_is_said_to_be_printed(said: str, tmp_path: Path) -> None:
    register = a_register(tmp_path, printer=WHERE[said](tmp_path))
    found = say_printed(register, "paper")
    assert found.message_id == said
    if said == "paper-in-file":
        assert found.values["file"] == str(tmp_path / "r.txt")


def test_a_file_with_the_bytes_for_a_printer_is_a_file_too(tmp_path: Path) -> None:
    register = a_register(tmp_path, printer=printer_from(f"escpos:file:{tmp_path}/r.bin"))
    assert say_printed(register, "copy").message_id == "copy-in-file"
    assert say_printed(register, "owed").message_id == "owed-in-file"


def test_a_path_is_said_from_the_home_folder_on() -> None:
    assert brief_path(Path.home() / "pos" / "r.txt") == "~/pos/r.txt"
    assert brief_path(Path("/srv/r.txt")) == "/srv/r.txt"


def test_yes_is_y_in_english_and_j_in_norwegian() -> None:
    assert shown_first(("j", "y"), "en") == ("y", "j")
    assert shown_first(("j", "y"), "nb") == ("j", "y")
    assert shown_first(("n",), "en") == ("n",)


@pytest.mark.parametrize(
    ("nb", "en", "left_out"),
    [
        ("Uten ost", "No cheese", True),
        ("UTEN LØK", "", True),
        ("Ingen dressing", "Without dressing", True),
        ("Salt ved siden", "No salt on it", True),
        ("Ekstra ost", "Extra cheese", False),
        ("Nøtter", "Nori", False),
        ("Utenlandsk ost", "Notable cheese", False),
    ],
)
def test_a_part_left_out_is_known_by_how_its_name_begins(nb: str, en: str, *, left_out: bool) -> None:
    assert sounds_left_out(text(nb, en or nb)) is left_out
