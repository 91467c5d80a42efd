"""The command of the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pos.cli import main
from tests.office.report.sales import sell_many
from tests.rig import shop_file


@pytest.fixture
def database(tmp_path: Path) -> Path:
    store = shop_file(tmp_path)
    sell_many(store, 300, a_day=100)
    store.close()
    return tmp_path / "shop.db"


@pytest.mark.parametrize("command", ["report", "offers", "learn"])
def test_a_mistyped_file_is_named_and_none_is_made(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "shp.db"
    assert main([command, "--db", str(missing), "--lang", "en"]) == 1
    assert capsys.readouterr().err.startswith(f"There is no till file at {missing}")
    assert not missing.exists()


def test_an_empty_database_gets_a_clear_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop_file(tmp_path).close()
    assert main(["report", "--db", str(tmp_path / "shop.db"), "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Nothing was sold in these days.")


def test_days_can_be_written_either_way(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for day in ("2026-01-06", "06.01.2026"):
        assert main(["report", "--db", str(database), "--since", day, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["orders"] == 200


def test_the_line_can_be_moved(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--db", str(database), "--set-line", "1,5 %"]) == 0
    capsys.readouterr()
    assert main(["report", "--db", str(database), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["line"], found["distance"]["verdict"]) == (0.015, "reached")


def test_a_recount_gives_the_same(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for extra in ([], ["--recount"], []):
        assert main(["report", "--db", str(database), "--csv", *extra]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] == outputs[2]


@pytest.mark.parametrize(
    "wrong",
    [["--since", "yesterday"], ["--since", "2026-02-01", "--until", "2026-01-01"], ["--set-line", "much"],
     ["--set-control", "51"], ["--html", "/nowhere/at/all.html"]],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(
    database: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", "--db", str(database), "--lang", "en", *wrong]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "report-" not in said


def test_the_page_goes_where_it_was_asked_for(database: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert main(["report", "--db", str(database), "--html", str(page)]) == 0
    assert page.read_text(encoding="utf-8").endswith("</html>\n")


def test_a_day_may_be_written_without_noughts(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--db", str(database), "--since", "6.1.2026", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["since"] == "2026-01-06"


def test_the_screen_is_refused_where_nobody_watches(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--db", str(database), "--screen", "--lang", "en"]) == 1
    assert "terminal" in capsys.readouterr().err


def test_a_pin_says_that_it_waits_until_the_till_chooses(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for words in (["--floor", "3"], ["--learn", "on"], ["--floor", "3"]):
        assert main(["offers", "--db", str(database), "--lang", "en", *words]) == 0
        said.append(capsys.readouterr().out)
    assert ("--learn on" in said[0], "--learn on" in said[2]) == (True, False)


def test_a_line_that_lies_within_the_interval_is_not_called_reached(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = ["report", "--db", str(database), "--lang", "en"]
    assert main([*report, "--json"]) == 0
    uplift = 100 * json.loads(capsys.readouterr().out)["uplift"]["value"]
    said = []
    for line in (uplift - 0.1, 0.1):
        assert main([*report, "--set-line", f"{line:.2f}"]) == 0
        assert main(report) == 0
        said.append(" ".join(capsys.readouterr().out.split()))
    assert ("it is not sure" in said[0], "it is not sure" in said[1], "is reached." in said[1]) == (True, False, True)
