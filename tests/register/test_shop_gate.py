"""What the office does is an act: one commit, one row, everything recorded in the journal."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.errors import BadInput, Refused, StoreError
from pos.office.history.forgetting import forget
from pos.office.learning.learning import learn, let_unapproved
from pos.office.offers import put, put_offer, set_learning, set_share
from pos.office.report.account import set_control, set_line
from pos.register import Change, ShopScene, bounds_of, verb
from pos.register.verbs.publishing import publish
from pos.store import ShopSettingSet, Store
from pos.store.verifying import verify
from pos.wording import wording
from tests.builders import MENU, NOW, PAIRINGS, pairing
from tests.office.history.taking import import_history
from tests.office_acts import accept, enter_till, gate, put_menu
from tests.rig import a_cashier, shop_file

LATER = NOW + timedelta(hours=1)
TOLD = """
    SELECT journal.verb, COALESCE(order_body.facts, '[]'), person.name FROM journal
    LEFT JOIN order_body ON order_body.seq = journal.seq LEFT JOIN person ON person.id = journal.person
    WHERE journal.seq > ? ORDER BY journal.seq
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = shop_file(tmp_path)
    yield opened
    opened.close()


def told_since(store: Store, seq: int) -> list[tuple[str, dict[str, object]]]:
    """The verbs of the acts after a row, each with its facts."""
    rows = store.file.conn.execute(TOLD, (seq,)).fetchall()
    return [(verb, {tag: told for fact in json.loads(facts) for tag, told in fact.items()}) for verb, facts, _ in rows]


@contextmanager
def commits(store: Store) -> Iterator[list[str]]:
    said: list[str] = []
    store.file.conn.set_trace_callback(lambda statement: said.append(statement) if statement == "COMMIT" else None)
    yield said
    store.file.conn.set_trace_callback(None)


def test_a_setting_is_one_commit_and_one_row_that_says_it(store: Store) -> None:
    before = store.journal.last_seq()
    with commits(store) as said:
        gate(store).do(set_learning, True)
    assert said == ["COMMIT"]
    day = {"day": NOW.date().isoformat()}
    assert told_since(store, before) == [
        ("set_learning", {"act": day, "shop_setting": {"key": "offers-learn", "value": "on"}})
    ]


def test_each_setting_is_told(store: Store) -> None:
    before = store.journal.last_seq()
    office = gate(store)
    office.do(set_share, "floor", 200)
    office.do(set_line, 750)
    office.do(set_control, 500)
    put(office, PAIRINGS[0].id, "pin")
    assert [verb for verb, _ in told_since(store, before)] == ["set_share", "set_line", "set_control", "put_offer"]
    assert store.settings.get("offers-pinned") == PAIRINGS[0].id


def test_two_that_pin_offers_at_once_both_have_theirs(tmp_path: Path) -> None:
    first, second = gate(shop_file(tmp_path)), gate(shop_file(tmp_path))
    for office, offer in ((first, "a"), (second, "b"), (first, "c")):
        office.do(put_offer, offer, "never")
    assert bounds_of(first.store).never == {"a", "b", "c"}


def test_an_act_without_a_fact_leaves_no_row(store: Store) -> None:
    enter_till(store, "1")
    before = store.journal.last_seq()
    assert enter_till(store, "1").series == "K1"
    assert store.journal.last_seq() == before


def test_a_till_is_entered_once_and_the_journal_has_its_series(store: Store) -> None:
    before = store.journal.last_seq()
    enter_till(store, "Bar")
    ((verb, told),) = told_since(store, before)
    assert (verb, told["till"]) == ("enter_till", {"id": 1, "name": "Bar", "series": "K1"})


def test_a_menu_is_one_row_with_its_version_and_size(store: Store) -> None:
    before, version = store.journal.last_seq(), store.menu.version()
    put_menu(store, MENU, PAIRINGS, LATER)
    ((verb, told),) = told_since(store, before)
    size = {"items": len(MENU.items), "pairings": len(PAIRINGS)}
    assert (verb, told["menu"]) == ("publish", {"version": version + 1, **size, "sha256": ""})


def test_a_menu_that_is_refused_leaves_nothing(store: Store) -> None:
    before, version = store.journal.last_seq(), store.menu.version()
    with pytest.raises(KeyError):
        put_menu(store, MENU, [pairing("anything", "no-such-thing")])
    assert (store.journal.last_seq(), store.menu.version()) == (before, version)


def test_a_draft_of_a_menu_that_was_replaced_meanwhile_is_not_published(tmp_path: Path) -> None:
    here, there = shop_file(tmp_path), shop_file(tmp_path)
    with here.menu.prepared(MENU, PAIRINGS, NOW) as draft:
        put_menu(there, replace(MENU, next_visit=None), PAIRINGS)
        before = here.journal.last_seq()
        assert not gate(here).do(publish, MENU, PAIRINGS, "", draft).result
    assert here.journal.last_seq() == before


def test_going_on_with_a_file_is_an_act(store: Store) -> None:
    before = store.journal.last_seq()
    accept(store)
    assert told_since(store, before)[0][0] == "accept_file"
    store.witness.check()


@verb
def refuse(scene: ShopScene) -> Change[None]:
    """A verb that is recorded and refused."""
    return Change(None, facts=(ShopSettingSet("tried", "yes"),), refused=Refused("wrong-key", key=""))


