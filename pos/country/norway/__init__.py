"""Norway: what its law and its customs require of a till."""

from pos.country.norway.rules import norway

__all__ = ["norway"]
