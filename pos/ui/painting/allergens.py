"""The allergen card: all fourteen in their four states, and which of them are noted on the order."""

from __future__ import annotations

from pos.counter.panels_ringing import Allergens
from pos.domain.allergens import ALLERGENS, AllergenCard, AllergenState, base
from pos.ui.blocks import Block, KeyTap, Piece, beside, row, shares, stacked, text_block, wide
from pos.ui.keys import key_name
from pos.ui.view import View

MARKS = {
    AllergenState.CONTAINS: "●",
    AllergenState.MAY_CONTAIN: "◐",
    AllergenState.UNKNOWN: "?",
    AllergenState.NO: "○",
}


def allergens(view: View, panel: Allergens, width: int, height: int) -> Block:
    """What is looked at, then the fourteen in two columns; a key notes an allergy on the order."""
    ground, words = view.inks.page, view.words
    about = panel.about(view.counter)
    name = words.text("allergens-of", name=about[0]) if about else words.text("allergens-of-nothing")
    hint = words.text("hint-allergens")
    head = [
        row(width, ground.fill, ((f" {name}", ground.strong),)),
        row(width, ground.fill, ((f" {hint}", ground.soft),)),
    ]
    card = about[1] if about else None
    entries = panel.entries(view.counter)
    columns = 1 if height >= len(ALLERGENS) + 2 and width < 90 else 2
    per_column = -(-len(ALLERGENS) // columns)
    each = 2 if height - 2 >= 2 * per_column + 1 else 1
    fill = ground.fill
    stacks = []
    for place, room in enumerate(shares(width - 2, columns)):
        names = list(zip(ALLERGENS, entries, strict=True))[place * per_column : (place + 1) * per_column]
        stacks.append(
            stacked(
                [_row(view, entry.key, allergen, entry.on, card, room, each) for allergen, entry in names], room, fill
            )
        )
    body = beside(stacks, per_column * each, fill, 1)
    return stacked((text_block(width, head), wide(body, width, fill, 1)), width, fill)


def _row(
    view: View, key: str, allergen: str, is_noted: bool, card: AllergenCard | None, width: int, height: int
) -> Block:
    ground, words = view.inks.tile, view.words
    state = card.state(allergen) if card is not None else None
    ink = {
        AllergenState.CONTAINS: ground.bad,
        AllergenState.MAY_CONTAIN: ground.accent,
        AllergenState.UNKNOWN: ground.accent,
    }
    left: list[Piece] = [
        (f" {key_name(words, key)} ", view.inks.cap),
        (" ! " if is_noted else "   ", ground.bad),
        (words.allergen(allergen), ground.strong if is_noted else ground.text),
    ]
    right: list[Piece] = []
    if card is not None and state is not None:
        kinds = _kinds(view, card, allergen, state)
        text = f"{MARKS[state]} {words.label(state)}{kinds} "
        right = [(f" {text}", ink.get(state, ground.faint))]
    rows = [row(width, ground.fill, left, right)]
    under = view.inks.page.rule
    if height > 1:
        rows.append(row(width, under, (("▔" * width, under),)))
    return text_block(width, rows).tapped_by(KeyTap(key))


def _kinds(view: View, card: AllergenCard, allergen: str, state: AllergenState) -> str:
    """Which cereals or nuts, where the card says so."""
    if state is AllergenState.NO:
        return ""
    kinds = [name.partition(":")[2] for name in card.kinds(state) if base(name) == allergen and ":" in name]
    return f": {', '.join(view.words.text(f'allergen-kind-{kind}') for kind in kinds)}" if kinds else ""
