"""Chooses the pairs that a manager should see: those that go together often enough, the most interesting first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping

from pos.domain.proposal import FEWEST_TOGETHER, Proposal

MOST_OF_A_TRIGGER = 3
MOST_OF_AN_OFFERED = 5
"""This leaves room for others beside a thing that goes with everything (the milk of a grocery)."""

MOST_PROPOSED = 100

Pair = tuple[str, str]
NO_SCORES: Mapping[Pair, float] = {}


def proposals(orders: int, kins: Mapping[int, tuple[str, int]], pairs: Mapping[tuple[int, int], int]) -> list[Proposal]:
    """Every sure pair, in both directions. `kins` gives names and orders by number, `pairs` the orders with both."""
    found = []
    for (one, other), together in pairs.items():
        if together >= FEWEST_TOGETHER:
            for trigger, offered in ((kins[one], kins[other]), (kins[other], kins[one])):
                proposal = Proposal(trigger[0], offered[0], orders, trigger[1], offered[1], together)
                if proposal.is_sure:
                    found.append(proposal)
    return found


def best_of(
    found: Iterable[Proposal],
    scores: Mapping[Pair, float] = NO_SCORES,
    group_of: Callable[[Proposal], int] = lambda proposal: 0,
    settled: Container[Pair] = (),
) -> list[Proposal]:
    """The proposals that a manager sees, those of the lowest group first; each group has its own hundred places.

    A pair is proposed in one direction: the one that is `settled`, else the one of the lower group, else the one with
    more merit. Of each trigger the three with most merit are kept, and of each offered thing the five most
    interesting. Merit is the chance that an order with the trigger calls for the offered item (from `scores`, else the
    proposal's own score), times how far beyond chance the pair surely is: a best seller has little merit by itself.
    """

    def merit(one: Proposal) -> float:
        return scores.get((one.trigger, one.offered), one.score) * (one.interest - 1)

    def place(one: Proposal) -> tuple[bool, int, float, str]:
        return (one.trigger, one.offered) not in settled, group_of(one), -merit(one), one.offered

    pairs: dict[frozenset[str], Proposal] = {}
    for one in sorted(found, key=place):
        pairs.setdefault(frozenset((one.trigger, one.offered)), one)
    of_trigger: Counter[Pair | str] = Counter()
    groups: dict[int, list[Proposal]] = {}
    for one in pairs.values():
        of_trigger[one.trigger] += 1
        if of_trigger[one.trigger] <= MOST_OF_A_TRIGGER:
            groups.setdefault(group_of(one), []).append(one)
    return [one for group in sorted(groups) for one in _most_interesting(groups[group])]


def _most_interesting(found: Iterable[Proposal]) -> list[Proposal]:
    of_offered: Counter[str] = Counter()
    kept = []
    for one in sorted(found, key=lambda one: (-one.interest, one.trigger, one.offered)):
        of_offered[one.offered] += 1
        if of_offered[one.offered] <= MOST_OF_AN_OFFERED:
            kept.append(one)
    return kept[:MOST_PROPOSED]
