"""Scores a round: every part of the rubric, explained line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pos.domain.errors import Refused
from pos.domain.menu.menu import Menu
from pos.domain.order.order import TenderKind
from pos.domain.order.questions import OfferKind
from pos.domain.value import replace
from pos.training.customer.paying import Pays, is_as_said, taken_for
from pos.training.customer.queries import is_right, right_answer
from pos.training.customer.scenarios import kind_of_order
from pos.training.rounds import Did, PracticeWay, Round, Tick
from pos.training.scoring import rubric
from pos.training.scoring.asking_score import asking_lines
from pos.training.scoring.faults import fault_lines
from pos.training.scoring.order_score import order_lines
from pos.training.scoring.rubric import ScorePart
from pos.training.scoring.score import Pace, Score, ScoreLine
from pos.training.scoring.telling import payment_text, tenders_text, told_text
from pos.training.skills import Grade, Skill

LEAST_LOST = 0.02
"""A loss of at least this share of a line's points shows in whole points, however they are rounded."""


def score(played: Round, menu: Menu, before: Pace | None = None) -> Score:
    """Score a finished round; `before` is the trainee's own last pace. The same round scores the same.

    Raises `Refused` (`round-unfinished`) for a round whose customer has not paid: it is never scored.
    """
    if not played.is_finished:
        raise Refused("round-unfinished")
    skill = kind_of_order(played.scenario.wants, menu)
    order = order_lines(played, menu)
    is_right = not any(line.earned < 0 for line in order)
    lines = [
        *order,
        *asking_lines(played, skill, menu, is_rung_right=is_right),
        *_told(played, menu),
        *_paid(played),
        *_manner(played),
    ]
    found = pace(played)
    lines += _pace_lines(found, before, lines)
    return Score(in_whole_points(lines, fault_lines(played, menu)), found)


def in_whole_points(lines: Sequence[ScoreLine], faults: Sequence[ScoreLine] = ()) -> tuple[ScoreLine, ...]:
    """The lines scaled to 100 whole points, so that what they earned adds up to the score.

    A total below 0 becomes 0, and a line says so. If there are critical faults, they take all that is left.
    """
    worth = sum(line.worth for line in lines)
    if not worth:
        return (*faults, *lines)
    worths = _shared(100, [line.worth for line in lines])
    scaled = _scaled(lines, worths, 100 / worth)
    total = sum(line.earned for line in scaled)
    if total < 0:
        scaled.append(ScoreLine(ScorePart.FLOOR, "score-floor", -total, 0.0))
        total = 0.0
    return (*(replace(line, earned=0.0 if place else -total) for place, line in enumerate(faults)), *scaled)


def _scaled(lines: Sequence[ScoreLine], worths: Sequence[int], scale: float) -> list[ScoreLine]:
    """The lines in whole points: all of a line's where nothing was lost, none where nothing was earned.

    Lines that only take points are rounded so that a part that lost all its points comes to 0.
    """
    scales = {part: _part_scale(part, lines, worths, scale) for part in ScorePart}
    taken: dict[ScorePart, float] = dict.fromkeys(ScorePart, 0.0)
    found: list[ScoreLine] = []
    for line, worth in zip(lines, worths, strict=True):
        if not line.worth:
            before = round(taken[line.part])
            taken[line.part] += line.earned * scales[line.part]
            earned = round(taken[line.part]) - before
        elif line.lost <= 0:
            earned = worth
        else:
            most = worth - 1 if worth > 1 and line.lost >= LEAST_LOST * line.worth else worth
            earned = min(round(line.earned * scale), most)
        found.append(replace(line, earned=float(earned), worth=float(worth)))
    return found


def _part_scale(part: ScorePart, lines: Sequence[ScoreLine], worths: Sequence[int], scale: float) -> float:
    """The whole points that one point of a part is worth."""
    exact = sum(line.worth for line in lines if line.part is part)
    whole = sum(worth for line, worth in zip(lines, worths, strict=True) if line.part is part)
    return whole / exact if exact else scale


