"""Paints the score of a customer, line by line; a question that is asked by hand; the card of a pair."""

from __future__ import annotations

from rich.style import Style

from pos.practice.customer.card import card
from pos.practice.sitting.between import FeedbackPanel
from pos.practice.sitting.panels import AskingPanel, CardPanel
from pos.practice.sitting.result import Result, ResultLine
from pos.training import Scenario, ScorePart
from pos.ui.blocks.blocks import Block, Piece, Row, beside, paragraph, row, stacked, tall, text_block, wide, wrap
from pos.ui.blocks.digits import HEIGHT, big
from pos.ui.blocks.key_row import key_row
from pos.ui.blocks.themes import Ground
from pos.ui.frame import Frame
from pos.ui.painting.panels import entry_list, title_row

TOTAL_WIDTH = 20
GOOD_FROM, FAIR_FROM = 85, 60
METER = 10
LESSON_ROWS = 4
LINE_ROWS = 4
"""The most rows of a line of the score, with what was keyed and what was said."""
WIDEST = 72
"""Columns beside the total: in wider rows, the eye loses the points of a line."""


def feedback(frame: Frame, panel: FeedbackPanel, width: int, height: int) -> Block:
    """The total in large digits, what it consists of, what to try next."""
    result, scenario, ground = panel.result, panel.sitting.visit.scenario, frame.inks.page
    title = f"{frame.say(panel.title)}: {frame.words.local(scenario.title)}"
    head = title_row(frame, title if frame.message is None else frame.say(frame.message), width, closes=False)
    foot = _foot(frame, result, scenario, width)
    room, wide_as = max(1, height - head.height - foot.height - 1), min(WIDEST, width - TOTAL_WIDTH)
    while panel.top and len(_lines(frame, result, panel.top - 1, wide_as)) <= room:
        panel.top -= 1
    rows = _lines(frame, result, panel.top, wide_as)
    panel.rows = len(result.lines) if len(rows) > room else panel.top + 1
    keys = keys_row(frame, width, "practice-next-customer", moves=panel.top > 0 or len(rows) > room)
    total = tall(points(frame, result.total, "practice-of-100"), room, ground.fill)
    both = wide(beside((total, _cut(frame, rows, room)), room, ground.fill), width, ground.fill)
    return tall(stacked((head, both, foot, keys), width, ground.fill), height, ground.fill)


def points(frame: Frame, total: int, message_id: str) -> Block:
    """Points in large digits, with their unit below."""
    ground = frame.inks.page
    digits = wide(big(str(total), ink_of(ground, total)), TOTAL_WIDTH, ground.fill, 3)
    below = row(TOTAL_WIDTH, ground.fill, ((f"   {frame.words.text(message_id)}", ground.soft),))
    rows = (row(TOTAL_WIDTH, ground.fill), *digits.rows[:HEIGHT], below)
    return text_block(TOTAL_WIDTH, rows)


def ink_of(ground: Ground, total: float) -> Style:
    """The ink of points of 100: good, fair or bad."""
    return ground.good if total >= GOOD_FROM else ground.accent if total >= FAIR_FROM else ground.bad


def _lines(frame: Frame, result: Result, top: int, width: int) -> list[Row]:
    """The lines from `top` on, in their parts."""
    rows: list[Row] = []
    part = None
    for line in result.lines[top:]:
        if line.part is not part:
            part = line.part
            rows.append(_part_row(frame, result, line, width))
        rows += _line_rows(frame, line, width)
    return rows


def _cut(frame: Frame, rows: list[Row], height: int) -> Block:
    """As many rows as there is room for; the last says when there are more."""
    ground = frame.inks.page
    width = sum(segment.cell_length for segment in rows[0]) if rows else 0
    if len(rows) > height:
        more = f"  ↓ {frame.words.text('practice-more-lines')}"
        rows = [*rows[: height - 1], row(width, ground.fill, ((more, ground.faint),))]
    return tall(text_block(width, rows), height, ground.fill)


def _part_row(frame: Frame, result: Result, line: ResultLine, width: int) -> Row:
    ground, words = frame.inks.page, frame.words
    lines = [entry for entry in result.lines if entry.part is line.part]
    earned, worth = sum(entry.earned for entry in lines), sum(entry.worth for entry in lines)
    if not worth:
        bad = ground.bad if earned < 0 else ground.soft
        return row(width, ground.fill, ((words.text(line.part.message_id), bad),), ((f"{earned:+.0f} ", bad),))
    share = max(0.0, earned) / worth
    right: list[Piece] = [(f"{earned:.0f}/{worth:.0f}  ", ground.soft), *meter(share, ground.good, ground)]
    return row(width, ground.fill, ((words.text(line.part.message_id), ground.strong),), right)


