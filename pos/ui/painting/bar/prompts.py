"""The bar while something is asked: a question, eat in or take away, what goes in."""

from __future__ import annotations

from rich.cells import cell_len

from pos.counter.keys import CHOICE_KEYS
from pos.domain.menu.allergens import AllergenCard
from pos.domain.money import ZERO
from pos.domain.order.order import noted_on
from pos.domain.order.questions import Decision, OfferKind, Outcome
from pos.domain.prompts import ModifierPrompt, QuestionPrompt, SlotPrompt, StopPrompt
from pos.ui.blocks.blocks import (
    NO_BREAK_SPACE,
    Block,
    KeyTap,
    Piece,
    Row,
    beside,
    fit,
    lowered,
    one_row,
    row,
    stacked,
    tall,
    text_block,
    wrap,
)
from pos.ui.blocks.digits import big
from pos.ui.blocks.keys import yes_key
from pos.ui.frame import Frame
from pos.ui.painting.bar.parts import (
    Button,
    Title,
    band,
    band_height,
    board,
    gap,
    ground_of,
    large_band,
    split,
    yes_no_width,
)
from pos.wording.stopping import may_contain_sentence, stop_reasons, stop_title

MOST_CHOICES_IN_A_ROW = 5
MOST_STOP_ROWS = 2


def question(view: Frame, width: int, height: int) -> tuple[Title, Block]:
    """What a yes changes and what is in it; Yes and No below, alike. The words to say stand in the menu's place."""
    prompt = view.prompt
    assert isinstance(prompt, QuestionPrompt)
    fill = ground_of(view).fill
    lower = band_height(height)
    upper = height - lower
    answers = _answers(view, prompt, width, lower)
    body = stacked((tall(_what_changes(view, prompt, width, upper), upper, fill), answers), width, fill)
    return question_title(view, prompt), body


def _what_changes(view: Frame, prompt: QuestionPrompt, width: int, height: int) -> Block:
    """From what to what, by how much, and all that the allergen card says; the card goes first where both do not fit,
    for the order's foot has the amount too."""
    fill, soft = ground_of(view).fill, ground_of(view).soft
    cards = card_lines(view, prompt.allergens, width - 1, height)
    changes = [_change_row(view, prompt, width, 1)] if len(cards) < height else []
    above = 1 if height - len(changes) - len(cards) > 1 else 0
    between = 1 if height - above - len(changes) - len(cards) > 0 else 0
    blocks = (
        gap(view, width, above),
        text_block(width, changes),
        gap(view, width, between),
        text_block(width, [row(width, fill, ((f" {line}", soft),)) for line in cards]),
    )
    return stacked(blocks, width, fill)


def question_title(view: Frame, prompt: QuestionPrompt) -> Title:
    """Which of the two, what became of the first, which candidate, and how many are meant."""
    words, asked = view.words, prompt.question
    badge = words.text("question-number", number=prompt.number)
    kind, right = words.offer_kind(asked.kind), (*_candidates(view, prompt), *_count(view, prompt))
    if prompt.previous is None:
        return Title(badge, kind, right)
    settled, brief = decision_text(view, prompt.previous), decision_text(view, prompt.previous, brief=True)
    return Title(badge, f"{kind}   {settled}", right, (f"{kind}   {brief}", settled, brief))


def _candidates(view: Frame, prompt: QuestionPrompt) -> tuple[Block, ...]:
    asked = prompt.question
    if len(asked.candidates) < 2:
        return ()
    label = view.words.text("candidate-place", place=asked.shown + 1, count=len(asked.candidates))
    return (_small(view, "←", "left"), _plain(view, label), _small(view, "→", "right"))


def _count(view: Frame, prompt: QuestionPrompt) -> tuple[Block, ...]:
    asked = prompt.question
    if asked.kind is OfferKind.UPSELL and asked.offer.units < 2:
        return ()
    label = f"{asked.count} ×"
    if asked.kind is OfferKind.UPSELL:
        label = view.words.text("count-of", count=asked.count, units=asked.offer.units)
    return (_small(view, "−", "-"), _plain(view, label), _small(view, "+", "+"))


def _small(view: Frame, sign: str, key: str) -> Block:
    style = view.inks.plain.key
    return one_row(5, style, ((f"  {sign}  ", style),)).tapped_by(KeyTap(key))


def _plain(view: Frame, label: str) -> Block:
    ground = ground_of(view)
    width = cell_len(label)
    return one_row(width, ground.fill, ((label, ground.strong),))


