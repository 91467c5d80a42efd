"""Paints the pages of the trainer's desk."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from rich.style import Style

from pos.practice.trainer.certificate import can_stand_alone
from pos.practice.trainer.checklist import figure_rows
from pos.practice.trainer.desk import DeskPage, TrainerDesk
from pos.practice.trainer.overview import TraineeOverview
from pos.practice.trainer.replaying import Beat, beats
from pos.training import ScorePart, Skill
from pos.ui.blocks.blocks import Block, HitTap, Piece, blank, fit, one_row, stacked, tall, wrap
from pos.ui.blocks.key_row import key_row
from pos.ui.blocks.keys import format_say
from pos.ui.blocks.themes import Ground, inks
from pos.ui.trainer.plot import trend
from pos.wording import Wording, wording

METER = 8
NAME = 15
COLUMN = 9
WIDEST = 100
MOST_ROWS = 6
ROOM_FOR_TREND = 26
"""With fewer rows, figures and rounds take all the room."""
INKS = inks(dark=True)
KEYS = {
    DeskPage.PEOPLE: (("enter", "trainer-open"), ("l", "trainer-language"), ("q", "trainer-leave")),
    DeskPage.PERSON: (
        ("enter", "trainer-replay"),
        ("s", "trainer-set-one"),
        ("x", "trainer-forget"),
        ("escape", "trainer-back"),
    ),
    DeskPage.REPLAY: (("left", "trainer-older"), ("right", "trainer-newer"), ("escape", "trainer-back")),
    DeskPage.SCENARIOS: (("enter", "trainer-set-this"), ("escape", "trainer-back")),
}


def page(desk: TrainerDesk, width: int, height: int) -> Block:
    """The desk's current page, with its head and foot."""
    if width < 20 or height < 6:
        return blank(width, height, INKS.page.fill)
    words = wording(desk.language)
    paint = {
        DeskPage.PEOPLE: _people,
        DeskPage.PERSON: _person,
        DeskPage.REPLAY: _replay,
        DeskPage.SCENARIOS: _scenarios,
    }
    head = one_row(width, INKS.badge, ((f" {words.text('trainer-title')} · {_where(desk, words)}", INKS.badge),))
    foot = _foot(desk, words, width)
    room = height - head.height - foot.height
    body = tall(stacked(paint[desk.page](desk, words, width, room), width, INKS.page.fill), room, INKS.page.fill)
    return stacked((head, body, foot), width, INKS.page.fill)


def _where(desk: TrainerDesk, words: Wording) -> str:
    person = desk.person
    if desk.page is DeskPage.PEOPLE or person is None:
        return words.text("trainer-people", count=len(desk.people))
    return name_of(person, words)


def name_of(person: TraineeOverview, words: Wording) -> str:
    """The name, or a number if the name was removed."""
    return person.name or words.text("trainer-nameless", number=person.id)


def _foot(desk: TrainerDesk, words: Wording, width: int) -> Block:
    """The keys, and above them what was said: they stay, for a finger has no others."""
    ground = INKS.sunken
    entries = KEYS[desk.page]
    if desk.sure:
        entries = tuple(("delete", "trainer-forget-sure") if key == "x" else (key, label) for key, label in entries)
    buttons = key_row(words, entries, width, ground, INKS.cap)
    if desk.message is None:
        return buttons
    said = format_say(words, desk.message)
    return stacked((one_row(width, ground.fill, ((f" {said}", ground.accent),)), buttons), width, ground.fill)


def _step(share: float) -> int:
    """How well something is remembered: 0 well, 1 fairly, 2 badly."""
    return 0 if share >= 0.9 else 1 if share >= 0.7 else 2


def _ink(ground: Ground, share: float) -> Style:
    return (ground.good, ground.accent, ground.bad)[_step(share)]


def _meter(ground: Ground, share: float) -> Piece:
    full = max(1, round(METER * share))
    return "━" * full + "╌" * (METER - full), _ink(ground, share)


# everybody


