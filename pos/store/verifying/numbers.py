"""Checks the numbers of receipts, other papers and shifts: no series has gaps except those left on purpose."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from pos.store.verifying.findings import FindingKind, found

JUMPS = "SELECT series, from_number, to_number FROM number_jump ORDER BY id"
LAST = """
    SELECT series, receipt_number FROM till
    UNION ALL SELECT write_off_series, write_off_number FROM till
    UNION ALL SELECT refund_series, refund_number FROM till
    UNION ALL SELECT z_series, z_number FROM till
    UNION ALL SELECT 'S' || till_id, MAX(number) FROM shift GROUP BY till_id
"""


@dataclass(slots=True)
class Numbers:
    """The last number of each series that was read, and the jumps: numbers skipped when somebody went on with an older
    file. `jumps` goes from a series and the number before the jump to the last skipped number."""

    jumps: dict[tuple[str, int], int]
    last: dict[str, int] = field(default_factory=dict)

    def count(self, series: str, number: int, table: str, row: int) -> None:
        """Check the next number of a series. Raises `Mismatch`."""
        before = self.last.get(series, 0)
        if number not in (before + 1, self._jumped(series, before) + 1):
            kind = FindingKind.LOST if number > before else FindingKind.CHANGED
            raise found(kind, table, f"{series}-{before + 1}", row)
        self.last[series] = number

    def _jumped(self, series: str, number: int) -> int:
        while (series, number) in self.jumps and self.jumps[series, number] > number:
            number = self.jumps[series, number]
        return number

    def end(self, conn: sqlite3.Connection) -> None:
        """Check that each till's last number is the last one read. Raises `Mismatch`."""
        for series, number in conn.execute(LAST).fetchall():
            told = self.last.get(series, 0)
            if number not in (told, self._jumped(series, told)):
                raise found(FindingKind.CHANGED, "till", f"{series}-{number}")


def numbers(conn: sqlite3.Connection) -> Numbers:
    """The state before the first number of each series."""
    return Numbers({(series, before): upto for series, before, upto in conn.execute(JUMPS)})
