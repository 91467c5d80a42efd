"""What was handed out of the file: the journal has that it was."""

from __future__ import annotations

import sqlite3

from pos.domain.money import Money
from pos.domain.value import value
from pos.store.acts import Act


@value
class Exported:
    """Some days were handed out: as what (`saft`, `day`), from which day to which, how many transactions, and what they
    come to before cash rounding."""

    kind: str
    since: str
    until: str
    count: int
    total: Money

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Nothing but the act itself is kept."""

    def told(self) -> object:
        return {"exported": self}
