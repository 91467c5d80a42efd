"""Text in a language: gettext catalogues, and how amounts, questions and receipts read."""

from pos.wording.language import Wording, wording

__all__ = ["Wording", "wording"]
