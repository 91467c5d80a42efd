"""Reads a menu file: returns all its mistakes, or its content."""

from __future__ import annotations

import re
from pathlib import Path

from pos.country import Country
from pos.files import read_start
from pos.office.menu_file.book import MenuBook
from pos.office.menu_file.cross_checks import check_whole
from pos.office.menu_file.problems import Notes, Problem
from pos.office.menu_file.sections import read_sections
from pos.office.menu_file.source import LARGEST_FILE_BYTES, alone, decoded, located_problems, parsed, unreadable

MOST_ITEMS = 10_000

_ITEM_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*item[ \t]*\]\]", re.MULTILINE)


def read_menu(path: Path, country: Country) -> tuple[MenuBook | None, list[Problem]]:
    """Read a menu file. Returns a book, or all its problems. Raises nothing, whatever the file."""
    content = read_content(path)
    return (None, [content]) if isinstance(content, Problem) else read_menu_text(content, country)


def read_content(path: Path) -> bytes | Problem:
    """The bytes of a menu file, or why it cannot be read. Of one that is too large, just more than is allowed."""
    try:
        return read_start(path, LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        return unreadable(error)


def read_menu_text(text: bytes, country: Country) -> tuple[MenuBook | None, list[Problem]]:
    """Read the content of a menu file, in UTF-8. Returns a book, or all its problems."""
    source = decoded(text)
    if isinstance(source, Problem):
        return None, [source]
    document = _tables(source)
    if isinstance(document, Problem):
        return None, [document]
    notes = Notes()
    draft = read_sections(document, notes)
    check_whole(draft, notes, country.tax_ids)
    if notes.found:
        return None, located_problems(notes, source, document)
    return draft.book(), []


def _tables(source: str) -> dict[str, object] | Problem:
    """The tables of the file, or a problem if it has too many items for a menu."""
    items = len(_ITEM_HEADER.findall(source))
    if items > MOST_ITEMS:
        return alone("menu-too-many-items", count=items, most=MOST_ITEMS)
    document = parsed(source)
    listed = document.get("item") if not isinstance(document, Problem) else None
    if isinstance(listed, list) and len(listed) > MOST_ITEMS:
        return alone("menu-too-many-items", count=len(listed), most=MOST_ITEMS)
    return document
