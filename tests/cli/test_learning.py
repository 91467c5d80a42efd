"""The commands of learning, as they are typed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pos.cli import main
from pos.cli.lines import show
from pos.cli.progress import Bar

HEAD = "order,time,item,quantity,price\n"


class Screen(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A hundred orders in which cheeseburgers call for a cola, two hundred of other things, and a return."""
    orders = [("cheeseburger", "Cola")] * 100 + [("onion-rings", "milkshake")] * 100 + [("thing",)] * 100
    lines = [
        f"{number},2025-03-{1 + number % 28:02}T12:00:00,{item},1,10\n"
        for number, items in enumerate(orders)
        for item in items
    ]
    path = tmp_path / "past.csv"
    path.write_text(HEAD + "".join(lines) + "999,2025-03-01T12:00:00,Cola,-1,35\n", encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]  # a closure
    def act(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--lang", "en", "--db", str(tmp_path / "till.db")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return act


def test_a_history_is_taken_in_learned_from_and_approved(run, history: Path) -> None:  # type: ignore[no-untyped-def]
    code, said, _ = run("sales", "import", str(history), "--yes")
    assert code == 0
    assert "New rows read: 501. New orders: 300." in said  # the last order has only its return
    assert "1 × the quantity is negative: a return" in said
    code, said, _ = run("learn")
    assert (code, "Orders counted: 300." in said) == (0, True)
    sentence = next(line for line in said.splitlines() if "with Cheeseburger: 100% of the orders" in line)
    key = sentence.split()[0]
    assert run("learn", "--approve", key)[1].split()[:2] == [key, "approved"]
    (one,) = [one for one in json.loads(run("learn", "--json")[1]) if one["id"] == key]
    assert (one["state"], one["orders_with_both"], one["can_be_asked"]) == ("approved", 100, True)
    assert run("learn", "--off", key)[1].split()[1] == "off"


def test_an_evaluation_prints_ours_beside_its_peers(run, history: Path) -> None:  # type: ignore[no-untyped-def]
    found = json.loads(run("learn", "--evaluate", str(history), "--json")[1])
    assert set(found["ours"]) >= {"hit1", "hit3", "mrr"}
    assert all(set(score) >= {"hit1", "hit3", "mrr"} for score in found["peers"].values())
    code, said, _ = run("learn", "--evaluate", str(history))
    assert code == 0
    assert next(line.split()[0] for line in said.splitlines() if "[" in line) == "ours"


@pytest.mark.parametrize(
    "arguments",
    [
        ("sales", "import", "no-such-file.csv"),
        ("learn", "--approve", "l-none"),
        ("learn",),
        ("learn", "--evaluate", "no-such-file.csv"),
        ("learn", "--evaluate", "no-such-file.csv", "--columns", "colour=red"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    code, said, told = run(*arguments)
    assert (code, said, told.count("\n")) == (1, "", 1)
    assert "(" not in told.split(":")[0]  # a sentence, not an id with values


def test_the_bar_shows_how_far_it_is_and_how_long_it_takes_and_goes() -> None:
    screen, now = Screen(), [0.0]
    with Bar(lambda seconds: f"{seconds} s left", screen, lambda: now[0]) as bar:
        for done in (0, 25, 50):
            bar.tell(done, 100)
            now[0] += 10
    shown = screen.getvalue().split("\r")
    assert "50 %  20 s left" in shown[3]
    assert shown[-1] == ""
    assert not shown[-2].strip()


def test_nobody_watching_is_shown_nothing() -> None:
    stream = io.StringIO()
    with Bar(str, stream) as bar:
        bar.tell(1, 2)
    assert stream.getvalue() == ""


def test_on_a_terminal_no_word_is_cut_at_its_edge(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sentence = "Of 2,069 orders with Mango Chutney, 1,514 had Plain Papadum: 2.7 times what chance gives."
    show([sentence])
    assert capsys.readouterr().out == sentence + "\n"
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    show([sentence])
    shown = capsys.readouterr().out.splitlines()
    assert " ".join(map(str.strip, shown)) == sentence
    assert max(map(len, shown)) <= 60


def test_pairs_that_the_menu_does_not_have_are_counted_in_one_line(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lines = [f"{n},2025-03-{1 + n % 28:02}T12:00,{item},1,1\n" for n in range(40) for item in ("naan", "dal", "rice")]
    others = [f"{n},2025-03-{1 + n % 28:02}T12:00,kebab,1,1\n" for n in range(40, 300)]
    path = tmp_path / "past.csv"
    path.write_text(HEAD + "".join(lines + others), encoding="utf-8")
    run("sales", "import", str(path), "--yes")
    code, said, _ = run("learn")
    assert code == 0
    assert said.splitlines()[0] == "Orders counted: 300. Proposals that the till can ask: 0."
    assert said.splitlines()[1].startswith("3 more pairs go together, but the menu does not have them")
    assert len(json.loads(run("learn", "--json")[1])) == 3
