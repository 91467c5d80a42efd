"""`pos sales`: what a file would bring is shown and confirmed, what is open is asked, and a file is forgotten again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pos.cli import main
from pos.store import open_store
from tests.rig import shop_file

HEAD = "order,time,item\n"
WEEK = HEAD + "1,2026-03-09 12:00,Cola\n1,2026-03-09 12:00,Fries\n2,2026-03-14 13:05,Cheezeburger\n3,later,Cola\n"
ONE_DAY = HEAD + "1,03/10/2026 12:00,Cola\n"
TWO_NAMES = "Bong;Tid;Navn;Navn\n1;14.03.2026 12:00;Kari;Burger\n2;14.03.2026 12:05;Ola;Cola\n"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Types a command in English; gives its exit code and what it said."""
    shop_file(tmp_path).close()

    def act(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        code = main([*arguments, "--lang", lang, "--db", str(tmp_path / "shop.db")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return act


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody types at the terminal, in order; questions that were asked come behind `asked`."""
    typed: list[str] = []

    def answer(question: str) -> str:
        if not typed:
            raise EOFError
        return typed.pop(0)

    monkeypatch.setattr("builtins.input", answer)
    sit_at_a_terminal(monkeypatch)
    return typed


def sit_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("commands.sales", "confirming"):
        monkeypatch.setattr(f"pos.cli.{module}.is_terminal", lambda *streams: True)


def orders(folder: Path) -> int:
    store = open_store(folder / "shop.db")
    count = store.history.count()
    store.close()
    return count


def written(folder: Path, text: str, name: str = "past.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_script_that_does_not_say_yes_changes_nothing_and_is_told_how(run: Run, tmp_path: Path) -> None:
    code, said, told = run("sales", "import", written(tmp_path, WEEK))
    assert (code, told) == (1, "Take them in? Nothing was changed. Add --yes to do it.\n")
    assert "Days: 9 March 2026 to 14 March 2026. Orders: 2. Rows: 4." in said
    assert "  1 · 9 March 2026 12:00 · Cola, Fries" in said
    assert "One row is left out:" in said
    assert "row 5, the time cannot be read: 3 · later · Cola" in said
    assert orders(tmp_path) == 0


@pytest.mark.parametrize(("typed", "taken"), [("y", 2), ("j", 2), ("n", 0), ("", 0)])
def test_on_a_terminal_it_is_confirmed(run: Run, tmp_path: Path, answers: list[str], typed: str, taken: int) -> None:
    answers.append(typed)
    code, said, _ = run("sales", "import", written(tmp_path, WEEK))
    assert (code, orders(tmp_path)) == (0 if taken else 1, taken)
    assert ("New orders: 2." in said) == bool(taken)


def test_yes_does_not_answer_what_is_open(run: Run, tmp_path: Path) -> None:
    code, said, told = run("sales", "import", written(tmp_path, ONE_DAY), "--yes")
    assert (code, said, told.count("\n")) == (1, "", 1)
    assert "--dates dmy (2026-10-03) or --dates mdy (2026-03-10)" in told
    assert orders(tmp_path) == 0
    assert run("sales", "import", written(tmp_path, ONE_DAY), "--yes", "--dates", "mdy")[0] == 0
    assert orders(tmp_path) == 1


def test_what_is_open_is_asked_with_both_readings_side_by_side(run: Run, tmp_path: Path, answers: list[str]) -> None:
    answers += ["3", "x", "2", "y"]
    code, said, _ = run("sales", "import", written(tmp_path, ONE_DAY))
    assert code == 0
    assert "  1  3 October 2026  (--dates dmy)\n  2  10 March 2026  (--dates mdy)" in said
    assert "Day: 10 March 2026. Orders: 1. Rows: 1." in said


def test_which_of_two_columns_of_one_name_is_meant_is_asked(run: Run, tmp_path: Path, answers: list[str]) -> None:
    answers += ["2", "y"]
    code, said, _ = run("sales", "import", written(tmp_path, TWO_NAMES))
    assert code == 0
    assert "  1  Navn (1): Kari, Ola\n  2  Navn (2): Burger, Cola" in said
    assert "· Burger" in said


def test_a_question_that_nobody_answers_changes_nothing(run: Run, tmp_path: Path, answers: list[str]) -> None:
    code, _, told = run("sales", "import", written(tmp_path, ONE_DAY))
    assert (code, told) == (1, "Nothing was changed.\n")
    assert orders(tmp_path) == 0


def test_a_program_reads_what_a_file_would_bring_and_takes_it_with_yes(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path, WEEK)
    code, said, _ = run("sales", "import", path, "--json")
    found = json.loads(said)
    assert (code, found["orders"], found["rows"], found["imported"]) == (0, 2, 4, None)
    assert (found["first"], found["left_out"]) == ("2026-03-09T12:00", {"time-unreadable": 1})
    assert found["columns"][0] == {"is": "order", "name": "order"}
    assert orders(tmp_path) == 0
    found = json.loads(run("sales", "import", path, "--json", "--yes")[1])
    assert (found["imported"]["orders"], found["imported"]["names_not_on_menu"], orders(tmp_path)) == (2, 1, 2)


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_files_are_listed_and_forgotten(run: Run, tmp_path: Path, lang: str) -> None:
    assert run("sales", "files", lang=lang)[0] == 0
    run("sales", "import", written(tmp_path, WEEK), "--yes")
    assert "past.csv" in run("sales", "files", lang=lang)[1]
    (listed,) = json.loads(run("sales", "files", "--json")[1])
    assert (listed["orders"], listed["first_day"], listed["last_day"]) == (2, "2026-03-09", "2026-03-14")
    assert run("sales", "forget", "past.csv", lang=lang)[0] == 1
    assert orders(tmp_path) == 2
    assert run("sales", "forget", "past.csv", "--yes", lang=lang)[0] == 0
    assert orders(tmp_path) == 0
    code, said, told = run("sales", "forget", "past.csv", "--yes", lang=lang)
    assert (code, said, told.count("\n")) == (1, "", 1)


def test_the_names_that_the_menu_lacks_are_listed_and_what_an_unread_list_would_do_is_said(
    run: Run, tmp_path: Path
) -> None:
    rows = HEAD + "".join(f"{n},2026-03-09 12:{n:02},Pilau Rice\n" for n in range(3))
    said = run("sales", "import", written(tmp_path, rows + "9,2026-03-09 13:00,Cheezeburger\n"), "--yes")[1]
    assert "2 names are not on the menu" in said
    assert "Cheezeburger (1) becomes Cheeseburger" in said.replace("cheeseburger", "Cheeseburger")
    listed = (tmp_path / "past.csv.mapping.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:3] for line in listed[1:]] == [
        ["Pilau Rice", "", "3"],
        ["Cheezeburger", "cheeseburger", "1"],
    ]


def test_a_list_of_names_that_was_written_in_is_kept(run: Run, tmp_path: Path) -> None:
    path, place = written(tmp_path, WEEK), tmp_path / "past.csv.mapping.csv"
    run("sales", "import", path, "--yes")
    edited = place.read_text(encoding="utf-8").replace("Cheezeburger,cheeseburger", "Cheezeburger,naan").rstrip("\n")
    place.write_bytes(edited.replace("naan", "salad").encode())
    said = run("sales", "import", written(tmp_path, WEEK + "4,2026-03-14 14:00,Dosa\n"), "--yes")[1]
    assert "The list was there before" in said
    now = place.read_text(encoding="utf-8").splitlines()
    assert now[: len(edited.splitlines())] == edited.replace("naan", "salad").splitlines()
    assert now[-1].startswith("Dosa,,1")
    assert run("sales", "import", path, "--mapping", str(place), "--yes")[0] == 0
    store = open_store(tmp_path / "shop.db")
    assert store.history.items()["Cheezeburger"].sku == "salad"
    store.close()


def test_a_dash_says_that_a_name_is_a_thing_of_its_own(run: Run, tmp_path: Path) -> None:
    path, place = written(tmp_path, WEEK), tmp_path / "past.csv.mapping.csv"
    run("sales", "import", path, "--yes")
    for sku, settled in (("cheeseburger", "cheeseburger"), ("-", None)):
        place.write_text(f"item;sku\nCheezeburger;{sku}\n", encoding="cp1252")
        assert run("sales", "import", path, "--mapping", str(place), "--yes")[0] == 0
        store = open_store(tmp_path / "shop.db")
        assert store.history.items()["Cheezeburger"].sku == settled
        store.close()


def test_every_column_is_named_in_the_message_that_one_needs_them_for(run: Run, tmp_path: Path) -> None:
    names = [f"A rather long name of a column, number {n}" for n in range(40)]
    quoted = ",".join(f'"{name}"' for name in names)
    code, _, told = run("sales", "import", written(tmp_path, quoted + "\n" + ",".join("x" * 40) + "\n"), "--yes")
    assert code == 1
    assert all(name in told for name in names)


STATUS = "Ordre;Dato;Vare;Status\n1;14.03.2026 12:00;Burger;Betalt\n2;14.03.2026 12:05;Cola;Rømt\n"


@pytest.mark.parametrize(
    ("text", "refused", "option"),
    [
        (ONE_DAY, "open-dates", "--dates=mdy"),
        (TWO_NAMES, "open-column", "--columns=item=Navn (2)"),
        (HEAD + '1,2026-03-09,"Cola, Fries"\n2,2026-03-09,Tea\n', "open-items", "--columns=items=item"),
        (STATUS, "open-word", "--words=Rømt=none"),
        ("", "empty", ""),
    ],
)
def test_a_program_is_told_of_a_refusal_in_json_with_the_options_that_would_take_it(
    run: Run, tmp_path: Path, text: str, refused: str, option: str
) -> None:
    path = tmp_path / "past.csv"
    path.write_text(text, encoding="utf-8")
    code, said, told = run("sales", "import", str(path), "--json", "--yes")
    found = json.loads(said)
    assert (code, found["refused"], found["text"] in told) == (1, refused, True)
    assert option in found["options"] if option else found["options"] == []
    if option:
        assert run("sales", "import", str(path), "--json", "--yes", option)[0] == 0


def test_a_status_that_nobody_knows_is_asked_for_on_a_terminal(
    run: Run, tmp_path: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_at_a_terminal(monkeypatch)
    (tmp_path / "past.csv").write_text(STATUS, encoding="utf-8")
    answers += ["2", "y"]
    code, said, _ = run("sales", "import", str(tmp_path / "past.csv"))
    assert code == 0
    assert 'What is a row with Rømt in "Status"?' in said
    assert "New rows read: 2. New orders: 1." in said


def test_whether_commas_stand_between_items_is_asked_on_a_terminal(
    run: Run, tmp_path: Path, answers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_at_a_terminal(monkeypatch)
    (tmp_path / "past.csv").write_text(HEAD + '1,2026-03-09,"Cola, Fries"\n2,2026-03-09,Tea\n', encoding="utf-8")
    answers += ["2", "y"]
    code, said, _ = run("sales", "import", str(tmp_path / "past.csv"))
    assert code == 0
    assert '  2  Cola · Fries  (--columns "items=item")' in said
