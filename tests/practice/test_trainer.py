"""The trainer sees people, skills and rounds, sets a customer, and removes a name without breaking a figure."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest

from pos.counter import State
from pos.domain.text import LANGUAGES, LocalText
from pos.practice import trainee_called
from pos.practice.sitting.result import ResultLine
from pos.practice.sitting.schedule import reviewed, standings
from pos.practice.trainer.certificate import REMEMBERED_NEEDED, can_stand_alone, criteria, page
from pos.practice.trainer.checklist import checklist, figure_rows
from pos.practice.trainer.desk import DeskPage, TrainerDesk
from pos.practice.trainer.export import as_csv, as_json
from pos.practice.trainer.figures import Share
from pos.practice.trainer.overview import people, replay
from pos.practice.trainer.replaying import beats
from pos.store import RoundRow
from pos.store.file.codec import to_json
from pos.training import Grade, ScorePart, Skill
from pos.ui.blocks.blocks import HitTap, KeyTap, Tap
from pos.ui.blocks.keys import key_name
from pos.ui.trainer.app import TrainerApp
from pos.ui.trainer.pages import page as painted
from pos.ui.trainer.plot import trend
from pos.wording import wording
from tests.builders import NOW
from tests.office_acts import gate
from tests.practice.rigs import Rig, a_rig, listen_and_ring, serve
from tests.practice.serving import check_to, step
from tests.training.shop import scenarios


@pytest.fixture
def rig(folder: Path) -> Rig:
    """Somebody who has served three customers."""
    made = a_rig(folder)
    for _ in range(3):
        serve(made)
        made.next_customer()
    return made


def a_desk(rig: Rig, language: str = "nb") -> TrainerDesk:
    return TrainerDesk(gate(rig.store, rig.clock), rig.counter.register.view.menu, scenarios(), language)


def text(desk: TrainerDesk, width: int = 120, height: int = 40) -> str:
    block = painted(desk, width, height)
    assert block.height == height
    rows = ["".join(segment.text for segment in row) for row in block.rows]
    assert {len(row) for row in rows} == {width}
    return "\n".join(rows)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_page_is_painted_in_both_languages_and_sizes(rig: Rig, language: str, size: tuple[int, int]) -> None:
    desk = a_desk(rig, language)
    assert "Kari" in text(desk, *size)
    desk.press("enter")
    assert desk.page is DeskPage.PERSON
    text(desk, *size)
    desk.press("enter")
    assert desk.page is DeskPage.REPLAY
    assert wording(language).text("replay-expected") in text(desk, *size)
    desk.press("escape")
    desk.press("s")
    assert desk.page is DeskPage.SCENARIOS
    text(desk, *size)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 45)])
def test_of_forty_people_the_chosen_one_is_in_sight_and_says_where(rig: Rig, size: tuple[int, int]) -> None:
    for number in range(2, 41):
        trainee_called(rig.room.gate, f"Person {number}")
    desk = a_desk(rig)
    for place in range(40):
        seen = text(desk, *size)
        chosen = next(row for row in seen.splitlines() if row.startswith("▸"))
        assert (desk.people[place].name or "") in chosen
        assert "/ 40" in seen
        assert wording("nb").text(Skill.CARD.message_id) in seen
        desk.press("down")


def test_one_person_with_few_rounds_shows_all_that_was_tried_in_a_small_window(rig: Rig) -> None:
    desk = a_desk(rig)
    desk.press("enter")
    seen = text(desk, 80, 24)
    assert desk.person is not None
    assert 5 < len(desk.person.skills) < 10
    assert all(wording("nb").text(entry.skill.message_id) in seen for entry in desk.person.skills)


async def test_rows_and_buttons_answer_to_the_mouse(rig: Rig) -> None:
    desk = a_desk(rig)
    app = TrainerApp(desk)

    async def click(tap: Tap) -> None:
        spot = next(spot for spot in painted(desk, 80, 24).spots if spot.tap == tap)
        await pilot.click(offset=(spot.x + 1, spot.y))

    async with app.run_test(size=(80, 24)) as pilot:
        await click(HitTap(0))
        assert desk.page is DeskPage.PERSON
        await click(HitTap(2))
        assert (desk.page, desk.place) == (DeskPage.PERSON, 2)
        await click(HitTap(2))
        assert (desk.page, desk.round_place) == (DeskPage.REPLAY, 2)
        await click(KeyTap("right"))
        assert desk.round_place == 1
        await click(KeyTap("escape"))
        await click(KeyTap("s"))
        assert desk.page is DeskPage.SCENARIOS


@pytest.mark.parametrize("language", ["nb", "en"])
def test_what_can_be_tapped_is_where_it_is_seen(rig: Rig, language: str) -> None:
    desk = a_desk(rig, language)
    for key in ("enter", "enter", "escape", "s"):
        block = painted(desk, 80, 24)
        rows = ["".join(segment.text for segment in row) for row in block.rows]
        assert block.spots
        for spot in block.spots:
            seen = rows[spot.y][spot.x : spot.x + spot.width]
            assert spot.height == 1
            assert seen.strip()
            assert isinstance(spot.tap, HitTap) or key_name(wording(language), spot.tap.key) in seen
        desk.press(key)


def test_a_scenario_that_is_set_comes_next(rig: Rig) -> None:
    desk = a_desk(rig)
    for key in ("enter", "s", "down", "down", "enter"):
        desk.press(key)
    assert desk.message is not None
    assert desk.message.message_id == "trainer-set"
    wanted = scenarios()[2].id
    assert "ikke spilt ennå: Menyen på forsiden" in text(desk)
    assert rig.store.trainees.waiting(rig.room.trainee) == (wanted,)
    rig.next_customer()
    assert rig.sitting.visit.scenario.id == wanted
    serve(rig)
    assert rig.store.trainees.waiting(rig.room.trainee) == ()


def test_a_message_at_the_desk_leaves_the_keys_in_sight(rig: Rig) -> None:
    desk = a_desk(rig)
    desk.press("enter")
    desk.press("x")
    *_, said, keys = text(desk).splitlines()
    assert "Del fjerner navnet" in said
    assert "fjern for godt" in keys


@pytest.mark.parametrize("way", [(), ("enter",), ("enter", "enter"), ("enter", "s")], ids=str)
def test_the_desk_says_that_it_does_not_take_a_key(rig: Rig, way: tuple[str, ...]) -> None:
    desk = a_desk(rig)
    for key in way:
        desk.press(key)
    page, place = desk.page, desk.place
    for key in ("a", "1", "tab", "f5", "space", "backspace", "delete", "unknown"):
        desk.press(key)
        assert desk.message is not None
        assert desk.message.message_id == "trainer-wrong-key"
        assert (desk.page, desk.place, desk.closing) == (page, place, False)
    assert "Den tasten gjør ikke noe her" in text(desk)


def test_a_code_scanned_at_the_desk_removes_no_name(rig: Rig) -> None:
    desk = a_desk(rig)
    desk.press("enter")
    for key in "xx-xxxx1":
        desk.press(key)
    assert desk.people[0].name == "Kari"


def test_x_then_delete_removes_a_name_and_changes_no_figure(rig: Rig) -> None:
    desk = a_desk(rig)
    desk.press("enter")
    before = desk.people[0]
    desk.press("delete")
    desk.press("x")
    desk.press("x")
    assert desk.people[0].name == "Kari"
    desk.press("delete")
    assert desk.people[0] == replace(before, name=None)
    assert "Kari" not in as_json(desk.people) + as_csv(desk.people) + text(desk)


def test_a_round_is_replayed_with_what_was_expected_beside_what_was_done(rig: Rig) -> None:
    (person,) = people(rig.store, rig.clock())
    found = replay(rig.store, person.rounds[0])
    seen = beats(found.played, rig.counter.register.view.menu, wording("nb"))
    assert [beat.at for beat in seen] == sorted(beat.at for beat in seen)
    assert any(beat.expected and beat.done for beat in seen)
    assert not [beat for beat in seen if beat.fits is False]


def test_what_just_went_wrong_is_shown_as_it_will_be_in_a_week(rig: Rig) -> None:
    (person,) = people(rig.store, rig.clock())
    cards = reviewed({}, {Skill.CARD: Grade.EASY, Skill.CASH: Grade.AGAIN}, rig.clock())
    easy, wrong = (standings({skill: body}, rig.clock())[0] for skill, (_, body) in cards.items())
    assert (easy.remembered, wrong.remembered) == (1.0, 1.0)
    assert wrong.in_a_week < 0.7
    assert easy.in_a_week > 0.9
    desk = a_desk(rig)
    desk.people = (replace(person, skills=(wrong, easy), attempts={Skill.CARD: 1, Skill.CASH: 1}),)
    seen = text(desk)
    assert "Sjansen for at det huskes om en uke" in seen
    assert f"{wrong.in_a_week:.0%}" in seen
    assert "100%" not in seen
    desk.language = "en"
    desk.press("enter")
    assert "Chance that it is remembered in a week, the weakest first" in text(desk)


def test_the_weakest_skill_of_the_week_to_come_stands_first(rig: Rig) -> None:
    (person,) = people(rig.store, rig.clock())
    weeks = [entry.in_a_week for entry in person.skills]
    assert weeks == sorted(weeks)
    assert len(set(weeks)) > 1


def test_the_certificate_asks_for_what_is_remembered_on_the_day(rig: Rig) -> None:
    (person,) = people(rig.store, rig.clock())
    wrong = standings({Skill.CASH: reviewed({}, {Skill.CASH: Grade.AGAIN}, NOW)[Skill.CASH][1]}, NOW)
    cash = wording("nb").text("certificate-skill", skill=wording("nb").text(Skill.CASH.message_id))
    assert wrong[0].in_a_week < REMEMBERED_NEEDED
    assert cash not in [
        entry.words for entry in criteria(replace(person, skills=wrong), wording("nb")) if not entry.met
    ]


def test_figures_come_as_json_and_csv(rig: Rig) -> None:
    found = people(rig.store, rig.clock())
    (person,) = json.loads(as_json(found))["people"]
    assert (person["name"], person["rounds"]) == ("Kari", 3)
    assert len(person["skills"]) >= 3
    assert all(0 < skill["in_a_week"] < skill["remembered"] == 1 for skill in person["skills"])
    assert len(as_csv(found).splitlines()) == 4


def test_a_name_that_looks_like_a_formula_is_text_in_a_spreadsheet(rig: Rig) -> None:
    (person,) = people(rig.store, rig.clock())
    assert "'=1+1" in as_csv([replace(person, name="=1+1")])


def test_a_certificate_needs_every_criterion_and_says_which_are_missing(rig: Rig) -> None:
    (person,) = people(rig.store, rig.clock())
    missing = [entry for entry in criteria(person, wording("nb")) if not entry.met]
    assert missing
    days = [replace(person.rounds[0], began_at=NOW + timedelta(days=day % 4), score=95) for day in range(20)]
    assert [entry.met for entry in criteria(replace(person, rounds=tuple(days)), wording("nb"))][:3] == [True] * 3


def test_the_certificates_page_holds_a_name_as_text(rig: Rig) -> None:
    (person,) = people(rig.store, rig.clock())
    made = page(replace(person, name="<b>Kari</b>"), "Bølgen & co", NOW, wording("nb"))
    assert "&lt;b&gt;Kari" in made
    assert "Bølgen &amp; co" in made
    assert "http" not in made


def test_a_trend_needs_two_points_and_room() -> None:
    assert trend([50.0], 60, 10) == []
    assert trend([50.0, 60.0], 10, 10) == []
    rows = trend([50.0, 60.0, 90.0], 60, 10)
    assert 5 <= len(rows) <= 10
    assert not any("\x1b" in row for row in rows)


def test_what_a_trainer_measures_is_counted_from_the_rounds(folder: Path) -> None:
    """Of four customers one was sold milk and one got the wrong change; help was called twice."""
    rig = a_rig(folder)
    for name in ("one-cheeseburger", "milk-in-it"):
        rig.room.only = next(entry for entry in rig.room.scenarios if entry.id == name)
        rig.next_customer()
        rig.press("?", "escape")
        serve(rig)
    rig.next_customer()
    rig.sitting.visit.tell("no")
    rig.sitting.visit.speak_next()
    rig.press("2", "0", "1", "enter", "enter")
    finish(rig)
    rig.room.only = next(entry for entry in rig.room.scenarios if entry.id == "one-cheeseburger")
    rig.next_customer()
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.PAYMENT)
    rig.press("space", "5", "0", "0", "a")
    (person,) = people(rig.store, rig.clock())
    found = person.figures
    assert (found.customers, found.wrong, found.wrong_in_a_hundred) == (4, Share(2, 4), 50.0)
    assert (found.allergies, found.change) == (Share(1, 2), Share(1, 2))
    assert found.help == 2
    assert found.asked.count <= found.asked.of
    assert found.seconds is not None
    assert found.faults >= 2
    assert not can_stand_alone(person)
    given = json.loads(as_json([person]))["people"][0]["figures"]
    assert (given["wrong_orders_per_hundred"], given["can_stand_alone"]) == (50.0, False)
    for language in LANGUAGES:
        words = wording(language)
        seen = text(opened(a_desk(rig, language)), 80, 24)
        for label, value in figure_rows(person, words):
            assert label in seen
            assert value in seen


def opened(desk: TrainerDesk) -> TrainerDesk:
    """The desk with the first person's page on it."""
    desk.open_person(0)
    return desk


