"""`pos shift`: an X of the current shift, and earlier Z reports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.cli import main
from pos.register.verbs import reports, shift
from tests.builders import kr
from tests.register.every_act import Till, with_float
from tests.register.shops import a_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """A shop whose till has a Z, and a sale in its current shift."""
    for folder in a_folder():
        till = Till(folder)
        with_float(till)
        till.sold()
        till.do(shift.count_drawer, kr(1089))
        till.do(reports.z_report)
        with_float(till)
        till.sold("cola-m")
        till.register.store.close()
        yield folder


def told(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str, str]:
    code = main(["shift", *arguments, "--db", str(folder / "shop.db"), "--lang", "en"])
    out, err = capsys.readouterr()
    return code, out, err


def test_the_running_shift_is_read_as_an_x_that_the_file_keeps(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = told(capsys, folder, "--json")
    (report,) = json.loads(out)
    assert (code, report["kind"], report["shift"], report["number"]) == (0, "x", 2, 0)
    assert report["figures"]["sales"] == {"count": 1, "amount": {"minor": 3400}}
    assert report["sales_ever"] == {"minor": 12_300}
    assert told(capsys, folder)[1].splitlines()[0].strip() == "X-rapport"
    assert main(["verify", "--db", str(folder / "shop.db")]) == 0


@pytest.mark.parametrize("which", ["1", "2026-11-23", "23.11.2026"])
def test_a_z_is_found_by_its_number_and_by_its_day(
    folder: Path, capsys: pytest.CaptureFixture[str], which: str
) -> None:
    code, out, _ = told(capsys, folder, which)
    assert (code, out.splitlines()[0].strip()) == (0, "Z-rapport 1")
    assert out.splitlines()[1].strip() == "Z report 1"
    assert "Row " in out


@pytest.mark.parametrize("which", ["2", "2026-11-24", "0", "nonsense"])
def test_an_unknown_z_is_refused_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str], which: str) -> None:
    code, out, err = told(capsys, folder, which)
    assert (code, out, len(err.splitlines())) == (1, "", 1)


def test_a_till_without_a_shift_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(capsys, folder, "--till", "9")
    assert (code, out, err) == (1, "", "No shift runs at this till.\n")
