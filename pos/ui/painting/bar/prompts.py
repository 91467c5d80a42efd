"""Paints the bar while something is asked: a question, serving mode, a choice."""

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


def question(frame: Frame, width: int, height: int) -> tuple[Title, Block]:
    """What a yes changes and its allergens; below it Yes and No, of equal size. The words to say stand in the menu's
    place."""
    prompt = frame.prompt
    assert isinstance(prompt, QuestionPrompt)
    fill = ground_of(frame).fill
    lower = band_height(height)
    upper = height - lower
    answers = _answers(frame, prompt, width, lower)
    body = stacked((tall(_what_changes(frame, prompt, width, upper), upper, fill), answers), width, fill)
    return question_title(frame, prompt), body


def _what_changes(frame: Frame, prompt: QuestionPrompt, width: int, height: int) -> Block:
    """What a yes changes, by how much, and its allergens. If both do not fit, the change is left out, because the
    order's foot has the amount too."""
    fill, soft = ground_of(frame).fill, ground_of(frame).soft
    cards = card_lines(frame, prompt.allergens, width - 1, height)
    changes = [_change_row(frame, prompt, width, 1)] if len(cards) < height else []
    above = 1 if height - len(changes) - len(cards) > 1 else 0
    between = 1 if height - above - len(changes) - len(cards) > 0 else 0
    blocks = (
        gap(frame, width, above),
        text_block(width, changes),
        gap(frame, width, between),
        text_block(width, [row(width, fill, ((f" {line}", soft),)) for line in cards]),
    )
    return stacked(blocks, width, fill)


def question_title(frame: Frame, prompt: QuestionPrompt) -> Title:
    """Which of the two, the outcome of the first, which candidate, and how many are offered."""
    words, asked = frame.words, prompt.question
    badge = words.text("question-number", number=prompt.number)
    kind, right = words.offer_kind(asked.kind), (*_candidates(frame, prompt), *_count(frame, prompt))
    if prompt.previous is None:
        return Title(badge, kind, right)
    settled, brief = decision_text(frame, prompt.previous), decision_text(frame, prompt.previous, brief=True)
    return Title(badge, f"{kind}   {settled}", right, (f"{kind}   {brief}", settled, brief))


def _candidates(frame: Frame, prompt: QuestionPrompt) -> tuple[Block, ...]:
    asked = prompt.question
    if len(asked.candidates) < 2:
        return ()
    label = frame.words.text("candidate-place", place=asked.shown + 1, count=len(asked.candidates))
    return (_small(frame, "←", "left"), _plain(frame, label), _small(frame, "→", "right"))


def _count(frame: Frame, prompt: QuestionPrompt) -> tuple[Block, ...]:
    asked = prompt.question
    if asked.kind is OfferKind.UPSELL and asked.offer.units < 2:
        return ()
    label = f"{asked.count} ×"
    if asked.kind is OfferKind.UPSELL:
        label = frame.words.text("count-of", count=asked.count, units=asked.offer.units)
    return (_small(frame, "−", "-"), _plain(frame, label), _small(frame, "+", "+"))


def _small(frame: Frame, sign: str, key: str) -> Block:
    style = frame.inks.plain.key
    return one_row(5, style, ((f"  {sign}  ", style),)).tapped_by(KeyTap(key))


def _plain(frame: Frame, label: str) -> Block:
    ground = ground_of(frame)
    width = cell_len(label)
    return one_row(width, ground.fill, ((label, ground.strong),))


def decision_text(frame: Frame, decided: Decision, *, brief: bool = False) -> str:
    """`✓ 1: ja`, `– 1: ikke aktuelt (størrelsen er sagt)`; with `brief`, only the reason."""
    marks = {Outcome.ACCEPTED: "✓", Outcome.DECLINED: "✗", Outcome.NOT_ASKED: "0"}
    text = f"{marks.get(decided.outcome, '–')} {decided.kind.number}: "
    if decided.reason is None:
        return text + frame.words.outcome(decided.outcome)
    reason = frame.words.reason(decided.reason)
    return text + (reason if brief else f"{frame.words.outcome(decided.outcome)} ({reason})")


