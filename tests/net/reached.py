"""Counts which verbs of the till the days reach: a net with holes is worth little."""

from __future__ import annotations

import functools
import importlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import pytest

from pos.domain.people import Person
from pos.register import Done, Register, Scene, Verb
from tests.register.every_act import OF_PRACTICE, every_verb

P = ParamSpec("P")
R = TypeVar("R")

LEAST = 5
"""Each verb must be reached at least this often."""


LATER = ("people", "prices", "refunding", "exchanging", "kitchen", "program", "shift", "drawer", "reports")
"""Modules whose verbs are newer than the drawn days: no key of a day leads to them but a scanned receipt."""

LATER_VERBS = frozenset({"give_discount", "drop_discount", "discard_held", "note_tip"})


def verbs() -> frozenset[str]:
    """The name of every verb of a shop's till that the days were drawn for."""
    later = LATER_VERBS.union(*map(_of_module, LATER)) - _of_module("paying")
    return frozenset(every_verb().keys() - set(OF_PRACTICE) - later)


def _of_module(name: str) -> set[str]:
    module = importlib.import_module(f"pos.register.verbs.{name}")
    return {one.name for one in vars(module).values() if isinstance(one, Verb)}


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """Count the verbs that are done, and those that are refused as `name refused`."""
    counted: Counter[str] = Counter()
    do = Register.do_approved

    @functools.wraps(do)
    def done(
        register: Register, approver: Person | None, verb: Verb[Scene, P, R], *args: P.args, **kwargs: P.kwargs
    ) -> Done[R]:
        try:
            result = do(register, approver, verb, *args, **kwargs)
        except Exception:
            counted[f"{verb.name} refused"] += 1
            raise
        counted[verb.name] += 1
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Register, "do_approved", done)
        yield counted


def table(counted: Counter[str]) -> str:
    """How often each verb was done, and refused."""
    return "\n".join(f"{counted[name]:6} {counted[f'{name} refused']:6}  {name}" for name in sorted(verbs()))


def too_seldom(counted: Counter[str]) -> list[str]:
    """The verbs that were done less than `LEAST` times."""
    return [name for name in sorted(verbs()) if counted[name] < LEAST]
