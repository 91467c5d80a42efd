"""Writes as lines of text what a cashier sees after a key, and what the file holds at the end of a day.

Internal ids, codes and numbers are left out, or numbered in the order in which they first appear. Catalogue texts are
left out too: a message is written as its id and its values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from pos.counter import Counter, Say, TextPanel
from pos.counter.panels.paper import ReceiptPanel
from pos.counter.panels.ringing import AllergensPanel, FindPanel
from pos.country import norway
from pos.devices.layout import rows
from pos.domain.menu.allergens import AllergenCard
from pos.domain.menu.next_visit import grouped
from pos.domain.money import Money
from pos.domain.order.order import Order, Tender
from pos.domain.order.questions import Decision, Question
from pos.domain.pricing.price import Priced, PricedLine
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    Prompt,
    QuestionPrompt,
    ServingPrompt,
    SlotPrompt,
    StopPrompt,
    TerminalPrompt,
    decisions,
)
from pos.domain.sale.sale import Document, PaperKind, Sale
from pos.domain.text import LocalText
from pos.register import Register, shelf
from pos.store import Store
from pos.wording import wording
from pos.wording.kitchen_slip import kitchen_slip
from pos.wording.receipt import receipt
from pos.wording.write_off import write_off_paper
from tests.builders import OSLO

PAPER_WIDTH = 42
SHORTEST_CODE = 8
"""A text with this many first digits of a next-visit code is taken as that code."""


class Codes:
    """The next-visit codes of a day, in the order in which they were given. Their digits are random."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def add(self, code: str) -> None:
        """Note a code, unless it is empty or already known."""
        if code and code not in self.given:
            self.given.append(code)

    def hidden(self, text: str) -> str:
        """Returns the text with each code, or the beginning of one, replaced by its number."""
        for number, code in enumerate(self.given, 1):
            text = text.replace(grouped(code), f"code {number:04}".ljust(len(grouped(code)), "."))
            if code[:SHORTEST_CODE] in text:
                text = re.sub(rf"{code[:SHORTEST_CODE]}[0-9]*", f"code {number}", text)
        return text


# values


def told(value: object) -> str:  # noqa: C901, PLR0911 - one case for each type
    """Returns a value as text that does not change when a class or a field is renamed."""
    match value:
        case Money():
            return f"{value.minor / 100:.2f}"
        case LocalText():
            return value.nb if value.nb == value.en else f"{value.nb}|{value.en}"
        case Enum():
            return str(value.value)
        case datetime():
            return value.astimezone(OSLO).isoformat(" ")
        case str() | int() | float() | date() | None:
            return str(value)
        case AllergenCard():
            return card(value)
        case Mapping():
            return " ".join(f"{key}={told(entry)}" for key, entry in sorted(value.items()))
        case frozenset() | set():
            return "{" + ", ".join(sorted(map(told, value))) + "}"
        case tuple() | list():
            return "[" + ", ".join(map(told, value)) + "]"
    assert is_dataclass(value), value
    return " ".join(told(getattr(value, entry.name)) for entry in fields(value))


def card(found: AllergenCard) -> str:
    """Returns which allergens are contained, may be contained, or are unknown."""
    parts = (("has", found.contains), ("may", found.may_contain), ("?", found.unknown))
    return " ".join(f"{word} {told(names)}" for word, names in parts if names)


def said(message: Say | None) -> str:
    """Returns a message as its id, its tone and its values."""
    return "" if message is None else f"{message.message_id} [{message.tone}] {told(message.values)}".rstrip()


# what is shown


def shown(counter: Counter) -> list[str]:
    """Returns everything that the painter is given, as lines of text."""
    register = counter.register
    order, priced = register.view.order, register.view.priced
    lines = [f"state {counter.state} on {counter.under}", f"says {said(counter.message)}"]
    lines += _order(register, order, priced, counter.chosen)
    lines += [] if counter.paid is not None else _prompt(counter, counter.prompt)
    lines += [f"decided {_decision(entry)}" for entry in _settled(register)]
    lines += _in_hand(counter)
    lines += _panel(counter)
    lines += _around(counter)
    return lines


def _order(register: Register, order: Order, priced: Priced, chosen: int | None = None) -> Iterator[str]:
    for priced_line in priced.lines:
        mark = ">" if priced_line.line.id == chosen else " "
        yield f"{mark} {_line(priced_line)}"
    if order.lines:
        yield f"total {told(priced.total)} of it tax {told(priced.tax)} paid {told(order.paid)}"
    for discount in priced.discounts:
        yield f"discount {told(discount.name)} {told(discount.amount)}"
    yield from _facts(order)
    offer, taken_by = order.next_visit, register.view.next_visit_line
    if offer is not None and register.view.order is order:
        on = "waits" if taken_by is None else f"on {taken_by.sku}"
        yield f"next visit {told(offer.name)} {told(offer.off)} off until {offer.last_day} {on}"


