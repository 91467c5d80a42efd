"""The offers that the till has made, its estimate for each, and the manager's choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from pos.domain.business_day import business_day
from pos.domain.errors import BadInput
from pos.domain.moment import Chance
from pos.domain.money import Money
from pos.domain.order.questions import OfferKind
from pos.domain.pricing.taxes import TaxRules
from pos.domain.text import LocalText
from pos.insights.figures.sums import KindSums, kinds_from
from pos.insights.parts_of_day import part_of_day
from pos.office.report.account import EVER
from pos.office.report.names import offer_names
from pos.office.report.tables import percent
from pos.register import Change, OfferChances, ShopGate, ShopScene, bounds_of, known_at, lifts_of, verb
from pos.register.choosing import EXPLORING, FLOOR, LEARNING, NEVER, PINNED, Bounds, about_offer
from pos.store import ShopSettingSet, Store
from pos.wording import Wording

LISTS = {"pin": PINNED, "never": NEVER}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An offer, the number of answers to it, and the till's estimate at this time of day."""

    id: str
    kind: OfferKind
    name: LocalText
    said: int
    yes: int
    chance: Chance

    @property
    def worth(self) -> float:
        """The expected contribution of asking, in øre."""
        return self.chance.yes * self.chance.margin.minor


def reckoned(store: Store, taxes: TaxRules, now: datetime) -> list[Reckoned]:
    """All offers of the menu that were made, are pinned or are never to be made, the most valuable first. Raises
    `StoreError`."""
    menu, bounds = store.menu.load(), bounds_of(store)
    known = known_at(store, menu, business_day(now, menu.day_ends))
    chances = OfferChances(menu, taxes, known, bounds, part_of_day(now.hour), lifts_of(store))
    made: dict[str, KindSums] = dict.fromkeys([*bounds.pinned, *bounds.never], KindSums())
    for (offer, _), sums in kinds_from(store.asking_sums.kinds("offer", *EVER)).items():
        made[offer] = sums
    names = offer_names(made, menu, store)
    found = [
        Reckoned(offer, about.kind, names[offer], sums.said, sums.accepted, chance)
        for offer, sums in made.items()
        if (about := about_offer(offer, menu, store)) is not None
        and (chance := chances.of(offer, store)) is not None
        and offer in names
    ]
    return sorted(found, key=lambda entry: (entry.kind.number, -entry.worth, entry.id))


def why(entry: Reckoned, bounds: Bounds, words: Wording) -> str:
    """A sentence on why this offer is asked before or after others."""
    values = {
        "name": entry.name,
        "offer": entry.id,
        "yes": entry.yes,
        "said": entry.said,
        "chance": percent(words, entry.chance.yes),
        "margin": words.money(entry.chance.margin),
        "worth": words.money(Money(round(entry.worth))),
    }
    said = words.text("offers-known" if entry.said else "offers-unknown", **values)
    if entry.id in bounds.never:
        return words.text("offers-never-asked", why=said)
    if entry.id in bounds.pinned:
        return words.text("offers-pinned-first", why=said)
    if bounds.exploration is not None and entry.chance.yes < bounds.floor:
        return words.text("offers-below-floor", why=said, floor=words.percent(round(bounds.floor * 10_000)))
    return said


def name_of(store: Store, offer: str) -> LocalText:
    """An offer's name by today's menu; its id if the menu no longer has it."""
    return offer_names([offer], store.menu.load(), store).get(offer, LocalText(offer, offer))


@verb
def set_learning(scene: ShopScene, on: bool) -> Change[None]:
    """Let the till choose offers by what it has learned, or by the manager's order again."""
    return Change(None, facts=(ShopSettingSet(LEARNING, "on" if on else "off"),))


@verb
def set_share(scene: ShopScene, name: str, basis_points: int) -> Change[None]:
    """The share of exploration, or the floor."""
    key = {"exploration": EXPLORING, "floor": FLOOR}[name]
    return Change(None, facts=(ShopSettingSet(key, str(basis_points)),))


@verb
def put_offer(scene: ShopScene, offer: str, where: str | None) -> Change[None]:
    """Pin an offer, never make it, or (None) leave it to the till again."""
    facts = []
    for name, key in LISTS.items():
        kept = [entry for entry in (scene.store.settings.get(key) or "").split("\n") if entry not in ("", offer)]
        facts.append(ShopSettingSet(key, "\n".join([*kept, offer] if name == where else kept)))
    return Change(None, facts=tuple(facts))


def put(gate: ShopGate, offer: str, where: str | None) -> None:
    """Do `put_offer`. Raises `BadInput` for an unknown offer."""
    if about_offer(offer, gate.store.menu.load(), gate.store) is None:
        raise BadInput("offers-no-such", offer=offer[:40])
    gate.do(put_offer, offer, where)


def listed(store: Store, taxes: TaxRules, now: datetime, words: Wording) -> Iterator[str]:
    """The lines that `pos offers` prints."""
    bounds = bounds_of(store)
    if bounds.exploration is None:
        yield words.text("offers-by-hand")
    else:
        yield words.text("offers-learned", share=words.percent(round(bounds.exploration * 10_000)))
    found = reckoned(store, taxes, now)
    if not found:
        yield words.text("offers-none-made")
        return
    yield words.text("offers-how")
    for kind, entries in groupby(found, key=lambda entry: entry.kind):
        yield ""
        yield f"{words.text('report-kind-' + kind.replace('_', '-'))}:"
        yield from (f"  {why(entry, bounds, words)}" for entry in entries)
    yield ""
    yield words.text("offers-change")
