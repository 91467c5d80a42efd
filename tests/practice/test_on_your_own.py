"""On your own the till asks nothing; no shop's register lets such an order through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter import State
from pos.domain.errors import Refused, StoreError
from pos.domain.order.questions import SAID_REASONS, OfferKind, Outcome, Reason
from pos.practice.sitting.panels import REASON_KEYS, AskingPanel, CandidatesPanel
from pos.register.verbs import checkout, paying, ringing, undoing
from pos.training import Did, Meaning, PracticeWay, Scenario, generate, survey
from pos.training.scoring.rubric import WORDS_A_SECOND
from tests.practice.rigs import Rig, a_rig, listen_and_ring
from tests.practice.serving import check_to, last_reply, step
from tests.rig import a_register
from tests.store.acting import keep
from tests.training.shop import menu, scenarios


def on_their_own(folder: Path, name: str = "one-cheeseburger") -> Rig:
    rig = a_rig(folder, name)
    rig.room.way = PracticeWay.ON_YOUR_OWN
    rig.next_customer()
    return rig


def ask(rig: Rig, key: str) -> None:
    """Open the candidates and ask the first that may be offered."""
    rig.press(key)
    panel = rig.counter.panel
    assert isinstance(panel, CandidatesPanel)
    for entry in panel.entries(rig.counter)[:6]:
        rig.press(entry.key)
        asked = rig.counter.panel
        assert isinstance(asked, AskingPanel)
        if asked.by_hand.choice.why_not is None:
            return
        rig.press("escape", key)
    raise AssertionError("nothing fits")


def test_the_till_asks_nothing_and_lets_payment_through(folder: Path) -> None:
    rig = on_their_own(folder)
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.PAYMENT)
    assert rig.counter.register.view.order.questions == ()
    check_to(rig, State.PAID)
    result = rig.sitting.result
    assert result is not None
    assert [line.message_id for line in result.lines].count("score-not-asked") == 2


def test_both_questions_by_hand_score_as_asked(folder: Path) -> None:
    rig = on_their_own(folder)
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.PAYMENT)
    for key in ("j", "n"):
        ask(rig, key)
        rig.think(7).press("space").think(2)
        reply = last_reply(rig)
        if reply.means.value == "no":
            rig.press("n")
        elif reply.choice is not None:
            asked = rig.counter.panel
            assert isinstance(asked, AskingPanel)
            assert asked.by_hand.choices is not None
            ids = [entry.id for entry in asked.by_hand.choices.modifiers]
            rig.press(str(ids.index(reply.choice) + 1))
        else:
            rig.press("j")
    check_to(rig, State.PAID)
    result = rig.sitting.result
    assert result is not None
    said = [line.message_id for line in result.lines]
    assert said.count("score-asked-well") + said.count("score-asked-weak") == 2
    assert said.count("score-keyed-right") == 2


def test_what_should_not_be_asked_is_answered_with_no_and_counts_against(folder: Path) -> None:
    rig = on_their_own(folder, "large-everything")
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.PAYMENT)
    rig.press("n")
    panel = rig.counter.panel
    assert isinstance(panel, CandidatesPanel)
    for entry in panel.entries(rig.counter)[:6]:
        rig.press(entry.key)
        asked = rig.counter.panel
        if isinstance(asked, AskingPanel) and asked.by_hand.choice.why_not is not None:
            break
        rig.press("escape", "n")
    else:
        pytest.fail("nothing unfit was among the candidates")
    rig.think(6).press("space").press("n")
    check_to(rig, State.PAID)
    assert rig.sitting.result is not None
    assert "score-asked-unfit" in [line.message_id for line in rig.sitting.result.lines]


def test_taking_back_to_the_first_row_does_not_bring_the_questions(folder: Path) -> None:
    rig = on_their_own(folder)
    register = rig.counter.register
    register.do(ringing.ring, "cheeseburger")
    register.do(undoing.take_back)
    register.do(ringing.ring, "cheeseburger")
    assert register.view.order.exempt is Reason.BY_HAND


def test_a_guided_customer_after_one_on_your_own_is_asked_again(folder: Path) -> None:
    rig = on_their_own(folder)
    rig.room.way = PracticeWay.GUIDED
    rig.next_customer()
    assert rig.counter.register.view.order.exempt is None


def test_a_shops_register_refuses_the_flow_by_hand(folder: Path) -> None:
    register = a_register(folder)
    register.do(ringing.ring, "cheeseburger")
    marked = replace(register.view.order, exempt=Reason.BY_HAND)
    with pytest.raises(Refused, match="no-such-choice"):
        register.do(checkout.not_for_customer, Reason.BY_HAND)
    with pytest.raises(StoreError):
        keep(register.store, register.till.id, "forged", marked, None, register.now)
    register.store.file.conn.execute("DROP TRIGGER by_hand_is_practice")
    keep(register.store, register.till.id, "forged", marked, None, register.now)
    register = a_register(folder)
    assert register.view.order.exempt is Reason.BY_HAND
    for verb in (lambda: register.do(checkout.checkout), lambda: register.do(ringing.ring, "cheeseburger").result):
        with pytest.raises(Refused, match="practice-only"):
            verb()
    assert register.store.sales.count() == 0


def test_a_shops_register_takes_no_money_for_an_order_by_hand(folder: Path) -> None:
    register = a_register(folder)
    register.do(ringing.ring, "cheeseburger")
    marked = replace(register.view.order, exempt=Reason.BY_HAND, checking_out=True, serving_mode=None)
    register.store.file.conn.execute("DROP TRIGGER by_hand_is_practice")
    keep(register.store, register.till.id, "forged", marked, None, register.now)
    register = a_register(folder)
    with pytest.raises(Refused, match=r"practice-only|not-at-payment"):
        register.do(paying.pay_cash)
    assert register.store.sales.count() == 0


def test_the_flow_by_hand_writes_what_was_answered(folder: Path) -> None:
    rig = on_their_own(folder)
    listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.PAYMENT)
    ask(rig, "j")
    rig.think(7).press("space").press("n")
    question = rig.counter.register.view.order.question(OfferKind.UPSELL)
    assert question is not None
    assert question.answer is Outcome.DECLINED
    assert Did.SAID in [step.did for step in rig.sitting.visit.round.steps]


def best_key(rig: Rig, panel: CandidatesPanel) -> str | None:
    """The key of what fits best among what lies there; None where nothing does."""
    register = rig.counter.register
    found = survey(register.view.order, panel.kind, register.view.moment)
    fits: list[tuple[float, str]] = []
    for row in panel.entries(rig.counter):
        choice = getattr(row.run, "keywords", {}).get("choice")
        if choice is not None and choice.why_not is None:
            fits.append((found.fit_of(choice), row.key))
    return max(fits, key=lambda pair: pair[0], default=(0.0, None))[1]


def answer_as_heard(rig: Rig, panel: AskingPanel) -> None:
    """Say the words, and key what the customer answers."""
    rig.think(len(panel.words(rig.counter).split()) / WORDS_A_SECOND).press("space")
    reply = last_reply(rig)
    rig.think(len(reply.words.nb.split()) / WORDS_A_SECOND)
    if reply.means is Meaning.NO:
        rig.press("n")
        return
    rig.press(*["-"] * (panel.by_hand.question.count - reply.count))
    rows = panel.entries(rig.counter)
    wanted = (row.key for row in rows if getattr(row.run, "keywords", {}).get("choice") == reply.choice is not None)
    rig.press(next(wanted, "j"))


def serve_unprompted(rig: Rig) -> None:
    """Serve a customer on one's own as one should: both questions, the best that fits, or nobody asked."""
    if not rig.counter.register.view.order.lines:
        listen_and_ring(rig)
    rig.press("enter")
    check_to(rig, State.PAYMENT)
    rest = rig.sitting.visit.scenario.rest
    for key in ("j", "n"):
        rig.press(key)
        panel = rig.counter.panel
        assert isinstance(panel, CandidatesPanel)
        if rest is not None:
            rig.press(REASON_KEYS[SAID_REASONS.index(rest)])
            break
        best = best_key(rig, panel)
        rig.press(best or "0")
        if best is not None:
            asking = rig.counter.panel
            assert isinstance(asking, AskingPanel)
            answer_as_heard(rig, asking)
            check_to(rig, State.PAYMENT)
    while rig.sitting.result is None:
        step(rig)


