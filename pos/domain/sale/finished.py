"""What an order becomes in the end, and the papers that are owed for it."""

from __future__ import annotations

from typing import TypeAlias

from pos.domain.sale.sale import PaperKind, Sale
from pos.domain.sale.write_offs import WriteOff
from pos.domain.value import value

Finished: TypeAlias = Sale | WriteOff
"""A sale, or a staff meal, a remake or waste that was written off."""


@value
class Paper:
    """A paper that is owed for a finished order: its receipt (of a write-off the paper that is none), or the kitchen's
    slip."""

    kind: PaperKind
    sale: Finished
