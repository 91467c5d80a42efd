"""Filling the `{named}` gaps of a text, which may come from a menu file and is never parsed any further."""

from __future__ import annotations

import re
from collections.abc import Mapping

GAP = re.compile(r"\{(\w+)\}")


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its gaps filled, once: braces in a value stay, and so does a gap that has no value.

    Not `str.format`, which would follow `{more.__class__}` wherever it leads.
    """
    return GAP.sub(lambda gap: values.get(gap[1], gap[0]), template)


def gaps(template: str) -> frozenset[str]:
    """The names of a text's gaps."""
    return frozenset(GAP.findall(template))


def as_sentence(text: str) -> str:
    """The text with a capital in front; the rest as it stands."""
    return text[:1].upper() + text[1:]
