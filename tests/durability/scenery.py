"""The acts that tests disturb: what leads to each kind of act, and how it goes when nothing disturbs it."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import pytest

from pos.domain.errors import Refused
from pos.domain.order.order import Order
from pos.register import Register, Setup
from pos.register.register import TIME_PASSES
from pos.register.verbs import ringing, stock
from pos.store.journal.witness import witness_path
from tests.durability.faults import counted
from tests.keys import lend_keys
from tests.memory import room
from tests.register.every_act import CASES, MORE, OF_PRACTICE, CountedClock, Doing, Till, another, every_verb, prepared

Rows: TypeAlias = dict[str, list[tuple[object, ...]]]
"""Everything in a file, by table."""

SPEAK_LATE = "speak after time has passed"
EVERY = (*CASES, *MORE, SPEAK_LATE, TIME_PASSES)
"""Every kind of act. Before the last two another till marks what is offered as sold out."""


@dataclass(frozen=True)
class Scenery:
    """A file in which something is about to be done, and how a till is opened on it."""

    content: bytes
    witness: bytes
    clock: CountedClock
    setup: Setup
    is_practice: bool
    meanwhile: Callable[[Till], object]
    doing: Doing

    def open(self, folder: Path) -> Till:
        """The till, opened anew."""
        clock = CountedClock()
        clock.now, clock.passed = self.clock.now, self.clock.passed
        with the_same_draws(1):
            till = Till(folder, clock=clock, is_practice=self.is_practice)
        till.register.setup = self.setup
        return till

    def begin(self, folder: Path) -> Till:
        """The file in a folder, the till open on it, and what happens before the act."""
        (folder / "shop.db").write_bytes(self.content)
        lend_keys(folder / "shop.db")
        if self.witness:
            witness_path(folder / "shop.db").write_bytes(self.witness)
        till = self.open(folder)
        with the_same_draws(3):
            self.meanwhile(till)
        return till

    def act(self, register: Register) -> None:
        """Do the act. If it is refused, the trace of that, if any, is in the file before it says so."""
        with the_same_draws(2), suppress(Refused):
            self.doing(register)


@dataclass
class Course:
    """An act that nothing disturbs: the file before it and after each commit, and the order at the till."""

    before: Rows
    is_late: bool
    """Whether something has to be done before the act."""
    after: list[tuple[int, Rows]] = field(default_factory=list)
    """After which statement, and what there is in the file then."""
    statements: int = 0
    orders: tuple[Order, ...] = ()
    """The order before it and after it."""

    def upto(self, statement: int) -> Rows:
        """The file after so many statements."""
        return [self.before, *(rows for number, rows in self.after if number <= statement)][-1]

    @property
    def commits(self) -> list[int]:
        """The statements that are a COMMIT of something."""
        return [number for number, rows in self.after if rows != self.upto(number - 1)]

    @property
    def done(self) -> Rows:
        """The file after the act itself: what follows may come another time."""
        return self.upto(self.commits[-1 if self.is_late else 0])

    @property
    def end(self) -> Rows:
        """The file after all of it."""
        return self.upto(self.statements)


@cache
def scenery(name: str) -> Scenery:
    """What leads to an act."""
    if name in (SPEAK_LATE, TIME_PASSES):
        till, _ = prepared("no")
        till.do(every_verb()["no"])
        till.clock.pass_()
        doing: Doing = Register.catch_up if name == TIME_PASSES else lambda register: register.do(ringing.speak, "en")
        meanwhile = offer_sold_out_elsewhere
    else:
        till, doing = prepared(name)
        meanwhile = nothing
    path, setup = till.register.store.path, till.register.setup
    till.register.store.close()
    head = witness_path(path)
    found = Scenery(
        path.read_bytes(),
        head.read_bytes() if head.exists() else b"",
        till.clock,
        setup,
        name in OF_PRACTICE,
        meanwhile,
        doing,
    )
    shutil.rmtree(path.parent)
    return found


def nothing(till: Till) -> None:
    """Nothing happens before the act."""


def offer_sold_out_elsewhere(till: Till) -> None:
    """Another till marks what stands in the question; this one has not looked since."""
    other = another(till)
    other.do(stock.eighty_six, "shake-m")
    other.register.store.close()


@cache
def course(name: str) -> Course:
    """How an act goes when nothing disturbs it."""
    with a_folder() as folder:
        till = scenery(name).begin(folder)
        register = till.register
        found = Course(rows_of(register.store.path), is_late=name == SPEAK_LATE)

        def note(number: int, sql: str, is_done: bool) -> None:
            if is_done and sql == "COMMIT":
                found.after.append((number, rows_of(register.store.path)))

        before = register.view.order
        with counted(register.store, note) as statements:
            scenery(name).act(register)
        found.statements, found.orders = statements.count, (before, register.view.order)
        register.store.close()
    return found


@contextmanager
def a_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="till-fault-", dir=room()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


A_MINUTE = 60.0


@contextmanager
def the_same_draws(seed: int) -> Iterator[None]:
    """Whatever is drawn meanwhile is drawn again the next time: two files come to the same rows."""
    draws = random.Random(seed)
    with pytest.MonkeyPatch.context() as patch:
        sources = {"token_bytes": draws.randbytes, "randbits": draws.getrandbits}
        for module, name in drawing(len(sys.modules)):
            patch.setattr(module, name, sources[name])
        patch.setattr("pos.store.file.connection.HOLD", A_MINUTE)  # a busy machine cuts no slice short
        patch.setattr("uuid.uuid4", lambda: uuid.UUID(bytes=draws.randbytes(16)))
        patch.setattr("secrets.randbelow", draws.randrange)
        yield


@lru_cache(maxsize=1)
def drawing(loaded: int) -> list[tuple[ModuleType, str]]:
    """Where the till draws: the modules, of so many that are loaded, and under which name."""
    ours = [module for name, module in sys.modules.items() if name.startswith("pos.")]
    return [(module, name) for module in ours for name in ("token_bytes", "randbits") if hasattr(module, name)]


def rows_of(path: Path) -> Rows:
    """Everything in a file."""
    with closing(sqlite3.connect(path)) as conn:
        tables = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        return {name: conn.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for (name,) in tables}
