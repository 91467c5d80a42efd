"""Records the days again: `python -m tests.net.record`.

Run it only where behaviour is meant to change. It prints the differences day by day; read them before committing. The
keys of each day stay the same. `--new` draws all days anew, `--more` draws only those that are missing.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from tests.net.days import Day, Recorded, difference, play
from tests.net.drawing import draw
from tests.net.kept import DAYS, FILE, GOING_ON_FILE, keep, kept, most_telling_first
from tests.net.reached import counting, table, too_seldom


def main() -> int:
    """Record the days. Returns 1 where a verb is reached too seldom, else 0."""
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
    """Record again how the tills go on with the files of `before`."""
    columns, plans = kept(GOING_ON_FILE)
    days = [play(plan, columns) for plan in plans]
    _tell(plans, days)
    keep(columns, days, GOING_ON_FILE)


def _tell(plans: list[Recorded], days: list[Recorded]) -> None:
    """Print each day's differences from its previous recording."""
    for was, now in zip(plans, days, strict=True):
        end = was.end or now.end  # a newly drawn day has no end yet
        if differs := difference(replace(was, end=end), now):
            print(differs)


if __name__ == "__main__":
    sys.exit(main())
