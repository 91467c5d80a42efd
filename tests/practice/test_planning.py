"""The next customer: skills that went wrong come soon, those remembered late, a customer set by a trainer at once; and
the screen says why."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pos.domain.errors import StoreError
from pos.practice import Room
from pos.practice.sitting.plan import Progress, next_customer
from pos.practice.sitting.schedule import reviewed, standings
from pos.practice.sitting.trainees import set_scenario
from pos.register import shelf
from pos.store import RoundRow
from pos.training import Grade, Skill
from pos.wording import wording
from tests.builders import NOW
from tests.practice.rigs import a_rig, serve
from tests.training.shop import menu, scenarios


def cards(**grades: Grade) -> dict[str, str]:
    """Cards after one review each, by the name of the skill."""
    given = {Skill[name.upper()]: grade for name, grade in grades.items()}
    return {skill: body for skill, (_, body) in reviewed({}, given, NOW).items()}


def test_a_skill_that_went_wrong_comes_back_before_one_that_was_easy() -> None:
    after = reviewed({}, {Skill.CASH: Grade.AGAIN, Skill.CARD: Grade.EASY}, NOW)
    assert after["cash"][0] < NOW + timedelta(minutes=15)
    assert after["card"][0] > NOW + timedelta(days=2)


def test_of_skills_practised_just_now_the_weakest_comes_first() -> None:
    later = NOW + timedelta(minutes=30)
    good, hard = reviewed({}, {Skill.CARD: Grade.GOOD}, NOW), reviewed({}, {Skill.CASH: Grade.HARD}, later)
    found = standings({skill: body for skill, (_, body) in (good | hard).items()}, later)
    assert [entry.remembered for entry in found] == [1.0, 1.0]
    assert [entry.skill for entry in found] == [Skill.CASH, Skill.CARD]


def test_a_due_skill_is_practised_and_the_sentence_names_it() -> None:
    later = NOW + timedelta(days=3)
    progress = Progress((), standings(cards(cash=Grade.AGAIN, card=Grade.EASY), later), (), later)
    chosen = next_customer(scenarios(), progress, menu(), 1)
    assert Skill.CASH in chosen.scenario.skills
    assert "3" in chosen.why.en


def test_what_a_trainer_set_comes_first() -> None:
    chosen = next_customer(scenarios(), Progress((), (), ("rude-no",), NOW), menu(), 1)
    assert chosen.scenario.id == "rude-no"


def test_a_removed_scenario_does_not_stop_practice() -> None:
    chosen = next_customer(scenarios(), Progress((), (), ("gone-for-good",), NOW), menu(), 1)
    assert chosen.scenario.level == 1


def row(number: int, scenario: str, level: int, score: int) -> RoundRow:
    return RoundRow(number, 1, "finished", "guided", scenario, level, NOW, NOW, score, None, None, "{}", "{}", "[]")


def test_harder_customers_come_after_three_good_ones() -> None:
    good = tuple(row(number, f"s{number}", 1, 90) for number in range(3))
    assert Progress(good, (), (), NOW).level == 2
    assert Progress((row(4, "s4", 1, 10), *good[:2]), (), (), NOW).level == 1


def test_nobody_who_was_just_here_comes_again_at_once() -> None:
    rounds: tuple[RoundRow, ...] = ()
    seen: list[str] = []
    for number in range(8):
        progress = Progress(rounds, standings(cards(cash=Grade.AGAIN), NOW + timedelta(days=1)), (), NOW)
        chosen = next_customer(scenarios(), progress, menu(), number)
        assert chosen.scenario.id not in seen[-3:]
        seen.append(chosen.scenario.id)
        rounds = (row(number, chosen.scenario.id, 1, 50), *rounds)


def test_an_empty_list_of_scenarios_brings_made_customers() -> None:
    assert next_customer((), Progress((), (), (), NOW), menu(), 1).scenario.is_generated


def test_progress_is_kept_over_days(folder: Path) -> None:
    rig = a_rig(folder)
    serve(rig)
    tried = set(rig.store.rounds.cards(rig.room.trainee))
    assert tried
    rig.store.close()
    rig.clock.pass_(86_400_000)
    again = a_rig(folder, clock=rig.clock)
    assert {standing.skill.value for standing in again.room.progress().skills} == tried
    assert again.sitting.guest.why.nb


def test_what_the_shop_runs_out_of_is_sold_out_for_the_next_customer(folder: Path) -> None:
    rig = a_rig(folder)
    out: set[str] = set()
    room = Room(rig.room.register, rig.room.clock, rig.room.trainee, scenarios(), lambda: frozenset(out))
    wanted = room.pick(0).scenario.wants[0].sku
    out.add(wanted)
    room.look_at_shop()
    chosen = [room.pick(seed).scenario for seed in range(20)]
    assert [scenario.id for scenario in chosen if wanted in {entry.sku for entry in scenario.wants}] == []
    rig.room.drop(rig.sitting.guest)
    room.next_guest()
    assert wanted in {entry.sku for entry in shelf.sold_out(room.register)}


def test_a_shop_that_does_not_answer_is_as_it_was_last_known(folder: Path) -> None:
    rig = a_rig(folder)
    answers = [frozenset({"cola-m"})]

    def sold_out() -> frozenset[str]:
        if not answers:
            raise StoreError("busy")
        return answers.pop()

    room = Room(rig.room.register, rig.room.clock, rig.room.trainee, scenarios(), sold_out)
    room.look_at_shop()
    assert room.sold_out == {"cola-m"}


def test_a_trainers_own_customers_are_played_in_turn_whatever_their_level(folder: Path) -> None:
    rig = a_rig(folder)
    rig.room.own = tuple(entry for entry in scenarios() if entry.level == 5)[:2]
    rig.next_customer()
    met = []
    for _ in range(4):
        met.append(rig.sitting.visit.scenario.id)
        rig.press(",", "o")
    wanted = [entry.id for entry in rig.room.own]
    assert met == [*wanted, *wanted]


def test_the_screen_says_so_when_a_set_customer_cannot_come(folder: Path) -> None:
    rig = a_rig(folder)
    rig.room.gate.do(set_scenario, rig.room.trainee, "one-cheeseburger")
    rig.room._shop_sold_out = lambda: frozenset({"cheeseburger"})
    rig.next_customer()
    assert rig.sitting.visit.scenario.id != "one-cheeseburger"
    assert rig.sitting.guest.why.en == wording("en").text("practice-why-another")
