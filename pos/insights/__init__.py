"""What the ledger says: pure functions over its rows."""

from pos.insights.figures import FEWEST_TO_SHOW, Figures, figures, is_too_fast, of_persons

__all__ = ["FEWEST_TO_SHOW", "Figures", "figures", "is_too_fast", "of_persons"]
