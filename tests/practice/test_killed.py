"""Practice killed with -9 at any moment: the customer goes on or is dropped, and what was scored is scored once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from pos.store import open_store
from tests.practice.rigs import a_rig, serve

ROOT = Path(__file__).parent.parent.parent
CHILD = """
import sys
from pathlib import Path
from pos.training import Did
from tests.practice.rigs import a_rig, check_out, serve
from tests.practice.serving import has
rig = a_rig(Path(sys.argv[1]))
print("ready", flush=True)
if rig.counter.guest.resumed:
    if has(rig, Did.CHECKED_OUT):
        check_out(rig)
    else:
        rig.room.drop(rig.counter.guest)
    rig.counter.receive_next()
while True:
    serve(rig)
    rig.counter.receive_next()
"""


def test_kills_in_the_middle_of_customers_leave_nothing_scored_wrong(folder: Path) -> None:
    draws = random.Random(7)
    a_rig(folder).store.close()
    for _ in range(6):
        child = subprocess.Popen([sys.executable, "-c", CHILD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.05 + draws.random() * 0.4)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
    rig = a_rig(folder)
    rig.room.drop(rig.counter.guest)
    rig.counter.receive_next()
    serve(rig)
    rounds = rig.store.rounds.of_trainee(rig.room.trainee)
    assert rounds
    low = [(row.scenario, row.score, row.lines) for row in rounds if (row.score or 0) < 80]
    assert low == []
    with_sale = rig.store.sales.count()
    rig.period.end(rig.clock())
    shop = open_store(rig.shop)
    periods = shop.periods.all()
    assert all(period.off_at is not None for period in periods)
    assert sum(period.count or 0 for period in periods) == with_sale
    assert len(rounds) <= with_sale