def decision_text(view: Frame, decided: Decision, *, brief: bool = False) -> str:
    """`✓ 1: ja`, `– 1: ikke aktuelt (størrelsen er sagt)`; briefly, of a reason nothing but that."""
    marks = {Outcome.ACCEPTED: "✓", Outcome.DECLINED: "✗", Outcome.NOT_ASKED: "0"}
    text = f"{marks.get(decided.outcome, '–')} {decided.kind.number}: "
    if decided.reason is None:
        return text + view.words.outcome(decided.outcome)
    reason = view.words.reason(decided.reason)
    return text + (reason if brief else f"{view.words.outcome(decided.outcome)} ({reason})")


def question_text(view: Frame, width: int, height: int) -> Block:
    """What to say, what changes, and what is in it; what changes gives way, as the order's foot has it too."""
    prompt, words, ground = view.prompt, view.words, ground_of(view)
    if not isinstance(prompt, QuestionPrompt) or height < 1:
        return gap(view, width, max(0, height))
    label = words.text("say-this").upper()
    indent = cell_len(label) + 3
    quoted = view.spoken.text("quoted", words=view.spoken.question(prompt, view.menu))
    said = wrap(quoted, width - indent, max(1, min(3, height - 1)))
    rows = [row(width, ground.fill, ((f" {label}  ", ground.accent), (said[0], ground.strong)))]
    rows += [row(width, ground.fill, ((" " * indent, ground.fill), (line, ground.strong))) for line in said[1:]]
    room = height - len(rows)
    changes = len(card_lines(view, prompt.allergens, width - indent, room)) < room
    below = [_change_row(view, prompt, width, indent)] if changes else []
    below += [
        row(width, ground.fill, ((" " * indent, ground.fill), (line, ground.soft)))
        for line in card_lines(view, prompt.allergens, width - indent, room - len(below))
    ]
    spare = room - len(below)
    blocks = [
        gap(view, width, 1 if spare > 0 else 0),
        text_block(width, rows),
        gap(view, width, 1 if spare > 1 else 0),
        text_block(width, below),
    ]
    return tall(stacked(blocks, width, ground.fill), height, ground.fill)


def card_lines(view: Frame, card: AllergenCard, width: int, most: int) -> list[str]:
    """All that the card says, in at most so many rows; where that is too few they say which key shows the rest."""
    said = view.words.allergens_line(card)
    lines = wrap(said, width, most + 1)
    if len(lines) <= most:
        return lines
    cut = view.words.text("allergens-cut", key="!").replace(" ", NO_BREAK_SPACE)
    kept = said.split(" ")
    while kept and len(wrap(" ".join((*kept, cut)), width, most + 1)) > most:
        kept.pop()
    return wrap(" ".join((*kept, cut)), width, most)


def _change_row(view: Frame, prompt: QuestionPrompt, width: int, indent: int) -> Row:
    """What changes, by how much, and what it comes to."""
    ground, money = ground_of(view), _money(view, prompt)
    room = width - indent - sum(cell_len(text) for text, _ in money)
    return row(
        width, ground.fill, ((" " * indent, ground.fill), (fit(_change(view, prompt), room), ground.text), *money)
    )


def _change(view: Frame, prompt: QuestionPrompt) -> str:
    """From what to what: `Cheeseburgermeny: medium → stor`."""
    words, menu, offer = view.words, view.menu, prompt.question.offer
    times = f"{prompt.question.count} × " if prompt.question.count > 1 else ""
    line = view.order.line(offer.lines[0]) if offer.lines else None
    if offer.kind is OfferKind.CROSS_SELL or line is None:
        return f"{times}+ {words.item_name(menu.items[offer.sku or ''])}"
    before = menu.items[line.sku]
    if offer.modifier is not None:
        return f"{times}{words.local(before.name)} + {words.local(menu.modifiers[offer.modifier].name)}"
    after = menu.items[offer.sku or ""]
    if before.kin == after.kin and after.size is not None:
        return f"{times}{words.local(after.name)}: {words.size_name(before)} → {words.size_name(after)}"
    return f"{times}{words.item_name(before)} → {words.item_name(after)}"


def _money(view: Frame, prompt: QuestionPrompt) -> list[Piece]:
    words, ground, gain = view.words, ground_of(view), prompt.difference
    sign = "+" if gain.more > ZERO else ""
    total = words.money(view.priced.total + gain.more)
    pieces: list[Piece] = [(f"  {sign}{words.money(gain.more)}", ground.accent), (f"  → {total} ", ground.strong)]
    if gain.saving > ZERO:
        pieces.append((f" {words.text('saves', amount=words.money(gain.saving))} ", ground.good))
    return pieces


