"""Paints both ends of a drill: what it is, before it begins; afterwards points, time, and the result of each skill."""

from __future__ import annotations

from rich.style import Style

from pos.practice.customer.drill import CUSTOMERS, Drill, Served, clock_time, share_of
from pos.practice.sitting.between import ReadyPanel, SummaryPanel
from pos.training import Grade, Skill
from pos.training.scoring.rubric import AGAIN_SECONDS
from pos.ui.blocks.blocks import Block, Piece, Row, beside, row, stacked, tall, text_block, wide, wrap
from pos.ui.blocks.themes import Ground
from pos.ui.frame import Frame
from pos.ui.painting.panels import title_row, title_with_message
from pos.ui.practice.feedback import TOTAL_WIDTH, WIDEST, ink_of, keys_row, meter, pointed, points, rule


def ready(frame: Frame, panel: ReadyPanel, width: int, height: int) -> Block:
    """What a drill is, and the key that begins it."""
    ground = frame.inks.page
    head = title_row(frame, title_with_message(frame, frame.say(panel.title)), width, closes=False)
    words = frame.words.text("practice-drill-told", count=CUSTOMERS, seconds=round(AGAIN_SECONDS))
    lines = ["", *wrap(words, min(WIDEST, width - 2), 4), ""]
    rows = [row(width, ground.fill, ((f" {line}", ground.text),)) for line in lines]
    begins = frame.words.text("practice-enter-begins")
    rows.append(row(width, ground.fill, ((" ▸ ", ground.accent), (begins, ground.strong))))
    body = tall(text_block(width, rows), height - head.height - 1, ground.fill)
    keys = keys_row(frame, width, "practice-begin", moves=False)
    return tall(stacked((head, body, keys), width, ground.fill), height, ground.fill)


def summary(frame: Frame, panel: SummaryPanel, width: int, height: int) -> Block:
    """The average in large digits; beside it time, each customer, and the skills, the best first."""
    ground = frame.inks.page
    head = title_row(frame, title_with_message(frame, frame.say(panel.title)), width, closes=False)
    foot = _foot(frame, panel, width)
    room = max(1, height - head.height - foot.height - 1)
    average = tall(points(frame, panel.drill.average, "practice-drill-average"), room, ground.fill)
    body = _body(frame, panel, min(WIDEST, width - TOTAL_WIDTH), room)
    keys = keys_row(frame, width, "practice-next-drill", moves=panel.top > 0 or body.height > room)
    both = wide(beside((average, tall(body, room, ground.fill)), room, ground.fill), width, ground.fill)
    return tall(stacked((head, both, foot, keys), width, ground.fill), height, ground.fill)


def _body(frame: Frame, panel: SummaryPanel, width: int, height: int) -> Block:
    """Time, customers, skills; where there is no room for a row a customer, their points stand in one."""
    ground, drill = frame.inks.page, panel.drill
    each = round(drill.seconds / max(1, drill.served))
    served = frame.words.text("practice-drill-time", count=CUSTOMERS, time=clock_time(drill.seconds), each=each)
    head = row(width, ground.fill, ((served, ground.strong),))
    gap = row(width, ground.fill)
    skills = [_skill_row(frame, skill, sat, width) for skill, sat in drill.skills[panel.top :]]
    customers = [gap, *(_customer_row(frame, place, entry, width) for place, entry in enumerate(drill.customers, 1))]
    if len([head, *customers, gap, *drill.skills]) > height:
        customers = [row(width, ground.fill, _points_of_each(ground, drill))]
    return text_block(width, [head, *customers, gap, *skills])


def _points_of_each(ground: Ground, drill: Drill) -> list[Piece]:
    return [(f"{entry.points}  ", ink_of(ground, entry.points)) for entry in drill.customers]


def _customer_row(frame: Frame, place: int, served: Served, width: int) -> Row:
    ground, ink = frame.inks.page, ink_of(frame.inks.page, served.points)
    who = (f"{place:>2}  ", ground.faint), (frame.words.local(served.title), ground.text)
    time, of_100 = (f"{clock_time(served.seconds)}  ", ground.soft), (f"{served.points:>3}  ", ink)
    return row(
        width,
        ground.fill,
        who,
        [time, of_100, *meter(served.points / 100, ink, ground)],
    )


def _skill_row(frame: Frame, skill: Skill, sat: float, width: int) -> Row:
    ground = frame.inks.page
    name = (frame.words.text(skill.message_id), ground.text)
    return row(width, ground.fill, (name,), meter(sat, _ink(ground, sat), ground))


def _ink(ground: Ground, sat: float) -> Style:
    """What was good as a rule is good, what just went is fair."""
    return ground.good if sat >= share_of(Grade.GOOD) else ground.accent if sat >= share_of(Grade.HARD) else ground.bad


def _foot(frame: Frame, panel: SummaryPanel, width: int) -> Block:
    """What sat best and least. Why the next customer comes is not for a drill: it tells what they are about."""
    said = _best_and_worst(frame, panel.drill)
    return text_block(width, [rule(frame, width), *(line for text in said for line in pointed(frame, text, width))])


def _best_and_worst(frame: Frame, drill: Drill) -> list[str]:
    """The best and the worst skill, if they differ; a skill that went well is not named as the worst."""
    words, skills = frame.words, drill.skills
    if not skills or skills[0][1] == skills[-1][1]:
        return []
    (best, _), (worst, sat) = skills[0], skills[-1]
    said = [words.text("practice-drill-best", skill=words.text(best.message_id))]
    if sat < share_of(Grade.GOOD):
        said.append(words.text("practice-drill-worst", skill=words.text(worst.message_id)))
    return said
