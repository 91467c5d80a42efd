"""What is wrong with a history is said by the command in one clear line of either language, and nothing is lost."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.cli import main
from pos.cli.progress import Bar
from pos.office.history import importing
from pos.store import open_store
from pos.store.file.connection import StoreFile
from pos.store.learning import history as stored
from pos.wording import wording
from pos.wording.reasons import REASONS
from tests.rig import shop_file

HEAD = "order,time,item,quantity,price\n"
NOON = "2025-03-01T12:00:00"
Import = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=["nb", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def run(tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]) -> Import:
    """Types a command of learning; gives its exit code, what it printed and what it told on stderr."""
    shop_file(tmp_path).close()

    def act(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--lang", language, "--db", str(tmp_path / "shop.db")])
        said = capsys.readouterr()
        return code, said.out, said.err

    return act


@pytest.fixture
def past(tmp_path: Path) -> Path:
    return tmp_path / "past.csv"


def orders(folder: Path) -> int:
    store = open_store(folder / "shop.db")
    count = store.history.count()
    store.close()
    return count


def line(order: str = "1", time: str = NOON, item: str = "Cola", quantity: str = "1", price: str = "35") -> str:
    return f"{order},{time},{item},{quantity},{price}\n"


def items(count: int, orders: int) -> str:
    return HEAD + "".join(line(str(n % orders), item=f"thing {n}") for n in range(count))


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "history-empty"),
    "blanks": (" \n\n", "history-empty"),
    "a header alone": (HEAD, "history-empty"),
    "other columns": ("a,b,c\n1,2,3\n", "history-no-column"),
    "a workbook": (b"PK\x03\x04\0\0\0", "history-not-text"),
    "a program": (b"\x7fELF\x02\x01\x01\n\x03,\n", "history-not-text"),
    "only returns": (HEAD + line(quantity="-1") + line(quantity="-2"), "history-none-taken"),
    "more things than a shop has": (items(30, 30), "history-too-many-items"),
    "an order of all things": (items(20, 1), "history-order-too-large"),
    "one line without an end": (b"x" * 3_000_000, "history-no-column"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_history_that_is_none_is_refused_in_one_line(
    run: Import, past: Path, language: str, monkeypatch: pytest.MonkeyPatch, content: str | bytes, why: str
) -> None:
    monkeypatch.setattr(importing, "MOST_ITEMS", 25)
    monkeypatch.setattr(stored, "MOST_IN_ORDER", 15)
    past.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, said, told = run("sales", "import", str(past), "--yes")
    assert (code, said, told.count("\n")) == (1, "", 1)
    assert told.startswith(wording(language).text(why, path="{", column="{", columns="{").partition("{")[0])
    assert orders(past.parent) == 0
    assert run("learn")[0] == 1  # nothing was put in


def test_what_is_no_file_is_refused_in_one_line(run: Import, tmp_path: Path, past: Path, language: str) -> None:
    past.write_text(HEAD + line(), encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.csv")
    words = wording(language)
    for path, why in (
        (tmp_path, words.text("history-not-a-file", path=str(tmp_path))),
        (tmp_path / "pipe.csv", words.text("history-not-a-file", path=str(tmp_path / "pipe.csv"))),
        (tmp_path / "none.csv", words.local(REASONS[errno.ENOENT])),
        (past / "inside.csv", words.local(REASONS[errno.ENOTDIR])),
        (Path("/proc/self/mem"), words.local(REASONS[errno.EIO])),
    ):
        code, said, told = run("sales", "import", str(path), "--yes")
        assert (code, said, told.count("\n")) == (1, "", 1)
        assert why in told
    assert orders(tmp_path) == 0


TAKEN: dict[str, tuple[str, int, dict[str, int]]] = {
    "one order": (line(), 1, {}),
    "one item": ("".join(line(str(n)) for n in range(3)), 3, {}),
    "prices missing": (line(price="") + line("2", price="NaN"), 2, {"history-unpriced": 2}),
    "clocks in two zones": (
        line(time=f"{NOON}+01:00") + line("2", time=f"{NOON}+09:00") + line("3"), 1, {"history-other-zone": 2},
    ),
    "no numbers": (line() + line("2", quantity="NaN") + line("3", quantity="inf"), 1,
                   {"history-quantity-unreadable": 2}),
    "a number again after a year": (line() + line(time="2026-03-01T12:00:00"), 2, {}),
    "returns": (line() + line("2", quantity="-1"), 1, {"history-return": 1}),
    "a quote that is never closed": (line() + line("2", item='"Cola') + line("3") * 60, 2,
                                     {"history-row-never-ends": 1}),
    "zero bytes": (line() + line("2", item="Co\0la"), 1, {"history-unsafe": 1}),
}  # fmt: skip


@pytest.mark.parametrize(("content", "taken", "told"), TAKEN.values(), ids=TAKEN.keys())
def test_what_can_be_taken_is_and_the_rest_is_told(
    run: Import, past: Path, language: str, content: str, taken: int, told: dict[str, int]
) -> None:
    past.write_text(HEAD + content, encoding="utf-8")
    code, said, wrong = run("sales", "import", str(past), "--yes")
    words = wording(language)
    assert (code, wrong) == (0, "")
    assert words.text("history-taken", lines=content.count("\n"), orders=taken) in said
    for reason, count in told.items():
        assert words.text(reason, count=count) in said
        assert reason == "history-unpriced" or f"{count} × {words.text(reason)}" in said
    assert orders(past.parent) == taken
    assert run("learn")[0] == 0


def test_nothing_to_learn_from_is_one_line(run: Import, language: str) -> None:
    told = wording(language).text("learn-nothing-yet") + "\n"
    assert run("learn") == (1, "", told)


def test_a_full_disk_is_told_and_the_import_goes_on_when_there_is_room(
    run: Import, past: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2016, 1, 1)
    past.write_text(HEAD + "".join(line(f"order {n}", f"{day + timedelta(n)}") for n in range(3_000)), "utf-8")
    monkeypatch.setattr("pos.office.history.csv_file.BLOCK", 10_000)
    with monkeypatch.context() as full:
        set_pragmas = StoreFile._set_pragmas

        def set_small(file: StoreFile, conn: sqlite3.Connection) -> None:
            set_pragmas(file, conn)
            (pages,) = conn.execute("PRAGMA page_count").fetchone()
            conn.execute(f"PRAGMA max_page_count = {pages + 20}")

        full.setattr(StoreFile, "_set_pragmas", set_small)
        code, _, told = run("sales", "import", str(past), "--yes")
    assert code == 1
    assert told == wording(language).text("disk-full", path=str(past.parent / "shop.db")) + "\n"
    before = orders(past.parent)
    assert 0 < before < 3_000
    assert wording(language).number(3_000 - before) in run("sales", "import", str(past), "--yes")[1]
    assert orders(past.parent) == 3_000


def test_whoever_stops_an_import_is_told_that_it_goes_on_and_it_does(
    run: Import, past: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    past.write_text(HEAD + line() + line("2"), encoding="utf-8")
    with monkeypatch.context() as stopped:

        def stop(bar: Bar, done: int, size: int) -> None:
            nonlocal reads
            reads += done == size
            if reads == 2:  # once when the file was read, and once when all of it is taken
                raise KeyboardInterrupt

        reads = 0

        stopped.setattr(Bar, "tell", stop)
        told = wording(language).text("history-stopped") + "\n"
        code, _, said = run("sales", "import", str(past), "--yes")
        assert (code, said) == (130, told)
    assert orders(past.parent) == 2
    assert wording(language).text("history-nothing-new") in run("sales", "import", str(past), "--yes")[1]


def test_a_list_that_cannot_be_written_is_told(run: Import, past: Path, language: str) -> None:
    past.write_text(HEAD + line() + line("2", quantity="-1"), encoding="utf-8")
    past.with_name("past.csv.not-taken.csv").mkdir()
    code, _, told = run("sales", "import", str(past), "--yes")
    assert (code, told.count("\n")) == (1, 1)
    assert wording(language).local(REASONS[errno.EISDIR]) in told
    assert orders(past.parent) == 0
