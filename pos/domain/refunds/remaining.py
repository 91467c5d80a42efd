"""What remains of a sale after its refunds, and the amounts of a partial refund, exact to the øre and per tax."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pos.domain.errors import Refused
from pos.domain.money import ZERO, Money, half_up, share_out, total
from pos.domain.order.exchange import EXCHANGE, Way
from pos.domain.order.order import Tender
from pos.domain.pricing.taxes import TaxAmount, Taxed
from pos.domain.refunds.refund import GainLost, Refund, RefundLine
from pos.domain.sale.sale import Sale, SaleLine
from pos.domain.value import replace, value

Counts = Mapping[int, int]
"""How many units of which lines of a sale, by the line's place from 1."""


@value
class Remaining:
    """What of a sale can still be refunded: the lines with something left, and the ways by which its money came in,
    less what went back."""

    sale: Sale
    lines: tuple[RefundLine, ...]
    ways: tuple[Way, ...]

    @property
    def total(self) -> Money:
        """The amount of all of it."""
        return total(entry.line.due for entry in self.lines)

    @property
    def counts(self) -> dict[int, int]:
        """How many units are left, by line."""
        return {entry.number: entry.line.quantity for entry in self.lines}

    def way(self, kind: str) -> Money:
        """What can go back by a kind of tender."""
        return total(way.amount for way in self.ways if way.kind == kind)


def remaining(sale: Sale, refunds: Iterable[Refund]) -> Remaining:
    """What is left of a sale after its refunds."""
    done = tuple(refunds)
    lines = []
    for number, line in enumerate(sale.lines, start=1):
        left = line
        for refund in done:
            for entry in refund.lines:
                if entry.number == number:
                    left = _less(left, entry.line)
        if left.quantity:
            lines.append(RefundLine(number, left))
    return Remaining(sale, tuple(lines), _ways(sale, done))


def part_of(left: Remaining, counts: Counts) -> tuple[RefundLine, ...]:
    """Some of the remaining units, with what was paid for them: their share of discounts, with the sale's taxes. The
    last units of a line take all that is left of its amounts, so that all parts add up to what was paid.

    Raises `Refused`: `refund-nothing` for no line at all, `refund-too-much` for more of a line than is left.
    """
    there = left.counts
    for number, count in counts.items():
        if count < 0 or count > there.get(number, 0):
            raise Refused("refund-too-much", left=there.get(number, 0))
    lines = tuple(
        RefundLine(entry.number, _some(entry.line, counts[entry.number]))
        for entry in left.lines
        if counts.get(entry.number)
    )
    if not lines:
        raise Refused("refund-nothing")
    return lines


def in_proportion(amount: Money, ways: Sequence[Way]) -> tuple[Way, ...]:
    """An amount divided over the ways, in proportion to what each has left."""
    shares = share_out(amount, [way.amount.minor for way in ways]) if ways else []
    return tuple(replace(way, amount=share) for way, share in zip(ways, shares, strict=True) if share)


def first_by(amount: Money, kind: str, ways: Sequence[Way]) -> tuple[Way, ...]:
    """An amount by one kind of tender, as far as that has any left, and the rest by the other ways in proportion."""
    wanted = [way for way in ways if way.kind == kind]
    others = [way for way in ways if way.kind != kind]
    first = min(amount, total(way.amount for way in wanted))
    return (*in_proportion(first, wanted), *in_proportion(amount - first, others))


def without(ways: Sequence[Way], taken: Sequence[Way]) -> tuple[Way, ...]:
    """The ways less what was taken from them.

    Raises `Refused` `refund-way-too-much` for more than came in by one.
    """
    left = []
    for way in ways:
        amount = way.amount - total(entry.amount for entry in taken if entry.kind == way.kind)
        if amount < ZERO:
            raise Refused("refund-way-too-much", kind=way.name or way.kind, amount=way.amount)
        if amount:
            left.append(replace(way, amount=amount))
    for entry in taken:
        if entry.amount and all(way.kind != entry.kind for way in ways):
            raise Refused("refund-way-too-much", kind=entry.name or entry.kind, amount=ZERO)
    return tuple(left)


