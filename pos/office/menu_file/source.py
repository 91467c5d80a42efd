"""Parses a file's text into tables, or reports why that fails; gives mistakes their places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from pos.office.menu_file.lines import Lines
from pos.office.menu_file.problems import Mistake, Notes, Problem, place_of
from pos.office.menu_file.texts import is_id
from pos.wording.reasons import reason_of

MEBIBYTE = 1024 * 1024
LARGEST_FILE_BYTES = 8 * MEBIBYTE
MOST_LINES = 300_000

_LONG_KEY = re.compile(r"(?:\.[ \t]*[\w\"'-]+[ \t]*){16}")
_LINE_IN_REASON = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


def decoded(text: bytes) -> str | Problem:
    """The content of a file in UTF-8 that is not over `LARGEST_FILE_BYTES`."""
    if len(text) > LARGEST_FILE_BYTES:
        return alone("menu-file-too-large", most=LARGEST_FILE_BYTES // MEBIBYTE)
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return alone("menu-not-utf8", line=text.count(b"\n", 0, error.start) + 1)


def parsed(source: str) -> dict[str, object] | Problem:
    """The tables of a file, or the problem that prevents parsing."""
    if source.count("\n") > MOST_LINES:
        return alone("menu-too-many-lines", most=MOST_LINES)
    if _LONG_KEY.search(source):
        return alone("menu-too-deep")
    try:
        return tomllib.loads(source, parse_float=_exact)
    except tomllib.TOMLDecodeError as error:
        return _syntax_problem(str(error), source)
    except RecursionError:
        return alone("menu-too-deep")
    except ValueError:  # a whole number with more digits than Python turns into one
        return alone("menu-number-too-long")


def _exact(text: str) -> Decimal:
    """A number as written in the file, without the rounding of a float."""
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent that even a Decimal cannot hold
        return Decimal("NaN")


def _syntax_problem(message: str, source: str) -> Problem:
    where = _LINE_IN_REASON.search(message)
    reason = message[: where.start()] if where else message
    line = int(where[1]) if where and where[1] else source.count("\n") + 1
    return alone("menu-syntax", line=line, reason=reason)


def alone(message_id: str, line: int | None = None, **values: object) -> Problem:
    """A problem of the whole file."""
    return Problem(line, "", message_id, values)


_UNREADABLE: dict[type[OSError], str] = {
    FileNotFoundError: "menu-file-missing",
    IsADirectoryError: "menu-file-folder",
    PermissionError: "menu-file-forbidden",
}


def unreadable(error: OSError | ValueError) -> Problem:
    """Why a file cannot be read, in the user's language if the reason is a common one."""
    for kind, message_id in _UNREADABLE.items():
        if isinstance(error, kind):
            return alone(message_id)
    return alone("menu-file-unreadable", reason=reason_of(error) if isinstance(error, OSError) else str(error))


def located_problems(notes: Notes, source: str, document: Mapping[str, object]) -> list[Problem]:
    """The mistakes with their places and lines, in the order of the file."""
    lines = Lines(source, document)
    problems = [_problem(note, lines, document) for note in notes.found]
    return sorted(problems, key=lambda problem: problem.line or 0)


def _problem(note: Mistake, lines: Lines, document: Mapping[str, object]) -> Problem:
    name = _own_name(note.path, document)
    return Problem(lines.line(note.path), place_of(note.path, name), note.message_id, note.values)


def _own_name(path: tuple[str | int, ...], document: Mapping[str, object]) -> str | None:
    """The SKU or id of the table in which a path is."""
    tables = document.get(str(path[0])) if len(path) > 1 else None
    if not isinstance(tables, list) or not isinstance(path[1], int):
        return None
    table = tables[path[1]]
    name = table.get("sku", table.get("id")) if isinstance(table, dict) else None
    return name if isinstance(name, str) and is_id(name) else None
