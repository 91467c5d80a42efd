"""The kitchen's papers: what to make, what to leave out, and what is cancelled; no prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pos.domain.menu.allergens import AllergenNames
from pos.domain.order.order import Purpose
from pos.domain.order.sent import KitchenLine
from pos.domain.sale.finished import Finished
from pos.domain.sale.sale import Document, PrintLine, Sale, Style
from pos.domain.sale.tickets import Ticket, ticket_of
from pos.wording.language import wording
from pos.wording.receipt import INDENT, receipt_name
from pos.wording.sentences import Sentences
from pos.wording.write_off import write_off_name


def kitchen_slip(done: Finished, language: str, *, again: bool = False) -> Document:
    """A finished order's slip in the kitchen's language."""
    name = receipt_name(done) if isinstance(done, Sale) else write_off_name(done)
    return ticket_paper(ticket_of(done), f"{name}-kitchen", language, again=again)


def ticket_paper(ticket: Ticket, name: str, language: str, *, again: bool = False) -> Document:
    """A ticket on paper: the call number in large letters, cancelled lines first, then lines with a part left out, a
    note or an allergy. With `again` it says that it may have been printed before, so that nothing is made twice."""
    words = wording(language)
    lines = [*_head(words, ticket, again), PrintLine()]
    for line in ticket.cancelled:
        lines += _cancelled(words, line)
    for line in sorted(ticket.lines, key=lambda entry: not entry.is_special):
        lines += _line(words, line)
    return Document(f"{name}{'-again' if again else ''}", tuple(lines))


def _head(words: Sentences, ticket: Ticket, again: bool) -> Iterator[PrintLine]:
    if again:
        yield PrintLine(words.text("slip-again"), style=Style.HEADING, centred=True)
    yield from _title(words, ticket)
    if ticket.purpose is not Purpose.SALE:
        yield PrintLine(words.label(ticket.purpose).upper(), style=Style.BOLD, centred=True)
    elif ticket.channel_name is not None:
        yield PrintLine(words.local(ticket.channel_name).upper(), style=Style.HEADING, centred=True)
    if ticket.serving_mode is not None:
        yield PrintLine(words.label(ticket.serving_mode), style=Style.BOLD, centred=True)
    yield PrintLine(f"{ticket.at:%H:%M:%S}", words.text("till-named", till=ticket.till))
    if ticket.is_changed:
        yield PrintLine(words.text("slip-changed"), style=Style.BOLD)
    if ticket.allergens:
        yield _loud(words, "slip-allergy", ticket.allergens)
    if ticket.note:
        yield PrintLine(words.text("receipt-note", note=ticket.note), style=Style.BOLD)


def _title(words: Sentences, ticket: Ticket) -> Iterator[PrintLine]:
    """The title of the order. An addition, a correction or a remake says that it is one, and of which ticket."""
    name = PrintLine(called(words, ticket), style=Style.HEADING, centred=True)
    if ticket.first is None:
        yield name
        return
    if ticket.purpose is not Purpose.REMAKE or ticket.is_correction:
        title = "slip-correction" if ticket.is_correction else "slip-addition"
        yield PrintLine(words.text(title), style=Style.HEADING, centred=True)
    yield name
    told = words.text("slip-first", name=ticket.first.name, at=ticket.first.at)
    yield PrintLine(told, style=Style.BOLD, centred=True)


def called(words: Sentences, ticket: Ticket) -> str:
    """The title of a ticket's order: its call number, once it has one."""
    if ticket.call_number:
        return words.text("receipt-call-number", number=str(ticket.call_number))
    return words.local(ticket.name)


def _cancelled(words: Sentences, line: KitchenLine) -> Iterator[PrintLine]:
    told = words.text("slip-cancelled", count=line.quantity, name=line.name)
    yield PrintLine(told, style=Style.HEADING)
    details = [words.local(detail) for detail in line.details]
    yield from (PrintLine(INDENT + text) for text in [*details, *([line.note] if line.note else [])])


def _line(words: Sentences, line: KitchenLine) -> Iterator[PrintLine]:
    yield PrintLine(f"{line.quantity} {words.local(line.name)}", style=Style.BOLD)
    if line.allergens:
        yield _loud(words, "slip-allergy", line.allergens)
    if line.accepted:
        yield PrintLine(INDENT + words.text("slip-accepted", allergens=names(words, line.accepted)), style=Style.BOLD)
    for detail in sorted(line.details, key=lambda entry: entry not in line.left_out):
        name, is_out = words.local(detail), detail in line.left_out
        yield PrintLine(INDENT + (name.upper() if is_out else name), style=Style.HEADING if is_out else Style.PLAIN)
    if line.note:
        yield PrintLine(INDENT + words.text("receipt-note", note=line.note), style=Style.BOLD)


def _loud(words: Sentences, message_id: str, allergens: Iterable[str]) -> PrintLine:
    return PrintLine(words.text(message_id, allergens=names(words, allergens)), style=Style.HEADING)


def names(words: Sentences, allergens: Iterable[str]) -> str:
    """Allergens in capitals, so that the kitchen does not overlook them: `MELK, EGG`."""
    return words.text("allergen-names", names=AllergenNames(tuple(allergens))).upper()