def _line_rows(frame: Frame, line: ResultLine, width: int) -> list[Row]:
    ground = frame.inks.page
    if line.part is ScorePart.CRITICAL:
        mark, ink = "✗", ground.bad
    elif line.lost <= 0:
        mark, ink = "✓", ground.good
    else:
        mark, ink = ("✗", ground.bad) if line.earned <= 0 else ("~", ground.accent)
    earned = f" {line.earned:+.0f} " if line.earned else " 0 "
    said = wrap(frame.words.local(line.words), width - 4 - len(earned), LINE_ROWS)
    first = row(width, ground.fill, ((f"  {mark} ", ink), (said[0], ground.text)), ((earned, ground.soft),))
    return [first, *(row(width, ground.fill, (("    ", ground.fill), (text, ground.text))) for text in said[1:])]


def meter(share: float, ink: Style, ground: Ground) -> list[Piece]:
    """A share from 0 to 1 as a line."""
    full = round(METER * share)
    return [("━" * full, ink), ("━" * (METER - full), ground.rule), (" ", ground.fill)]


def pointed(frame: Frame, text: str, width: int) -> list[Row]:
    """A sentence that nobody should overlook, in at most two rows."""
    ground = frame.inks.page
    return [
        row(width, ground.fill, ((" ▸ ", ground.accent), (line, ground.strong))) for line in wrap(text, width - 5, 2)
    ]


def rule(frame: Frame, width: int) -> Row:
    """A line between sections."""
    ground = frame.inks.page
    return row(width, ground.fill, ((" " + "─" * (width - 2), ground.rule),))


def _foot(frame: Frame, result: Result, scenario: Scenario, width: int) -> Block:
    """What to try next, and what the customer teaches, to those who have lost points that it is about."""
    ground, words = frame.inks.page, frame.words
    is_wanted = any(
        line.lost > 0 and line.part is not ScorePart.PACE and line.skill in scenario.skills for line in result.lines
    )
    lesson = wrap(words.local(scenario.lesson), width - 5, LESSON_ROWS) if is_wanted else []
    rows = [rule(frame, width), *pointed(frame, words.local(result.advice), width)]
    rows += [row(width, ground.fill, (("   ", ground.fill), (line, ground.soft))) for line in lesson]
    return text_block(width, rows)


def keys_row(frame: Frame, width: int, on: str, *, moves: bool) -> Block:
    """The keys to go on, to scroll if not all fits, and all others."""
    keys = [("enter", on), (",", "practice-more")]
    if moves:
        keys.insert(1, ("down", "practice-more-lines"))
    ground = frame.inks.page
    return wide(key_row(frame.words, keys, width - 1, ground, frame.inks.cap), width, ground.fill, 1)


def asking(frame: Frame, panel: AskingPanel, width: int, height: int) -> Block:
    """The words of a question that is asked by hand, and its keys."""
    ground = frame.inks.page
    head = title_row(frame, frame.say(panel.title), width)
    lines = wrap(frame.words.quoted(panel.words(frame.counter)), width - 2, 3)
    said = paragraph(width, ground.fill, lines, ground.strong)
    room = max(1, height - head.height - said.height)
    rows = entry_list(frame, panel.entries(frame.counter), width, room)
    return tall(stacked((head, said, rows), width, ground.fill), height, ground.fill)


def card_page(frame: Frame, panel: CardPanel, width: int, height: int) -> Block:
    """The card of a pair."""
    ground = frame.inks.page
    head = title_row(frame, frame.say(panel.title), width)
    lines = [part for line in card(panel.visit, frame.words) for part in wrap(line, width - 2, 3) or [""]]
    panel.rows = len(lines)
    room = max(1, height - head.height)
    shown = lines[panel.top :]
    if len(shown) > room:
        shown = [*shown[: room - 1], f"↓ {frame.words.text('practice-more-lines')}"]
    rows = paragraph(width, ground.fill, shown, ground.text)
    return tall(stacked((head, rows), width, ground.fill), height, ground.fill)
