"""Texts that tables have in a column for each language become JSON by language, so that another language needs no
column of its own. Views go on giving each language that they gave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pos.domain.text import LocalText
from pos.store.file.codec import to_json
from pos.store.migrations.altering import make_anew, views_aside

if TYPE_CHECKING:
    from sqlite_utils import Database

TEXTS = {
    "daypart": ("name",),
    "category": ("name",),
    "machine": ("name",),
    "item": ("name", "size"),
    "modifier_group": ("name",),
    "modifier": ("name",),
    "slot": ("name",),
    "words": ("say", "many", "rush", "after_no"),
    "incentive": ("name",),
    "channel": ("name",),
    "tender_kind": ("name",),
    "wording": ("say", "many", "rush", "after_no"),
    "sale_line": ("name",),
    "sale_discount": ("name",),
    "write_off_line": ("name",),
    "next_visit": ("name",),
}
"""The texts of each table."""

COLUMNS = re.compile(r"(\w+)_nb TEXT( NOT NULL)?,(?: --( [^\n]*))?\s*\1_en TEXT(?: NOT NULL)?(,?)(?: --[^\n]*)?")
IN_VIEW = re.compile(r"\b(\w+)\.(name|say)_(nb|en)\b( AS \w+)?")

IN_LANGUAGE = "(SELECT value FROM json_each(TEXT) WHERE key = 'LANGUAGE')"
"""With a schema that is not trusted, SQLite 3.40 lets no view call `json_extract`."""


def by_language(db: Database) -> None:
    """Make these tables anew."""
    db.conn.create_function("by_language", 2, _text, deterministic=True)
    with views_aside(db, lambda name, sql: IN_VIEW.sub(_in_view, sql)):
        for table, texts in TEXTS.items():
            fill = {text: f"by_language({text}_nb, {text}_en)" for text in texts}
            make_anew(db, table, lambda sql: COLUMNS.sub(_column, sql), fill)


def _text(nb: str | None, en: str | None) -> str | None:
    return None if nb is None or en is None else to_json(LocalText(nb, en))


def _column(columns: re.Match[str]) -> str:
    name, needed, said, comma = columns.groups(default="")
    return f"{name} TEXT{needed}{comma} --{f'{said};' if said else ''} JSON by language"


def _in_view(column: re.Match[str]) -> str:
    table, name, language, named = column.groups()
    text = IN_LANGUAGE.replace("TEXT", f"{table}.{name}").replace("LANGUAGE", language)
    return text + (named or f" AS {name}_{language}")
