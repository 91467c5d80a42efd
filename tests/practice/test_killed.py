"""Practice killed with -9 at any moment: the customer goes on or is dropped, and what was scored is scored once."""

from __future__ import annotations

import random
import time
from pathlib import Path

from pos.store import open_store
from pos.training import Did
from tests.forks import fork
from tests.practice.rigs import a_rig, check_out, serve
from tests.practice.serving import has


def practise(folder: Path) -> None:
    """Go on with the customer who stands there, if payment has begun; then serve one after the other for ever."""
    rig = a_rig(folder)
    print("ready", flush=True)
    if rig.sitting.guest.resumed:
        if has(rig, Did.CHECKED_OUT):
            check_out(rig)
        rig.next_customer()
    while True:
        serve(rig)
        rig.next_customer()


def test_kills_in_the_middle_of_customers_leave_nothing_scored_wrong(folder: Path) -> None:
    draws = random.Random(7)
    a_rig(folder).store.close()
    for number in range(6):
        child = fork(lambda: practise(folder), folder / f"said-{number}")
        while not child.output.read_bytes():
            assert not child.is_over(), child.errors.read_text()
            time.sleep(0.002)
        time.sleep(0.02 + draws.random() * 0.3)
        child.kill()
    rig = a_rig(folder)
    rig.next_customer()
    serve(rig)
    rounds = rig.store.rounds.of_trainee(rig.room.trainee)
    assert rounds
    low = [(row.scenario, row.score, row.lines) for row in rounds if (row.score or 0) < 80]
    assert low == []
    with_sale = rig.store.sales.count()
    rig.period.end()
    shop = open_store(rig.shop)
    periods = shop.periods.all()
    assert all(period.off_at is not None for period in periods)
    assert sum(period.count or 0 for period in periods) == with_sale
    assert len(rounds) <= with_sale
