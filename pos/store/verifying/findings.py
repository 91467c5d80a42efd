"""The result of a verification: the first row that differs from what was written."""

from __future__ import annotations

from enum import StrEnum

from pos.domain.value import value


class FindingKind(StrEnum):
    """What happened to a row."""

    CHANGED = "changed"
    LOST = "lost"
    INSERTED = "inserted"
    CUT = "cut"
    """The row, and all rows after it, are gone."""


@value
class Finding:
    """A row that differs: its table, its key, and the journal's row that it follows from (None if no row mentions
    it)."""

    kind: FindingKind
    table: str
    key: str
    row: int | None = None


class Mismatch(Exception):
    """A row differs from what the journal says. Carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def found(kind: FindingKind, table: str, key: object, row: int | None = None) -> Mismatch:
    """A `Mismatch` with its finding, to be raised."""
    return Mismatch(Finding(kind, table, str(key), row))
