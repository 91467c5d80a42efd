"""Text in each language: gettext catalogues, and the wording of amounts, questions and receipts."""

from pos.wording.language import Wording, catalogue, wording

__all__ = ["Wording", "catalogue", "wording"]
