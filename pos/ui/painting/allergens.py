"""Paints the allergen card: all fourteen in their four states, and which of them are noted on the order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len

from pos.counter import Entry
from pos.counter.panels.ringing import AllergensPanel
from pos.domain.menu.allergens import ALLERGENS, AllergenCard, AllergenState, base
from pos.ui.blocks.blocks import (
    Block,
    KeyTap,
    Piece,
    beside,
    lines_block,
    paragraph,
    row,
    shares,
    stacked,
    text_block,
    wide,
    wrap,
)
from pos.ui.blocks.keys import key_name
from pos.ui.frame import Frame
from pos.wording import Wording

MARKS = {
    AllergenState.CONTAINS: "●",
    AllergenState.MAY_CONTAIN: "◐",
    AllergenState.UNKNOWN: "?",
    AllergenState.NO: "○",
}


SHORT = {
    AllergenState.CONTAINS: "allergen-yes",
    AllergenState.MAY_CONTAIN: "allergen-maybe",
    AllergenState.UNKNOWN: "state-unknown",
    AllergenState.NO: "state-no",
}
"""Short forms for a narrow column; the whole sentence then stands below."""

WIDE_ENOUGH = 38


def allergens(frame: Frame, panel: AllergensPanel, width: int, height: int) -> Block:
    """The item, then the fourteen allergens, in two columns if they need them. A key notes an allergy."""
    ground, words = frame.inks.page, frame.words
    about = panel.about(frame.counter)
    name = words.text("allergens-of", name=about[0]) if about else words.text("allergens-of-nothing")
    hint = [_hint(words, panel, width - 2)]
    head = lines_block(width, ground.fill, [(f" {name}", ground.strong), *((f" {line}", ground.soft) for line in hint)])
    card = about[1] if about else None
    columns = 1 if height >= len(ALLERGENS) + head.height else 2
    per_column = -(-len(ALLERGENS) // columns)
    each = 2 if height - head.height >= 2 * per_column else 1
    entries = list(zip(ALLERGENS, panel.entries(frame.counter), strict=True))
    stacks = [
        stacked(
            [_row(frame, pair, card, (room, each)) for pair in entries[place * per_column : (place + 1) * per_column]],
            room,
            ground.fill,
        )
        for place, room in enumerate(shares(width - 2, columns))
    ]
    body = wide(beside(stacks, per_column * each, ground.fill, 1), width, ground.fill, 1)
    whole = _whole_line(frame, card, width, height - head.height - body.height)
    return stacked((head, body, whole), width, ground.fill)


def _hint(words: Wording, panel: AllergensPanel, width: int) -> str:
    """What the keys note, and where; in few words where there is not room for more."""
    whole = words.text("hint-allergens-line" if panel.on_line else "hint-allergens")
    if cell_len(whole) <= width:
        return whole
    return words.text("hint-allergens-line-short" if panel.on_line else "hint-allergens-short")


def warnings(
    card: AllergenCard, noted: Iterable[str], words: Wording, message_ids: Mapping[AllergenState, str]
) -> Iterator[str]:
    """Warnings for the noted allergens: `MELK!`, `SOYA ukjent!`, in capitals except for *may contain*."""
    for state, message_id in message_ids.items():
        names = [words.allergen(name) for name in sorted(noted) if card.state(name) is state]
        if names:
            said = ", ".join(names)
            yield words.text(message_id, allergens=said if state is AllergenState.MAY_CONTAIN else said.upper())


def brief_warnings(
    card: AllergenCard, noted: Iterable[str], words: Wording, message_ids: Mapping[AllergenState, str]
) -> tuple[str, ...]:
    """The worst warnings, for a narrow place: whole, then in forms with fewer names and the number of the others, `EGG,
    MELK +2!`. Empty if there are none."""
    for state, message_id in message_ids.items():
        names = [words.allergen(name) for name in sorted(noted) if card.state(name) is state]
        if names:
            shown = names if state is AllergenState.MAY_CONTAIN else [name.upper() for name in names]
            return tuple(words.text(message_id, allergens=said) for said in shorter_lists(shown))
    return ()


def shorter_lists(names: Sequence[str]) -> Iterator[str]:
    """The names in a row, then ever fewer of them with the number of the others: `EGG, MELK +3`."""
    yield ", ".join(names)
    for count in range(len(names) - 1, 0, -1):
        yield f"{', '.join(names[:count])} +{len(names) - count}"


def _whole_line(frame: Frame, card: AllergenCard | None, width: int, room: int) -> Block:
    """The whole card in one sentence, with the kinds of cereals and nuts."""
    ground = frame.inks.page
    lines = wrap(frame.words.allergens_line(card), width - 2, room) if card is not None else []
    return paragraph(width, ground.fill, lines, ground.soft)


def _row(frame: Frame, pair: tuple[str, Entry], card: AllergenCard | None, size: tuple[int, int]) -> Block:
    ground, words = frame.inks.tile, frame.words
    (allergen, entry), (width, height) = pair, size
    ink = {
        AllergenState.CONTAINS: ground.bad,
        AllergenState.MAY_CONTAIN: ground.accent,
        AllergenState.UNKNOWN: ground.accent,
    }
    left: list[Piece] = [
        (f" {key_name(words, entry.key)} ", frame.inks.cap),
        (" ! " if entry.on else "   ", ground.bad),
        (words.allergen(allergen), ground.strong if entry.on else ground.text),
    ]
    right: list[Piece] = []
    if card is not None:
        state = card.state(allergen)
        said = (
            words.label(state) + _kinds(frame, card, allergen, state)
            if width >= WIDE_ENOUGH
            else words.text(SHORT[state])
        )
        right = [(f" {MARKS[state]} {said} ", ink.get(state, ground.faint))]
    rows = [row(width, ground.fill, left, right)]
    under = frame.inks.page.rule
    if height > 1:
        rows.append(row(width, under, (("▔" * width, under),)))
    return text_block(width, rows).tapped_by(KeyTap(entry.key))


def _kinds(frame: Frame, card: AllergenCard, allergen: str, state: AllergenState) -> str:
    """The kinds of cereals or nuts, if the card has them."""
    if state is AllergenState.NO:
        return ""
    kinds = [name.partition(":")[2] for name in card.kinds(state) if base(name) == allergen and ":" in name]
    return f": {', '.join(frame.words.text(f'allergen-kind-{kind}') for kind in kinds)}" if kinds else ""