@verb
def break_off(scene: ShopScene) -> Change[None]:
    """A verb that is refused before anything is written."""
    raise BadInput("offers-no-such", offer="")


def test_what_is_refused_with_a_fact_leaves_it_and_raises(store: Store) -> None:
    with pytest.raises(Refused, match="wrong-key"):
        gate(store).do(refuse)
    assert store.settings.get("tried") == "yes"


def test_what_is_refused_without_one_leaves_nothing(store: Store) -> None:
    before = store.journal.last_seq()
    with pytest.raises(BadInput):
        gate(store).do(break_off)
    assert store.journal.last_seq() == before
    gate(store).do(set_learning, False)
    assert store.journal.last_seq() == before + 1


class AfterCommit:
    """A connection whose next COMMIT raises, stored or not."""

    def __init__(self, conn: sqlite3.Connection, *, stored: bool) -> None:
        self._conn, self._stored = conn, stored

    def __getattr__(self, name: str) -> object:
        return getattr(self._conn, name)

    def execute(self, sql: str, *values: object) -> object:
        if sql == "COMMIT":
            if self._stored:
                self._conn.execute(sql)
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return self._conn.execute(sql, *values)  # type: ignore[call-overload]  # as it is called


@pytest.mark.parametrize("stored", [True, False])
def test_a_commit_that_raises_is_looked_up_by_its_act(tmp_path: Path, *, stored: bool) -> None:
    store = shop_file(tmp_path)
    office, before, conn = gate(store), store.journal.last_seq(), store.file.conn
    store.file.conn = AfterCommit(conn, stored=stored)  # type: ignore[assignment]  # as far as it is used
    if stored:
        office.do(set_learning, True)
    else:
        with pytest.raises(StoreError, match="database-unwritable"):
            office.do(set_learning, True)
    store.file.conn = conn
    assert store.journal.last_seq() == before + stored
    assert (store.settings.get("offers-learn") == "on") == stored


def test_a_file_with_acts_of_the_office_is_whole(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    store = cashier.register.store
    cashier.press("b", "enter", "2", "n", "n", "d")
    gate(store, LATER).do(set_learning, True)
    put_menu(store, MENU, PAIRINGS, LATER)
    accept(store, LATER)
    cashier.press("b", "enter", "2", "n", "n", "d")
    assert verify(store.file).finding is None


def test_whoever_does_it_stands_in_the_row(store: Store) -> None:
    before = store.journal.last_seq()
    office = gate(store)
    office.person = "Kari"
    office.do(set_learning, True)
    ((_, _, name),) = store.file.conn.execute(TOLD, (before,)).fetchall()
    assert name == "Kari"


def test_an_act_of_the_office_is_no_time_that_the_tills_clock_showed(tmp_path: Path) -> None:
    store = shop_file(tmp_path)
    put_menu(store, MENU, PAIRINGS, NOW + timedelta(days=90))
    assert a_cashier(tmp_path).register.take_news() == ()


# the past, and what is learned from it


def past(folder: Path, orders: int = 40) -> Path:
    """A file of past orders of two things each."""
    lines = [
        f"{number},2025-03-{1 + number % 28:02}T12:00:00,{item},1,10\n"
        for number in range(orders)
        for item in ("cheeseburger", f"Thing {number % 5}")
    ]
    path = folder / "past.csv"
    path.write_text("order,time,item,quantity,price\n" + "".join(lines), encoding="utf-8")
    return path


def test_an_import_is_an_act_a_slice_and_together_they_tell_every_order(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.store.file.connection.HOLD", 0.0)
    monkeypatch.setattr("pos.store.file.connection.PART", 7)
    before = store.journal.last_seq()
    with commits(store) as said:
        import_history(store, past(tmp_path), wording("en"), NOW)
    acts = told_since(store, before)
    assert len(said) == len(acts) > 5
    assert [verb for verb, _ in acts] == ["begin_import", *["import_orders"] * (len(acts) - 1)]
    slices = [told["imported"] for _, told in acts[1:]]
    assert sum(one["orders"] for one in slices) == 40  # type: ignore[index]  # as it is told
    assert [one["lines"] for one in slices if one["lines"] is not None] == [80]  # type: ignore[index]  # as it is told


def test_a_file_that_is_forgotten_is_told_to_the_last_order(store: Store, tmp_path: Path) -> None:
    import_history(store, past(tmp_path), wording("en"), NOW)
    before = store.journal.last_seq()
    (file,) = store.history.files()
    assert forget(gate(store), file) == 40
    acts = told_since(store, before)
    verbs = list(dict.fromkeys(verb for verb, _ in acts))
    assert verbs == ["start_file_again", "forget_orders", "drop_file", "drop_items"]
    assert sum(told["forgotten"]["orders"] for verb, told in acts if verb == "forget_orders") == 40  # type: ignore[index]  # as it is told


def test_what_is_learned_and_decided_is_told(store: Store, tmp_path: Path) -> None:
    import_history(store, past(tmp_path), wording("en"), NOW)
    before = store.journal.last_seq()
    learn(gate(store))
    let_unapproved(gate(store), True)
    found = dict(told_since(store, before))
    assert found["put_proposals"]["proposals"] == [one.id for one in store.learned.proposals()]
    assert found["allow_unapproved"]["unapproved"] is True
    assert verify(store.file).finding is None
