"""What a tax office asks of a till's records: a port, and the adapter of the countries that ask nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pos.domain.money import Money
from pos.domain.value import value


@value
class Signable:
    """What is signed of a sale or a return: when it was, on the shop's clocks, the number of its receipt, and what it
    came to with and without tax, before cash rounding. A return's amounts are negative."""

    at: datetime
    number: str
    total: Money
    net: Money


@value
class KeyFile:
    """A key that signs: its version, and its public half as text."""

    version: str
    public: str


class Signer(Protocol):
    """The keys of one database file. They are kept outside it: who copies the file has not got them."""

    def prepare(self) -> None:
        """Load in the background what takes long to load."""

    def key(self, version: str | None) -> KeyFile:
        """The key of a version, ready to sign; with None the first one, made if there is none.

        Raises `StoreError` for a key that is missing, that others may read, or that is not of the length wanted.
        """

    def next_key(self, version: str | None) -> KeyFile:
        """A new key, for the version after that one. Raises `StoreError`."""

    def sign(self, version: str, previous: bytes, what: Signable) -> bytes:
        """The signature that follows another one of the same till (empty before the first). Raises as `key`."""


class Fiscal(Protocol):
    """The rules of one tax office."""

    def signer(self, path: Path, *, is_practice: bool) -> Signer | None:
        """Who signs the sales of a database file; None where nothing is signed."""

    def verifies(self, public: str, previous: bytes, what: Signable, signature: bytes) -> bool:
        """Whether a signature was made with a key, of these amounts, after that other signature."""

    def events(self, verb: str, facts: Mapping[str, object]) -> tuple[str, ...]:
        """The codes of a row of the journal on the tax office's list of events: of its verb, and of its facts by their
        names."""


class NoFiscal:
    """A country whose tax office asks nothing of these records."""

    def signer(self, path: Path, *, is_practice: bool) -> Signer | None:
        """Nobody."""
        return None

    def verifies(self, public: str, previous: bytes, what: Signable, signature: bytes) -> bool:
        """Nothing is signed here: there is nothing to find fault with."""
        return True

    def events(self, verb: str, facts: Mapping[str, object]) -> tuple[str, ...]:
        """There is no list."""
        return ()


NO_FISCAL = NoFiscal()
