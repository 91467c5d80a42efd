"""Which verbs of the till the days reach: a net with holes in it is worth little."""

from __future__ import annotations

import functools
import inspect
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from pos.register import Register

LEAST = 5
"""Each verb is reached so often, or more."""

LOOKS = frozenset({
    "elapsed", "minutes_since", "moment", "day_ends_at", "priced", "prompt", "coded", "channel", "platform", "channels",
    "next_visit_line", "cash_due", "held", "open_elsewhere", "discarded", "sold_out", "shift", "shift_discards", "owed",
    "owed_papers", "owes_last", "without_old_price", "take_clock_jump", "take_new_prices", "take_taken",
})  # fmt: skip
"""What only looks, or says once what was found before."""

BY_NO_KEY = frozenset({"ring_code"})
"""What the counter does by another verb: it looks a code up and rings the item."""


def verbs() -> dict[str, Callable[..., object]]:
    """Every verb of the register by its name."""
    found = inspect.getmembers(Register, inspect.isfunction)
    return {name: function for name, function in found if not name.startswith("_") and name not in LOOKS | BY_NO_KEY}


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Count the verbs that are done, those that are refused as well as `name refused`."""
    counted: Counter[str] = Counter()

    def counts(name: str, verb: Callable[..., object]) -> Callable[..., object]:
        @functools.wraps(verb)
        def done(*args: object, **fields: object) -> object:
            try:
                result = verb(*args, **fields)
            except Exception:
                counted[f"{name} refused"] += 1
                raise
            counted[name] += 1
            return result

        return done

    with pytest.MonkeyPatch.context() as patch:
        for name, verb in verbs().items():
            patch.setattr(Register, name, counts(name, verb))
        yield counted


def table(counted: Counter[str]) -> str:
    """How often each verb was done, and refused."""
    return "\n".join(f"{counted[name]:6} {counted[f'{name} refused']:6}  {name}" for name in verbs())


def too_seldom(counted: Counter[str]) -> list[str]:
    """The verbs that were done less than `LEAST` times."""
    return [name for name in verbs() if counted[name] < LEAST]