def question_text(frame: Frame, width: int, height: int) -> Block:
    """The words to say, what a yes changes, and its allergens. What changes is left out first, because the order's foot
    has it too."""
    prompt, words, ground = frame.prompt, frame.words, ground_of(frame)
    if not isinstance(prompt, QuestionPrompt) or height < 1:
        return gap(frame, width, max(0, height))
    label = words.text("say-this").upper()
    indent = cell_len(label) + 3
    quoted = frame.spoken.text("quoted", words=frame.spoken.question(prompt, frame.menu))
    said = wrap(quoted, width - indent, max(1, min(3, height - 1)))
    rows = [row(width, ground.fill, ((f" {label}  ", ground.accent), (said[0], ground.strong)))]
    rows += [row(width, ground.fill, ((" " * indent, ground.fill), (line, ground.strong))) for line in said[1:]]
    room = height - len(rows)
    changes = len(card_lines(frame, prompt.allergens, width - indent, room)) < room
    below = [_change_row(frame, prompt, width, indent)] if changes else []
    below += [
        row(width, ground.fill, ((" " * indent, ground.fill), (line, ground.soft)))
        for line in card_lines(frame, prompt.allergens, width - indent, room - len(below))
    ]
    spare = room - len(below)
    blocks = [
        gap(frame, width, 1 if spare > 0 else 0),
        text_block(width, rows),
        gap(frame, width, 1 if spare > 1 else 0),
        text_block(width, below),
    ]
    return tall(stacked(blocks, width, ground.fill), height, ground.fill)


def card_lines(frame: Frame, card: AllergenCard, width: int, most: int) -> list[str]:
    """The whole card in at most `most` rows; if they are too few, they name the key that shows the rest."""
    said = frame.words.allergens_line(card)
    lines = wrap(said, width, most + 1)
    if len(lines) <= most:
        return lines
    cut = frame.words.text("allergens-cut", key="!").replace(" ", NO_BREAK_SPACE)
    kept = said.split(" ")
    while kept and len(wrap(" ".join((*kept, cut)), width, most + 1)) > most:
        kept.pop()
    return wrap(" ".join((*kept, cut)), width, most)


def _change_row(frame: Frame, prompt: QuestionPrompt, width: int, indent: int) -> Row:
    """What changes, by how much, and the new total."""
    ground, money = ground_of(frame), _money(frame, prompt)
    room = width - indent - sum(cell_len(text) for text, _ in money)
    return row(
        width, ground.fill, ((" " * indent, ground.fill), (fit(_change(frame, prompt), room), ground.text), *money)
    )


def _change(frame: Frame, prompt: QuestionPrompt) -> str:
    """What changes: `Cheeseburgermeny: medium → stor`."""
    words, menu, offer = frame.words, frame.menu, prompt.question.offer
    times = f"{prompt.question.count} × " if prompt.question.count > 1 else ""
    line = frame.order.line(offer.lines[0]) if offer.lines else None
    if offer.kind is OfferKind.CROSS_SELL or line is None:
        return f"{times}+ {words.item_name(menu.items[offer.sku or ''])}"
    before = menu.items[line.sku]
    if offer.modifier is not None:
        return f"{times}{words.local(before.name)} + {words.local(menu.modifiers[offer.modifier].name)}"
    after = menu.items[offer.sku or ""]
    if before.kin == after.kin and after.size is not None:
        return f"{times}{words.local(after.name)}: {words.size_name(before)} → {words.size_name(after)}"
    return f"{times}{words.item_name(before)} → {words.item_name(after)}"


def _money(frame: Frame, prompt: QuestionPrompt) -> list[Piece]:
    words, ground, gain = frame.words, ground_of(frame), prompt.difference
    sign = "+" if gain.more > ZERO else ""
    total = words.money(gain.total)
    pieces: list[Piece] = [(f"  {sign}{words.money(gain.more)}", ground.accent), (f"  → {total} ", ground.strong)]
    if gain.saving > ZERO:
        pieces.append((f" {words.text('saves', amount=words.money(gain.saving))} ", ground.good))
    return pieces


