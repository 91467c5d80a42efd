"""Reads what was sold, returned and reported before taxes had ids: an amount had a rate in basis points, and each tax
was Norwegian and in the price."""

from __future__ import annotations

from pos.domain.money import Money
from pos.domain.pricing.taxes import Tax, TaxAmount, Taxed, TaxRow
from pos.domain.value import value
from pos.store.file.codec import Text

OLD_KEY = b'"rate":'
"""JSON with rates contains this, and no other: inside a string the quotation marks would be escaped."""


@value
class RateRow:
    """An amount at one rate; `gross` has the tax in it."""

    rate: int
    gross: Money
    vat: Money

    @property
    def part(self) -> Taxed:
        return Taxed(self.gross, (TaxAmount(tax_of(self.rate), self.vat),))

    @property
    def row(self) -> TaxRow:
        return TaxRow(tax_of(self.rate), self.gross - self.vat, self.vat)


@value
class RateLine:
    """The amounts of a line. Without `taxes` it has one rate."""

    rate: int
    total: Money
    vat: Money
    taxes: tuple[RateRow, ...] = ()
    deposit: RateRow | None = None

    @property
    def parts(self) -> tuple[Taxed, ...]:
        rows = self.taxes or (RateRow(self.rate, self.total, self.vat),)
        return tuple(row.part for row in rows)


def tax_of(rate: int) -> Tax:
    """The tax with a rate in basis points: `mva-15`."""
    return Tax(f"mva-{rate / 100:g}", rate * 100)


def upgraded(text: Text) -> Text:
    """The JSON of a sale, a refund, a report or facts, as this version writes it. Raises `MsgspecError`."""
    import msgspec

    raw = text.encode() if isinstance(text, str) else bytes(text)
    return msgspec.json.encode(_newer(msgspec.json.decode(raw))) if OLD_KEY in raw else text


def _newer(told: object) -> object:
    import msgspec

    if isinstance(told, list):
        return [_newer(part) for part in told]
    if not isinstance(told, dict):
        return told
    new = {name: _newer(part) for name, part in told.items()}
    if "unit_price" in told and "rate" in told:
        line = msgspec.convert(told, RateLine)
        new |= {"parts": line.parts, "deposit": None if line.deposit is None else line.deposit.part}
    for was, now in (("vat_rows", "tax_rows"), ("vat", "taxes")):
        if isinstance(told.get(was), list):
            new[now] = [row.row for row in msgspec.convert(told[was], tuple[RateRow, ...])]
    if "vat_rows" in told:
        new["tax"] = told.get("vat")
    return new