def _facts(order: Order) -> Iterator[str]:
    """The facts of the whole order, and its tenders."""
    facts = {
        "call number": order.call_number or None,
        "serving": order.serving_mode,
        "allergens": order.allergens or None,
        "note": order.note or None,
        "language": order.language,
        "codes": order.codes or None,
        "exempt": order.exempt,
        "purpose": None if order.is_sale else order.purpose,
        "channel": order.channel,
        "checking out": order.checking_out or None,
    }
    yield from (f"{name} {told(value)}" for name, value in facts.items() if value is not None)
    yield from (f"tender {_tender(tender)}" for tender in order.tenders)


def _line(priced: PricedLine) -> str:
    line = priced.line
    parts = [f"{line.quantity} {line.sku}", *(f"+{modifier}" for modifier in line.modifiers)]
    parts += [f"{slot}={sku}{'!' * (slot in line.chosen)}" for slot, sku in line.fillings]
    parts += [f'"{line.note}"'] * bool(line.note) + ["size said"] * line.size_said
    parts += [f"by {line.offered}"] * (line.offered is not None) + ["next visit"] * line.takes_next_visit
    parts += [f"noted {told(line.allergens)}"] * bool(line.allergens)
    given = line.stands_confirmed
    parts += [] if given is None else [f"confirmed {told(given.contains)} ? {told(given.unknown)}"]
    rate = priced.parts[0].taxes[0].tax.ppm // 100 if priced.parts else 0
    amounts = (priced.unit_price, priced.gross, priced.discount, priced.tax)
    return f"{' '.join(parts)} = {' '.join(map(told, amounts))} at {rate}"


def _tender(tender: Tender) -> str:
    amounts = f"{told(tender.amount)} handed {told(tender.handed)} rounding {told(tender.rounding)}"
    return f"{tender.kind} {tender.state} {amounts} change {told(tender.change)} ({told(tender.called)})"


def _question(question: Question) -> str:
    offers = [
        f"{offer.id}:{offer.sku or offer.modifier}*{offer.units} p{offer.propensity:g}" for offer in question.candidates
    ]
    answer = "" if question.answer is None else f" {question.answer} gain {told(question.gain)}"
    return f"{question.kind} {offers} shown {question.shown} count {question.count}{answer}"


def _decision(entry: Decision) -> str:
    asked = "" if entry.question is None else f" {_question(entry.question)}"
    return f"{entry.kind} {entry.outcome} {told(entry.reason)}{asked}"


def _settled(register: Register) -> Iterable[Decision]:
    return decisions(register.view.order, register.view.moment) if register.view.order.checking_out else ()


def _prompt(counter: Counter, prompt: Prompt) -> Iterator[str]:  # noqa: C901 - one case for each prompt
    menu, order = counter.register.view.menu, counter.register.view.order
    match prompt:
        case StopPrompt():
            for stop in prompt.stops:
                mark = ">" if stop.line.id == counter.chosen else " "
                gone = [f"{obstacle.part} {told(obstacle.why)}" for obstacle in stop.obstacles]
                yield f"stop {mark} {stop.line.sku} {gone} has {told(stop.contains)} ? {told(stop.unknown)}"
            yield f"may contain {[(line.sku, told(names)) for line, names in prompt.may_contain]}"
        case SlotPrompt():
            yield f"asks slot {prompt.slot.id} of {prompt.line.sku} for {prompt.count}: {told(prompt.choices)}"
        case ModifierPrompt():
            choices = [modifier.id for modifier in prompt.group.modifiers]
            yield f"asks group {prompt.group.id} of {prompt.line.sku} for {prompt.count}: {told(choices)}"
        case ServingPrompt():
            yield "asks serving"
        case QuestionPrompt():
            yield f"asks {prompt.number} {_question(prompt.question)}"
            yield f"more {told(prompt.difference)} instead {told(prompt.instead)} rush {prompt.rush}"
            yield f"words {prompt.phrase}: {wording(order.language or counter.language).question(prompt, menu)}"
            yield f"holds {card(prompt.allergens)}"
            yield f"choices {told(() if prompt.choices is None else [entry.id for entry in prompt.choices.modifiers])}"
        case PaymentPrompt():
            yield f"due {told(prompt.due)} paid {told(prompt.paid)}"
        case TerminalPrompt():
            yield f"terminal {_tender(prompt.tender)} due {told(prompt.due)}"