def _answers(view: Frame, prompt: QuestionPrompt, width: int, height: int) -> Block:
    """Yes and No of the same size, then the choices of a yes."""
    words, inks, fill = view.words, view.inks, ground_of(view).fill
    both = (Button(yes_key(words), words.text("do-yes"), inks.yes), Button("n", words.text("do-no"), inks.no))
    yes_no = large_band(view, both, yes_no_width(width), height)
    if prompt.choices is None:
        digits = big(_more(view, prompt), ground_of(view).accent)
        return split(view, yes_no, lowered(digits, height, fill), width, height)
    labels = [words.local(entry.name) for entry in prompt.choices.modifiers]
    buttons = [Button(str(place), label, inks.yes) for place, label in enumerate(labels, start=1)]
    room = width - yes_no.width - 2
    if len(buttons) <= MOST_CHOICES_IN_A_ROW and all(room // len(buttons) >= len(label) + 5 for label in labels):
        side = band(view, buttons, room, height)
    else:
        side = board(view, buttons, room, height)
    return beside((yes_no, gap(view, 2, height), side), height, fill)


def _more(view: Frame, prompt: QuestionPrompt) -> str:
    more = prompt.difference.more
    return f"{'+' if more > ZERO else ''}{view.words.money(more)}"


def stop(view: Frame, width: int, height: int) -> tuple[Title, Block]:
    """What keeps the order from checkout, a row for each line, the chosen one marked; below it what can be done."""
    words, menu, prompt, ground = view.words, view.menu, view.prompt, ground_of(view)
    assert isinstance(prompt, StopPrompt)
    lower = band_height(height)
    rows: list[Row] = []
    place = 0
    for entry in prompt.stops:
        is_chosen = entry.line.id == view.counter.chosen
        if is_chosen:
            place = len(rows)
        head = stop_title(words, entry, menu)
        said = wrap(f"{head}: {stop_reasons(words, entry)}", width - 3, MOST_STOP_ROWS)
        ink = ground.bad if is_chosen else ground.text
        for number, text in enumerate(said):
            rows.append(row(width, ground.fill, ((" ▸ " if is_chosen and not number else "   ", ink), (text, ink))))
    sentence = may_contain_sentence(words, prompt, menu)
    more = wrap(sentence, width - 3, 2) if sentence else []
    room = max(1, height - lower - len(more))
    first = max(0, min(place, len(rows) - room))
    shown = rows[first : first + room]
    shown += [row(width, ground.fill, ((f"   {text}", ground.soft),)) for text in more]
    upper = tall(text_block(width, shown), height - lower, ground.fill)
    buttons = [
        Button("=", words.text("do-confirm-line"), view.inks.yes),
        Button(".", words.text("do-edit-line"), view.inks.plain),
        Button("delete", words.text("do-void"), view.inks.plain),
        Button("escape", words.text("do-back"), view.inks.plain),
    ]
    chosen = view.counter.stop
    if chosen is not None and not chosen.can_be_confirmed:
        buttons = buttons[1:]
    below = band(view, buttons, width, lower, most_width=30)
    title = Title(words.text("bar-stop"), words.text("stop-hint", count=len(prompt.stops)))
    return title, stacked((upper, below), width, ground.fill)


def serving(view: Frame, width: int, height: int) -> tuple[Title, Block]:
    """Eat in or take away?"""
    words, inks, ground = view.words, view.inks, ground_of(view)
    buttons = (Button("1", words.text("do-eat-in"), inks.pay), Button("2", words.text("do-take-away"), inks.pay))
    lower = band_height(height)
    upper = height - lower
    below = large_band(view, buttons, min(38, (width - 1) // 2), lower)
    return Title(words.text("bar-serving")), stacked((gap(view, width, upper), below), width, ground.fill)


def choice(view: Frame, width: int, height: int) -> tuple[Title, Block]:
    """What goes in a slot, or which of a group: a key each."""
    words, prompt = view.words, view.prompt
    assert isinstance(prompt, SlotPrompt | ModifierPrompt)
    names = words.choice_names(prompt, noted_on(view.order, prompt.line), view.menu)
    buttons = [Button(key, name, view.inks.plain) for key, name in zip(CHOICE_KEYS, names, strict=False)]
    return Title(words.text("bar-choice"), right=_units_meant(view, prompt)), board(view, buttons, width, height)


def _units_meant(view: Frame, prompt: SlotPrompt | ModifierPrompt) -> tuple[Block, ...]:
    """How many of the line the answer is for, with a key for fewer and one for more."""
    units = prompt.line.quantity
    if units == 1:
        return ()
    label = view.words.text("count-of", count=prompt.count, units=units)
    return (_small(view, "−", "-"), _plain(view, label), _small(view, "+", "+"))
