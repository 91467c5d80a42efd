"""The fact that figures were exported."""

from __future__ import annotations

import sqlite3

from pos.domain.money import Money
from pos.domain.value import value
from pos.store.acts import Act


@value
class Exported:
    """Some days were exported: the kind (`saft`, `day`), the first and last day, the number of transactions, and their
    total before cash rounding."""

    kind: str
    since: str
    until: str
    count: int
    total: Money

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Writes no table: the journal alone records it."""

    def told(self) -> object:
        return {"exported": self}
