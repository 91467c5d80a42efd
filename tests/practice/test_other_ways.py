"""The drill's clock and fading words, the pair's card and ticks, and listening along."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.counter import State
from pos.domain.order.questions import OfferKind
from pos.domain.text import LocalText
from pos.practice.customer.card import card
from pos.practice.customer.drill import CUSTOMERS, Drill, Served, clock_time, faded, share_of
from pos.practice.sitting.between import FeedbackPanel, ReadyPanel, SummaryPanel, TicksPanel
from pos.practice.sitting.panels import CardPanel
from pos.practice.sitting.trainees import listen
from pos.practice.trainer.listening import agreement, overheard
from pos.register.verbs import ringing
from pos.store import HeardQuestion
from pos.training import Grade, PracticeWay, Scenario, Skill, Tick
from pos.ui.frame import Shelf, look
from pos.ui.practice.feedback import card_page
from pos.ui.practice.speech import speech
from pos.ui.practice.summary import summary
from pos.wording import wording
from tests.practice.rigs import Rig, a_rig, listen_and_ring, serve
from tests.practice.serving import check_to
from tests.rig import a_cashier
from tests.training.shop import scenarios


def in_way(folder: Path, way: PracticeWay, name: str = "one-cheeseburger") -> Rig:
    rig = a_rig(folder, name)
    rig.room.way = way
    rig.next_customer()
    if way is PracticeWay.DRILL:
        rig.press("enter")
    return rig


def test_words_fade_after_they_were_spoken_and_say_again_brings_them_back(folder: Path) -> None:
    rig = in_way(folder, PracticeWay.DRILL)
    assert not faded(rig.sitting.visit, "nb")
    rig.think(10)
    assert faded(rig.sitting.visit, "nb")
    rig.press("s")
    assert not faded(rig.sitting.visit, "nb")


def scan(rig: Rig, code: str) -> None:
    """Scan a code, two milliseconds a key."""
    rig.think(1)
    for key in (*code, "enter"):
        rig.clock.pass_(2)
        rig.counter.press(key)


def test_the_page_between_two_customers_says_that_it_does_not_take_a_key(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger", way=PracticeWay.DRILL)
    panels = [ReadyPanel, FeedbackPanel]
    for expected in panels:
        for key in ("j", "n", "1", "a", "+", "f5", "tab", "backspace"):
            rig.think(1).press(key)
            assert isinstance(rig.counter.panel, expected)
            assert rig.counter.message is not None
            assert rig.counter.message.message_id.startswith("practice-wrong-key")
        if expected is ReadyPanel:
            rig.press("enter")
            serve(rig)


@pytest.mark.parametrize("way", [PracticeWay.GUIDED, PracticeWay.DRILL, PracticeWay.PAIR])
def test_a_code_scanned_after_the_payment_is_refused_and_comes_into_nobodys_order(
    folder: Path, way: PracticeWay
) -> None:
    rig = in_way(folder, way)
    listen_and_ring(rig)
    check_to(rig, State.HELD)
    panel = rig.counter.panel
    assert isinstance(panel, FeedbackPanel | TicksPanel)
    for code in ("9520001000010", "201", "A12345678"):
        scan(rig, code)
        assert rig.counter.panel is panel
        assert rig.counter.message is not None
        assert not rig.counter.register.view.order.lines


def test_a_drill_waits_for_enter_and_only_then_the_clock_and_the_words_begin(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger", way=PracticeWay.DRILL)
    rig.press("j", "1", "escape", "escape").think(60)
    assert isinstance(rig.counter.panel, ReadyPanel)
    assert (rig.sitting.visit.at, list(rig.sitting.visit.spoken())) == (0.0, [])
    rig.press("enter")
    assert rig.counter.panel is None
    assert len(list(rig.sitting.visit.spoken())) == 1
    assert rig.sitting.visit.at < 1
    assert not faded(rig.sitting.visit, "nb")
    serve(rig)
    assert rig.sitting.drill.seconds < 60
    rig.think(1).press("enter")
    assert len(list(rig.sitting.visit.spoken())) == 1


def test_a_way_chosen_at_a_score_is_announced_for_the_next_customer(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    serve(rig)
    rig.think(1).press(",", "3")
    assert (rig.said, rig.room.way) == ("practice-way-next", PracticeWay.DRILL)


def test_a_drill_that_is_chosen_in_the_menu_waits_too(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    rig.press(",", "3").think(1)
    rig.counter.settle()
    assert isinstance(rig.counter.panel, ReadyPanel)
    rig.press(",", "1").think(1)
    rig.counter.settle()
    assert (rig.counter.panel, rig.sitting.way) == (None, PracticeWay.GUIDED)
    serve(rig)
    rig.room.way = PracticeWay.DRILL
    rig.think(1).press("enter")
    assert isinstance(rig.counter.panel, ReadyPanel)


@pytest.mark.parametrize("begun", ["waiting", "heard", "rung", "at payment"])
def test_a_killed_drill_brings_another_customer_who_waits(folder: Path, begun: str) -> None:
    """Somebody who hears the words and pulls the plug would have thought about them while the clock stood still."""
    rig = a_rig(folder, way=PracticeWay.DRILL)
    first = rig.sitting.visit.scenario.id
    if begun != "waiting":
        rig.press("enter")
    if begun in ("rung", "at payment"):
        listen_and_ring(rig)
    if begun == "at payment":
        check_to(rig, State.PAYMENT)
    rig.store.close()
    again = a_rig(folder, clock=rig.clock, way=PracticeWay.DRILL).think(60)
    assert isinstance(again.counter.panel, ReadyPanel)
    assert again.sitting.visit.scenario.id != first
    assert not again.counter.register.view.order.lines
    assert again.store.rounds.of_trainee(again.room.trainee) == ()


@pytest.mark.parametrize("way", [PracticeWay.ON_YOUR_OWN, PracticeWay.PAIR])
def test_another_way_chosen_before_anything_is_rung_keeps_the_customer(folder: Path, way: PracticeWay) -> None:
    """What the customer has said stays, and their time runs on, so that nobody gains a second look at the words."""
    rig = a_rig(folder)
    customer, words = rig.sitting.visit.scenario.id, list(rig.sitting.visit.spoken())
    rig.think(20).press(",", str(list(PracticeWay).index(way) + 1))
    assert (rig.sitting.way, rig.said) == (way, "practice-way-now")
    assert rig.sitting.visit.scenario.id == customer
    assert list(rig.sitting.visit.spoken()) == words
    assert rig.sitting.visit.at > 20
    rig.press(",", "1")
    assert (rig.sitting.way, rig.sitting.visit.scenario.id) == (PracticeWay.GUIDED, customer)
    serve(rig)
    assert rig.sitting.result is not None
    assert [line.message_id for line in rig.sitting.result.lines if line.lost > 0] == ["score-pace-items"]
    assert [row.scenario for row in rig.store.rounds.of_trainee(rig.room.trainee)] == [customer]


def test_a_customer_kept_on_your_own_is_asked_nothing_by_the_till(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    rig.press(",", "2")
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.PAYMENT)
    assert rig.counter.register.view.order.questions == ()


def test_a_change_to_the_drill_brings_another_customer_than_was_heard(folder: Path) -> None:
    rig = a_rig(folder)
    met = [rig.sitting.visit.scenario.id]
    for way in ("3", "1", "3"):
        rig.think(1).press(",", way)
        if isinstance(rig.counter.panel, ReadyPanel):
            assert rig.sitting.visit.scenario.id not in met
            rig.press("enter")
        met.append(rig.sitting.visit.scenario.id)
    assert met[1] == met[2]


def test_a_scan_begins_the_drill(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger", way=PracticeWay.DRILL).think(60)
    rig.counter.scan(next(item.plu for item in rig.counter.register.view.menu.items.values() if item.plu))
    assert rig.counter.register.view.order.lines
    assert rig.sitting.visit.at < 1
    assert len(list(rig.sitting.visit.spoken())) >= 1


def test_a_drill_counts_ten_customers_and_what_asking_again_costs(folder: Path) -> None:
    rig = in_way(folder, PracticeWay.DRILL)
    rig.press("s")
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.PAID)
    assert rig.sitting.drill.served == 1
    assert rig.sitting.drill.seconds >= rig.sitting.visit.round.steps[-1].at + 5


def test_a_drill_ends_with_a_summary_of_its_ten_customers(folder: Path) -> None:
    rig = in_way(folder, PracticeWay.DRILL)
    for left in reversed(range(CUSTOMERS)):
        serve(rig)
        assert isinstance(rig.counter.panel, FeedbackPanel)
        rig.think(1)
        rig.press("enter")
        assert isinstance(rig.counter.panel, SummaryPanel) == (left == 0)
    drill = rig.sitting.drill
    assert (drill.served, drill.is_over) == (CUSTOMERS, True)
    assert drill.average == round(sum(entry.points for entry in drill.customers) / CUSTOMERS)
    assert drill.customers[-1].title == rig.sitting.visit.scenario.title
    assert {skill for skill, _ in drill.skills} >= set(rig.sitting.visit.scenario.skills)
    rig.press("down", "up", "escape", "escape")
    assert isinstance(rig.counter.panel, SummaryPanel)
    rig.think(60)
    rig.press("enter")
    assert isinstance(rig.counter.panel, ReadyPanel)
    assert rig.sitting.drill == Drill()
    rig.think(60).press("enter")
    assert rig.sitting.drill.shown(rig.sitting.visit.at) == {"place": 1, "of": CUSTOMERS, "time": "0:00"}
    serve(rig)
    assert rig.sitting.drill.served == 1


def test_a_skipped_customer_of_a_drill_counts_with_no_points(folder: Path) -> None:
    """A skipped customer counts, with no points and with their seconds, and another one comes."""
    rig = a_rig(folder, way=PracticeWay.DRILL)
    rig.press("enter")
    first = rig.sitting.visit.scenario.id
    rig.think(20).press(",", "o")
    assert rig.sitting.visit.scenario.id != first
    assert [(entry.points, round(entry.seconds)) for entry in rig.sitting.drill.customers] == [(0, 21)]
    shown = rig.sitting.drill.shown(rig.sitting.visit.at)
    assert (shown["place"], shown["time"]) == (2, "0:21")
    for _ in range(CUSTOMERS - 1):
        rig.think(1).press(",", "o")
    assert isinstance(rig.counter.panel, SummaryPanel)
    assert rig.sitting.drill.average == 0


@pytest.mark.parametrize("way", [PracticeWay.GUIDED, PracticeWay.DRILL])
def test_a_skipped_customer_does_not_come_again_at_once(folder: Path, way: PracticeWay) -> None:
    rig = a_rig(folder, way=way)
    met = []
    for _ in range(4):
        if isinstance(rig.counter.panel, ReadyPanel):
            rig.press("enter")
        met.append(rig.sitting.visit.scenario.id)
        rig.think(1).press(",", "o")
    assert len(set(met)) == 4


@pytest.mark.parametrize("way", list(PracticeWay))
def test_nothing_on_the_screen_names_the_order_before_it_is_scored(folder: Path, way: PracticeWay) -> None:
    rig = a_rig(folder, "note-bigger-than-needed", way=way)
    if way is PracticeWay.DRILL:
        rig.press("enter")
    rig.think(30)
    title = rig.sitting.visit.scenario.title
    seen = looks(rig)
    assert title.nb not in seen
    if way is PracticeWay.DRILL:
        assert rig.sitting.guest.why.nb == "" or rig.sitting.guest.why.nb not in seen


def looks(rig: Rig) -> str:
    """What the pane of the customer shows."""
    view = look(rig.counter, Shelf())
    return "\n".join("".join(segment.text for segment in line) for line in speech(view, rig.sitting, 100, 6).rows)


def test_the_skills_of_a_drill_stand_the_best_first() -> None:
    shown = [
        (Skill.ASK_MEAL, Grade.EASY),
        (Skill.CASH, Grade.AGAIN),
        (Skill.CASH, Grade.GOOD),
        (Skill.ASK_MEAL, Grade.EASY),
    ]
    drill = Drill((Served(LocalText("En", "One"), 100, 59.5), Served(LocalText("To", "Two"), 51, 30.5)), tuple(shown))
    assert drill.skills == ((Skill.ASK_MEAL, 1.0), (Skill.CASH, pytest.approx(1 / 3)))
    assert (drill.average, clock_time(drill.seconds)) == (76, "1:30")
    assert Drill().average == 0
    assert [share_of(grade) for grade in Grade] == [0.0, pytest.approx(1 / 3), pytest.approx(2 / 3), 1.0]


@pytest.mark.parametrize(("language", "title"), [("nb", "En is"), ("en", "An ice")])
def test_a_large_window_has_a_row_for_each_customer_of_a_drill_and_a_small_one_their_points(
    folder: Path, language: str, title: str
) -> None:
    rig = a_rig(folder)
    rig.counter.language = language
    customers = tuple(Served(LocalText("En is", "An ice"), 60 + place, 41.0) for place in range(CUSTOMERS))
    rig.sitting.drill = Drill(customers, ((Skill.CASH, Grade.GOOD),) * 3)
    panel = SummaryPanel(rig.sitting, rig.clock())
    rig.counter.panel = panel
    for width, height, has_rows in ((78, 22, True), (78, 14, False), (138, 43, True)):
        block = summary(look(rig.counter, Shelf()), panel, width, height)
        rows = ["".join(segment.text for segment in row) for row in block.rows]
        assert (len(rows), {len(row) for row in rows}) == (height, {width})
        assert sum(title in row and "0:41" in row for row in rows) == (CUSTOMERS if has_rows else 0)
        assert any("60  61  62" in row for row in rows) is not has_rows
        assert any(wording(language).text(Skill.CASH.message_id) in row for row in rows)


def test_in_a_pair_the_colleague_ticks_before_the_score(folder: Path) -> None:
    rig = in_way(folder, PracticeWay.PAIR)
    listen_and_ring(rig)
    rig.press("enter")
    for _ in range(30):
        if isinstance(rig.counter.panel, TicksPanel):
            break
        check_to(rig, State.HELD)
    assert rig.sitting.result is None
    rig.press("1", "3", "enter")
    assert rig.sitting.result is not None
    ticked = {line.message_id for line in rig.sitting.result.lines if line.earned and line.part.value == "manner"}
    assert ticked == {f"score-tick-{tick.value}" for tick in (Tick.CLEAR, Tick.NO_PRESSING)}
    assert isinstance(rig.counter.panel, FeedbackPanel)


def test_the_card_has_the_words_the_wishes_and_both_answers(folder: Path) -> None:
    rig = in_way(folder, PracticeWay.PAIR)
    for language in ("nb", "en"):
        lines = card(rig.sitting.visit, wording(language))
        scenario = rig.sitting.visit.scenario
        assert any(scenario.says[0].words.in_language(language) in line for line in lines)
        for number in (1, 2):
            assert [
                line
                for line in lines
                if line.startswith(f"  {wording(language).text('card-question', number=number)}:")
            ]


def test_in_a_pair_the_screen_shows_what_the_terminal_shows(folder: Path) -> None:
    """The colleague holds no terminal, so that nobody could otherwise know that the card was declined."""
    rig = in_way(folder, PracticeWay.PAIR, "card-declined-then-cash")
    listen_and_ring(rig)
    check_to(rig, State.TERMINAL)
    assert "AVVIST" in looks(rig)
    assert any("AVVIST" in line for line in card(rig.sitting.visit, wording("nb")))
    rig.press("-")
    assert "AVVIST" not in looks(rig)


def test_in_a_drill_the_money_in_the_hand_and_the_terminal_stay_in_sight(folder: Path) -> None:
    rig = in_way(folder, PracticeWay.DRILL, "card-declined-then-cash")
    listen_and_ring(rig)
    check_to(rig, State.PAYMENT)
    rig.think(30)
    assert wording("nb").text("practice-faded") in looks(rig)
    check_to(rig, State.TERMINAL)
    rig.think(30)
    assert "AVVIST" in looks(rig)
    rig.press("-").think(1).press("space").think(30)
    assert "200 kroner" in looks(rig)
    spoken = [words.nb for _, words in rig.sitting.visit.spoken()]
    assert spoken[0] not in looks(rig)


def test_what_somebody_says_stands_in_the_quotes_of_the_language(folder: Path) -> None:
    rig = a_rig(folder)
    assert "«" in looks(rig)
    rig.counter.language = "en"
    assert "“" in looks(rig)
    assert "«" not in looks(rig)
    assert not any("«" in line for line in card(rig.sitting.visit, wording("en")))


def test_a_question_answered_too_fast_is_guessed_to_be_unsaid(folder: Path) -> None:
    cashier = a_cashier(folder)
    cashier.counter.register.do(ringing.ring, "cheeseburger-meal-m")
    since = cashier.register.now
    cashier.press("enter", "2")
    cashier.press("n")
    cashier.clock.pass_(9000)
    cashier.press("n", "a")
    first, second = overheard(cashier.register.store, since)
    assert (first.kind, first.guess) == (OfferKind.UPSELL, False)
    assert (second.kind, second.guess) == (OfferKind.CROSS_SELL, True)
    assert agreement([first.heard(False), second.heard(False)]) == (1, 2)


def test_what_was_heard_is_kept(folder: Path) -> None:
    rig = a_rig(folder)
    serve(rig)
    heard = HeardQuestion("o", "upsell", True, False)
    rig.room.gate.do(listen, rig.room.trainee, heard)
    assert rig.store.trainees.heard(rig.room.trainee) == (heard,)


@pytest.mark.parametrize("entry", [entry for entry in scenarios() if entry.level == 5], ids=lambda entry: entry.id)
def test_the_card_of_a_pair_answers_all_that_the_till_asks_and_can_be_read_to_its_end(
    folder: Path, entry: Scenario
) -> None:
    rig = in_way(folder, PracticeWay.PAIR, entry.id)
    lines = card(rig.sitting.visit, wording("nb"))
    assert any(line.strip().startswith(wording("nb").text("card-serving")) for line in lines)
    rig.press("v")
    panel = rig.counter.panel
    assert isinstance(panel, CardPanel)
    seen = ""
    for _ in range(40):
        block = card_page(look(rig.counter, Shelf()), panel, 78, 22)
        seen += "\n".join("".join(segment.text for segment in line) for line in block.rows)
        rig.press("down")
    words = " ".join(seen.replace("▌", " ").split())
    for line in lines:
        assert " ".join(line.split())[:60] in words


@pytest.mark.parametrize("leaving", [["f10"], [",", "q"]])
def test_leaving_a_drill_does_not_bring_the_same_customer_back(folder: Path, leaving: list[str]) -> None:
    rig = a_rig(folder, way=PracticeWay.DRILL)
    rig.press("enter")
    first = rig.sitting.visit.scenario.id
    rig.press(*leaving)
    assert rig.counter.closing
    rig.store.close()
    again = a_rig(folder, clock=rig.clock, way=PracticeWay.DRILL)
    assert isinstance(again.counter.panel, ReadyPanel)
    assert again.sitting.visit.scenario.id != first


def test_a_guided_customer_waits_for_whoever_leaves_practice_and_comes_back(folder: Path) -> None:
    rig = a_rig(folder)
    first = rig.sitting.visit.scenario.id
    rig.press("2", "0", "1", "enter", "f10")
    rig.store.close()
    again = a_rig(folder, clock=rig.clock)
    assert (again.sitting.visit.scenario.id, again.said) == (first, "practice-resumed")
    assert [line.sku for line in again.counter.register.view.order.lines] == ["cheeseburger"]


def test_another_way_chosen_while_a_customer_is_served_is_announced_for_the_next(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    rig.press("2", "0", "1", "enter", ",", "2")
    assert rig.sitting.visit.round.way is PracticeWay.GUIDED
    assert rig.said == "practice-way-next"


@pytest.mark.parametrize("scored", [False, True])
def test_somebody_else_sits_down_under_their_own_name(folder: Path, scored: bool) -> None:
    rig = a_rig(folder, name="Kasse 2")
    first = rig.room.trainee
    if scored:
        serve(rig)
        rig.think(1)
    else:
        rig.press("2", "0", "1", "enter")
    rig.press(",", "e", *"Åse Li", "enter")
    assert rig.said == "practice-name-now"
    assert rig.counter.register.cashier == "Åse Li"
    assert not rig.counter.register.view.order.lines
    assert rig.sitting.result is None
    serve(rig)
    assert len(rig.store.rounds.of_trainee(rig.room.trainee)) == 1
    assert rig.room.trainee == rig.store.trainees.find("Åse Li") != first
    assert len(rig.store.rounds.of_trainee(first)) == int(scored)


def test_an_empty_name_is_refused_and_typing_can_go_on(folder: Path) -> None:
    rig = a_rig(folder)
    rig.press(",", "e", "space", "enter")
    assert rig.said == "practice-name-empty"
    rig.press(*"Ola", "enter")
    assert rig.said == "practice-name-now"
    rig.press(",", "e", "X", "escape")
    assert rig.counter.register.cashier == "Ola"
