"""The wordings of each offer side by side: from the kept sums, with the words that were said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.text import LocalText
from pos.insights.sums import KindSums
from pos.insights.wordings import Comparison, DayOfWords, OfferKey, compared
from pos.store import Store


@dataclass(frozen=True, slots=True)
class Said:
    """One wording of an offer: its id, its plain form, and what it came to."""

    id: str
    words: LocalText
    sums: KindSums


@dataclass(frozen=True, slots=True)
class Compared:
    """An offer that was put in several wordings, what was shown most first, and how they compare."""

    offer: str
    kind: str
    said: tuple[Said, ...]
    comparison: Comparison

    @property
    def shown(self) -> int:
        """How often the offer was shown, in all its wordings."""
        return sum(entry.sums.shown for entry in self.said)


def compare_wordings(store: Store, since: str, until: str) -> tuple[Compared, ...]:
    """The offers that were put in two wordings or more over some days, both included; what was shown most first.

    Raises `StoreError`.
    """
    offers = {key: days for key, days in _by_offer(store, since, until).items() if len(days) > 1}
    if not offers:
        return ()
    sums = {key: KindSums(*values) for key, values in store.asking_sums.kinds("words", since, until).items()}  # type: ignore[arg-type]  # whole numbers in their columns
    texts = store.wordings.said()
    found = compared(offers)
    made = [Compared(*key, _said(key, days, sums, texts), found[key]) for key, days in offers.items()]
    return tuple(sorted(made, key=lambda entry: (-entry.shown, entry.offer)))


def _by_offer(store: Store, since: str, until: str) -> dict[OfferKey, dict[str, dict[str, DayOfWords]]]:
    """By offer and kind, wording and day."""
    found: dict[OfferKey, dict[str, dict[str, DayOfWords]]] = {}
    for name, kind, day, shown, accepted, answered, ms, squared in store.asking_sums.words(since, until):
        offer, _, wording = name.rpartition("|")
        found.setdefault((offer, kind), {}).setdefault(wording, {})[day] = (shown, accepted, answered, ms, squared)
    return found


def _said(
    key: OfferKey,
    wordings: Mapping[str, Mapping[str, DayOfWords]],
    sums: Mapping[tuple[str, str], KindSums],
    texts: Mapping[str, LocalText],
) -> tuple[Said, ...]:
    offer, kind = key
    said = [Said(name, texts.get(name, LocalText(name, name)), sums[f"{offer}|{name}", kind]) for name in wordings]
    return tuple(sorted(said, key=lambda entry: (-entry.sums.shown, entry.id)))
