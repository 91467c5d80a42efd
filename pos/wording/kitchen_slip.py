"""The kitchen's slip of a finished order: what is to be made, what must not be in it, and no prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pos.domain.menu.allergens import AllergenNames
from pos.domain.sale.finished import Finished
from pos.domain.sale.leaving_out import left_out_of
from pos.domain.sale.sale import Document, PrintLine, Sale, SaleLine, Style
from pos.domain.sale.write_offs import WriteOffLine
from pos.wording.language import wording
from pos.wording.receipt import INDENT, receipt_name
from pos.wording.sentences import Sentences
from pos.wording.write_off import write_off_name


def kitchen_slip(sale: Finished, language: str, *, again: bool = False) -> Document:
    """A finished order's slip in the kitchen's language: the call number large, lines with something left out, a note
    or an allergy first. One that may be on paper already says so (`again`), so that nothing is made twice."""
    words = wording(language)
    lines = [*_head(words, sale, again), PrintLine()]
    made: Sequence[SaleLine | WriteOffLine] = sale.lines
    for line in sorted(made, key=lambda entry: not _is_special(entry)):
        lines += _line(words, line)
    name = receipt_name(sale) if isinstance(sale, Sale) else write_off_name(sale)
    return Document(f"{name}-kitchen{'-again' if again else ''}", tuple(lines))


def _head(words: Sentences, sale: Finished, again: bool) -> Iterator[PrintLine]:
    if again:
        yield PrintLine(words.text("slip-again"), style=Style.HEADING, centred=True)
    yield PrintLine(words.text("receipt-call-number", number=str(sale.call_number)), style=Style.HEADING, centred=True)
    if not isinstance(sale, Sale):
        yield PrintLine(words.label(sale.purpose).upper(), style=Style.BOLD, centred=True)
    elif sale.channel_name is not None:
        yield PrintLine(words.local(sale.channel_name).upper(), style=Style.HEADING, centred=True)
    yield PrintLine(words.label(sale.serving_mode), style=Style.BOLD, centred=True)
    at = sale.paid_at if isinstance(sale, Sale) else sale.at
    yield PrintLine(f"{at:%H:%M:%S}", words.text("till-named", till=sale.till))
    if sale.allergens:
        yield _loud(words, "slip-allergy", sale.allergens)
    if sale.note:
        yield PrintLine(words.text("receipt-note", note=sale.note), style=Style.BOLD)


def _line(words: Sentences, line: SaleLine | WriteOffLine) -> Iterator[PrintLine]:
    yield PrintLine(f"{line.quantity} {words.local(line.name)}", style=Style.BOLD)
    if line.allergens:
        yield _loud(words, "slip-allergy", line.allergens)
    if line.accepted:
        yield PrintLine(INDENT + words.text("slip-accepted", allergens=_names(words, line.accepted)), style=Style.BOLD)
    left_out = left_out_of(line)
    for detail in sorted(line.details, key=lambda entry: entry not in left_out):
        name, is_out = words.local(detail), detail in left_out
        yield PrintLine(INDENT + (name.upper() if is_out else name), style=_style(is_out))
    if line.note:
        yield PrintLine(INDENT + words.text("receipt-note", note=line.note), style=Style.BOLD)


def _style(is_loud: bool) -> Style:
    return Style.HEADING if is_loud else Style.PLAIN


def _is_special(line: SaleLine | WriteOffLine) -> bool:
    """Whether a line is not as the menu has it: these come first."""
    return bool(line.note or line.allergens or line.accepted or left_out_of(line))


def _loud(words: Sentences, message_id: str, allergens: Iterable[str]) -> PrintLine:
    return PrintLine(words.text(message_id, allergens=_names(words, allergens)), style=Style.HEADING)


def _names(words: Sentences, allergens: Iterable[str]) -> str:
    return words.text("allergen-names", names=AllergenNames(tuple(allergens))).upper()
