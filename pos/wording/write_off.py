"""The paper of a staff meal, a remake or waste, with a large heading that says so and that it is no receipt."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.sale.leaving_out import left_out_of
from pos.domain.sale.sale import Document, PrintLine, Style
from pos.domain.sale.write_offs import WriteOff, WriteOffLine
from pos.wording.language import wording
from pos.wording.receipt import INDENT, ReceiptHeadings
from pos.wording.sentences import Sentences


def write_off_paper(done: WriteOff, headings: ReceiptHeadings, *, copy: bool = False) -> Document:
    """A write-off's paper in its own language: lines without prices, and their value by the menu.

    One that may have been printed already is a `copy`. Raises `ValueError` if the write-off has no number yet.
    """
    if not done.number:
        raise ValueError("a paper is made when its write-off has its number")
    words = wording(done.language)
    parts = (_headings(words, done, headings, copy), _facts(words, done), _goods(words, done))
    lines = tuple(line for part in parts for line in (*part, PrintLine()))
    return Document(f"{write_off_name(done)}{'-copy' if copy else ''}", lines[:-1])


def write_off_name(done: WriteOff) -> str:
    """Series and number, a unique name: `U1-3`."""
    return f"{done.series}-{done.number}"


def _headings(words: Sentences, done: WriteOff, headings: ReceiptHeadings, copy: bool) -> Iterator[PrintLine]:
    """The kind of write-off and that this is no receipt, as large as the country's headings: in the country's language,
    and below in the paper's."""
    if copy:
        yield _heading(headings.copy)
    yield _heading(words.label(done.purpose).upper())
    yield _heading(headings.not_a_receipt)
    meaning = words.text("receipt-heading-none")
    if meaning.casefold() != headings.not_a_receipt.casefold():
        yield _heading(meaning)


def _heading(text: str) -> PrintLine:
    return PrintLine(text, style=Style.HEADING, centred=True)


def _facts(words: Sentences, done: WriteOff) -> Iterator[PrintLine]:
    yield PrintLine(done.shop.name, style=Style.BOLD, centred=True)
    yield PrintLine(words.text("write-off-number"), write_off_name(done))
    yield PrintLine(words.text("receipt-time"), f"{words.date(done.at)} {done.at:%H:%M:%S}")
    yield PrintLine(words.text("receipt-till"), done.till)
    if done.cashier:
        yield PrintLine(words.text("receipt-cashier"), done.cashier)
    if done.call_number:
        yield PrintLine()
        called = words.text("receipt-call-number", number=str(done.call_number))
        yield PrintLine(called, style=Style.HEADING, centred=True)
        yield PrintLine(words.label(done.serving_mode), style=Style.BOLD, centred=True)


def _goods(words: Sentences, done: WriteOff) -> Iterator[PrintLine]:
    for line in done.lines:
        yield from _line(words, line)
    if done.note:
        yield PrintLine(words.text("receipt-note", note=done.note))
    yield PrintLine(words.text("write-off-worth"), words.money(done.worth))


def _line(words: Sentences, line: WriteOffLine) -> Iterator[PrintLine]:
    yield PrintLine(f"{line.quantity} {words.local(line.name)}")
    left_out = left_out_of(line)
    for detail in line.details:
        is_loud = detail in left_out
        name = words.local(detail)
        yield PrintLine(INDENT + (name.upper() if is_loud else name), style=Style.BOLD if is_loud else Style.PLAIN)
    if line.note:
        yield PrintLine(INDENT + words.text("receipt-note", note=line.note))
