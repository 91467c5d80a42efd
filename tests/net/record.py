"""Records the days anew: `python -m tests.net.record`.

Only where a behaviour is meant to change: what differs is printed day by day, and has to be looked at before it is
committed. The days stay the same keys; with `--new` they are drawn anew, and with `--more` only those that are missing.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from tests.net.days import Day, Recorded, difference, play
from tests.net.drawing import draw
from tests.net.kept import DAYS, FILE, GOING_ON_FILE, keep, kept, most_telling_first
from tests.net.reached import counting, table, too_seldom


def main() -> int:
    """Record; the exit code is 1 where a verb is reached too seldom."""
    if "--new" in sys.argv:
        plans = [draw(number) for number in range(DAYS)]
        day = Day(plans[0])
        columns = day.columns()
        day.close()
    else:
        columns, plans = kept()
    if "--more" in sys.argv:
        plans = [*plans, *(draw(number) for number in range(len(plans), DAYS))]
    with counting() as counted:
        days = [play(plan, columns) for plan in plans]
    _tell(plans, days)
    keep(columns, most_telling_first(days) if "--new" in sys.argv else days)
    steps = sum(len(day.steps) for day in days)
    print(f"{len(days)} days, {steps} steps, {FILE.stat().st_size} bytes\n{table(counted)}")
    if "--new" not in sys.argv:
        go_on()
    seldom = too_seldom(counted)
    print(f"too seldom: {seldom}" if seldom else "every verb is reached")
    return 1 if seldom else 0


def go_on() -> None:
    """Record anew how the tills of files from before go on."""
    columns, plans = kept(GOING_ON_FILE)
    days = [play(plan, columns) for plan in plans]
    _tell(plans, days)
    keep(columns, days, GOING_ON_FILE)


def _tell(plans: list[Recorded], days: list[Recorded]) -> None:
    """Print what differs from what was recorded before."""
    for was, now in zip(plans, days, strict=True):
        end = was.end or now.end  # a day that was drawn just now has no end yet
        if differs := difference(replace(was, end=end), now):
            print(differs)


if __name__ == "__main__":
    sys.exit(main())
