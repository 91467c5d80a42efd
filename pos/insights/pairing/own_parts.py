"""Finds the part of the day in which a pair is bought together surely more often than in the rest of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pos.domain.proposal import FEWEST_TOGETHER
from pos.domain.value import value
from pos.insights.intervals import share_of
from pos.insights.pairing.baskets import MINUTES_A_DAY, Basket
from pos.insights.parts_of_day import PARTS, PartOfDay, part_of_day

SURE = 3.0
"""Standard errors that make a difference sure: of four parts and a hundred pairs none should stand out by luck."""

LEAST_TIMES = 1.5


Pair = tuple[int, int]


@value
class OwnPart:
    """A pair's own part of the day. There, `together` of `triggers` orders with the trigger held the offered thing,
    too; in the rest of the day, `together_else` of `triggers_else`."""

    part: PartOfDay
    triggers: int
    together: int
    triggers_else: int
    together_else: int

    @property
    def is_sure(self) -> bool:
        """Whether the share in this part is surely, and by much, above that in the rest of the day."""
        here = share_of(self.together, self.triggers, SURE)
        elsewhere = share_of(self.together_else, self.triggers_else, SURE)
        if self.together < FEWEST_TOGETHER or here is None or elsewhere is None:
            return False
        return here.low > elsewhere.high and here.value >= LEAST_TIMES * elsewhere.value


def own_parts(baskets: Iterable[Basket], pairs: Iterable[Pair]) -> Mapping[Pair, OwnPart]:
    """The own part of the day of each pair that has one; a pair is a trigger and what is offered. Orders at midnight
    are left out, because nobody knows their time of day."""
    offered: dict[int, set[int]] = {}
    for trigger, other in pairs:
        offered.setdefault(trigger, set()).add(other)
    triggers: Counter[tuple[int, PartOfDay]] = Counter()
    together: Counter[tuple[Pair, PartOfDay]] = Counter()
    for basket in baskets:
        if basket.minute % MINUTES_A_DAY:
            part = part_of_day(basket.hour)
            for trigger in offered.keys() & basket.items:
                triggers[trigger, part] += 1
                together.update(((trigger, other), part) for other in offered[trigger].intersection(basket.items))
    found = {}
    for trigger, others in offered.items():
        for other in others:
            own = _strongest({part: (triggers[trigger, part], together[(trigger, other), part]) for part in PARTS})
            if own is not None:
                found[trigger, other] = own
    return found


def _strongest(counts: Mapping[PartOfDay, tuple[int, int]]) -> OwnPart | None:
    all_triggers = sum(triggers for triggers, _ in counts.values())
    all_together = sum(together for _, together in counts.values())
    parts = [
        OwnPart(part, triggers, together, all_triggers - triggers, all_together - together)
        for part, (triggers, together) in counts.items()
    ]
    sure = [own for own in parts if own.is_sure]
    return max(sure, key=lambda own: own.together / own.triggers, default=None)
