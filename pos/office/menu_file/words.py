"""The words of an offer in a menu file: the first version is in the offer's table, the others in a list below it."""

from __future__ import annotations

from pos.domain.asking.wordings import MOST_WORDINGS
from pos.domain.menu.paths import Words
from pos.office.menu_file.fields import Reader

WORD_KEYS = ("say", "say_many", "say_rush", "also")


def read_words(table: Reader, after_no: bool) -> Words:
    """All versions of the words in a table. With `after_no` each must have words for after a no, else none may."""
    others = []
    first = _wording(table, after_no)
    for entry in table.tables("also") if table.has("also") else ():
        others.append(_wording(entry, after_no))
        entry.close()
    if len(others) >= MOST_WORDINGS:
        table.wrong("menu-too-many-wordings", "also", count=1 + len(others), most=MOST_WORDINGS)
    said = {first.say}
    for place, other in enumerate(others):
        if other.say in said and table.notes.is_sound(*table.path, "also", place, "say"):
            table.notes.add((*table.path, "also", place, "say"), "menu-wording-twice")
        said.add(other.say)
    return Words(first.say, first.many, first.rush, first.after_no, tuple(others))


def _wording(table: Reader, after_no: bool) -> Words:
    return Words(
        table.phrase("say"),
        table.phrase("say_many", ("more", "count")) if table.has("say_many") else None,
        table.phrase("say_rush") if table.has("say_rush") else None,
        table.phrase("after_no") if after_no else None,
    )
