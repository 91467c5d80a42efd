"""Finished orders, and the papers that are owed for them."""

from __future__ import annotations

from typing import TypeAlias

from pos.domain.sale.sale import PaperKind, Sale
from pos.domain.sale.write_offs import WriteOff
from pos.domain.value import value

Finished: TypeAlias = Sale | WriteOff
"""A sale, or a written-off staff meal, remake or waste."""


@value
class Paper:
    """An owed paper of a finished order: its receipt (for a write-off its own paper), or the kitchen slip."""

    kind: PaperKind
    sale: Finished
