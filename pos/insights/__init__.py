"""What the ledger says: pure functions over its rows."""

from pos.insights.figures.figures import Figures, figures, is_too_fast

__all__ = ["Figures", "figures", "is_too_fast"]
