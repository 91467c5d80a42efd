"""The table of tills in `tills.toml`: what the exports of each till look like. Anyone can add to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from pos.domain.errors import BadInput
from pos.resources import shipped
from pos.wording.reasons import reason_of

SALE, ORDER = "sale", "order"
Kind: TypeAlias = Literal[
    "sale", "order", "void", "refund", "unpaid", "payment", "tip", "custom", "discount", "fee", "gift_card", "total",
    "training", "modifier",
]  # fmt: skip
"""What a row is: a sale, a row for the order as a whole, or the reason for which it is no sale."""

Packed: TypeAlias = Literal["", "counted", "square", "pairs"]
"""How one cell holds several items: `2 x Cola, 1 x Fries` (each with a count), the same without counts of one and with
details in brackets, or `name:Cola|quantity:2;name:Fries|quantity:1`."""


class TillExport(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One export of one till: the columns by which it is recognised, and the meaning of each column. Of several names
    the first one that the file has is used."""

    name: str
    export: str
    has: list[str | list[str]]
    dates: Literal["dmy", "mdy", "ymd"] = "ymd"
    dates_where: dict[str, str] = {}
    order: list[str]
    time: list[str]
    day: list[str] = []
    item: list[str] = []
    items: list[str] = []
    code: list[str] = []
    quantity: list[str] = []
    price: list[str] = []
    details: list[str] = []
    packed: Packed = ""
    item_form: str = ""
    no_detail: list[str] = []
    parents: bool = False
    rows: dict[str, dict[str, Kind]] = {}
    flags: dict[Kind, list[str]] = {}

    @property
    def title(self) -> str:
        """The till and its export: `Square (items)`."""
        return f"{self.name} ({self.export})"


class _Rows(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    words: list[str]
    flags: dict[Kind, list[str]]
    unless: dict[Kind, list[str]] = {}


class _NoItem(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    kinds: list[Kind]
    payment: list[str]


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    denials: list[str] = msgspec.field(default=[], name="not")
    columns: dict[str, list[str]] | None = None
    rows: _Rows | None = None
    words: dict[Kind, list[str]] | None = None
    begins: dict[Kind, list[str]] | None = None
    no_item: _NoItem | None = None
    till: list[TillExport] = []


def plain(name: str) -> str:
    """A column's name, or a word in a column, without capitals, blanks and signs. `#` becomes *no*; `?` is dropped."""
    return re.sub(r"[\W_]", "", name.casefold().replace("#", " no "))


TOTAL = re.compile(
    r"(?:sub|grand )?(?:total(?:t|er|s|sum)?|sum|delsum|i alt|ialt)\b(?:[^\w]|\d|for|of|av|pr|dag|day|varer|items"
    r"|bong|ordre|order|kvittering|receipt|check|bord|table|ink(?:l|ludert)|incl|eks|excl|mva|vat|tax|nok|kr)*"
)
AMOUNT = re.compile(
    r"(?:\b(?:kr|nok|usd|eur|gbp)|[$£€])?\.?\s*\d[\d.,]*\s*(?:%|prosent|percent|kr|nok|usd|eur|gbp)?(?!\w)"
)
"""The amount that may stand beside a word that is no item."""

BEGINS_TOTAL = frozenset("tTsSgGdDiI")


def is_total(*texts: str) -> bool:
    """Whether a row is a total: its first cell or its number says so, and nothing else."""
    return any(text[:1] in BEGINS_TOTAL and TOTAL.fullmatch(text.casefold()) for text in texts if text)


@dataclass(frozen=True, slots=True)
class ExportTable:
    """The whole table. All names and words are in plain form."""

    tills: Sequence[TillExport]
    columns: Mapping[str, Sequence[str]]
    word_columns: frozenset[str]
    flag_columns: Mapping[str, str]
    unless_columns: Mapping[str, str]
    words: Mapping[str, str]
    begins: Mapping[str, str]
    no_items: Mapping[str, str]
    denials: frozenset[str]

    def till_of(self, names: Sequence[str]) -> TillExport | None:
        """The export with these columns (plain names); of several, the one with most columns in `has`."""
        there = set(names)
        fitting = [till for till in self.tills if all(_has(there, wanted) for wanted in till.has)]
        return max(fitting, key=lambda till: len(till.has), default=None)

    def kind_of_word(self, word: str) -> str:
        """The kind of row that a status or type means. An unknown word is a sale."""
        found = self.words.get(plain(word))
        if found is None:
            starts = re.findall(r"[^\W\d_]+", word.casefold())
            if starts and starts[0] in self.denials:
                return SALE
            found = next((kind for start, kind in self.begins.items() for one in starts if one.startswith(start)), SALE)
        return found

    def kind_of_item(self, name: str) -> str:
        """The kind of row that an item's name means: `Tip`, `Discount 10 %`, `Sum bong`; else `sale`."""
        found = self.no_items.get(plain(name)) or self.no_items.get(plain(AMOUNT.sub(" ", name.casefold())))
        return found or ("total" if is_total(name) else SALE)

    def knows_word(self, word: str) -> bool:
        """Whether the table has a meaning for the word."""
        return plain(word) in self.words or self.kind_of_word(word) != SALE


def _has(there: set[str], wanted: str | Sequence[str]) -> bool:
    return any(plain(name) in there for name in ([wanted] if isinstance(wanted, str) else wanted))


@cache
def shipped_table() -> ExportTable:
    """The table that ships with the till."""
    return _table(_read(shipped("tills.toml")), ())


def table_beside(database: Path) -> ExportTable:
    """The shipped table, preceded by the tills in a `tills.toml` beside the shop's file.

    Raises `BadInput` `tills-wrong` for a malformed file, and `history-unreadable`.
    """
    own = database.with_name("tills.toml")
    return _table(_read(shipped("tills.toml")), _read(own).till) if own.is_file() else shipped_table()


def _read(path: Path) -> _File:
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
        for till in found.till:
            for form in (till.item_form, *till.dates_where.values()):
                re.compile(form)
    except OSError as error:
        raise BadInput("history-unreadable", path=str(path), reason=reason_of(error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as error:
        raise BadInput("tills-wrong", path=str(path), reason=str(error).partition("\n")[0][:200]) from error
    return found


def _table(file: _File, own: Sequence[TillExport]) -> ExportTable:
    assert file.columns is not None
    assert file.rows is not None
    assert file.words is not None
    assert file.begins is not None
    assert file.no_item is not None
    words = {plain(word): kind for kind, found in file.words.items() for word in found}
    return ExportTable(
        (*own, *file.till),
        {what: [plain(name) for name in names] for what, names in file.columns.items()},
        frozenset(map(plain, file.rows.words)),
        {plain(name): kind for kind, names in file.rows.flags.items() for name in names},
        {plain(name): kind for kind, names in file.rows.unless.items() for name in names},
        words,
        {start: kind for kind, starts in file.begins.items() for start in starts},
        {word: kind for word, kind in words.items() if kind in file.no_item.kinds}
        | {plain(word): "payment" for word in file.no_item.payment},
        frozenset(file.denials),
    )