def gains_lost(left: Remaining, counts: Counts) -> tuple[GainLost, ...]:
    """What the sale's accepted offers lose by a refund, in addition to earlier losses.

    In a sale from before lines referred to their offer, the lines are found by SKU; if no line has it, the offer is
    lost with the last unit of the sale.
    """
    before = left.counts
    after = {number: count - counts.get(number, 0) for number, count in before.items()}
    lost = []
    for row in left.sale.ledger:
        if not row.kept:
            continue
        places = [number for number, line in enumerate(left.sale.lines, start=1) if line.offered is row.kind]
        if not places:
            places = [number for number, line in enumerate(left.sale.lines, start=1) if line.sku == row.offered]
        if places:
            was, now = (min(row.kept, sum(some.get(number, 0) for number in places)) for some in (before, after))
        else:
            was, now = row.kept, row.kept if any(after.values()) else 0
        if was > now:
            gain, margin = (_share(amount, was, now, row.kept) for amount in (row.gain, row.margin))
            lost.append(GainLost(row.kind, was - now, gain, margin))
    return tuple(lost)


def _share(amount: Money, was: int, now: int, kept: int) -> Money:
    """What an amount loses when fewer units are left."""
    return Money(half_up(amount.minor * was, kept) - half_up(amount.minor * now, kept))


def _less(line: SaleLine, gone: SaleLine) -> SaleLine:
    """What is left of a line after some of it was refunded."""
    went = {part.levied: part for part in gone.parts}
    return replace(
        line,
        quantity=line.quantity - gone.quantity,
        gross=line.gross - gone.gross,
        discount=line.discount - gone.discount,
        total=line.total - gone.total,
        parts=tuple(_part_left(part, went.get(part.levied)) for part in line.parts),
        deposit=None if line.deposit is None else _part_left(line.deposit, gone.deposit),
    )


def _part_left(part: Taxed, gone: Taxed | None) -> Taxed:
    """What is left of goods with the same taxes."""
    if gone is None:
        return part
    went = {entry.tax: entry.amount for entry in gone.taxes}
    left = tuple(TaxAmount(entry.tax, entry.amount - went[entry.tax]) for entry in part.taxes)
    return Taxed(part.price - gone.price, left)


def _some(line: SaleLine, count: int) -> SaleLine:
    """Some units of what is left of a line."""
    if count == line.quantity:
        return line
    parts = tuple(_some_of(part, count, line.quantity) for part in line.parts)
    amount = total(part.price for part in parts)
    gross = _of(line.gross, count, line.quantity)
    return replace(
        line,
        quantity=count,
        gross=gross,
        discount=gross - amount,
        total=amount,
        parts=parts,
        deposit=None if line.deposit is None else _some_of(line.deposit, count, line.quantity),
    )


def _some_of(part: Taxed, count: int, quantity: int) -> Taxed:
    taxes = tuple(TaxAmount(entry.tax, _of(entry.amount, count, quantity)) for entry in part.taxes)
    return Taxed(_of(part.price, count, quantity), taxes)


def _of(amount: Money, count: int, quantity: int) -> Money:
    return Money(amount.minor * count // quantity)


def _ways(sale: Sale, refunds: Sequence[Refund]) -> tuple[Way, ...]:
    """The ways by which a sale's money came in, in their order, less what went back. The credit of an exchange counts
    as the ways of the sale before."""
    came = [*_of_tenders(sale.tenders), *sale.exchanged]
    went = [way for refund in refunds for way in (*_of_tenders(refund.tenders), *refund.exchanged)]
    names = {way.kind: way.name for way in came}
    left = dict.fromkeys(names, ZERO)
    for way in came:
        left[way.kind] += way.amount
    for way in went:
        left[way.kind] = left.get(way.kind, ZERO) - way.amount
    return tuple(Way(kind, amount, names.get(kind)) for kind, amount in left.items() if amount > ZERO)


def _of_tenders(tenders: Iterable[Tender]) -> list[Way]:
    return [Way(entry.kind, entry.amount, entry.name) for entry in tenders if entry.counts and entry.kind != EXCHANGE]
