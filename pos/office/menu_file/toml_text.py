"""Values as TOML text in the style of the menu file: kroner with two decimals, both languages on one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from pos.domain.money import MINOR_PER_KRONE, Money
from pos.domain.text import LANGUAGES, LocalText

_RULE = "# " + "-" * 76
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')


def toml(value: object) -> str:
    """A value on one line. None has no TOML form; it must be left out before."""
    if isinstance(value, Money):
        return f"{value.minor // MINOR_PER_KRONE}.{value.minor % MINOR_PER_KRONE:02d}"
    if isinstance(value, LocalText):
        return inline(**{language: value.in_language(language) for language in LANGUAGES})
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, str):
        return '"' + _ESCAPED.sub(_escape, value) + '"'
    if isinstance(value, Mapping):
        return inline(**value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    raise TypeError(f"a menu file has no place for {type(value).__name__}")


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return f"\\{character}" if character in '"\\' else f"\\u{ord(character):04x}"


def lines_of(values: Mapping[str, object]) -> list[str]:
    """A line `key = value` for each value that is not None."""
    return [f"{key} = {toml(value)}" for key, value in values.items() if value is not None]


def inline(**values: object) -> str:
    """A table on one line, without values that are None."""
    return "{ " + ", ".join(lines_of(values)) + " }"


def listed(key: str, rows: Iterable[str]) -> str:
    """A list with a line for each row."""
    return "\n".join([f"{key} = [", *(f"  {row}," for row in rows), "]"])


def comment(title: str) -> str:
    """A heading between sections."""
    return f"{_RULE}\n# {title}\n{_RULE}"
