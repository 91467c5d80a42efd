"""Writes acts: each is decided and written in one transaction, and looked up after a COMMIT that raised.

Both gates, the till's and the office's, write through here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Generic, TypeVar

from pos.domain.errors import StoreError
from pos.domain.value import replace, value
from pos.store import Act, Fact, Move, Saved, Store

R = TypeVar("R")


@value
class Decided(Generic[R]):
    """What was decided under the lock: verb, business day, moves, facts, and who does and approves it. Without a move
    or a fact nothing is written."""

    verb: str
    day: date
    result: R
    moves: tuple[Move, ...] = ()
    facts: tuple[Fact, ...] = ()
    person: str = ""
    """The name of who does it, if known."""
    approver: int | None = None
    reason: str = ""
    shift: int | None = None


@value
class Written(Generic[R]):
    """An act on the disk, and the journal's rows of its moves."""

    decided: Decided[R]
    saved: tuple[Saved, ...] = ()


class Acts:
    """The acts of one gate."""

    def __init__(self, store: Store, forget: Callable[[], None] = lambda: None) -> None:
        """`forget` is called after any error, because what the gate remembers of the file may then be wrong.

        Raises `StoreError`.
        """
        self._store = store
        self._forget = forget
        self._last_seq = store.journal.last_seq()
        """A row of the journal that is older than the next act's."""

    def write(self, act: Act, decide: Callable[[], Decided[R]]) -> Written[R]:
        """Decide and write in one transaction: everything is on the disk when this returns.

        Raises `StoreError` if the file refuses, and what `decide` raises; then nothing has changed.
        """
        decided: Decided[R] | None = None
        try:
            with self._store.file.writing():
                decided = decide()
                saved: tuple[Saved, ...] = ()
                if decided.moves or decided.facts:
                    act = replace(
                        act,
                        verb=decided.verb,
                        day=decided.day,
                        person=self._store.people.enter(decided.person),
                        approver=decided.approver,
                        reason=decided.reason,
                        shift=decided.shift,
                    )
                    saved = self._store.journal.add(act, decided.moves, decided.facts)
        except StoreError as error:
            self._forget()
            if decided is None:
                raise
            saved = self._recovered(error, act.id, decided)
        if saved:
            self._last_seq = saved[-1].seq
        return Written(decided, saved)

    def _recovered(self, error: StoreError, act_id: bytes, decided: Decided[R]) -> tuple[Saved, ...]:
        """The rows of an act whose COMMIT raised although it was stored. Raises the error again if it was not.

        About one in six injected I/O errors at COMMIT left the transaction stored. A COMMIT that could not get the lock
        never did.
        """
        if error.message_id != "database-locked":
            with suppress(StoreError):
                rows = self._store.journal.rows_of(act_id, self._last_seq)
                if rows:
                    return tuple(
                        Saved(seq, move.order, move.back, decided.verb)
                        for seq, move in zip(rows, decided.moves, strict=False)
                    )
        raise error