def _in_hand(counter: Counter) -> Iterator[str]:
    """What the cashier has typed, the last payment and its change."""
    typed = {"digits": counter.digits, "times": counter.times or "", "laid": counter.laid}
    yield from (f"{name} {told(value)}" for name, value in typed.items() if value)
    if counter.paid is not None:
        yield f"paid {_finished(counter.paid)}"
    if counter.change is not None:
        yield f"change {told(counter.change.change)}"
    yield from ["closing"] * counter.closing


def _finished(done: object) -> str:
    if not isinstance(done, Sale):
        return f"{done.series}-{done.number} call {done.call_number} {done.purpose} worth {told(done.worth)}"  # type: ignore[attr-defined]
    given = "" if done.next_visit is None else f" gives {told(done.next_visit.name)} {told(done.next_visit.off)} off"
    return (
        f"{done.series}-{done.receipt_number} call {done.call_number} {told(done.total)}"
        f" rounding {told(done.rounding)} change {told(done.change)}{given}"
    )


def _panel(counter: Counter) -> Iterator[str]:
    panel = counter.panel
    if panel is None:
        return
    yield f"panel {said(panel.title)}"
    if isinstance(panel, TextPanel):
        yield f"text {panel.typed!r}"
    if isinstance(panel, FindPanel):
        hits = [item.sku for item in panel.hits(counter)]
        yield f"hits {told(hits[:12])} of {len(hits)} at {panel.place} guess {panel.is_guess(counter)}"
    if isinstance(panel, AllergensPanel):
        about = panel.about(counter)
        yield "about nothing" if about is None else f"about {told(about[0])} {card(about[1])}"
    if isinstance(panel, ReceiptPanel):
        yield f"receipt {panel.document.name} from {panel.top}"
    for entry in panel.entries(counter):
        yield f"{entry.key}) {said(entry.label)}{' ON' * entry.on}"


def _around(counter: Counter) -> Iterator[str]:
    """The tiles, the held orders, the papers still to print, and what is sold out."""
    register, mode = counter.register, counter.register.view.order.serving_mode
    moment = register.view.moment
    ids = counter.categories()
    tiles = [
        f"{letter}:{item.sku} {told(item.price_in(mode))}{'!' * (moment.why_unsold(item.sku, mode) is not None)}"
        for letter, item in counter.tiles().items()
    ]
    yield f"tiles {ids[counter.category] if ids else '-'} {' '.join(tiles)}"
    yield f"till {counter.language} rush {register.view.rush} dark {counter.dark}"
    held = shelf.held(register)
    unsettled = [f"{entry.till_name} {told(entry.order.paid)}" for entry in shelf.open_elsewhere(register)]
    open_tenders = [_tender(entry.order.open_tender) for entry in held if entry.order.open_tender is not None]
    if held or unsettled:
        yield f"held {len(held)} unsettled {open_tenders} elsewhere {unsettled}"
    owed = [f"{paper.kind} {_finished(paper.sale)}" for paper in shelf.owed_papers(register)]
    yield from [f"owed {owed}"] * bool(owed)
    out = [_out(entry) for entry in shelf.sold_out(register)]
    yield from [f"sold out {out}"] * bool(out)


def _out(entry: object) -> str:
    names = ("sku", "all_sizes", "machine", "modifier", "until")
    return " ".join(f"{name}={told(found)}" for name in names if (found := getattr(entry, name)))


# what is in the file


def columns_of(store: Store) -> dict[str, list[str]]:
    """Returns the columns of each recorded view. A column added after a recording is not compared with it."""
    with store.file.reading() as conn:
        return {view: [row[0] for row in conn.execute(f"SELECT * FROM {view} LIMIT 0").description] for view in ORDERED}


ORDERED = {
    "sales": "paid_at, series, receipt_number",
    "sale_lines": "paid_at, series, receipt_number, number",
    "offer_ledger": "paid_at, series, receipt_number, kind DESC",
    "tenders": "at, till, number",
    "discards": "at, till",
    "write_offs": "at, series, number",
    "write_off_lines": "at, series, write_off_number, number",
    "next_visit_offers": "day, given_series, given_receipt_number",
}
"""The views, and the order in which their rows are recorded."""


def filed(store: Store, columns: Mapping[str, list[str]]) -> list[str]:
    """Returns the rows of the views and the events of every offer, one line each."""
    names: dict[str, str] = {}

    def name(order_id: object) -> str:
        return names.setdefault(str(order_id), f"order {len(names) + 1}")

    lines: list[str] = []
    with store.file.reading() as conn:
        for view, order in ORDERED.items():
            wanted = columns[view]
            found = conn.execute(f"SELECT {', '.join(wanted)} FROM {view} ORDER BY {order}").fetchall()
            lines += [f"{view}: {_row(wanted, row, name)}" for row in found]
        began = conn.execute("SELECT order_id, opened_us, till_id, state FROM orders").fetchall()
    stories = {order_id: (*facts, *_events(store, order_id)) for order_id, *facts in began}
    for order_id in sorted(stories, key=lambda entry: stories[entry]):
        name(order_id)
    for order_id in sorted(stories, key=lambda entry: int(names[entry].removeprefix("order "))):
        _, _, state, *events = stories[order_id]
        lines += [f"{name(order_id)} {state}", *events]
    return lines


