"""What proposals mean on this menu: who calls for what, and what the cashier says."""

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
"""Letters that a language may put behind a name: burger, burgeren."""


@dataclass(frozen=True)
class OnMenu:
    """The menu as proposals see it: `kins` are the items on sale by what they are a size of, the one with a tile first;
    `sentences` all that the menu has cashiers say; `written` the kins, trigger and offered, that it pairs by itself."""

    kins: dict[str, list[MenuItem]]
    sentences: Sequence[LocalText]
    written: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, store: Store, menu: Menu) -> OnMenu:
        """Look at a menu that the store has."""
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
        """What a kin is called; what the menu does not have, by its own name."""
        if kin in self.kins:
            return self.kins[kin][0].name
        name = kin.removeprefix(OWN)
        return LocalText(name, name)

    def is_sensible(self, proposal: Proposal) -> bool:
        """Nothing dearer is put to somebody who takes something cheap, nothing with an age limit, and no meal; what the
        menu does not have is shown all the same, since a history may be another shop's."""
        if proposal.trigger not in self.kins or proposal.offered not in self.kins:
            return proposal.trigger.startswith(OWN) or proposal.offered.startswith(OWN)
        offered = self.kins[proposal.offered][0]
        dearest = max(item.price for item in self.kins[proposal.trigger])
        return not offered.is_restricted and offered.meal is None and offered.price <= dearest

    def is_written(self, proposal: Proposal) -> bool:
        """Whether the menu file has the till ask it already."""
        return (proposal.trigger, proposal.offered) in self.written

    def can_ask(self, proposal: Proposal) -> bool:
        """Whether the menu sells both, and anybody may have what is offered."""
        there = proposal.trigger in self.kins and proposal.offered in self.kins
        return there and not self.kins[proposal.offered][0].is_restricted

    def pairings(self, key: str, proposal: Proposal) -> list[Pairing]:
        """The pairings that a proposal means: one for each size of the trigger, offering the size that has a tile."""
        if not self.can_ask(proposal):
            return []
        offered = self.kins[proposal.offered][0]
        words = self._words(offered)
        return [
            Pairing(f"{key}-{place}", offered.sku, words, sku=item.sku, origin=Origin.LEARNED)
            for place, item in enumerate(self.kins[proposal.trigger])
        ]

    def _words(self, item: MenuItem) -> Words:
        """What the cashier says, made from the item's name in each language; in two wordings."""
        name = LocalText(*(in_a_sentence(item.name, self.sentences, language) for language in LANGUAGES))
        other = Words(_said("learned-say-other", name), after_no=_said("learned-after-no-other", name))
        return Words(_said("learned-say", name), after_no=_said("learned-after-no", name), also=(other,))


def in_a_sentence(name: LocalText, sentences: Sequence[LocalText], language: str) -> str:
    """A name as it is written in the middle of a sentence: with a small letter where the menu's own sentences write its
    first word so; else as it is, since it may be a proper name."""
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
