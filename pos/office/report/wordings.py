"""Compares the wordings of each offer, from the stored sums and the words that were said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.text import LocalText
from pos.insights.figures.sums import KindSums, kinds_from
from pos.insights.figures.wordings import Comparison, OfferKey, Spell, compared, stretches
from pos.store import Store


@dataclass(frozen=True, slots=True)
class WordingFigures:
    """One wording of an offer: its id, its plain form, and its results."""

    id: str
    words: LocalText
    sums: KindSums


@dataclass(frozen=True, slots=True)
class Compared:
    """An offer with several wordings, the most shown first, and how they compare."""

    offer: str
    kind: str
    said: tuple[WordingFigures, ...]
    comparison: Comparison

    @property
    def shown(self) -> int:
        """How often the offer was shown in all its wordings."""
        return sum(entry.sums.shown for entry in self.said)


def compare_wordings(store: Store, since: str, until: str) -> tuple[Compared, ...]:
    """The offers that had at least two wordings on some days, including both ends; the most shown first.

    Raises `StoreError`.
    """
    offers = _said_in_several(store, since, until)
    found = compared(_in_spells(store, offers, since, until))
    made = [Compared(*key, said, found[key]) for key, said in offers.items()]
    return tuple(sorted(made, key=lambda entry: (-entry.shown, entry.offer)))


def _said_in_several(store: Store, since: str, until: str) -> dict[OfferKey, tuple[WordingFigures, ...]]:
    """The wordings of each offer with more than one."""
    found: dict[OfferKey, list[WordingFigures]] = {}
    texts = store.wordings.said()
    for (name, kind), sums in kinds_from(store.asking_sums.kinds("wording", since, until)).items():
        offer, _, wording = name.rpartition("|")
        said = WordingFigures(wording, texts.get(wording, LocalText(wording, wording)), sums)
        found.setdefault((offer, kind), []).append(said)
    return {
        key: tuple(sorted(said, key=lambda entry: (-entry.sums.shown, entry.id)))
        for key, said in found.items()
        if len(said) > 1
    }


def _in_spells(
    store: Store, offers: Mapping[OfferKey, tuple[WordingFigures, ...]], since: str, until: str
) -> dict[OfferKey, dict[str, dict[str, Spell]]]:
    """The sums of each wording by periods in which no words were edited."""
    found: dict[OfferKey, dict[str, dict[str, Spell]]] = {
        key: {entry.id: {} for entry in said} for key, said in offers.items()
    }
    names = {f"{offer}|{entry.id}" for (offer, _), said in offers.items() for entry in said}
    spans = [span for name, span in store.asking_sums.wording_spans(since, until).items() if name in names]
    for first, last in stretches(spans):
        for name, kind, shown, accepted, answered, ms, squared in store.asking_sums.wordings(first, last):
            offer, _, wording = name.rpartition("|")
            if name in names:
                found[offer, kind][wording][first] = (shown, accepted, answered, ms, squared)
    return found