def poor(folder: Path, entries: Iterable[Scenario]) -> dict[str, object]:
    """The customers with whom somebody who does everything right comes to less than 100."""
    rig = a_rig(folder, way=PracticeWay.ON_YOUR_OWN)
    found: dict[str, object] = {}
    for entry in entries:
        rig.room.only = entry
        rig.next_customer()
        serve_unprompted(rig)
        result = rig.sitting.result
        assert result is not None
        if result.total < 100:
            found[entry.id] = [(line.message_id, line.lost) for line in result.lines if line.lost > 0]
    return found


def test_who_asks_rightly_unprompted_gets_100(folder: Path) -> None:
    """What fitted best before a yes to question 1 may not fit after it: nobody is measured by that."""
    chosen = [entry for entry in scenarios() if entry.id in ("beer-and-burger", "child-alone", "five-alike")]
    assert poor(folder, [*chosen, generate(menu(), 532, 3), generate(menu(), 550, 1)]) == {}


@pytest.mark.soak
def test_who_asks_everybody_rightly_unprompted_gets_100(folder: Path) -> None:
    assert poor(folder, [*scenarios(), *(generate(menu(), number, 1 + number % 5) for number in range(200))]) == {}


@pytest.mark.parametrize("key", ["j", "y", "n"])
def test_the_key_that_opens_a_question_twice_says_nothing_of_the_customer(folder: Path, key: str) -> None:
    rig = on_their_own(folder)
    listen_and_ring(rig)
    rig.press(key, key)
    assert not [step for step in rig.sitting.visit.round.steps if step.did is Did.KEYED]


def test_a_question_left_out_is_named_and_can_still_be_asked(folder: Path) -> None:
    rig = on_their_own(folder)
    listen_and_ring(rig)
    rig.press("j", REASON_KEYS[0])
    assert rig.said == "practice-left-both"
    rig.press("j", "0")
    assert rig.said == "practice-left-question"
    serve_unprompted(rig)
    assert rig.sitting.result is not None
    assert rig.sitting.result.total >= 95
