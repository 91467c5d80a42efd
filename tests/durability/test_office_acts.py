"""Every kind of act of the office and of the practice room is killed at each of its statements, and each COMMIT fails
once: the act is in the file as a whole or not at all."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

import pos
import pos.office
import pos.practice
import pos.register
from pos.country import KeyFile
from pos.domain.errors import StoreError
from pos.domain.menu.paths import Origin
from pos.domain.people import Person, Role
from pos.domain.proposal import Proposal
from pos.domain.text import LocalText
from pos.office.history.forgetting import forget_part
from pos.office.history.importing import begin_import, import_orders
from pos.office.learning.learning import put_proposals
from pos.office.people import enter_person
from pos.office.verifying import verify_file
from pos.practice.file import practice_on
from pos.practice.sitting.room import begin_round
from pos.practice.sitting.trainees import join_practice
from pos.register import ShopGate, Verb, till_called
from pos.store import (
    BackedUp,
    Exported,
    FileRestored,
    HeardQuestion,
    KeyKind,
    LastNumber,
    RoundFinished,
    ShiftBegun,
    Till,
    open_store,
)
from pos.store.learning.baskets import packed
from pos.store.learning.history import FileAdded, HistoryFile, PastOrder
from pos.store.learning.learned import ProposalState, StoredProposal
from pos.store.slices import Slices
from pos.training import Scenario
from tests.builders import NOW, PAIRINGS, TAKE_AWAY, kr
from tests.durability.faults import counted, dying, raising
from tests.durability.killing import assert_sound
from tests.durability.scenery import Rows, a_folder, rows_of, the_same_draws
from tests.forks import fork
from tests.office_acts import gate, make_true
from tests.register.every_act import WITH_CHANNELS, every_verb
from tests.templates import PRACTICE, SMALL, begin_file

Prepare: TypeAlias = Callable[[ShopGate], object]


def nothing(gate: ShopGate) -> None:
    """Nothing leads to it."""


def till(gate: ShopGate) -> int:
    return till_called(gate, "1").id


def trainee(gate: ShopGate) -> int:
    return gate.do(join_practice, "Ola").result


def period(gate: ShopGate) -> str:
    gate.do(practice_on, "token", "1", 1)
    return "token"


def a_round(gate: ShopGate) -> int:
    return gate.do(begin_round, trainee(gate), till(gate), "alone", CUSTOMER, "{}", "{}").result


def a_scored_round(gate: ShopGate) -> RoundFinished:
    number = a_round(gate)
    return RoundFinished(number, 1, CUSTOMER.id, "{}", "[]", 90, 1.5, None, {"greet": 3}, {"greet": (NOW, "{}")})


def a_file(gate: ShopGate) -> int:
    """A file of past orders of which nothing was read."""
    gate.do(begin_import, FileAdded("head", "how", "past.csv", NOW))
    return inside(gate).id


def inside(gate: ShopGate) -> HistoryFile:
    known = gate.store.history.known("head")
    assert known is not None
    return known


def orders_in(gate: ShopGate) -> Slices:
    """Two orders of that file on their way in."""
    orders = [PastOrder("1", 100, packed([1, 2])), PastOrder("2", 200, packed([1]))]
    read = replace(inside(gate), read_to=90, lines=3)
    return gate.store.history.taking(read, orders, [(1, "Burger", ""), (2, "Soda", "")])


def past(gate: ShopGate) -> int:
    file = a_file(gate)
    gate.do_in_slices(import_orders, orders_in(gate))
    return file


def forgotten(gate: ShopGate) -> int:
    file = past(gate)
    forget_part(gate, file)
    return file


def proposed(gate: ShopGate) -> None:
    gate.do(put_proposals, (PROPOSED,))


def asked(gate: ShopGate) -> Slices:
    """A learned pairing that is about to be asked."""
    learned = replace(PAIRINGS[0], id="l-1", sku="cheeseburger", category=None, origin=Origin.LEARNED)
    return gate.store.learned.asking([learned], gate.store.menu.load().items)


@dataclass(frozen=True)
class Fresh:
    """An argument that is made for each act: slices are taken once."""

    make: Callable[[ShopGate], object]


PROPOSED = StoredProposal("l-1", ProposalState.PROPOSED, Proposal("cheeseburger", "cola-m", 100, 50, 40, 30))
CUSTOMER = Scenario("a-customer", 1, LocalText("En kunde", "A customer"), (), (), (), TAKE_AWAY, ())


def running(gate: ShopGate) -> Till:
    """A till whose shift runs."""
    till = till_called(gate, "1")
    gate.do(make_true, ShiftBegun(gate.store.shifts.first(till.id)))
    return till


def somebody(gate: ShopGate) -> Person:
    """Somebody who works here."""
    return gate.do(enter_person, "Kari", Role.CASHIER).result


IT = object()
"""Stands for what the preparation came to."""

WAYS: dict[str, tuple[str, Prepare, tuple[object, ...]]] = {
    "accept_file": (SMALL, nothing, ()),
    "enter_signing_key": (SMALL, nothing, (KeyFile("1", "a public key"),)),
    "export": (SMALL, nothing, (Exported("saft", "2026-11-01", "2026-11-30", 3, kr(267)),)),
    "enter_person": (SMALL, nothing, ("Kari", Role.CASHIER)),
    "give_key": (SMALL, somebody, (IT, KeyKind.PIN, b"k" * 32)),
    "let_go": (SMALL, somebody, (IT,)),
    "enter_till": (SMALL, nothing, ("2", "K")),
    "publish": (SMALL, nothing, (WITH_CHANNELS, PAIRINGS, "digest")),
    "back_up": (SMALL, nothing, (BackedUp("copy.db", 4096, 1, "00" * 32),)),
    "restore_file": (SMALL, nothing, ((LastNumber(1, "1", "K1", 0),), FileRestored(1, "00" * 32, 9))),
    "put_offer": (SMALL, nothing, ("upsell:fries-m>fries-l", "pinned")),
    "set_control": (SMALL, nothing, (500,)),
    "set_learning": (SMALL, nothing, (True,)),
    "set_line": (SMALL, nothing, (500,)),
    "set_share": (SMALL, nothing, ("exploration", 500)),
    "read_shift": (SMALL, running, (IT, "Kari")),
    "begin_import": (SMALL, nothing, (FileAdded("head", "how", "past.csv", NOW),)),
    "import_orders": (SMALL, a_file, (Fresh(orders_in),)),
    "start_file_again": (SMALL, past, (IT,)),
    "forget_orders": (SMALL, past, (Fresh(lambda gate: gate.store.history.forgetting(inside(gate).id)),)),
    "drop_file": (SMALL, forgotten, (IT, 0)),
    "drop_items": (SMALL, forgotten, (Fresh(lambda gate: gate.store.history.dropping()),)),
    "match_names": (SMALL, past, ({"Burger": "cheeseburger"},)),
    "put_proposals": (SMALL, nothing, ((PROPOSED,),)),
    "say_proposal": (SMALL, proposed, ("l-1", ProposalState.APPROVED)),
    "allow_unapproved": (SMALL, nothing, (True,)),
    "ask_of_learned": (SMALL, nothing, (Fresh(asked),)),
    "practice_on": (SMALL, nothing, ("token", "1", 1)),
    "practice_off": (SMALL, period, (IT, (1, kr(119)))),
    "menu_copied": (PRACTICE, nothing, (2, "shop.db")),
    "begin_period": (PRACTICE, till, ("token", IT)),
    "join_practice": (PRACTICE, nothing, ("Ola",)),
    "forget_trainee": (PRACTICE, trainee, (IT,)),
    "set_scenario": (PRACTICE, trainee, (IT, "a-customer")),
    "listen": (PRACTICE, trainee, (IT, HeardQuestion("order", "upsell", True, False))),
    "begin_round": (PRACTICE, lambda gate: (trainee(gate), till(gate)), (1, 1, "alone", CUSTOMER, "{}", "{}")),
    "save_round": (PRACTICE, a_round, (IT, "[]")),
    "drop_round": (PRACTICE, a_round, (IT,)),
    "finish_round": (PRACTICE, a_scored_round, (IT,)),
}
"""By its name, the file in which a verb can be done, what leads to it, and its arguments."""


@cache
def verbs_of_the_office() -> dict[str, Verb]:  # type: ignore[type-arg]  # any verb
    """All the verbs that are no till's, by name."""
    names = [
        entry.name
        for room in (pos.register, pos.office, pos.practice)
        for entry in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
    ]
    found = [one for name in names for one in vars(importlib.import_module(name)).values() if isinstance(one, Verb)]
    return {one.name: one for one in found if one.name not in every_verb()}