def _answers(frame: Frame, prompt: QuestionPrompt, width: int, height: int) -> Block:
    """Yes and No of the same size, then the choices of a yes."""
    words, inks, fill = frame.words, frame.inks, ground_of(frame).fill
    both = (Button(yes_key(words), words.text("do-yes"), inks.yes), Button("n", words.text("do-no"), inks.no))
    yes_no = large_band(frame, both, yes_no_width(width), height)
    if prompt.choices is None:
        digits = big(_more(frame, prompt), ground_of(frame).accent)
        return split(frame, yes_no, lowered(digits, height, fill), width, height)
    labels = [words.local(entry.name) for entry in prompt.choices.modifiers]
    buttons = [Button(str(place), label, inks.yes) for place, label in enumerate(labels, start=1)]
    room = width - yes_no.width - 2
    if len(buttons) <= MOST_CHOICES_IN_A_ROW and all(room // len(buttons) >= len(label) + 5 for label in labels):
        side = band(frame, buttons, room, height)
    else:
        side = board(frame, buttons, room, height)
    return beside((yes_no, gap(frame, 2, height), side), height, fill)


def _more(frame: Frame, prompt: QuestionPrompt) -> str:
    more = prompt.difference.more
    return f"{'+' if more > ZERO else ''}{frame.words.money(more)}"


def stop(frame: Frame, width: int, height: int) -> tuple[Title, Block]:
    """The lines that keep the order from checkout, the chosen one marked; below them what can be done."""
    words, menu, prompt, ground = frame.words, frame.menu, frame.prompt, ground_of(frame)
    assert isinstance(prompt, StopPrompt)
    lower = band_height(height)
    rows: list[Row] = []
    place = 0
    for entry in prompt.stops:
        is_chosen = entry.line.id == frame.counter.chosen
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
        Button("=", words.text("do-confirm-line"), frame.inks.yes),
        Button(".", words.text("do-edit-line"), frame.inks.plain),
        Button("delete", words.text("do-void"), frame.inks.plain),
        Button("escape", words.text("do-back"), frame.inks.plain),
    ]
    chosen = frame.counter.stop
    if chosen is not None and not chosen.can_be_confirmed:
        buttons = buttons[1:]
    below = band(frame, buttons, width, lower, most_width=30)
    title = Title(words.text("bar-stop"), words.text("stop-hint", count=len(prompt.stops)))
    return title, stacked((upper, below), width, ground.fill)


def serving(frame: Frame, width: int, height: int) -> tuple[Title, Block]:
    """Eat in or take away?"""
    words, inks, ground = frame.words, frame.inks, ground_of(frame)
    buttons = (Button("1", words.text("do-eat-in"), inks.pay), Button("2", words.text("do-take-away"), inks.pay))
    lower = band_height(height)
    upper = height - lower
    below = large_band(frame, buttons, min(38, (width - 1) // 2), lower)
    return Title(words.text("bar-serving")), stacked((gap(frame, width, upper), below), width, ground.fill)


def choice(frame: Frame, width: int, height: int) -> tuple[Title, Block]:
    """The choices of a slot or of a group: a key each."""
    words, prompt = frame.words, frame.prompt
    assert isinstance(prompt, SlotPrompt | ModifierPrompt)
    names = words.choice_names(prompt, noted_on(frame.order, prompt.line), frame.menu)
    buttons = [Button(key, name, frame.inks.plain) for key, name in zip(CHOICE_KEYS, names, strict=False)]
    return Title(words.text("bar-choice"), right=_units_meant(frame, prompt)), board(frame, buttons, width, height)


def _units_meant(frame: Frame, prompt: SlotPrompt | ModifierPrompt) -> tuple[Block, ...]:
    """How many of the line the answer is for, with keys for fewer and more."""
    units = prompt.line.quantity
    if units == 1:
        return ()
    label = frame.words.text("count-of", count=prompt.count, units=units)
    return (_small(frame, "−", "-"), _plain(frame, label), _small(frame, "+", "+"))
