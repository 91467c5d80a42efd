"""What leads from one item to another: upgrade paths, pairings, and the words for both."""

from __future__ import annotations

from enum import StrEnum

from pos.domain.menu.items import MenuItem, Sku
from pos.domain.text import LocalText
from pos.domain.value import value


@value
class Words:
    """What the cashier says for an offer. Each has `{more}` (money), `many` also `{count}`.

    `also` are other wordings, each complete and without others in turn; an order has one of them all.
    """

    say: LocalText
    many: LocalText | None = None
    rush: LocalText | None = None
    after_no: LocalText | None = None
    also: tuple[Words, ...] = ()


@value
class Step:
    """A rung of an upgrade path: an item, a category (only as the first) or a modifier; the words lead up to it."""

    sku: Sku | None = None
    category: str | None = None
    modifier: str | None = None
    words: Words | None = None


@value
class UpgradePath:
    """A ladder from a version to a better one; a higher priority is offered first. With `next_visit` a declined step
    may come back as a next-visit offer."""

    id: str
    steps: tuple[Step, ...]
    priority: int = 0
    next_visit: bool = True


@value
class Rung:
    """One step up: the path, the index of the step that it leads to, and that step."""

    path: UpgradePath
    index: int

    @property
    def step(self) -> Step:
        """The step that the rung leads to; it always has words."""
        return self.path.steps[self.index]

    @property
    def above(self) -> Rung | None:
        """The step after it; None at the top."""
        return Rung(self.path, self.index + 1) if self.index + 1 < len(self.path.steps) else None

    @property
    def offer_id(self) -> str:
        """The id of this step up in the ledger."""
        return f"{self.path.id}:{self.index}"


class Origin(StrEnum):
    """Who made a pairing: the manager, or learning from the shop's sales."""

    WRITTEN = "written"
    LEARNED = "learned"


@value
class Pairing:
    """*Goes well with*: what is offered to an order with the trigger, which is an item, a category, or anything if both
    are None."""

    id: str
    offered: Sku
    words: Words
    sku: Sku | None = None
    category: str | None = None
    priority: int = 0
    origin: Origin = Origin.WRITTEN

    def is_called_by(self, item: MenuItem) -> bool:
        """Whether an item triggers the pairing."""
        if self.sku is not None:
            return self.sku == item.sku
        return self.category is None or self.category == item.category