@cache
def begun(name: str) -> tuple[bytes, Callable[[ShopGate], object]]:
    """A file in which a verb can be done, and the doing of it."""
    kind, prepare, arguments = WAYS[name]
    with a_folder() as folder:
        path = folder / "shop.db"
        begin_file(path, kind)
        with closing(open_store(path, practice=kind == PRACTICE)) as store:
            it = prepare(gate(store))
        content = path.read_bytes()
    filled, verb = [it if one is IT else one for one in arguments], verbs_of_the_office()[name]
    return content, lambda gate: gate.do(verb, *[one.make(gate) if isinstance(one, Fresh) else one for one in filled])


def opened(name: str, folder: Path) -> ShopGate:
    """The office at its file."""
    return gate(open_store(folder / "shop.db", practice=WAYS[name][0] == PRACTICE))


def begin(name: str, folder: Path) -> ShopGate:
    """A file in which a verb can be done, in a folder, and the office at it."""
    (folder / "shop.db").write_bytes(begun(name)[0])
    return opened(name, folder)


def act(name: str, office: ShopGate) -> None:
    """Do it."""
    with the_same_draws(1):
        begun(name)[1](office)


@cache
def course(name: str) -> tuple[int, int, Rows, Rows]:
    """Of an act that nothing disturbs: how many statements it has, which of them commits, and the file before and
    after."""
    commits: list[int] = []

    def note(number: int, sql: str, is_done: bool) -> None:
        if is_done and sql == "COMMIT":
            commits.append(number)

    with a_folder() as folder:
        office = begin(name, folder)
        before = rows_of(office.store.path)
        with counted(office.store, note) as statements:
            act(name, office)
        office.store.close()
        after = rows_of(office.store.path)
    assert before != after
    return statements.count, commits[-1], before, after


