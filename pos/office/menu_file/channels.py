"""`[[channel]]`: platforms and the telephone, with their price lists."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from pos.domain.menu.channels import Channel, PaidWhere
from pos.domain.menu.items import ServingMode, Sku
from pos.domain.money import Money
from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import TENDER_KINDS
from pos.office.menu_file.fields import Reader
from pos.office.menu_file.problems import shown

LEAST_MARKUP, MOST_MARKUP = -50, 200
"""In percent. A number outside of this is probably meant as kroner or as a factor."""

Word = TypeVar("Word", bound=StrEnum)


def read_channel(table: Reader) -> Channel:
    """Read a channel, and note its mistakes."""
    name = table.id("id")
    if name in TENDER_KINDS or name == EXCHANGE:
        table.wrong("menu-channel-reserved", "id", text=name)
    return Channel(
        name,
        table.local_text("name"),
        _word(table, "paid", PaidWhere.HERE),
        table.percent("markup", LEAST_MARKUP, MOST_MARKUP) if table.has("markup") else 0,
        _prices(table),
        _word(table, "serving", ServingMode.TAKE_AWAY) if table.has("serving") else None,
        table.yes_no("deals", default=False),
    )


def _word(table: Reader, key: str, otherwise: Word) -> Word:
    """One of a few words; `otherwise` if another was read, which is noted."""
    text, known = table.text(key), {entry.value: entry for entry in type(otherwise)}
    if text and text not in known:
        table.wrong("menu-channel-unknown-word", key, text=shown(text), known=", ".join(known))
    return known.get(text, otherwise)


def _prices(table: Reader) -> tuple[tuple[Sku, Money], ...]:
    """The items with a price of their own, in the file's order. Whether the menu has them is checked later."""
    if not table.has("prices"):
        return ()
    inner = table.table("prices")
    return tuple((sku, inner.money(sku)) for sku in inner.names())
