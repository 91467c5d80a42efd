"""What a verification found wrong: the first row that is not what was written."""

from __future__ import annotations

from enum import StrEnum

from pos.domain.value import value


class FindingKind(StrEnum):
    """What happened to a row."""

    CHANGED = "changed"
    LOST = "lost"
    INSERTED = "inserted"
    CUT = "cut"
    """It and all that followed it were cut off."""


@value
class Finding:
    """A row that is not what was written: of which table, which one, and the journal's row that it follows from (its
    own number for a row of the journal; None where no row knows of it)."""

    kind: FindingKind
    table: str
    key: str
    row: int | None = None


class Mismatch(Exception):
    """Raised with a finding: a row is not what the journal says."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def found(kind: FindingKind, table: str, key: object, row: int | None = None) -> Mismatch:
    """The finding to raise."""
    return Mismatch(Finding(kind, table, str(key), row))
