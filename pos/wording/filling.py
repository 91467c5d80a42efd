"""Fills the `{named}` gaps of a text. The text may come from a menu file and is not parsed any further."""

from __future__ import annotations

import re
from collections.abc import Mapping

GAP = re.compile(r"\{(\w+)\}")


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its gaps filled once: braces in values stay, and so do gaps without a value.

    Not `str.format`, which would evaluate `{more.__class__}`.
    """
    return GAP.sub(lambda gap: values.get(gap[1], gap[0]), template)


def gaps(template: str) -> frozenset[str]:
    """The names of the gaps in a text."""
    return frozenset(GAP.findall(template))


def as_sentence(text: str) -> str:
    """The text with its first letter capitalised."""
    return text[:1].upper() + text[1:]
