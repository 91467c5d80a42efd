"""What Skatteetaten asks of a till's records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pos.country.fiscal import Signable, Signer
from pos.country.norway import signing
from pos.country.norway.events import events_of
from pos.domain.value import value


@value
class NorwegianFiscal:
    """The Norwegian rules: signatures by the guideline, events by code list 13."""

    def signer(self, path: Path, *, is_practice: bool) -> Signer | None:
        """The keys beside a database file. Sales of practice are signed, too: the file for the tax office takes none
        without a signature."""
        return signing.Keys(path, is_practice=is_practice)

    def verifies(self, public: str, previous: bytes, what: Signable, signature: bytes) -> bool:
        """Whether a signature was made with a key, of these amounts, after that other signature."""
        return signing.verifies(public, signing.message(previous, what), signature)

    def events(self, verb: str, facts: Mapping[str, object]) -> tuple[str, ...]:
        """The codes of a row of the journal."""
        return events_of(verb, facts)