def assert_goes_on(name: str, folder: Path) -> None:
    """Check that the file is sound and the chain whole, and that what was not done can be done."""
    _, _, before, after = course(name)
    office = opened(name, folder)
    with closing(office.store) as store:
        assert store.file.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert_sound(store.file.conn)
        assert verify_file(store).finding is None
        if rows_of(store.path) == before:
            act(name, office)
        assert rows_of(store.path) == after


def killed(name: str, statement: int, *, is_done: bool) -> None:
    """Kill the office at one statement of an act, and look at what it left."""
    _, commit, before, after = course(name)
    with a_folder() as folder:

        def die() -> None:
            office = begin(name, folder)
            office.store.file.conn.execute("PRAGMA cache_size = 1")
            with counted(office.store, dying(statement, after=is_done)):
                act(name, office)

        assert fork(die, folder / "told").was_killed(), (name, statement)
        opened(name, folder).store.close()
        is_stored = statement > commit or (statement == commit and is_done)
        assert rows_of(folder / "shop.db") == (after if is_stored else before), (name, statement, is_done)
        assert_goes_on(name, folder)


def test_there_is_a_way_to_every_verb_of_the_office() -> None:
    assert WAYS.keys() == verbs_of_the_office().keys()


@pytest.mark.parametrize(("name", "is_done"), [(name, place % 2 == 1) for place, name in enumerate(WAYS)])
def test_killed_when_it_commits_the_office_has_done_an_act_or_not(name: str, is_done: bool) -> None:
    killed(name, course(name)[1], is_done=is_done)


@pytest.mark.soak
@pytest.mark.parametrize("name", WAYS)
def test_killed_at_any_statement_the_office_has_done_an_act_or_not(name: str) -> None:
    statements = course(name)[0]
    for statement in range(1, statements + 1):
        for is_done in (False, True):
            killed(name, statement, is_done=is_done)
    print(f"{2 * statements} kills")


@pytest.mark.soak
@pytest.mark.parametrize("name", WAYS)
def test_after_an_error_at_any_statement_the_office_says_truly_whether_its_act_is_done(name: str) -> None:
    statements, _, before, after = course(name)
    for statement in range(1, statements + 1):
        for is_done in (False, True):
            with a_folder() as folder:
                office, told = begin(name, folder), False
                with counted(office.store, raising(statement, after=is_done)):
                    try:
                        act(name, office)
                    except StoreError:
                        told = True
                office.store.close()
                assert rows_of(office.store.path) == (before if told else after), (statement, is_done)
                assert_goes_on(name, folder)
    print(f"{2 * statements} errors")
