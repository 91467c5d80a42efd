"""`pos log`: what happened, act by act, in words."""

from __future__ import annotations

import lzma
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

import pos
from pos.cli import main
from pos.cli.commands import checking
from pos.domain.text import LANGUAGES
from pos.office.acts import verb_id
from pos.register.verbs import ringing
from pos.wording.compile import messages
from tests.net.shops import BEFORE, file_from_before
from tests.register.every_act import Till

PACKAGE = Path(pos.__file__).parent
EARLIER = ("accepted", "declined", "ask_card", "ask_mobile", "terminal_approved", "paid", "migrated", "time_passes")
"""Some verbs of older files."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of an older version, brought to this one."""
    path = tmp_path / "shop.db"
    path.write_bytes(file_from_before("long"))
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    code = main(["log", *arguments])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


@cache
def every_verb() -> frozenset[str]:
    """The names of all verbs that there are or have been."""
    return frozenset({*verbs_in_the_sources(), *verbs_in_the_files(), *EARLIER})


DECLARED = re.compile(r'^@(?:verb|given\(.*\))\ndef (\w+)|\bVerb\(\s*"(\w+)"|^[A-Z_]+ = "(time_passes)"', re.MULTILINE)


def verbs_in_the_sources() -> Iterator[str]:
    """The names of the functions that are verbs, and of the verbs that are written by their names."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for names in DECLARED.findall(path.read_text(encoding="utf-8")):
            yield next(filter(None, names))


def verbs_in_the_files() -> Iterator[str]:
    for path in BEFORE.glob("*.db.xz"):
        with closing(sqlite3.connect(":memory:")) as conn:
            conn.deserialize(lzma.decompress(path.read_bytes()))
            yield from (verb for (verb,) in conn.execute("SELECT DISTINCT verb FROM order_log"))


def test_every_verb_has_words() -> None:
    verbs = every_verb()
    assert {"ring", "void", "checkout", "hold", "time_passes", "yes", "set_the_scene"} <= verbs
    for language in LANGUAGES:
        known = messages(language)
        assert sorted(verb for verb in verbs if verb_id(verb) not in known) == [], language


def test_an_order_is_told_act_by_act(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, err = told(capsys, "K1-1", "--db", str(file), "--lang", "en")
    assert (code, err) == (0, "")
    assert lines[0].startswith("Order 01")
    assert lines[0].endswith(", number 1, receipt K1-1")
    assert lines[1] == "2026-11-23"
    assert lines[2] == "12:41:11  1  Kari  rang up cheeseburger"
    assert any("the customer said yes to Bacon (2/2); cheeseburger: + Bacon; asks about" in line for line in lines)
    assert lines[-1] == "12:41:14  1  Kari  the order is paid; Cash 199.00: approved; receipt K1-1, 199.00"


def test_a_choice_of_what_a_meal_had_anyway_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    till = Till(tmp_path)
    line = till.rung("cheeseburger-meal-m")
    till.do(ringing.fill, line, "drink-m", "cola-m")
    order_id = till.register.view.order.id
    till.register.store.close()
    _, lines, _ = told(capsys, order_id, "--db", str(tmp_path / "shop.db"), "--lang", "en")
    assert lines[-1].endswith("filled cheeseburger-meal-m, m: cola-m, m")


def test_an_order_is_told_in_norwegian(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, lines, _ = told(capsys, "k1-1", "--db", str(file), "--lang", "nb")
    assert lines[1:3] == ["23.11.2026", "12:41:11  1  Kari  slo inn cheeseburger"]
    assert lines[-1] == "12:41:14  1  Kari  ordren er betalt; Kontant 199,00: godkjent; kvittering K1-1, 199,00"


def test_an_order_is_found_by_its_id_or_the_beginning_of_it(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(file)) as conn:
        ((order_id,),) = conn.execute("SELECT order_id FROM sale JOIN orders USING (order_key) WHERE id = 5").fetchall()
    _, by_id, _ = told(capsys, order_id, "--db", str(file))
    _, by_beginning, _ = told(capsys, order_id[:20], "--db", str(file))
    assert by_id == by_beginning
    assert order_id in by_id[0]


def test_an_unknown_order_is_refused_in_one_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("K1-9999", "K9-1", "98", "zzz", "0", "01", "K1-99999999999999999999", "-", "💥"):
        code, lines, err = (
            told(capsys, "--db", str(file), "--lang", "en", "--", name)
            if name == "-"
            else told(capsys, name, "--db", str(file), "--lang", "en")
        )
        assert (code, lines) == (1, []), name
        assert len(err.splitlines()) == 1


def at(monkeypatch: pytest.MonkeyPatch, now: str) -> None:
    monkeypatch.setattr(checking, "now", lambda: datetime.fromisoformat(now))


def test_an_order_is_found_by_its_call_number_of_today(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, "2026-11-23T20:00:00+01:00")
    _, lines, _ = told(capsys, "12", "--db", str(file), "--lang", "en")
    assert ", number 12, " in lines[0]
    at(monkeypatch, "2026-11-24T20:00:00+01:00")
    assert told(capsys, "12", "--db", str(file))[0] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_todays_acts_are_printed_with_their_orders(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    at(monkeypatch, "2026-11-23T20:00:00+01:00")
    code, lines, _ = told(capsys, "--db", str(file), "--lang", language)
    assert code == 0
    assert len(lines) == 1 + 439
    with closing(sqlite3.connect(file)) as conn:
        ((order_id,),) = conn.execute(
            "SELECT order_id FROM journal JOIN orders USING (order_key) WHERE seq = 1"
        ).fetchall()
    assert lines[1].startswith(f"12:41:01  {order_id[-6:]}  2  Ola  ")
    assert "verb-" not in " ".join(lines)
    assert "log-" not in " ".join(lines)


def test_a_day_without_acts_says_so(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, _ = told(capsys, "--db", str(file), "--lang", "en")
    assert (code, lines) == (0, ["Nothing has happened today."])


def test_acts_of_the_office_are_printed_with_the_new_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "shop.db")
    past = tmp_path / "past.csv"
    past.write_text("order,time,item,quantity,price\n1,2025-03-01T12:00:00,Cola,1,10\n", encoding="utf-8")
    assert main(["--db", path, "sales", "import", str(past), "--yes"]) == 0
    assert main(["--db", path, "--cashier", "Kari", "report", "--set-line", "7.5"]) == 0
    capsys.readouterr()
    _, lines, _ = told(capsys, "--db", path, "--lang", "en")
    assert [line.split("  ", 1)[1].strip() for line in lines[1:]] == [
        "loaded a menu; version 1 with 109 items",
        "began to import past orders",
        "imported past orders; 1 order",
        "Kari  moved the line that asking is measured against; asking-line: 750",
    ]