def finish(rig: Rig) -> None:
    """To the end of a round that is under way."""
    while rig.sitting.result is None:
        step(rig)


def test_a_critical_fault_in_the_last_ten_keeps_the_certificate_back(rig: Rig) -> None:
    (person,) = people(rig.store, rig.clock())
    good = [replace(person.rounds[0], began_at=NOW + timedelta(days=day % 4), score=95) for day in range(20)]
    fault = ResultLine(ScorePart.CRITICAL, "fault-change", LocalText("x", "x"), -90.0, 0.0, None)
    bad = replace(good[3], lines=to_json((fault,)))
    words = wording("nb").text("certificate-faults", last=10, faults=1)

    def missing(rows: list[RoundRow]) -> list[str]:
        return [entry.words for entry in criteria(replace(person, rounds=tuple(rows)), wording("nb")) if not entry.met]

    assert words in missing([*good[:3], bad, *good[4:]])
    assert words not in missing([*good[:12], bad, *good[13:]])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_checklist_has_greeting_reading_back_and_thanks_and_lines_to_sign(rig: Rig, language: str) -> None:
    (person,) = people(rig.store, rig.clock())
    words = wording(language)
    made = checklist(replace(person, name="<b>Kari</b>"), "Bølgen & co", NOW, words)
    assert "&lt;b&gt;Kari" in made
    for name in ("greeting", "reading-back", "thanks"):
        assert escape(words.text(f"checklist-{name}")) in made
    for name in ("checklist-trainee", "checklist-trainer", "checklist-when"):
        assert words.text(name) in made
    assert "http" not in made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_first_day_with_nobody_says_what_to_do(folder: Path, language: str, size: tuple[int, int]) -> None:
    rig = a_rig(folder)
    desk = a_desk(rig, language)
    desk.people = ()
    seen = " ".join(text(desk, *size).split())
    for name in ("trainer-nobody", "trainer-nobody-how", "trainer-nobody-then", "trainer-nobody-print"):
        assert wording(language).text(name) in seen
    for key in ("enter", "down", "s", "x", "escape"):
        desk.press(key)
    assert desk.page is DeskPage.PEOPLE


def test_a_replayed_round_can_be_read_to_its_last_line_in_a_small_window(rig: Rig) -> None:
    desk = a_desk(rig, "en")
    for key in ("enter", "enter"):
        desk.press(key)
    seen = ""
    for _ in range(60):
        seen += text(desk, 80, 24)
        desk.press("down")
    words = " ".join(seen.split())
    assert desk.replay is not None
    for line in desk.replay.lines:
        assert line.words.en in words
    assert "…" not in seen