def _shared(whole: int, shares: Sequence[float]) -> list[int]:
    """Split a whole number in proportion to non-negative shares, by the largest remainder."""
    total = sum(shares)
    if not total:
        return [0 for _ in shares]
    exact = [whole * share / total for share in shares]
    found = [int(entry + 1e-9) for entry in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in by_rest[: whole - sum(found)]:
        found[place] += 1
    return found


def skills_shown(played: Round, scored: Score) -> Mapping[Skill, Grade]:
    """The grade of each skill that the round called for, for spaced repetition.

    These are the skills of the scenario and those of the lines of the score.
    """
    shown = [*played.scenario.skills, *(line.skill for line in scored.lines if line.skill is not None)]
    return {skill: _grade(scored, skill) for skill in dict.fromkeys(shown)}


def _grade(scored: Score, skill: Skill) -> Grade:
    lines = [line for line in scored.lines if line.skill is skill]
    worth = sum(line.worth for line in lines) or rubric.WRONG_LINE
    share = 1 - sum(line.lost for line in lines) / worth
    earned, of = scored.of(ScorePart.PACE)
    if share >= rubric.EASY_FROM:
        return Grade.EASY if of and earned >= rubric.GOOD_FROM * of else Grade.GOOD
    if share >= rubric.GOOD_FROM:
        return Grade.GOOD
    return Grade.HARD if share >= rubric.HARD_FROM else Grade.AGAIN


def _share(lines: list[ScoreLine]) -> float:
    worth = sum(line.worth for line in lines)
    return max(0.0, sum(line.earned for line in lines) / worth) if worth else 0.0


# what customers asked, payment, a colleague's ticks


def _told(played: Round, menu: Menu) -> Iterator[ScoreLine]:
    scenario = played.scenario
    asked = [(place, said.query) for place, said in enumerate(scenario.says) if said.query is not None]
    given = {step.query: step.given for step in played.every(Did.TOLD)}
    for place, query in asked:
        worth = rubric.TOLD / len(asked)
        answer = given.get(place)
        values: dict[str, object] = {"asked": scenario.says[place].words}
        if answer is None:
            yield ScoreLine(ScorePart.TOLD, "score-told-nothing", 0.0, worth, Skill.CUSTOMER_ASKS, values)
        elif is_right(query, answer, menu, scenario.serving_mode):
            yield ScoreLine(ScorePart.TOLD, "score-told-right", worth, worth, Skill.CUSTOMER_ASKS)
        else:
            values["given"] = told_text(query, answer, menu)
            values["right"] = told_text(query, right_answer(query, menu, scenario.serving_mode), menu)
            yield ScoreLine(ScorePart.TOLD, "score-told-wrong", 0.0, worth, Skill.CUSTOMER_ASKS, values)


def _paid(played: Round) -> Iterator[ScoreLine]:
    """What was taken, against what the customers said they would pay with, one by one."""
    said = [step.reply.pays for step in played.every(Did.TENDERED) if step.reply is not None and step.reply.pays]
    skill = _payment_skill(said)
    wrong = [entry for entry in taken_for(said, played.order.tenders) if not is_as_said(entry)]
    if not wrong:
        yield ScoreLine(ScorePart.PAYMENT, "score-paid-right", rubric.PAYMENT, rubric.PAYMENT, skill)
        return
    earned = max(0.0, rubric.PAYMENT - len(wrong) * rubric.WRONG_TENDER)
    values: dict[str, object] = {"said": payment_text(wrong[0].pays), "taken": tenders_text(wrong[0].tenders)}
    yield ScoreLine(ScorePart.PAYMENT, "score-paid-wrong", earned, rubric.PAYMENT, skill, values)


def _payment_skill(said: list[Pays]) -> Skill:
    if len([pays for pays in said if not pays.declined]) > 1:
        return Skill.SPLIT_PAYMENT
    return Skill.CASH if said and said[-1].kind is TenderKind.CASH else Skill.CARD


def _manner(played: Round) -> Iterator[ScoreLine]:
    if played.way is PracticeWay.PAIR:
        for tick in Tick:
            earned = rubric.TICK if tick in played.ticks else 0.0
            yield ScoreLine(ScorePart.MANNER, f"score-tick-{tick.value}", earned, rubric.TICK)


# pace


def pace(played: Round) -> Pace:
    """Seconds per item from the customer's last word to checkout, and per question from its appearing to the key.

    No question counts as faster than its words and the answer's can be said.
    """
    return Pace(_item_seconds(played), _question_seconds(played))


def _item_seconds(played: Round) -> float | None:
    out = played.first(Did.CHECKED_OUT)
    items = sum(wanted.quantity for wanted in played.scenario.wants)
    if out is None or not items:
        return None
    heard = sum(_speaking(said.words.nb) for said in played.scenario.says)
    again = sum(1 for _ in played.every(Did.ASKED_AGAIN))
    return max(0.0, out.at - heard + again * rubric.AGAIN_SECONDS) / items


def _question_seconds(played: Round) -> float | None:
    """The mean over the questions that were said, beyond their words: 0 is as fast as people can speak."""
    beyond: list[float] = []
    for kind in OfferKind:
        steps = played.of(kind)
        said = next((step for step in steps if step.did is Did.SAID), None)
        came = next((step for step in steps if step.did is Did.SHOWN), None)
        reply = next((step.reply for step in steps if step.did is Did.REPLIED), None)
        done = next((step for step in steps if step.did is Did.KEYED), None)
        if said and came and reply and done:
            floor = said.words / rubric.WORDS_A_SECOND + _speaking(reply.words.nb)
            beyond.append(max(0.0, done.at - came.at - floor))
    return sum(beyond) / len(beyond) if beyond else None


def _speaking(words: str) -> float:
    return len(words.split()) / rubric.WORDS_A_SECOND


def _pace_lines(found: Pace, before: Pace | None, lines: list[ScoreLine]) -> Iterator[ScoreLine]:
    """Speed earns only as far as the rest is right, and the line says so: a fast wrong order is worth nothing."""
    last, right = before or Pace(), _share(lines)
    owed = any(line.part is ScorePart.ANSWERS and line.worth for line in lines)
    per_cent = round(100 * right)
    for whole, partly, seconds, own, good in (
        ("score-pace-items", "score-pace-items-partly", found.item, last.item, rubric.GOOD_SECONDS_AN_ITEM),
        (
            "score-pace-questions",
            "score-pace-questions-partly",
            found.question,
            last.question,
            rubric.GOOD_SECONDS_A_QUESTION,
        ),
    ):
        if seconds is None:
            if owed:
                yield ScoreLine(ScorePart.PACE, "score-pace-nothing", 0.0, rubric.PACE, Skill.PACE)
            continue
        share = min(1.0, max(0.0, (rubric.SLOW_FACTOR * good - seconds) / ((rubric.SLOW_FACTOR - 1) * good)))
        if own is not None and seconds < own:
            share = max(share, rubric.BETTER_THAN_LAST)
        message_id = partly if share and per_cent < 100 else whole
        values: dict[str, object] = {"seconds": round(seconds), "good": good}
        yield ScoreLine(ScorePart.PACE, message_id, rubric.PACE * share * right, rubric.PACE, Skill.PACE, values)
