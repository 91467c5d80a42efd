"""What the lines say: the order, what is asked, which keys answer it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from pos.counter import Counter, Say, Tone, keys
from pos.counter.panels import Panel, TextPanel
from pos.counter.panels_asking import Help
from pos.counter.panels_more import Receipt
from pos.counter.panels_ringing import Allergens, Find
from pos.domain.order import Order
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    Prompt,
    QuestionPrompt,
    ServingPrompt,
    SlotPrompt,
    TerminalPrompt,
)
from pos.register.closing import line_details
from pos.wording import Wording, wording


def opening(counter: Counter) -> list[str]:
    """The first lines: which till, what there is to ring, and what was open."""
    words = wording(counter.language)
    first = words.text("plain-opening", till=counter.register.till.name, number=counter.register.order.call_number)
    return [first, *_tiles(counter, words), *_whole(counter, words)]


def after(counter: Counter, before: Order) -> list[str]:
    """What a line changed, and what the till asks now."""
    words = wording(counter.language)
    told = [] if counter.message is None else [_message(words, counter.message)]
    if counter.panel is not None:
        return [*told, *_panel(counter, words)]
    if counter.paid is not None:
        return [*told, *_paid(counter, words)]
    if counter.register.order == before and counter.message is not None:
        return told
    return [*told, *_whole(counter, words)]


def _whole(counter: Counter, words: Wording) -> list[str]:
    return [*_order(counter, words), *_asked(counter, words)]


def _message(words: Wording, message: Say) -> str:
    mark = "! " if message.tone is Tone.BAD else ""
    return mark + words.text(message.message_id, **message.values)


def _tiles(counter: Counter, words: Wording) -> Iterator[str]:
    for letter, item in counter.tiles():
        yield f"  {letter}  {words.item_name(item)}  {words.money(item.price)}"


def _order(counter: Counter, words: Wording) -> Iterator[str]:
    register = counter.register
    order, priced = register.order, register.priced()
    for line in priced.lines:
        mark = ">" if line.line.id == counter.chosen else " "
        name = words.item_name(register.menu.items[line.line.sku])
        details = ", ".join(words.local(entry) for entry in line_details(register.menu, line.line))
        note = f" – {line.line.note}" if line.line.note else ""
        said = " =" if line.line.size_said else ""
        inside = f" ({details})" if details else ""
        yield f"{mark} {line.line.quantity} {name}{said}{inside}{note}  {words.money(line.gross)}"
    for discount in priced.discounts:
        yield f"  {words.local(discount.name)}  {words.money(-discount.amount)}"
    if order.lines:
        mode = words.serving_mode(order.serving_mode)
        yield words.text("plain-total", total=words.money(priced.total)) + (f"  {mode}" if mode else "")
    if order.allergens:
        names = ", ".join(words.allergen(name) for name in sorted(order.allergens))
        yield words.text("plain-allergy", allergens=names)


def _asked(counter: Counter, words: Wording) -> Iterator[str]:
    prompt = counter.prompt
    yield from _prompt(counter, words, prompt)
    labels = [
        f"{words.key(command.keys[0])} {words.text(f'do-{command.id}')}"
        for command in counter.commands()
        if command.in_footer
    ]
    if not isinstance(prompt, PaymentPrompt):
        yield "  " + " · ".join(labels)


def _prompt(counter: Counter, words: Wording, prompt: Prompt) -> Iterator[str]:
    menu = counter.register.menu
    if isinstance(prompt, SlotPrompt):
        yield words.text("ask-slot", slot=prompt.slot.name, name=menu.items[prompt.line.sku].full_name)
        names = [words.item_name(menu.items[sku]) for sku in prompt.choices]
        yield from _numbered(names)
    elif isinstance(prompt, ModifierPrompt):
        yield words.text("ask-slot", slot=prompt.group.name, name=menu.items[prompt.line.sku].full_name)
        yield from _numbered([words.local(entry.name) for entry in prompt.group.modifiers])
    elif isinstance(prompt, ServingPrompt):
        yield words.text("ask-serving")
    elif isinstance(prompt, QuestionPrompt):
        yield from _question(counter, words, prompt)
    elif isinstance(prompt, TerminalPrompt):
        yield words.text("ask-terminal", amount=prompt.tender.amount)
    elif isinstance(prompt, PaymentPrompt):
        yield _payment(counter, words, prompt)


def _question(counter: Counter, words: Wording, prompt: QuestionPrompt) -> Iterator[str]:
    order, menu = counter.register.order, counter.register.menu
    said = wording(order.language or counter.language).question(prompt, menu)
    if prompt.previous is not None:
        reason = f" ({words.reason(prompt.previous.reason)})" if prompt.previous.reason is not None else ""
        yield words.text("plain-before", number=1, outcome=words.outcome(prompt.previous.outcome) + reason)
    gain = prompt.difference
    yield words.text("plain-question", number=prompt.number, words=said)
    yield f"  + {words.money(gain.more)} → {words.money(gain.total)}   {words.allergens_line(prompt.allergens)}"
    if prompt.question.offer.units > 1:
        yield words.text("plain-how-many", count=prompt.question.count, units=prompt.question.offer.units)
    if prompt.choices is not None:
        yield from _numbered([words.local(entry.name) for entry in prompt.choices.modifiers])


def _payment(counter: Counter, words: Wording, prompt: PaymentPrompt) -> str:
    register = counter.register
    notes = " · ".join(
        f"{key} {words.money(amount)}" for key, amount in zip("SDF", register.likely_notes(), strict=True)
    )
    return words.text("plain-payment", due=words.money(prompt.due), exact=words.money(register.cash_due()), notes=notes)


def _paid(counter: Counter, words: Wording) -> Iterator[str]:
    sale = counter.paid
    if sale is None:
        return
    number = f"{sale.series}-{sale.receipt_number}"
    yield words.text(
        "plain-paid",
        total=words.money(sale.total),
        change=words.money(sale.change),
        receipt=number,
        number=sale.call_number,
    )


def _panel(counter: Counter, words: Wording) -> Iterator[str]:
    panel = counter.panel
    if panel is None:
        return
    yield words.text(panel.title.message_id, **panel.title.values)
    yield from _panel_body(panel, counter, words)
    for entry in panel.entries(counter):
        mark = "*" if entry.on else " "
        yield f" {mark}{words.key(entry.key)}  {words.text(entry.label.message_id, **entry.label.values)}"


@singledispatch
def _panel_body(panel: Panel, counter: Counter, words: Wording) -> Iterator[str]:
    """What a panel shows besides its entries."""
    yield from ()


@_panel_body.register
def _(panel: TextPanel, counter: Counter, words: Wording) -> Iterator[str]:
    yield f"  {panel.typed}_"


@_panel_body.register
def _(panel: Find, counter: Counter, words: Wording) -> Iterator[str]:
    for place, item in enumerate(panel.hits(counter)):
        yield f"{'>' if place == panel.place else ' '} {words.item_name(item)}  {words.money(item.price)}"


@_panel_body.register
def _(panel: Help, counter: Counter, words: Wording) -> Iterator[str]:
    for command in counter.commands_of(panel.about):
        names = " ".join(words.key(key) for key in command.keys[:3])
        yield f"  {names}  {words.text(f'help-{command.id}')}"


@_panel_body.register
def _(panel: Receipt, counter: Counter, words: Wording) -> Iterator[str]:
    for line in panel.document.lines:
        yield f"  {line.left}  {line.right}".rstrip()


@_panel_body.register
def _(panel: Allergens, counter: Counter, words: Wording) -> Iterator[str]:
    about = panel.about(counter)
    if about is not None:
        yield f"  {words.local(about[0])}: {words.allergens_line(about[1])}"


def _numbered(names: list[str]) -> Iterator[str]:
    for key, name in zip(keys.CHOICE_KEYS, names, strict=False):
        yield f"  {key}  {name}"
