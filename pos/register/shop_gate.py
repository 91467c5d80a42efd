"""The office's gate: every change to a file without a till is an act without an order."""

from __future__ import annotations

from datetime import date, datetime
from secrets import token_bytes
from typing import ParamSpec, Protocol, TypeVar

from pos.country import Country
from pos.domain.value import value
from pos.register.acts import Acts, Decided
from pos.register.gate import Change, Done, Verb
from pos.register.timeline import Clock
from pos.store import Act, Store
from pos.store.slices import Slices

P = ParamSpec("P")
R = TypeVar("R")


class ShopScene(Protocol):
    """What an act of the office sees, under its lock. A till's scene is one, too: a verb of the office can be done at a
    till, but not the other way round."""

    @property
    def store(self) -> Store:
        """The file, for looking."""

    @property
    def now(self) -> datetime:
        """The local time of the shop."""

    @property
    def day(self) -> date:
        """The business day."""


@value
class Office:
    """The scene of an act of the office."""

    store: Store
    now: datetime
    day: date


class ShopGate:
    """The way to change a file from the office, or for practice: `do` does a verb, durably."""

    def __init__(self, store: Store, country: Country, clock: Clock, person: str = "") -> None:
        """`person` is who does it, if known. Raises `StoreError`."""
        self.store = store
        self.country = country
        self.clock = clock
        self.person = person
        self._acts = Acts(store)

    def do(self, verb: Verb[ShopScene, P, R], *args: P.args, **kwargs: P.kwargs) -> Done[R]:
        """Do a verb: it is on the disk when this returns.

        Raises `Refused` if the verb does not fit what is in the file, and then nothing has changed; `StoreError` if the
        file refuses.
        """
        now = self.country.local(self.clock())

        def decide() -> Decided[Change[R]]:
            day = self.country.business_day(now, self.store.menu.day_ends())
            change = verb.run(Office(self.store, now, day), *args, **kwargs)
            return Decided(verb.name, day, change, change.moves, change.facts, self.person, reason=change.reason)

        act = Act(token_bytes(16), verb.name, now, now.date())
        change = self._acts.write(act, decide).decided.result
        if change.refused is not None:
            raise change.refused
        return Done(change.result, change.asks)

    def do_in_slices(self, verb: Verb[ShopScene, [Slices], None], work: Slices) -> None:
        """Do long work, an act for each slice. Each slice holds the lock for some milliseconds, so that tills can go on
        in between. After an interruption the first slices stay done."""
        while work.is_left:
            self.do(verb, work)
