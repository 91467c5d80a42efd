"""What a tax office requires of a till's records: the port, and an adapter for countries that require nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pos.domain.money import Money
from pos.domain.value import value


@value
class Signable:
    """The signed data of a sale or a return: its local time, its receipt number, and its amounts with and without tax,
    before cash rounding. The amounts of a return are negative."""

    at: datetime
    number: str
    total: Money
    net: Money


@value
class KeyFile:
    """A signing key: its version, and its public half as text."""

    version: str
    public: str


class Signer(Protocol):
    """The signing keys of one database file. They are kept outside the file, so that a copy of the file does not
    contain them."""

    def prepare(self) -> None:
        """Load in the background what is slow to load."""

    def key(self, version: str | None) -> KeyFile:
        """The key of a version, ready to sign. With None, the first key, created if there is none.

        Raises `StoreError` if the key is missing, readable by others, or of the wrong length.
        """

    def next_key(self, version: str | None) -> KeyFile:
        """Create the key of the version after `version`. Raises `StoreError`."""

    def sign(self, version: str, previous: bytes, what: Signable) -> bytes:
        """Sign `what` after the till's previous signature (empty for the first). Raises as `key`."""


class Fiscal(Protocol):
    """The rules of one tax office."""

    def signer(self, path: Path, *, is_practice: bool) -> Signer | None:
        """The signer of a database file's sales; None where nothing is signed."""

    def verifies(self, public: str, previous: bytes, what: Signable, signature: bytes) -> bool:
        """Whether a signature was made with this key, of these amounts, after the previous signature."""

    def events(self, verb: str, facts: Mapping[str, object]) -> tuple[str, ...]:
        """The codes of a row of the journal in the tax office's list of events, by the row's verb and facts."""


class NoFiscal:
    """A country whose tax office requires nothing of these records."""

    def signer(self, path: Path, *, is_practice: bool) -> Signer | None:
        """None: nothing is signed."""
        return None

    def verifies(self, public: str, previous: bytes, what: Signable, signature: bytes) -> bool:
        """Always true: nothing is signed."""
        return True

    def events(self, verb: str, facts: Mapping[str, object]) -> tuple[str, ...]:
        """Always empty: there is no list."""
        return ()


NO_FISCAL = NoFiscal()