def _people(desk: TrainerDesk, words: Wording, width: int, height: int) -> list[Block]:
    """A row for each trainee: level, customers, last practice, trend, and a cell for every skill that somebody has
    tried."""
    ground = INKS.page
    if not desk.people:
        return _nobody(words, width)
    tried = [skill for skill in Skill if any(skill in person.attempts for person in desk.people)]
    names = ("trainer-level", "trainer-customers", "trainer-lately", "trainer-trend")
    titles = "".join(f"{words.text(name):>{COLUMN}}" for name in names)
    room = max(2, height - len(tried) - 2, height // 3)
    first = _first_in_sight(desk.place, len(desk.people), room)
    shown = list(enumerate(desk.people))[first : first + room]
    titles += f"  {words.text('trainer-skills')}"
    where = "" if len(shown) == len(desk.people) else f"{first + 1}–{first + len(shown)} / {len(desk.people)} "
    rows = [one_row(width, ground.fill, ((f"  {'':{NAME}}{titles}", ground.soft),), ((where, ground.accent),))]
    for place, person in shown:
        rows.append(_person_row(person, tried, words, width, place == desk.place).tapped_by(HitTap(place)))
    legend = ((f"✓ {words.text('figure-alone').lower()}  ", ground.soft),)
    rows.append(one_row(width, ground.fill, ((f" {words.text('trainer-in-a-week')}", ground.accent),), legend))
    chosen = desk.people[desk.place] if desk.place < len(desk.people) else None
    left = height - len(rows)
    if chosen is not None:
        skills = tried if len(tried) <= left else _weakest_first(chosen, tried)[:left]
        rows += [_skill_row(chosen, skill, words, width) for skill in skills]
    return rows


def _first_in_sight(place: int, count: int, room: int) -> int:
    """The first visible row, so that the chosen one is visible."""
    return max(0, min(place - room // 2, count - room))


def _weakest_first(person: TraineeOverview, skills: Iterable[Skill]) -> list[Skill]:
    """The skills, those remembered least first, then those not tried."""
    known = [standing.skill for standing in person.skills]
    return [*known, *(skill for skill in skills if skill not in known)]


def _nobody(words: Wording, width: int) -> list[Block]:
    """Shown before anybody has practised: how to begin, and what will stand here."""
    ground = INKS.page
    title = one_row(width, ground.fill, ((f"  {words.text('trainer-nobody')}", ground.strong),))
    rows = [one_row(width, ground.fill), title]
    for name in ("trainer-nobody-how", "trainer-nobody-then", "trainer-nobody-print"):
        lines = ("", *wrap(words.text(name), min(width, WIDEST) - 4, 4))
        rows += [one_row(width, ground.fill, ((f"  {line}", ground.text),)) for line in lines]
    return rows


def _figure_rows(person: TraineeOverview, words: Wording, width: int) -> list[Block]:
    """A trainee's figures, in two columns."""
    ground = INKS.page
    title = words.text("checklist-measured", count=person.figures.customers)
    rows = [one_row(width, ground.fill, ((f" {title}", ground.accent),))]
    found, half = figure_rows(person, words), min(width, WIDEST) // 2
    for left, right in zip_longest(found[::2], found[1::2], fillvalue=("", "")):
        pieces: list[Piece] = []
        for label, value in (left, right):
            pieces += [(f"  {fit(label, half - 13):{half - 12}}", ground.text), (f"{value:<10}", ground.strong)]
        rows.append(one_row(width, ground.fill, tuple(pieces)))
    return rows


def _person_row(person: TraineeOverview, tried: list[Skill], words: Wording, width: int, is_chosen: bool) -> Block:
    ground = INKS.chosen if is_chosen else INKS.page
    lately = "–" if person.lately is None else f"{person.lately:.0f}"
    change = "" if person.trend is None else f"{person.trend:+.0f}"
    figures = (str(person.level), str(len(person.rounds)), lately, change)
    name = f"{name_of(person, words)} ✓" if can_stand_alone(person) else name_of(person, words)
    text = f"{fit(name, NAME - 1):{NAME}}{''.join(f'{figure:>{COLUMN}}' for figure in figures)}  "
    cells: list[Piece] = []
    for skill in tried:
        standing = person.standing(skill)
        if standing is None:
            cells.append(("·", ground.faint))
        else:
            cells.append(("█▆▃"[_step(standing.in_a_week)], _ink(ground, standing.in_a_week)))
    return one_row(width, ground.fill, (("▸ " if is_chosen else "  ", ground.accent), (text, ground.strong), *cells))


def _skill_row(person: TraineeOverview, skill: Skill, words: Wording, width: int) -> Block:
    ground, standing = INKS.page, person.standing(skill)
    name = f"   {fit(words.text(skill.message_id), 33):35}"
    if standing is None:
        return one_row(width, ground.fill, ((name, ground.faint), (words.text("trainer-not-tried"), ground.faint)))
    tried = words.text("trainer-attempts", count=person.attempts.get(skill, 0))
    due = words.text("trainer-due", day=standing.due.date())
    text = f" {standing.in_a_week:>4.0%}  {tried}  {due}"
    return one_row(width, ground.fill, ((name, ground.text), _meter(ground, standing.in_a_week), (text, ground.soft)))


# one person


def _person(desk: TrainerDesk, words: Wording, width: int, height: int) -> list[Block]:
    """What will be lost first, the trend, what is set, and the rounds."""
    person, ground = desk.person, INKS.page
    if person is None:
        return []
    rows = _figure_rows(person, words, width)
    rows.append(one_row(width, ground.fill, ((f" {words.text('trainer-weakest')}", ground.accent),)))
    has_trend = height >= ROOM_FOR_TREND
    rest = height - len(rows) - len(person.rounds) - 1 - bool(person.waiting)
    most = max(2, height // 6, 0 if has_trend else rest)
    rows += [_skill_row(person, standing.skill, words, width) for standing in person.skills[:most]]
    scores = [float(entry.score or 0) for entry in reversed(person.rounds)]
    if has_trend:
        for line in trend(scores[-60:], min(width - 4, 90), max(5, min(12, height // 3))):
            rows.append(one_row(width, ground.fill, ((f"  {line}", ground.soft),)))
    if person.waiting:
        waiting = words.text("trainer-waiting", name=", ".join(_title(desk, entry) for entry in person.waiting))
        rows.append(one_row(width, ground.fill, ((f" {waiting}", ground.accent),)))
    rows.append(
        one_row(width, ground.fill, ((f" {words.text('trainer-rounds', count=len(person.rounds))}", ground.accent),))
    )
    room = max(1, height - len(rows))
    first = _first_in_sight(desk.place, len(person.rounds), room)
    for place, entry in list(enumerate(person.rounds))[first : first + room]:
        chosen = INKS.chosen if place == desk.place else ground
        when = f"{words.date(entry.began_at.date())} {entry.began_at:%H:%M}"
        text = f"{when}  {entry.score or 0:>3}  {words.text(f'way-{entry.way}')}  {_title(desk, entry.scenario)}"
        mark = "▸ " if place == desk.place else "  "
        rows.append(one_row(width, chosen.fill, ((mark, chosen.accent), (text, chosen.text))).tapped_by(HitTap(place)))
    return rows


def _title(desk: TrainerDesk, scenario: str) -> str:
    found = next((entry for entry in desk.scenarios if entry.id == scenario), None)
    return found.title.in_language(desk.language) if found is not None else scenario


# one round


def _replay(desk: TrainerDesk, words: Wording, width: int, height: int) -> list[Block]:
    """Step by step: what the customer said, what was expected, what was done; then the score."""
    found, ground = desk.replay, INKS.page
    if found is None:
        return []
    title = f" {words.local(found.played.scenario.title)} · {found.row.score} · {words.local(found.why)}"
    half = (width - 10) // 2
    head = f" {'s':>5}  {words.text('replay-expected'):{half}}{words.text('replay-done')}"
    rows = [one_row(width, ground.fill, ((title, ground.strong),)), one_row(width, ground.fill, ((head, ground.soft),))]
    body: list[Block] = []
    for beat in beats(found.played, desk.menu, words):
        body += _beat_rows(beat, words, width, half)
    body.append(one_row(width, ground.fill))
    for line in found.lines:
        right = line.lost <= 0 and line.part is not ScorePart.CRITICAL
        mark = ("✓", ground.good) if right else ("✗", ground.bad)
        for place, said in enumerate(wrap(words.local(line.words), width - 10, MOST_ROWS)):
            points = ((f"{line.earned:+.0f} ", ground.soft),) if not place else ()
            sign = mark if not place else (" ", ground.fill)
            body.append(one_row(width, ground.fill, (("  ", ground.fill), sign, (f" {said}", ground.text)), points))
    desk.replay_rows = 1 + max(0, len(body) - (height - len(rows)))
    return [*rows, *body[min(desk.place, desk.replay_rows - 1) :]]


def _beat_rows(beat: Beat, words: Wording, width: int, half: int) -> list[Block]:
    ground = INKS.page
    at = f" {beat.at:>5.0f}  "
    if beat.customer:
        lines = wrap(words.quoted(beat.customer), width - len(at) - 1, 3)
        return [
            one_row(width, ground.fill, ((at if not place else " " * len(at), ground.faint), (line, ground.accent)))
            for place, line in enumerate(lines)
        ]
    mark = {True: ("✓ ", ground.good), False: ("✗ ", ground.bad), None: ("  ", ground.fill)}[beat.fits]
    expected = wrap(beat.expected, half - 1, MOST_ROWS) if beat.expected else []
    done = wrap(beat.done, width - half - len(at) - 2, MOST_ROWS) if beat.done else []
    rows: list[Block] = []
    for left, right in zip_longest(expected, done, fillvalue=""):
        first = not rows
        when, sign = (at, mark) if first else (" " * len(at), ("  ", ground.fill))
        pieces = ((when, ground.faint), (f"{left:{half}}", ground.soft), sign, (right, ground.text))
        rows.append(one_row(width, ground.fill, pieces))
    return rows


# a scenario to set


def _scenarios(desk: TrainerDesk, words: Wording, width: int, height: int) -> list[Block]:
    """All that ship, the easiest first."""
    ground = INKS.page
    first = max(0, min(desk.place - height // 2, len(desk.scenarios) - height))
    rows = []
    for place, scenario in list(enumerate(desk.scenarios))[first : first + height]:
        chosen = INKS.chosen if place == desk.place else ground
        skills = ", ".join(words.text(skill.message_id) for skill in scenario.skills)
        mark = "▸ " if place == desk.place else "  "
        text = f"{scenario.level}  {fit(words.local(scenario.title), 34):36}"
        pieces = ((mark, chosen.accent), (text, chosen.strong), (skills, chosen.soft))
        rows.append(one_row(width, chosen.fill, pieces).tapped_by(HitTap(place)))
    return rows
