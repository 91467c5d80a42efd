"""Makes an order a sale or a write-off, with names, prices and taxes as of that moment."""

from __future__ import annotations

from pos.domain.asking.wordings import wording_id
from pos.domain.menu.items import ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.moment import Moment
from pos.domain.money import ZERO, Money, half_up, total
from pos.domain.next_visit.giving import given_next_visit
from pos.domain.order.order import LineItem, Order, asked_for, left_out_names, modifier_names, noted_on, served
from pos.domain.order.questions import Decision, Outcome
from pos.domain.pricing.price import PricedLine
from pos.domain.sale.ledger import LedgerRow
from pos.domain.sale.sale import Sale, SaleLine
from pos.domain.sale.write_offs import WriteOff, WriteOffLine, cost_of
from pos.domain.text import LocalText
from pos.store import Till


def make_sale(
    order: Order, moment: Moment, decided: tuple[Decision, ...], till: Till, cashier: str, language: str
) -> Sale:
    """The order as a sale, without its receipt number and without `kitchen_slip`."""
    priced = moment.price(order)
    counted = tuple(tender for tender in order.tenders if tender.counts)
    channel = moment.menu.channels.get(order.channel) if order.channel is not None else None
    return Sale(
        order_id=order.id,
        till=till.name,
        series=till.series,
        receipt_number=0,
        call_number=order.call_number,
        paid_at=moment.now,
        cashier=cashier,
        language=language,
        serving_mode=served(moment.menu, order) or ServingMode.EAT_IN,
        shop=moment.menu.shop,
        lines=tuple(_sale_line(line, order, moment.menu) for line in priced.lines),
        discounts=priced.discounts,
        tax_rows=priced.tax_rows,
        tenders=counted,
        ledger=tuple(_ledger_row(entry, order) for entry in decided),
        total=priced.total,
        tax=priced.tax,
        rounding=total(tender.rounding for tender in counted),
        change=order.change_due,
        note=order.note,
        next_visit=given_next_visit(order, decided, moment),
        goods=tuple(sorted(asked_for(moment.menu, order))),
        business_day=moment.business_day,
        allergens=tuple(sorted(order.allergens)),
        channel=order.channel,
        channel_name=None if channel is None else channel.name,
        sent=order.sent,
        has_code=True,
    )


def _sale_line(priced: PricedLine, order: Order, menu: Menu) -> SaleLine:
    line = priced.line
    return SaleLine(
        sku=line.sku,
        name=menu.items[line.sku].full_name,
        details=line_details(menu, line),
        note=line.note,
        quantity=line.quantity,
        unit_price=priced.unit_price,
        gross=priced.gross,
        discount=priced.discount,
        total=priced.total,
        parts=priced.parts,
        allergens=tuple(sorted(line.allergens)),
        accepted=accepted_in(line, order),
        left_out=left_out_names(menu, line),
        offered=line.offered,
        category=menu.items[line.sku].category,
        deposit=priced.deposit,
        article_group=menu.article_group(menu.items[line.sku]),
    )


def make_write_off(order: Order, moment: Moment, till: Till, cashier: str, language: str) -> WriteOff:
    """The order as a write-off, without its numbers and without `kitchen_slip`."""
    priced = moment.price(order)
    lines = tuple(_write_off_line(line, order, moment.menu) for line in priced.lines)
    costs = [line.cost for line in lines if line.cost is not None]
    return WriteOff(
        order_id=order.id,
        till=till.name,
        series="",
        number=0,
        call_number=order.call_number,
        purpose=order.purpose,
        at=moment.now,
        business_day=moment.business_day,
        cashier=cashier,
        language=language,
        serving_mode=served(moment.menu, order) or ServingMode.EAT_IN,
        shop=moment.menu.shop,
        lines=lines,
        worth=total(line.worth for line in lines),
        cost=total(costs) if costs else None,
        note=order.note,
        allergens=tuple(sorted(order.allergens)),
        sent=order.sent,
        remakes=order.remakes,
    )


def _write_off_line(priced: PricedLine, order: Order, menu: Menu) -> WriteOffLine:
    line = priced.line
    return WriteOffLine(
        sku=line.sku,
        name=menu.items[line.sku].full_name,
        details=line_details(menu, line),
        note=line.note,
        quantity=line.quantity,
        worth=priced.worth,
        cost=cost_of(menu, line),
        allergens=tuple(sorted(line.allergens)),
        accepted=accepted_in(line, order),
        left_out=left_out_names(menu, line),
    )


def accepted_in(line: LineItem, order: Order) -> tuple[str, ...]:
    """The noted allergens that the customer accepted in a line."""
    given, noted = line.stands_confirmed, noted_on(order, line)
    accepted = () if given is None else (*given.contains, *given.unknown)
    return tuple(name for name in accepted if name in noted)


def line_details(menu: Menu, line: LineItem) -> tuple[LocalText, ...]:
    """The details printed under a line: its fillings, then its modifiers."""
    fillings = tuple(menu.items[sku].name for _, sku in line.fillings)
    return (*fillings, *modifier_names(menu, line))


def _ledger_row(decided: Decision, order: Order) -> LedgerRow:
    """The decision on one kind of offer as a row of the ledger. Its gain counts only the units that are still in the
    order."""
    question = decided.question
    if question is None:
        return LedgerRow(decided.kind, decided.outcome, decided.reason)
    count = question.count if decided.outcome is Outcome.ACCEPTED else 0
    still_there = sum(line.quantity for line in order.lines if line.offered is decided.kind)
    kept = min(count, still_there)
    return LedgerRow(
        decided.kind,
        decided.outcome,
        decided.reason,
        offer_id=question.offer.id,
        offered=question.offer.sku or question.offer.modifier,
        units=question.offer.units,
        count=count,
        kept=kept,
        gain=_share(question.gain, kept, count),
        shown_at=question.shown_at,
        answered_at=question.answered_at,
        phrase=question.phrase,
        spoken_words=question.spoken_words,
        propensity=question.offer.propensity,
        margin=_share(question.margin, kept, count),
        order_total=question.order_total,
        wording=wording_id(question.offer.words),
        second=question.offer.second,
        answer_ms=question.answer_ms,
    )


def _share(amount: Money, kept: int, count: int) -> Money:
    """The part of an amount that belongs to the units still in the order."""
    return Money(half_up(amount.minor * kept, count)) if count else ZERO
