"""Every kind of act is killed at each of its statements, and each of them fails once: the act is in the file as a whole
or not at all, and the next start goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos.domain.errors import Refused, StoreError
from pos.domain.order.order import Order
from pos.office.verifying import verify_file
from pos.register.register import TIME_PASSES
from pos.register.verbs import paying
from pos.store import open_store
from tests.durability.faults import counted, dying, io_error, raising
from tests.durability.killing import assert_sound
from tests.durability.scenery import EVERY, SPEAK_LATE, Rows, a_folder, course, nothing, rows_of, scenery
from tests.forks import fork
from tests.register.every_act import CASES, MORE, Till, every_verb

SAMPLE = (*CASES, SPEAK_LATE, TIME_PASSES)
WRITE_AT_ONCE = "PRAGMA cache_size = 1"
"""What an act changes is in the file before it commits, so that a kill leaves a file that has to be rolled back."""

DEAR = ("pay_cash", "recall", "redeem")
OF_EACH_KIND = (
    *("ring", "yes", "hold", "recall", "recall what was discarded", "pay_cash", "write_off", "eighty_six"),
    *("begin_paper", "reserve_copy", "redeem", "redeem what is unknown", "set_the_scene"),
    *("reserve_copy once too often", SPEAK_LATE, TIME_PASSES),
)
"""A move, two, none; with facts and without; a refusal that leaves facts; one act after another."""

A_WHILE = 11_000
"""Milliseconds after which a file that did not answer is asked again."""


def assert_goes_on(name: str, folder: Path, rows: Rows) -> None:
    """Check that the next till goes on from a file left in the middle of an act: nothing is lost, the chain is whole,
    and what was not done can be done."""
    way, undisturbed = scenery(name), course(name)
    till = way.open(folder)
    with closing(till.register.store) as store:
        if not way.is_practice:
            store.witness.check()
        assert_sound(store.file.conn)
        assert verify_file(store).finding is None
        before, after = undisturbed.orders
        if rows == undisturbed.end:
            assert same(till.register.view.order, after)
        elif rows == undisturbed.before and way.meanwhile is nothing:
            assert same(till.register.view.order, before)
            way.act(till.register)
            assert rows_of(store.path) == undisturbed.end


def same(one: Order, other: Order) -> bool:
    """Whether it is the same order, or each is one in which nothing has been done."""
    return one == other or (one.is_untouched() and other.is_untouched())


# killed


def killed(name: str, statement: int, *, after: bool, seen: list[Rows]) -> None:
    """Kill a till at one statement of an act, and look at what it left; more closely where it was not seen before."""
    with a_folder() as folder:

        def die() -> None:
            register = scenery(name).begin(folder).register
            register.store.file.conn.execute(WRITE_AT_ONCE)
            with counted(register.store, dying(statement, after=after)):
                scenery(name).act(register)

        assert fork(die, folder / "told").was_killed(), (name, statement)
        with closing(open_store(folder / "shop.db", practice=scenery(name).is_practice)) as store:
            assert store.file.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = rows_of(folder / "shop.db")
        assert rows == course(name).upto(statement if after else statement - 1), (name, statement, after)
        if rows not in seen:
            seen.append(rows)
            assert_goes_on(name, folder, rows)


def test_there_is_a_way_to_every_verb() -> None:
    assert CASES.keys() == every_verb().keys()
    assert {verb for verb, _, _ in MORE.values()} <= CASES.keys()


@pytest.mark.parametrize(("name", "after"), [(name, place % 2 == 1) for place, name in enumerate(SAMPLE)])
def test_killed_when_it_commits_an_act_the_till_has_done_it_or_not(name: str, after: bool) -> None:
    commits = course(name).commits
    killed(name, commits[-1] if after else commits[0], after=after, seen=[])


@pytest.mark.soak
@pytest.mark.parametrize("name", EVERY)
def test_killed_at_any_statement_of_an_act_the_till_has_done_it_or_not(name: str) -> None:
    seen: list[Rows] = []
    for statement in range(1, course(name).statements + 1):
        for after in (False, True):
            killed(name, statement, after=after, seen=seen)
    assert course(name).commits, "it leaves nothing in the file"
    print(f"{2 * course(name).statements} kills")
    assert len(seen) >= 2


# failing


@dataclass(frozen=True)
class Failed:
    """A till at which a statement of an act failed, and the message that it showed."""

    till: Till
    told: str | None

    @property
    def rows(self) -> Rows:
        """What there is in its file."""
        return rows_of(self.till.register.store.path)


def fail(name: str, folder: Path, statement: int, *, after: bool) -> Failed:
    """Do an act of which one statement raises an I/O error, in its place or after it is done."""
    till, told = scenery(name).begin(folder), None
    with counted(till.register.store, raising(statement, after=after)):
        try:
            scenery(name).act(till.register)
        except StoreError as error:
            told = error.message_id
    return Failed(till, told)


def assert_as_in_the_file(name: str, failed: Failed, folder: Path) -> None:
    """The till shows what is in its file, as one does that opens it now."""
    register = failed.till.register
    failed.till.clock.pass_(A_WHILE)
    register.catch_up()
    fresh = scenery(name).open(folder).register
    assert same(register.view.order, fresh.view.order)
    assert (register.view.seq, register.view.parent) == (fresh.view.seq, fresh.view.parent)
    assert verify_file(fresh.store).finding is None
    register.store.close()
    fresh.store.close()


@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_an_act_whose_commit_raised_counts_only_if_it_is_stored(name: str) -> None:
    assert_commits_are_looked_up(name)


@pytest.mark.soak
@pytest.mark.parametrize("name", [name for name in EVERY if name not in OF_EACH_KIND])
def test_every_other_act_whose_commit_raised_counts_only_if_it_is_stored(name: str) -> None:
    assert_commits_are_looked_up(name)


def assert_commits_are_looked_up(name: str) -> None:
    """Let each COMMIT of an act that stores something raise after it is done."""
    undisturbed = course(name)
    for commit in undisturbed.commits:
        with a_folder() as folder:
            found = fail(name, folder, commit, after=True)
            assert found.told is None
            assert found.rows == undisturbed.end
            assert same(found.till.register.view.order, undisturbed.orders[1])
            assert_as_in_the_file(name, found, folder)
        with a_folder() as folder:
            lost = fail(name, folder, commit, after=False)
            assert lost.rows == undisturbed.upto(commit - 1)
            if lost.told is None:
                lost.till.clock.pass_(A_WHILE)
                lost.till.register.catch_up()  # what follows by itself is done another time
                assert len(lost.rows["journal"]) == len(undisturbed.end["journal"])
            else:
                scenery(name).act(lost.till.register)
                assert same(lost.till.register.view.order, undisturbed.orders[1])
            assert_as_in_the_file(name, lost, folder)


def assert_an_error_is_told(name: str, *, step: int = 1) -> None:
    """Let each statement of an act fail. What is said to be done is done, and what is not said to be done is not."""
    undisturbed, told = course(name), 0
    for statement in range(1, undisturbed.statements + 1, step):
        for after in (False, True):
            with a_folder() as folder:
                failed = fail(name, folder, statement, after=after)
                if failed.told is not None:
                    told += 1
                    assert failed.rows == undisturbed.upto(statement - 1) != undisturbed.end, (statement, after)
                elif name == TIME_PASSES:
                    assert failed.rows in (undisturbed.before, undisturbed.end), (statement, after)
                else:
                    assert failed.rows in (undisturbed.done, undisturbed.end), (statement, after)
                assert_as_in_the_file(name, failed, folder)
    print(f"{2 * undisturbed.statements} errors, {told} told")


@pytest.mark.parametrize("name", DEAR)
def test_after_an_error_in_a_sale_a_recall_or_a_code_the_till_says_truly_whether_it_is_done(name: str) -> None:
    assert_an_error_is_told(name, step=7)


@pytest.mark.soak
@pytest.mark.parametrize("name", EVERY)
def test_after_an_error_at_any_statement_the_till_says_truly_whether_its_act_is_done(name: str) -> None:
    assert_an_error_is_told(name)


def assert_no_room_is_told(name: str) -> None:
    """Let the disk be full at each page that an act needs. Then the act is not done; once there is room, it is."""
    undisturbed, told = course(name), 0
    for pages in range(20):
        with a_folder() as folder:
            till = scenery(name).begin(folder)
            register, conn = till.register, till.register.store.file.conn
            ((size,),) = conn.execute("PRAGMA page_count").fetchall()
            conn.execute(f"PRAGMA max_page_count = {size + pages}").fetchall()
            is_full = False
            try:
                scenery(name).act(register)
            except StoreError:
                is_full = True
            conn.execute("PRAGMA max_page_count = 1000000").fetchall()
            if is_full:
                assert rows_of(register.store.path) == undisturbed.before
                scenery(name).act(register)
            assert rows_of(register.store.path) in (undisturbed.done, undisturbed.end)
            assert_as_in_the_file(name, Failed(till, None), folder)
            told += is_full
            if not is_full:
                break
    print(f"{told} times full")


@pytest.mark.parametrize("name", DEAR)
def test_a_sale_a_recall_or_a_code_waits_for_room_on_the_disk(name: str) -> None:
    assert_no_room_is_told(name)


@pytest.mark.soak
@pytest.mark.parametrize("name", [name for name in (*CASES, *MORE) if name not in DEAR])
def test_every_other_act_waits_for_room_on_the_disk(name: str) -> None:
    assert_no_room_is_told(name)


@pytest.mark.parametrize("name", ["pay_cash", "write_off", "recall", "hold", "ring", "reserve_copy"])
def test_an_act_whose_commit_raised_and_could_not_be_looked_up_is_found_by_the_next_one(name: str) -> None:
    """The act is stored, but the till is told that the disk failed. The next key shows what is stored, and does nothing
    twice."""
    undisturbed = course(name)
    (commit,) = undisturbed.commits
    with a_folder() as folder:
        till = scenery(name).begin(folder)
        register = till.register
        with counted(register.store, from_then_on(commit)), pytest.raises(StoreError, match="database-unwritable"):
            scenery(name).act(register)
        assert rows_of(register.store.path) == undisturbed.end
        with suppress(Refused):
            register.do(paying.pay_cash)
        register.catch_up()
        assert same(register.view.order, undisturbed.orders[1])
        assert register.take_news() == ()
        assert len(rows_of(register.store.path)["journal"]) == len(undisturbed.end["journal"])
        assert (register.view.finished is not None) == (name in ("pay_cash", "write_off"))
        assert_as_in_the_file(name, Failed(till, None), folder)


def from_then_on(statement: int) -> Callable[[int, str, bool], None]:
    """For `counted`: an I/O error after a statement, and in place of each that follows."""

    def at(number: int, sql: str, is_done: bool) -> None:
        if number > statement or (number == statement and is_done):
            raise io_error()

    return at
