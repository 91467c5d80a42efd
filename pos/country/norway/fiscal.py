"""The Norwegian fiscal rules: what Skatteetaten requires of a till's records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pos.country.fiscal import Signable, Signer
from pos.country.norway import signing
from pos.country.norway.events import events_of
from pos.domain.value import value


@value
class NorwegianFiscal:
    """Signatures by Skatteetaten's guideline, events by code list 13."""

    def signer(self, path: Path, *, is_practice: bool) -> Signer | None:
        """The signing keys beside a database file. Practice sales are signed, too, because a SAF-T file accepts no
        transaction without a signature."""
        return signing.Keys(path, is_practice=is_practice)

    def verifies(self, public: str, previous: bytes, what: Signable, signature: bytes) -> bool:
        """Whether the signature was made with this key, for these amounts, after the previous signature."""
        return signing.verifies(public, signing.message(previous, what), signature)

    def events(self, verb: str, facts: Mapping[str, object]) -> tuple[str, ...]:
        """The event codes of a row of the journal."""
        return events_of(verb, facts)
