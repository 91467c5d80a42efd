"""Prompts in lines: the words to say first, then the keys that answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pos.counter import Counter, keys
from pos.counter.panels.refunding import ways_told
from pos.domain.money import ZERO
from pos.domain.order.exchange import Way
from pos.domain.order.order import TenderKind, noted_on
from pos.domain.order.tips import Tip
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    QuestionPrompt,
    ServingPrompt,
    SlotPrompt,
    StopPrompt,
    TerminalPrompt,
)
from pos.register import shelf
from pos.wording import Wording, wording
from pos.wording.stopping import may_contain_sentence, stop_reasons, stop_title

ANSWERS = ("yes", "no", "eat-in", "take-away", "approved", "declined", "unknown", "tip")
"""Commands that are named with every question; `?` names the rest."""


def asked(counter: Counter, words: Wording) -> Iterator[str]:
    """The lines of the open prompt; none while ringing."""
    prompt, menu = counter.prompt, counter.view.menu
    if isinstance(prompt, StopPrompt):
        yield from _stop(counter, words, prompt)
    elif isinstance(prompt, SlotPrompt):
        yield words.text("ask-slot", slot=prompt.slot.name, name=menu.items[prompt.line.sku].full_name)
        yield _numbered(words.choice_names(prompt, noted_on(counter.view.order, prompt.line), menu))
        yield from _units_meant(words, prompt)
    elif isinstance(prompt, ModifierPrompt):
        yield words.text("ask-choice", group=prompt.group.name, name=menu.items[prompt.line.sku].full_name)
        yield _numbered(words.choice_names(prompt, noted_on(counter.view.order, prompt.line), menu))
        yield from _units_meant(words, prompt)
    elif isinstance(prompt, ServingPrompt):
        yield words.text("ask-serving")
        yield _answers(counter, words)
    elif isinstance(prompt, QuestionPrompt):
        yield from _question(counter, words, prompt)
    elif isinstance(prompt, TerminalPrompt):
        yield words.text("plain-terminal", amount=words.money(prompt.tender.taken))
        yield from _tip(words, Tip(prompt.tender.tip))
        yield _answers(counter, words)
    elif isinstance(prompt, PaymentPrompt):
        yield from _payment(counter, words, prompt)


def _units_meant(words: Wording, prompt: SlotPrompt | ModifierPrompt) -> Iterator[str]:
    if prompt.line.quantity > 1:
        yield words.text("plain-how-many", count=prompt.count, units=prompt.line.quantity)


def _stop(counter: Counter, words: Wording, prompt: StopPrompt) -> Iterator[str]:
    """The lines that keep the order from checkout, the chosen one marked, and what can be done about it."""
    menu = counter.view.menu
    yield words.text("plain-stop", count=len(prompt.stops))
    for stop in prompt.stops:
        said = f"{stop_title(words, stop, menu)}: {stop_reasons(words, stop)}"
        yield words.text("plain-on", row=said.rstrip(".")) if stop.line.id == counter.chosen else said
    sentence = may_contain_sentence(words, prompt, menu)
    if sentence:
        yield sentence
    chosen = counter.stop
    can_confirm = chosen is not None and chosen.can_be_confirmed
    yield words.text("plain-stop-keys" if can_confirm else "plain-stop-keys-unsold")


def _question(counter: Counter, words: Wording, prompt: QuestionPrompt) -> Iterator[str]:
    order, menu = counter.view.order, counter.view.menu
    said = wording(order.language or counter.language).question(prompt, menu)
    yield words.text("plain-question", number=prompt.number, words=said)
    yield f"{_answers(counter, words)}. {words.text('plain-after-yes', total=words.money(prompt.difference.total))}"
    if prompt.question.offer.units > 1:
        yield words.text("plain-how-many", count=prompt.question.count, units=prompt.question.offer.units)
    if prompt.choices is not None:
        yield _numbered(words.modifier_name(entry) for entry in prompt.choices.modifiers)
    yield words.allergens_line(prompt.allergens)


def _payment(counter: Counter, words: Wording, prompt: PaymentPrompt) -> Iterator[str]:
    register = counter.register
    if not register.view.order.is_sale:
        yield words.text("plain-write-off", purpose=register.view.order.purpose)
        return
    if register.view.order.credit and not prompt.due:
        yield words.text("plain-back", amount=words.money(prompt.back))
        whole, ways = words.money(register.country.round_cash(prompt.back)), shelf.ways_back(register)
        if ways:
            yield ", ".join(_way_back(counter, words, kind, plan, whole) for kind, plan in ways)
        return
    yield words.text("plain-due", due=words.money(prompt.due + register.view.order.tip_said))
    yield from _tip(words, register.view.order.tip)
    platform = register.view.platform
    if platform is not None:
        yield words.text("plain-platform", name=platform.name)
        return
    laid, due = counter.cash_laid, register.view.cash_due
    if laid is not None:
        yield words.text("plain-laid", laid=words.money(laid), missing=words.money(max(ZERO, due - laid)))
    notes = zip("SDF", register.country.notes, strict=True)
    cash = [f"A {words.money(due if laid is None else laid)}", *(f"{key} {words.money(note)}" for key, note in notes)]
    yield words.text("plain-ways", cash=", ".join(cash))
    if counter.view.menu.most_tip:
        yield _answers(counter, words)


def _tip(words: Wording, tip: Tip | None) -> Iterator[str]:
    """What of it is a tip; nothing where none is."""
    if tip is not None and tip.is_change:
        yield words.text("plain-tip-is-change")
    elif tip is not None and tip.said:
        yield words.text("plain-tip", amount=words.money(tip.said))


def _way_back(counter: Counter, words: Wording, kind: TenderKind, plan: Sequence[Way], whole: str) -> str:
    """A key, and how a difference goes back then; with each amount, if it goes by several ways."""
    if len(plan) > 1:
        return words.text(f"plain-ways-back-{kind}", ways=ways_told(counter, tuple(plan)))
    return words.text(f"plain-way-back-{kind}", cash=whole)


def _answers(counter: Counter, words: Wording) -> str:
    named = [command for command in counter.commands() if command.id in ANSWERS]
    return ", ".join(
        f"{words.key(keys.shown_first(command.keys, words.language)[0])} {words.text(f'do-{command.id}').lower()}"
        for command in named
    )


def _numbered(names: Iterable[str]) -> str:
    return ", ".join(f"{words_key.upper()} {name}" for words_key, name in zip(keys.CHOICE_KEYS, names, strict=False))
