"""Columns of times change from text to numbers, as in the journal: microseconds since 1970 in UTC, and the offset of
the shop's clocks from UTC. Views still return local time with its offset."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pos.store.file.codec import instant_of
from pos.store.file.connection import Unreadable
from pos.store.migrations.altering import make_anew, views_aside
from pos.store.migrations.schema.instants import local

if TYPE_CHECKING:
    from sqlite_utils import Database


Views: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]

AHEAD = "what the shop's clocks were ahead of that, in seconds"


class TextTime(NamedTuple):
    """One time of a table: its text column, and the beginning of the names of its two new columns."""

    table: str
    text: str
    name: str = ""
    alias: str = ""
    """The table's alias in views."""
    unix: str = ""
    """The column with the same time in seconds, if there is one; it is computed from the new column from now on."""

    @property
    def us(self) -> str:
        """The name of the column of microseconds."""
        return f"{self.name or 'at'}_us"

    @property
    def offset(self) -> str:
        """The name of the column of the offset."""
        return f"{self.name}_offset_s" if self.name else "offset_s"

    def in_table(self, create: str) -> str:
        """The CREATE statement with the two new columns in place of the text."""
        column = rf"\b{self.text} TEXT( NOT NULL)?(,?)(?: --(?! local time)( [^\n]*)| --[^\n]*)?"
        create, found = re.subn(column, self._columns, create, count=1)
        if not found:
            raise Unreadable(f"{self.table}.{self.text}")
        if self.unix:
            follows = f"{self.unix} INTEGER GENERATED ALWAYS AS ({self.us} / 1000000) VIRTUAL"
            create = create.replace(f"{self.unix} INTEGER NOT NULL", follows)
        return create

    def _columns(self, column: re.Match[str]) -> str:
        needed, comma, said = column.groups(default="")
        us = f"{self.us} INTEGER{needed}, --{f'{said};' if said else ''} microseconds since 1970, UTC"
        return f"{us}\n        {self.offset} INTEGER{needed}{comma} -- {AHEAD}"

    def filled(self) -> dict[str, str]:
        """The SQL expressions that fill the two columns. A text that cannot be read becomes the time in `unix`, or 0
        without that column; NULL stays NULL."""
        at = f"CASE WHEN {self.text} IS NOT NULL THEN COALESCE(us_of({self.text}), {self.unix or 0} * 1000000) END"
        ahead = f"CASE WHEN {self.text} IS NOT NULL THEN COALESCE(offset_of({self.text}), 0) END"
        return {self.us: at, self.offset: ahead}

    def in_view(self, sql: str) -> str:
        """The SQL of a view that returns the text as before."""
        if not self.alias:
            return sql
        text = f"{local(f'{self.alias}.{self.us}', f'{self.alias}.{self.offset}').strip()} AS {self.text}"
        return re.sub(rf"\b{self.alias}\.{self.text}\b", text, sql)


AROUND_SALES = (
    TextTime("orders", "opened_at", "opened"),
    TextTime("orders", "held_at", "held"),
    TextTime("discard", "at", alias="d"),
    TextTime("discard", "recalled_at", "recalled", alias="d"),
    TextTime("receipt", "changed_at"),
    TextTime("kitchen_slip", "changed_at"),
    TextTime("write_off_paper", "changed_at"),
    TextTime("receipt_copy", "at"),
    TextTime("next_visit", "redeemed_at", "redeemed", alias="n"),
    TextTime("next_visit_try", "at", unix="at_unix"),
    TextTime("number_jump", "at"),
)
"""Times of orders, discarded orders, papers and coupons of the next visit."""

SALES = (
    TextTime("sale", "paid_at", "paid", alias="s", unix="paid_unix"),
    TextTime("write_off", "at", alias="w", unix="at_unix"),
    TextTime("decision", "shown_at", "shown", alias="d"),
    TextTime("decision", "answered_at", "answered", alias="d"),
)
"""Times of sales, write-offs and decisions about offers."""

OFFICE_AND_PRACTICE = (
    TextTime("shop", "loaded_at", "loaded"),
    TextTime("price_change", "at"),
    TextTime("eighty_six", "until", "until"),
    TextTime("eighty_six", "at"),
    TextTime("history_file", "at"),
    TextTime("training_period", "on_at", "on"),
    TextTime("training_period", "off_at", "off"),
    TextTime("practice_file", "copied_at", "copied"),
    TextTime("practice_round", "began_at", "began"),
    TextTime("practice_round", "finished_at", "finished"),
    TextTime("skill_card", "due", "due"),
    TextTime("assignment", "set_at", "set"),
    TextTime("trainee", "joined_at", "joined"),
    TextTime("listened", "at"),
)
"""Times of the office and of practice."""

LOOKING_AT_SALES = {
    "decision_kept": (
        ("d.shown_at, d.answered_at", "d.shown_us, d.shown_offset_s, d.answered_us, d.answered_offset_s"),
    ),
    "offer_ledger": (
        (
            "julianday(d.answered_at) >= julianday(d.shown_at)",
            "(d.answered_us + 500) / 1000 >= (d.shown_us + 500) / 1000",
        ),
        (
            "ROUND((julianday(d.answered_at) - julianday(d.shown_at)) * 86400.0, 3)",
            "((d.answered_us + 500) / 1000 - (d.shown_us + 500) / 1000) / 1000.0",
        ),
    ),
}
"""Expressions in views that compute with these times, and what replaces them."""


def as_numbers(db: Database, times: Sequence[TextTime], views: Views | None = None) -> None:
    """Rebuild the tables of these times. `views` has further replacements in the SQL of views, by view name."""
    read_times(db)
    with views_aside(db, partial(_in_view, times, views or {})):
        for table in dict.fromkeys(time.table for time in times):
            own = [time for time in times if time.table == table]
            fill = {column: filled for time in own for column, filled in time.filled().items()}
            make_anew(db, table, partial(_in_table, own), fill)


def _in_table(times: Sequence[TextTime], sql: str) -> str:
    for time in times:
        sql = time.in_table(sql)
    return sql


def _in_view(times: Sequence[TextTime], views: Views, name: str, sql: str) -> str:
    for was, now in views.get(name, ()):
        sql = sql.replace(was, now)
    for time in times:
        sql = time.in_view(sql)
    return sql


def read_times(db: Database) -> None:
    """Register two SQL functions that read a time from text: `us_of` returns microseconds, `offset_of` the offset in
    seconds. Both return NULL for other text."""
    db.conn.create_function("us_of", 1, partial(_part_of, 0), deterministic=True)
    db.conn.create_function("offset_of", 1, partial(_part_of, 1), deterministic=True)


def _part_of(place: int, text: str) -> int | None:
    with suppress(Unreadable):
        return instant_of(text)[place]
    return None