def _events(store: Store, order_id: str) -> Iterator[str]:
    """The offer events of an order, one line each."""
    for event in store.ledger.events(order_id):
        answer = f"{told(event.outcome)} {told(event.reason)} {event.count}/{event.units}"
        yield f"  {event.name} {event.kind} {event.offer_id} {told(event.at)} {answer}"


def _row(columns: list[str], row: Iterable[object], name: Callable[[object], str]) -> str:
    parts = []
    for column, value in zip(columns, row, strict=True):
        if column == "code" or value in (None, "", 0):
            continue
        parts.append(f"{column}={name(value) if column == 'order_id' else value}")
    return " ".join(parts)


def left(register: Register) -> list[str]:
    """Returns a till's state at the end of a day: its order, held and discarded orders, papers and shift figures."""
    lines = [f"till {register.till.name}", *_order(register, register.view.order, register.view.priced)]
    lines += [f"asked {_question(question)}" for question in register.view.order.questions]
    for held in shelf.held(register):
        lines += [f"held by {held.till_name} at {told(held.held_at)}", *_whole(register, held.order)]
    for entry in shelf.discarded(register):
        lines += [f"discarded {entry.reason} at {told(entry.at)}", *_whole(register, entry.order)]
    lines += [f"elsewhere {entry.till_name} {told(entry.order.paid)}" for entry in shelf.open_elsewhere(register)]
    lines += [f"out {_out(entry)}" for entry in shelf.sold_out(register)]
    lines += _papers(register)
    shown_discards, figures = shelf.shift_discards(register), shelf.shift(register)
    return [*lines, f"shift discards {told(shown_discards)}", f"shift {told(figures)}"]


def _whole(register: Register, order: Order) -> Iterator[str]:
    yield from _facts(order)
    for line in order.lines:
        parts = (line.quantity, line.sku, line.modifiers, line.fillings, line.note, line.offered)
        yield f"  {' '.join(map(told, parts))}"
    yield from (f"  asked {_question(question)}" for question in order.questions)


def _papers(register: Register) -> Iterator[str]:
    """The print states of receipts, kitchen slips and write-off papers, and the number of copies of each receipt."""
    store, till = register.store, register.till
    sale = store.sales.last(till.id)
    for number in range(1, 1 + (0 if sale is None else sale.receipt_number)):
        found = store.sales.by_number(till.series, number)
        assert found is not None
        order_id = found.order_id
        state, copies = store.receipts.state(order_id), store.receipts.copies(order_id)
        tries = store.receipts.attempts(order_id)
        yield f"receipt {till.series}-{number} {state} copies {copies} tries {told(tries)}"
        slip = store.kitchen_slips.state(order_id)
        yield from [f"slip {till.series}-{number} {slip}"] * (slip is not None)
    done = store.write_offs.last(till.id)
    for number in range(1, 1 + (0 if done is None else done.number)):
        found_off = store.write_offs.by_number(done.series if done is not None else "", number)
        assert found_off is not None
        states = [
            store.write_offs.state(found_off.order_id, kind) for kind in (PaperKind.KITCHEN_SLIP, PaperKind.RECEIPT)
        ]
        yield f"write-off {found_off.series}-{number} {told(states)}"


def every_paper(store: Store) -> list[str]:
    """Returns every paper of every sale and write-off in the file: first as originals, then as copies."""
    with store.file.reading() as conn:
        sales = conn.execute("SELECT series, receipt_number FROM sales ORDER BY series, receipt_number").fetchall()
        write_offs = conn.execute("SELECT series, number FROM write_offs ORDER BY series, number").fetchall()
    headings, lines = norway().headings, []
    for again in (False, True):
        for series, number in sales:
            sale = store.sales.by_number(series, number)
            assert sale is not None
            lines += printed(receipt(sale, headings, copy=again)) + printed(kitchen_slip(sale, "nb", again=again))
        for series, number in write_offs:
            done = store.write_offs.by_number(series, number)
            assert done is not None
            lines += printed(write_off_paper(done, headings, copy=again)) + printed(
                kitchen_slip(done, "en", again=again)
            )
    return lines


def printed(document: Document) -> list[str]:
    """Returns a paper's rows as printed. A QR code is written as its content."""
    lines = [f"paper {document.name}"]
    for line in document.lines:
        lines += [f"|qr {line.qr}"] if line.qr else [f"|{row}" for row in rows(line, PAPER_WIDTH)]
    return lines
