"""Turns proposals into pairings of this menu: the trigger, the offered item, and the cashier's words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.menu.items import MenuItem
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Origin, Pairing, Words
from pos.domain.proposal import Proposal
from pos.domain.text import LANGUAGES, LocalText
from pos.office.history.names import OWN
from pos.store import Store
from pos.wording import wording

LONGEST_ENDING = 3
"""The most letters of an ending that a language adds to a name: burger, burgeren."""


@dataclass(frozen=True)
class OnMenu:
    """What proposals need of the menu. `kins` are the items on sale by family, the one with a tile first. `sentences`
    are all sentences for cashiers in the menu. `written` are the pairs of families (trigger, offered) in the menu
    file."""

    kins: dict[str, list[MenuItem]]
    sentences: Sequence[LocalText]
    written: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, store: Store, menu: Menu) -> OnMenu:
        """Read it from a menu in the store."""
        kins: dict[str, list[MenuItem]] = {}
        on_sale = [item for item in menu.items.values() if not item.retired]
        for item in sorted(on_sale, key=lambda item: not item.tile):
            kins.setdefault(item.kin, []).append(item)
        written = {
            (menu.items[sku].kin, menu.items[pairing.offered].kin)
            for sku, found in store.menu.pairings_for(on_sale).items()
            for pairing in found
            if pairing.origin is Origin.WRITTEN
        }
        return cls(kins, store.menu.sentences(), frozenset(written))

    def name(self, kin: str) -> LocalText:
        """The name of a family; if the menu does not have it, the family itself."""
        if kin in self.kins:
            return self.kins[kin][0].name
        name = kin.removeprefix(OWN)
        return LocalText(name, name)

    def is_sensible(self, proposal: Proposal) -> bool:
        """Whether a proposal makes sense: the offered item is no dearer than the trigger's dearest size, has no age
        limit, and is no meal. Names that the menu does not have pass, because imported orders may be another shop's."""
        if proposal.trigger not in self.kins or proposal.offered not in self.kins:
            return proposal.trigger.startswith(OWN) or proposal.offered.startswith(OWN)
        offered = self.kins[proposal.offered][0]
        dearest = max(item.price for item in self.kins[proposal.trigger])
        return not offered.is_restricted and offered.meal is None and offered.price <= dearest

    def is_written(self, proposal: Proposal) -> bool:
        """Whether the menu file has this pairing already."""
        return (proposal.trigger, proposal.offered) in self.written

    def can_ask(self, proposal: Proposal) -> bool:
        """Whether the menu sells both items, and the offered one has no age limit."""
        there = proposal.trigger in self.kins and proposal.offered in self.kins
        return there and not self.kins[proposal.offered][0].is_restricted

    def pairings(self, key: str, proposal: Proposal) -> list[Pairing]:
        """The pairings of a proposal: one for each size of the trigger, offering the size with a tile."""
        if not self.can_ask(proposal):
            return []
        offered = self.kins[proposal.offered][0]
        words = self._words(offered)
        return [
            Pairing(f"{key}-{place}", offered.sku, words, sku=item.sku, origin=Origin.LEARNED)
            for place, item in enumerate(self.kins[proposal.trigger])
        ]

    def _words(self, item: MenuItem) -> Words:
        """The cashier's words, made from the item's name in each language, in two versions."""
        name = LocalText(*(in_a_sentence(item.name, self.sentences, language) for language in LANGUAGES))
        other = Words(_said("learned-say-other", name), after_no=_said("learned-after-no-other", name))
        return Words(_said("learned-say", name), after_no=_said("learned-after-no", name), also=(other,))


def in_a_sentence(name: LocalText, sentences: Sequence[LocalText], language: str) -> str:
    """A name as it is written inside a sentence: in lower case if the menu's own sentences write its first word so;
    else unchanged, because it may be a proper name."""
    text = name.in_language(language)
    small = text[:1].lower() + text[1:]
    first = re.compile(rf"(?<!\w){re.escape(small.split()[0])}\w{{0,{LONGEST_ENDING}}}(?!\w)")
    written_small = any(first.search(sentence.in_language(language)) for sentence in sentences)
    return small if written_small else text


def _said(message_id: str, name: LocalText) -> LocalText:
    nb, en = (
        wording(language).text(message_id, name=name.in_language(language), more="{more}") for language in LANGUAGES
    )
    return LocalText(nb, en)
