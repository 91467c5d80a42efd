"""The queue of those who write: first come, first served, and nobody is kept out by one that died or stands still."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from pos.domain.errors import StoreError
from pos.store import open_store
from pos.store.file import turn
from pos.store.file.connection import LockWait, StoreFile, named_rows
from pos.store.file.turn import NEXT, NUMBER, Turn
from tests.durability.faults import locked
from tests.forks import fork
from tests.office_acts import enter_till
from tests.store.acting import set_setting
from tests.templates import begin_file


def patience(seconds: float = 20.0) -> LockWait:
    return LockWait(seconds, lambda: None, lambda: None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    begin_file(tmp_path / "shop.db")
    return tmp_path / "shop.db"


def until(condition: Callable[[], bool]) -> None:
    """Wait for a fact that another thread or process brings about."""
    limit = monotonic() + 20
    while not condition():
        assert monotonic() < limit, "it never came"
        sleep(0.001)


def drawn(path: Path) -> int:
    """How many tickets have been drawn."""
    found = path.with_name("shop.db.turn").read_bytes()[NEXT : NEXT + NUMBER.size]
    return int(NUMBER.unpack(found)[0])


def queue_up(path: Path, name: str, order: list[str], wait: LockWait | None = None) -> Thread:
    """Draw the next ticket in a thread of its own, and note the name when its turn has come."""
    before = drawn(path)

    def take() -> None:
        mine = Turn(path)
        if mine.take(wait or patience()):
            order.append(name)
            mine.give_back()
        mine.close()

    thread = Thread(target=take)
    thread.start()
    until(lambda: drawn(path) > before)
    return thread


def test_turns_come_in_the_order_in_which_they_were_asked_for(path: Path) -> None:
    first, order = Turn(path), list[str]()
    assert first.take(patience())
    threads = [queue_up(path, name, order) for name in "bcdef"]
    assert order == []
    first.give_back()
    for thread in threads:
        thread.join()
    assert order == [*"bcdef"]
    first.close()


def test_whoever_has_had_a_turn_comes_after_those_who_wait(path: Path) -> None:
    greedy, order = Turn(path), list[str]()
    assert greedy.take(patience())
    threads = [queue_up(path, name, order) for name in "bc"]
    greedy.give_back()
    assert greedy.take(patience())
    assert order == ["b", "c"]
    for thread in threads:
        thread.join()
    greedy.close()


def test_a_killed_process_keeps_nobody_from_a_turn(path: Path, tmp_path: Path) -> None:
    def hold() -> None:
        held = Turn(path)
        assert held.take(patience())
        print("taken", flush=True)
        sleep(60)

    child = fork(hold, tmp_path / "child")
    until(lambda: "taken" in child.output.read_text())
    order: list[str] = []
    thread = queue_up(path, "b", order)
    assert order == []
    os.kill(child.pid, signal.SIGKILL)
    thread.join()
    assert order == ["b"]
    assert child.was_killed()


def test_one_that_stands_still_is_passed_by(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    still, other, third = Turn(path), Turn(path), Turn(path)
    assert still.take(patience())
    monkeypatch.setattr(turn, "STUCK", 0.0)
    assert other.take(patience())
    monkeypatch.undo()
    assert not third.take(patience(0)), "it takes its turn before one that moves"
    other.give_back()
    assert third.take(patience())
    for one in (still, other, third):
        one.close()


def test_a_turn_that_nobody_waits_for_any_more_is_left_out(path: Path) -> None:
    first, second, third = Turn(path), Turn(path), Turn(path)
    assert first.take(patience())
    assert not second.take(patience(0))
    first.give_back()
    assert third.take(patience(0))
    for one in (first, second, third):
        one.close()


@pytest.mark.parametrize("content", [b"", b"\xff" * 16, b"x", bytes(8) + b"\xff" * 8, NUMBER.pack(1) + bytes(8)])
def test_whatever_the_queues_file_holds_turns_are_taken(path: Path, content: bytes) -> None:
    path.with_name("shop.db.turn").write_bytes(content)
    first, second = Turn(path), Turn(path)
    for _ in range(3):
        assert first.take(patience(0))
        assert not second.take(patience(0))
        first.give_back()
        assert second.take(patience(0))
        second.give_back()
    first.close()
    second.close()


def test_a_queue_whose_file_was_deleted_is_begun_anew(path: Path) -> None:
    first, second = Turn(path), Turn(path)
    assert first.take(patience())
    first.give_back()
    path.with_name("shop.db.turn").unlink()
    assert first.take(patience(0))
    assert not second.take(patience(0))
    first.close()
    second.close()


def test_links_to_a_database_share_its_queue(path: Path) -> None:
    link = path.with_name("other-name.db")
    link.symlink_to(path)
    first, second = Turn(path), Turn(link)
    assert first.take(patience())
    assert not second.take(patience(0))
    first.close()
    second.close()


def test_where_there_can_be_no_queue_sqlites_own_waiting_is_left(path: Path) -> None:
    path.with_name("shop.db.turn").mkdir()
    here, there = open_store(path), open_store(path, wait=0.01)
    till = enter_till(here, "1")
    with here.file.writing(), pytest.raises(StoreError, match="database-locked"):
        set_setting(there, till.id, "rush", "yes")
    set_setting(there, till.id, "rush", "yes")
    here.close()
    there.close()


# what waits says so, and what it waits for in vain is an error


@pytest.fixture
def file(path: Path) -> Iterator[StoreFile]:
    store = open_store(path, wait=20)
    yield store.file
    store.close()


def write(file: StoreFile) -> None:
    with file.writing() as conn:
        conn.execute("INSERT OR REPLACE INTO shop_setting (key, value) VALUES ('lights', 'on')")


def test_a_write_that_has_to_wait_says_so_once_and_goes_on(
    path: Path, file: StoreFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.store.file.connection.SAY_AFTER", 0.0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    said: list[str] = []

    def let_go() -> None:
        said.append("waits")
        other.execute("ROLLBACK")

    file.on_wait = let_go
    write(file)
    other.close()
    assert said == ["waits"]


def test_a_look_that_has_to_wait_says_so_too(path: Path, file: StoreFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.store.file.connection.SAY_AFTER", 0.0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    file.on_wait = other.close
    with file.reading() as conn:
        assert conn.execute("SELECT COUNT(*) FROM shop").fetchone() == (1,)
    other.close()


def test_a_wide_query_waits_as_any_other_statement(
    path: Path, file: StoreFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.store.file.connection.SAY_AFTER", 0.0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    file.on_wait = other.close
    with file.reading() as conn:
        assert len(named_rows(conn, "SELECT * FROM shop")) == 1


def test_a_commit_waits_for_whoever_reads_and_loses_nothing(
    path: Path, file: StoreFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.store.file.connection.SAY_AFTER", 0.0)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM shop").fetchall()
    file.on_wait = reader.commit
    write(file)
    assert reader.execute("SELECT value FROM shop_setting WHERE key = 'lights'").fetchall() == [("on",)]
    reader.close()


def test_what_was_waited_for_in_vain_is_not_waited_for_as_long_by_the_next_statement(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("pos.store.file.connection.JUST_NOW", 1000.0)
    monkeypatch.setattr("pos.store.file.connection.BRIEFLY", 0.0)
    store = open_store(path, wait=0.05)
    monkeypatch.setattr("pos.store.file.connection.sleep", slept.append)
    with locked(path):
        assert refused_for(lambda: write(store.file)) == "database-locked"
        assert slept
        slept.clear()
        assert refused_for(lambda: write(store.file)) == "database-locked"
        assert not slept
    write(store.file)
    store.close()


def refused_for(act: Callable[[], None]) -> str:
    with pytest.raises(StoreError) as caught:
        act()
    return caught.value.message_id
