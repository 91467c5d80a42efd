"""When the plug is pulled in the middle of a customer, the customer goes on or is dropped, and is never scored
wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.order.order import Order, Tender, TenderKind, TenderState
from pos.register import shelf
from pos.register.verbs import answering, checkout, paying, ringing
from pos.training import Did
from tests.builders import kr
from tests.office_acts import enter_till
from tests.practice.rigs import a_rig, check_out, listen_and_ring, serve
from tests.store.acting import keep


def test_an_interrupted_customer_goes_on_where_they_were(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    listen_and_ring(rig)
    rig.press("enter")
    steps = len(rig.sitting.visit.round.steps)
    rig.store.close()
    again = a_rig(folder, clock=rig.clock)
    rig.clock.pass_(3_600_000)
    assert again.said == "practice-resumed"
    assert len(again.sitting.visit.round.steps) >= steps
    assert again.sitting.visit.scenario.id == "one-cheeseburger"


def test_the_hour_away_is_not_counted_as_slowness(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    listen_and_ring(rig)
    rig.store.close()
    rig.clock.pass_(3_600_000)
    again = a_rig(folder, clock=rig.clock)
    check_out(again)
    assert again.sitting.result is not None
    assert max(step.at for step in again.sitting.visit.round.steps) < 120
    assert again.sitting.result.total >= 85


def test_a_verb_that_the_log_had_no_time_to_note_is_read_off_the_order(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    listen_and_ring(rig)
    rig.press("enter")
    rig.counter.register.do(ringing.serve, rig.sitting.visit.scenario.serving_mode)
    rig.think(1).counter.register.do(answering.not_asked)
    assert Did.KEYED not in [step.did for step in rig.sitting.visit.round.steps]
    rig.store.close()
    again = a_rig(folder, clock=rig.clock)
    assert Did.KEYED in [step.did for step in again.sitting.visit.round.steps]


def test_a_customer_who_had_paid_when_it_stopped_is_dropped_and_never_scored(folder: Path) -> None:
    rig = a_rig(folder, "plain-meal")
    trainee = rig.room.trainee
    listen_and_ring(rig)
    register = rig.counter.register
    rig.press("enter")
    register.do(checkout.choose, "cola-m")
    register.do(ringing.serve, rig.sitting.visit.scenario.serving_mode)
    while rig.counter.prompt.__class__.__name__ == "QuestionPrompt":
        rig.think(1)
        register.do(answering.not_asked)
    rig.sitting.keep()
    register.do(paying.pay_cash)
    rig.store.close()
    again = a_rig(folder, clock=rig.clock)
    assert again.sitting.visit.round.steps[-1].did in (Did.SPOKE, Did.QUERY)
    assert again.store.rounds.of_trainee(trainee) == ()


def test_somebody_elses_interrupted_customer_is_dropped(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    listen_and_ring(rig)
    rig.press("enter")
    rig.store.close()
    other = a_rig(folder, name="Ola", clock=rig.clock)
    assert other.said is None
    assert other.counter.register.view.order.lines == ()


def test_a_finished_customer_is_scored_once(folder: Path) -> None:
    rig = a_rig(folder, "plain-meal")
    serve(rig)
    rig.counter.press("down")
    rig.store.close()
    again = a_rig(folder, clock=rig.clock)
    assert len(again.store.rounds.of_trainee(again.room.trainee)) == 1


def test_a_payment_that_one_trainee_left_open_is_not_shown_to_another(folder: Path) -> None:
    register = a_rig(folder).counter.register
    other, now = enter_till(register.store, "2", "Ø"), register.now
    tender = Tender(1, TenderKind.CARD, kr(10), kr(10), TenderState.INTENT, now)
    keep(register.store, other.id, "ask_card", Order("another", 0, now, tenders=(tender,)), None, now)
    assert register.store.orders.open_elsewhere(register.till.id)
    assert shelf.open_elsewhere(register) == ()


@pytest.mark.parametrize("became", ["deleted", "replaced", "emptied"])
def test_a_practice_file_lost_in_use_is_reported_and_the_next_start_works(folder: Path, became: str) -> None:
    rig = a_rig(folder)
    path = rig.store.path
    if became == "emptied":
        path.write_bytes(b"")
    else:
        path.rename(path.with_suffix(".old"))
    if became == "replaced":
        path.write_bytes(path.with_suffix(".old").read_bytes())
    rig.press("2", "0", "1", "enter")
    assert rig.said == "practice-file-gone"
    rig.press("f10")
    assert rig.counter.closing
    rig.store.close()
    again = a_rig(folder, clock=rig.clock)
    serve(again)
    assert again.sitting.result is not None
