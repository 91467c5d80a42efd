"""The commands of practice: what they refuse, and in which words."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.cli import main
from pos.cli.commands.practice import _alone
from pos.cli.grammar import parse
from pos.domain.errors import BadInput
from pos.register.verbs import ringing
from pos.resources import shipped
from tests.durability.test_files import mounted
from tests.practice.rigs import a_rig, close_rigs, serve, shipped_shop
from tests.register.shops import a_folder
from tests.rig import a_cashier


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()
    close_rigs()


def said(capsys: pytest.CaptureFixture[str]) -> str:
    found = capsys.readouterr()
    return found.out + found.err


def test_practice_without_a_screen_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["practice", "Kari", "--db", str(folder / "shop.db"), "--lang", "en"]) == 1
    assert "screen" in said(capsys)
    assert not (folder / "practice.db").exists()


def test_a_second_trainee_at_the_same_till_is_told_to_wait(folder: Path) -> None:
    arguments = parse(["practice", "Kari", "--db", str(folder / "shop.db")], {})
    with _alone(arguments), pytest.raises(BadInput, match="practice-in-use"), _alone(arguments):
        pass
    other = parse(["practice", "Ola", "--till", "2", "--db", str(folder / "shop.db")], {})
    with _alone(arguments), _alone(other):
        pass


def test_the_shops_till_refuses_a_practice_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_rig(folder).store.close()
    assert main(["menu", "export", "--db", str(folder / "practice.db"), "--lang", "en"]) == 1
    assert "practice file" in said(capsys)


def test_scenarios_that_ship_have_no_mistakes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = shipped_shop(folder).path
    for path in sorted(shipped("scenarios").glob("*.toml")):
        assert main(["scenario", "check", str(path), "--db", str(shop), "--lang", "en"]) == 0
    assert "no mistakes" in said(capsys)


def test_a_scenario_with_an_item_that_the_menu_lost_is_named_with_its_place(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (shipped("scenarios") / "1-first-day.toml").read_text(encoding="utf-8")
    (folder / "own.toml").write_text(text.replace('sku = "cheeseburger" ', 'sku = "gone" ', 1), encoding="utf-8")
    shop = shipped_shop(folder).path
    assert main(["scenario", "check", str(folder / "own.toml"), "--db", str(shop), "--lang", "en"]) == 1
    assert "gone" in said(capsys)


def test_the_trainers_figures_come_without_a_screen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rig = a_rig(folder, "plain-meal")
    serve(rig)
    rig.store.close()
    base = ["trainer", "--db", str(rig.shop), "--practice-db", str(folder / "practice.db"), "--lang", "en"]
    assert main([*base, "--json"]) == 0
    (person,) = json.loads(said(capsys))["people"]
    assert person["rounds"] == 1
    assert main([*base, "--csv", str(folder / "out.csv")]) == 0
    assert (folder / "out.csv").read_text(encoding="utf-8").count("\n") == 2
    assert main([*base, "Kari", "--certificate", str(folder / "kari.html")]) == 1
    assert "20" in said(capsys)
    assert main([*base, "Kari", "--set-scenario", "rude-no"]) == 0
    assert main([*base, "Nobody", "--set-scenario", "rude-no"]) == 1
    assert main([*base, "--forget", "Kari"]) == 0
    assert main([*base, "--json"]) == 0
    assert '"name": null' in said(capsys)


def test_on_a_first_day_the_figures_are_a_list_of_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["trainer", "--db", str(folder / "shop.db"), "--practice-db", str(folder / "none.db"), "--lang", "en"]
    assert main([*base, "--json"]) == 0
    assert json.loads(said(capsys)) == {"people": []}
    assert main([*base, "--csv", "-"]) == 0
    assert said(capsys).startswith("person,name,round")
    assert main([*base, "Kari", "--checklist", str(folder / "kari.html")]) == 1
    assert "nobody has practised yet" in said(capsys)
    assert not (folder / "none.db").exists()


def test_somebody_who_came_and_served_nobody_is_on_the_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rig = a_rig(folder, "plain-meal")
    rig.store.close()
    base = ["trainer", "--db", str(rig.shop), "--practice-db", str(folder / "practice.db"), "--lang", "en"]
    assert main([*base, "--json"]) == 0
    (person,) = json.loads(said(capsys))["people"]
    assert (person["name"], person["rounds"], person["figures"]["wrong_orders_per_hundred"]) == ("Kari", 0, None)
    assert main([*base, "Kari", "--checklist", str(folder / "kari.html")]) == 0
    assert "Greets the customer" in (folder / "kari.html").read_text(encoding="utf-8")


def test_a_practice_file_that_nobody_may_see_is_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trainer", "--json", "--practice-db", str(folder / ("x" * 300)), "--lang", "en"]) == 1
    assert said(capsys).startswith("Cannot write to")


def test_an_empty_name_is_refused() -> None:
    from pos.practice import check_name

    with pytest.raises(BadInput, match="practice-name-empty"):
        check_name("   ")
    assert check_name(" Kari  Nordmann ") == "Kari Nordmann"


@pytest.mark.parametrize(
    ("typed", "heard", "asked_again"),
    [
        (["j", "n"], [True, False], 0),
        (["x", "", "1", "J ", "nei"], [True, False], 3),
        (["yes", "?", "NO"], [True, False], 1),
        (["j", "q"], [True], 1),
        ([], [], 0),
    ],
)
def test_who_listens_is_asked_again_until_the_answer_is_one_of_the_keys(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: list[str],
    heard: list[bool],
    asked_again: int,
) -> None:
    """The end of the input, and Ctrl+C, end it with what has been heard until then."""
    practice = a_rig(folder).store
    cashier = a_cashier(folder)
    began = cashier.register.now
    cashier.counter.register.do(ringing.ring, "cheeseburger-meal-m")
    cashier.press("enter", "2", "n")
    cashier.clock.pass_(9000)
    cashier.press("n", "a")
    answers = iter(typed)

    def type_in(question: str) -> str:
        print(question)
        answer = next(answers, None)
        if answer is None:
            raise EOFError
        return answer

    def no_more(seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", type_in)
    monkeypatch.setattr("pos.cli.commands.trainer.is_terminal", lambda *streams: True)
    monkeypatch.setattr("pos.cli.commands.trainer.now", lambda: began)
    monkeypatch.setattr("pos.cli.commands.trainer.sleep", no_more)
    shop = cashier.register.store.path
    arguments = ["trainer", "Kari", "--listen", "--lang", "nb", "--db", str(shop), "--practice-db", str(practice.path)]
    assert main(arguments) == 0
    told = said(capsys)
    assert told.count("Svar J (sagt høyt) eller N (ikke sagt).") == asked_again
    trainee = practice.trainees.find("Kari")
    assert trainee is not None
    assert [entry.said for entry in practice.trainees.heard(trainee)] == heard
    assert "Kassa gjettet rett" in told


def test_listening_without_a_keyboard_is_refused_and_waits_for_nobody(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_rig(folder).store
    monkeypatch.setattr("sys.stdin", io.StringIO())
    arguments = ["trainer", "Kari", "--listen", "--lang", "en", "--db", str(folder / "shop.db")]
    assert main([*arguments, "--practice-db", str(store.path)]) == 1
    assert "Listening needs a keyboard" in said(capsys)


@pytest.fixture
def read_only_practice(tmp_path: Path) -> Iterator[Path]:
    """A practice file that nobody may write, with one customer served."""
    rig = a_rig(tmp_path)
    serve(rig)
    rig.store.close()
    path = tmp_path / "practice.db"
    if os.geteuid() != 0:
        path.chmod(0o444)
        yield path
        return
    mounted("--bind", str(path), str(path))
    mounted("-o", "remount,bind,ro", str(path))
    yield path
    subprocess.run(["umount", "-l", str(path)], check=True)


def test_of_a_practice_file_that_may_only_be_read_figures_and_papers_are_made_and_nothing_is_changed(
    read_only_practice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["--lang", "en", "--db", str(tmp_path / "shipped.db"), "--practice-db", str(read_only_practice)]
    assert main(["trainer", "--json", *common]) == 0
    assert json.loads(said(capsys))["people"][0]["rounds"] == 1
    assert main(["trainer", "Kari", "--checklist", str(tmp_path / "kari.html"), *common]) == 0
    assert main(["trainer", "--forget", "Kari", *common]) == 1
    assert "choose another practice file with --practice-db" in said(capsys)
