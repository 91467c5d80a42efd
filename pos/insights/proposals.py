"""Which pairs of things go together so often that a manager should hear of it, and of those the few likeliest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pos.domain.proposal import FEWEST_TOGETHER, Proposal

MOST_OF_A_TRIGGER = 3
MOST_PROPOSED = 100

NO_GUESS: Mapping[tuple[str, str], float] = {}


def proposals(orders: int, kins: Mapping[int, tuple[str, int]], pairs: Mapping[tuple[int, int], int]) -> list[Proposal]:
    """Every sure pair, in both directions; `kins` gives names and orders by number, `pairs` the orders with both."""
    found = []
    for (one, other), together in pairs.items():
        if together >= FEWEST_TOGETHER:
            for trigger, offered in ((kins[one], kins[other]), (kins[other], kins[one])):
                proposal = Proposal(trigger[0], offered[0], orders, trigger[1], offered[1], together)
                if proposal.is_sure:
                    found.append(proposal)
    return found


def best_of(found: Iterable[Proposal], guessed: Mapping[tuple[str, str], float] = NO_GUESS) -> list[Proposal]:
    """The few likeliest of each trigger, those that concern most orders beyond chance first. How likely the offered
    thing is beside the trigger tells our guess; the score where it was not asked."""
    by_trigger: dict[str, list[Proposal]] = {}
    ranked = sorted(found, key=lambda one: (-guessed.get((one.trigger, one.offered), one.score), one.offered))
    for proposal in ranked:
        kept = by_trigger.setdefault(proposal.trigger, [])
        if len(kept) < MOST_OF_A_TRIGGER:
            kept.append(proposal)
    together = [proposal for kept in by_trigger.values() for proposal in kept]
    together.sort(key=lambda one: (one.expected - one.together, one.trigger, one.offered))
    return together[:MOST_PROPOSED]
