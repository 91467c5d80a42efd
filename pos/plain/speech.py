"""What plain mode prints: first everything, then only what a line has changed. Short, the most important first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos.counter import Counter, Say, Tone
from pos.domain.menu.allergens import AllergenCard, base
from pos.domain.order.order import line_allergens, noted_anywhere, noted_on, order_name
from pos.domain.order.questions import Decision, Outcome
from pos.domain.pricing.deposits import DEPOSIT_NAME, displayed_price
from pos.domain.pricing.price import Priced
from pos.domain.prompts import decisions
from pos.domain.sale.finished import Finished
from pos.domain.sale.ledger import LedgerRow
from pos.domain.sale.sale import Sale
from pos.domain.value import replace
from pos.plain.panels import panel_lines
from pos.plain.prompts import asked
from pos.plain.words import plain_wording
from pos.register import Register, shelf
from pos.register.verbs.closing import line_details
from pos.wording import Wording
from pos.wording.stopping import unsold_marks
from pos.wording.write_off import write_off_name


@dataclass(frozen=True, slots=True)
class Hearable:
    """Everything that can be printed now. After a line, only the differences are."""

    order_id: str
    number: int
    rows: dict[int, str]
    discounts: tuple[str, ...]
    facts: tuple[str, ...]
    total: str
    settled: tuple[str, ...]
    asked: tuple[str, ...]
    tiles: tuple[str, ...]
    panel: tuple[str, ...]
    chosen: int | None
    typed: str
    paid: Finished | None


def hear(counter: Counter) -> Hearable:
    """Everything that can be printed now."""
    words, register = plain_wording(counter.language), counter.register
    order, priced = register.view.order, register.view.priced
    return Hearable(
        order_id=order.id,
        number=order.call_number,
        rows=dict(_rows(counter, words, priced)),
        discounts=tuple(_on_top(words, priced)),
        facts=tuple(_facts(counter.register, words)),
        total=words.text("plain-total", total=words.money(priced.total)) if order.lines else "",
        settled=tuple(_settled(counter, words)),
        asked=tuple(asked(counter, words)) if counter.paid is None else (),
        tiles=tuple(_tiles(counter, words)),
        panel=tuple(panel_lines(counter, words)),
        chosen=counter.chosen,
        typed=f"{counter.times} * {counter.digits}".strip() if counter.times is not None else counter.digits,
        paid=counter.paid,
    )


def opening(counter: Counter) -> list[str]:
    """The first lines: which till, what can be rung, and what was open."""
    words, now = plain_wording(counter.language), hear(counter)
    lines = [] if counter.message is None else [_message(words, counter.message)]
    lines += [words.text("plain-opening", till=counter.register.till.name), words.text("plain-words")]
    owed = len(shelf.owed_papers(counter.register))
    if owed:
        lines.append(words.text("plain-owed", count=owed))
    return [*lines, *unsettled(counter, words), *now.tiles, *whole(now)]


def unsettled(counter: Counter, words: Wording) -> Iterator[str]:
    """Unfinished refunds, and payments with an unknown outcome on held orders and on orders that another till left
    open: printed until they are settled."""
    register = counter.register
    for refund in shelf.hanging_refunds(register):
        yield "! " + words.text("plain-refund-open", number=refund.of.name, amount=words.money(refund.total))
    for left in shelf.open_elsewhere(register):
        tender, paid = left.order.open_tender, words.money(left.order.paid)
        name = order_name(register.view.menu, left.order)
        if tender is None:
            yield "! " + words.text("plain-elsewhere-paid", amount=paid, name=name, till=left.till_name)
        else:
            amount = words.money(tender.taken)
            yield "! " + words.text(
                "plain-elsewhere-unknown", kind=tender.kind, amount=amount, name=name, till=left.till_name
            )
    for held in shelf.held(register):
        tender = held.order.open_tender
        if tender is not None:
            yield "! " + words.text(
                "plain-unsettled",
                kind=tender.kind,
                amount=words.money(tender.taken),
                name=order_name(register.view.menu, held.order),
                minutes=register.view.minutes_since(tender.at),
            )


def whole(heard: Hearable) -> list[str]:
    """The whole order and the prompt."""
    order = [*heard.rows.values(), *heard.discounts, *heard.facts, heard.total]
    return [line for line in (*order, *heard.settled, *heard.panel, *heard.asked) if line]


def after(counter: Counter, before: Hearable) -> list[str]:
    """What a line changed, and what the till asks now. It never says nothing."""
    words, now = plain_wording(counter.language), hear(counter)
    told = [] if counter.message is None else [_message(words, counter.message)]
    told += [line for line in _changes(words, before, now) if line not in told]
    if now.order_id != before.order_id:
        told += unsettled(counter, words)
    return told or [words.text("plain-nothing")]


def unsaid(before: Hearable, now: Hearable) -> Hearable:
    """What has been printed after a line: while a panel lies over the order, changes of the order have not."""
    return replace(before, panel=now.panel) if now.panel else now


def _message(words: Wording, message: Say) -> str:
    mark = "! " if message.tone is Tone.BAD else ""
    key = message.values.get("key")
    values = {**message.values, "key": words.key(key)} if isinstance(key, str) else message.values
    return mark + words.text(message.message_id, **values)


def _changes(words: Wording, before: Hearable, now: Hearable) -> Iterator[str]:
    if now.panel:
        yield from _panel_changes(before.panel, now.panel)
        return
    if now.paid is not None:
        yield from _paid(words, now.paid) if now.paid is not before.paid else ()
        yield from now.tiles if now.tiles != before.tiles else ()
        return
    fresh = now.order_id != before.order_id or before.paid is not None
    if fresh:
        yield words.text("plain-order")
        yield from now.tiles[:1] if now.tiles != before.tiles else ()
    yield from _order_changes(words, before, now, fresh=fresh)
    if now.tiles != before.tiles and not fresh:
        yield from now.tiles
    yield from (line for line in now.settled if line not in before.settled)
    if now.asked != before.asked or before.panel:
        yield from _asked_anew(before, now)
    if now.number and (fresh or now.number != before.number):
        yield words.text("plain-call-number", number=now.number)
    if now.typed and now.typed != before.typed:
        yield words.text("plain-typed", digits=now.typed)


def _order_changes(words: Wording, before: Hearable, now: Hearable, *, fresh: bool) -> Iterator[str]:
    """Lines added, changed or removed, and the new total."""
    known = {} if fresh else before.rows
    changed = [text for line, text in now.rows.items() if known.get(line) != text]
    gone = [text for line, text in known.items() if line not in now.rows]
    yield from changed
    yield from (words.text("plain-gone", name=text) for text in gone)
    if not (changed or gone) and now.chosen is not None and now.chosen != before.chosen:
        yield now.rows[now.chosen]
    yield from (line for line in now.discounts if fresh or line not in before.discounts)
    yield from (line for line in now.facts if fresh or line not in before.facts)
    if now.total != ("" if fresh else before.total) and now.total:
        yield now.total


def _asked_anew(before: Hearable, now: Hearable) -> Iterator[str]:
    """The whole prompt; if the same question has new words, the words and what else is new."""
    same = [line.split()[0] for line in before.asked[:1]] == [line.split()[0] for line in now.asked[:1]]
    yield from (line for place, line in enumerate(now.asked) if place < 2 or not same or line not in before.asked)


def _panel_changes(before: tuple[str, ...], now: tuple[str, ...]) -> Iterator[str]:
    """A new panel as a whole; of one that was open, the differences."""
    if before[:1] != now[:1]:
        yield from now
    else:
        yield from (line for line in now if line not in before)


def _tiles(counter: Counter, words: Wording) -> Iterator[str]:
    """The category, then its letters."""
    if not counter.categories():
        return
    category = counter.categories()[counter.category]
    yield f"{words.local(counter.view.menu.categories[category].name)}:"
    for letter, item in counter.tiles().items():
        price = displayed_price(counter.view.menu, item, counter.view.order.serving_mode)
        yield f"{words.key(letter)}  {words.item_name(item)} {words.money(price)}"


def _rows(counter: Counter, words: Wording, priced: Priced) -> Iterator[tuple[int, str]]:
    menu = counter.view.menu
    for entry in priced.lines:
        line = entry.line
        details = [words.local(text) for text in line_details(menu, line)]
        details += [words.text("plain-confirmed")] * (line.stands_confirmed is not None)
        details += [words.text("plain-size-said")] * line.size_said + [line.note] * bool(line.note)
        inside = f" ({', '.join(details)})" if details else ""
        name = words.item_name(menu.items[line.sku])
        unsold = unsold_marks(words, line, counter.view.order, counter.view.moment)
        warning = "".join(f" ! {mark}" for mark in unsold)
        warning += _warning(line_allergens(menu, line), noted_on(counter.view.order, line), words)
        yield line.id, f"{line.quantity} {name}{inside} {words.money(entry.gross)}{warning}"


def _on_top(words: Wording, priced: Priced) -> Iterator[str]:
    """Discounts; deposits and taxes on top of the lines."""
    for discount in priced.discounts:
        yield f"{words.local(discount.name)} {words.money(-discount.amount)}"
    if priced.deposits:
        yield f"{words.local(DEPOSIT_NAME)} {words.money(priced.deposits)}"
    yield from (f"{words.tax(row.tax)} {words.money(row.amount)}" for row in priced.on_top_rows)


def _warning(card: AllergenCard, noted: frozenset[str], words: Wording) -> str:
    """Which noted allergens a line contains, may contain or leaves unknown, in words, because a mark is not heard."""
    kept = (
        frozenset(name for name in names if base(name) in noted)
        for names in (card.contains, card.may_contain, card.unknown)
    )
    of_noted = AllergenCard(*kept)
    return "" if of_noted == AllergenCard() else f" ! {words.allergens_line(of_noted)}"


def _facts(register: Register, words: Wording) -> Iterator[str]:
    """What holds for the whole order."""
    order, offer = register.view.order, register.view.order.next_visit
    if not order.is_sale:
        yield words.label(order.purpose)
    if offer is not None and register.view.next_visit_line is None:
        yield words.text("next-visit-waits", name=offer.name)
    channel = register.view.channel
    if channel is not None:
        yield words.local(channel.name)
    if order.serving_mode is not None:
        yield words.serving_mode(order.serving_mode)
    if order.note:
        yield order.note
    if noted := noted_anywhere(order):
        names = ", ".join(words.allergen(name) for name in sorted(noted))
        yield words.text("plain-allergy", allergens=names)


def _settled(counter: Counter, words: Wording) -> Iterator[str]:
    """The questions that do not apply to this order, each with its reason."""
    register = counter.register
    if not register.view.order.checking_out or counter.paid is not None or not register.view.order.is_sale:
        return
    for entry in decisions(register.view.order, register.view.moment):
        if entry.outcome is Outcome.NOT_APPLICABLE:
            yield words.text("plain-settled", number=entry.kind.number, reason=_reason(entry, words))


def _reason(entry: Decision | LedgerRow, words: Wording) -> str:
    return words.reason(entry.reason) if entry.reason is not None else words.outcome(entry.outcome)


def _paid(words: Wording, sale: Finished) -> Iterator[str]:
    """The change first: it is what the customer waits for. Of a write-off what it was worth, and its number."""
    if not isinstance(sale, Sale):
        values = {"purpose": sale.purpose, "worth": words.money(sale.worth), "number": write_off_name(sale)}
        yield words.text("plain-written-off", **values)
        if sale.call_number:
            yield words.text("plain-call-number", number=sale.call_number)
        return
    if sale.change:
        yield words.text("plain-change", change=words.money(sale.change))
    if sale.tips:
        yield words.text("plain-tip-left", amount=words.money(sale.tips))
    yield words.text(
        "plain-paid",
        total=words.money(sale.total + sale.rounding),
        receipt=f"{sale.series}-{sale.receipt_number}",
        number=sale.call_number,
    )
    if sale.next_visit is not None:
        yield words.text("next-visit-given", name=sale.next_visit.name, off=sale.next_visit.off)
