"""Paints the header of practice, and the customer: who came, why, and what they say."""

from __future__ import annotations

from rich.cells import cell_len

from pos.counter import State
from pos.domain.text import LocalText
from pos.practice.counter import LEAVE
from pos.practice.customer.drill import faded
from pos.practice.sitting.sitting import Sitting
from pos.training import PracticeWay
from pos.ui.blocks.blocks import Block, KeyTap, Piece, Row, beside, one_row, row, tall, text_block, wrap
from pos.ui.frame import Frame
from pos.ui.painting.header import header

MOST_UTTERANCES, MOST_ROWS = 6, 12


def practice_header(frame: Frame, width: int, height: int) -> Block:
    """The word for practice, then the counter's own header, on the frame's colour."""
    words, inks = frame.words, frame.inks
    word = f"  {words.text('practice-word').upper()}  "
    back = f"{words.key(LEAVE)} {words.text('practice-leave')}  "
    badge = one_row(len(word), inks.badge, ((word, inks.badge),))
    button = one_row(len(back), inks.badge, ((back, inks.badge),)).tapped_by(KeyTap(LEAVE))
    own = header(frame, max(1, width - len(word) - len(back)), 1)
    return tall(beside((badge, button, own), 1, inks.sunken.fill), height, inks.sunken.fill)


def speech(frame: Frame, sitting: Sitting, width: int, height: int) -> Block:
    """A row about the customer, and below it their last words."""
    ground = frame.inks.page
    rows: list[Row] = [_about(frame, sitting, width)]
    rows += _words(frame, sitting, width, height - 1)
    return tall(text_block(width, rows[:height]), height, ground.fill)


def _about(frame: Frame, sitting: Sitting, width: int) -> Row:
    words, ground, visit = frame.words, frame.inks.sunken, sitting.visit
    scenario = visit.scenario
    left: list[Piece] = [(f" {words.text('practice-customer').upper()} ", frame.inks.badge), (" ", ground.fill)]
    if sitting.way is not PracticeWay.DRILL:
        # A drill shows neither the customer's title, which says what they want, nor why they are due.
        left.append((words.local(sitting.guest.why), ground.soft))
    level = words.text("practice-level", level=scenario.level)
    facts = [words.text(visit.round.way.message_id), level]
    if sitting.way is PracticeWay.DRILL:
        facts.append(words.text("practice-drill-clock", **sitting.drill.shown(visit.at)))
    if visit.query is not None:
        facts = [words.text("practice-waits-for-answer")]
    elif visit.has_more:
        facts.append(words.text("practice-has-more") if frame.state is State.RINGING else "…")
    if sum(map(cell_len, (*(text for text, _ in left), " · ".join(facts)))) + 2 > width and level in facts:
        facts.remove(level)
    return row(width, ground.fill, left, ((f" {' · '.join(facts)} ", ground.accent),))


def rows_needed(frame: Frame, sitting: Sitting, width: int) -> int:
    """How many rows all of the customer's words need."""
    return 1 + len(_words(frame, sitting, width, MOST_ROWS))


def _words(frame: Frame, sitting: Sitting, width: int, height: int) -> list[Row]:
    """The last utterances that fit, the latest loudest."""
    ground, visit = frame.inks.page, sitting.visit
    if sitting.way is PracticeWay.PAIR:
        hint = row(width, ground.fill, ((f" {frame.words.text('practice-pair-hint')}", ground.soft),))
        return [hint, *_terminal_rows(frame, sitting, width)][-height:]
    found = list(visit.spoken())[-MOST_UTTERANCES:]
    if sitting.way is PracticeWay.DRILL and _is_in_sight(frame, sitting):
        found = found[-1:]
    elif sitting.way is PracticeWay.DRILL and faded(visit, frame.words.language):
        return [row(width, ground.fill, ((f" … {frame.words.text('practice-faded')}", ground.faint),))]
    rows: list[Row] = []
    for place, (_, said) in enumerate(found):
        latest = place == len(found) - 1
        lines = wrap(frame.words.quoted(_in_language(frame, sitting, said)), width - 4, MOST_ROWS)
        style = ground.strong if latest else ground.soft
        rows += [
            row(width, ground.fill, ((" ▸ " if latest and not at else "   ", ground.accent), (line, style)))
            for at, line in enumerate(lines)
        ]
    return rows[-height:] if height > 0 else []


def _is_in_sight(frame: Frame, sitting: Sitting) -> bool:
    """Whether the customer's last words describe something that stays: money in their hand, the terminal's display."""
    visit = sitting.visit
    if frame.state is State.TERMINAL:
        return visit.at_terminal is not None
    return frame.state is State.PAYMENT and visit.last_tendered is not None


def _terminal_rows(frame: Frame, sitting: Sitting, width: int) -> list[Row]:
    """In a pair, the card terminal's display: the colleague who plays the customer cannot know it."""
    ground, shown = frame.inks.page, sitting.visit.at_terminal
    if shown is None or frame.state is not State.TERMINAL:
        return []
    lines = wrap(_in_language(frame, sitting, shown.words), width - 4, MOST_ROWS)
    return [row(width, ground.fill, ((" ▸ ", ground.accent), (line, ground.strong))) for line in lines]


def _in_language(frame: Frame, sitting: Sitting, said: LocalText) -> str:
    """The text in the tourist's language, else in the till's."""
    return said.in_language(sitting.visit.scenario.language or frame.words.language)
