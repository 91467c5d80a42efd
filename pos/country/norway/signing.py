"""Signatures of sales and returns by Skatteetaten's guideline: a chain of RSA signatures with SHA-1 and 1024 bits.

Algorithm and key length are those that the guideline allows; both are weak by now. The till itself relies on the
chain of its journal, which is SHA-256.

A key is a file `<version>.pem` in the folder `<database>.signing`, readable by the till's owner only. From the first
signature on its public half is also in the database, so that old signatures can be verified without the file.
"""

from __future__ import annotations

import os
import stat
import sys
from base64 import b64encode
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from pos.country.fiscal import KeyFile, Signable
from pos.domain.errors import StoreError
from pos.domain.money import Money
from pos.wording.reasons import reason_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.hashes import SHA1

BITS = 1024
EXPONENT = 65537
FIRST_PREVIOUS = "0"
"""Stands for the previous signature in a till's first one."""

PRACTICE = "T"
"""The first letter of practice key versions, so that no two keys have the same version."""

ONLY_OWNER = 0o600
OWNERS_FOLDER = 0o700


def message(previous: bytes, what: Signable) -> bytes:
    """The text that is signed: previous signature, date, time, number, and the amounts with and without tax, in UTF-8.

    `0;2016-11-24;10:39:00;2;1.00;0.96`
    """
    before = b64encode(previous).decode() if previous else FIRST_PREVIOUS
    at = f"{what.at:%Y-%m-%d;%H:%M:%S}"
    return ";".join((before, at, what.number, decimal(what.total), decimal(what.net))).encode()


def decimal(amount: Money) -> str:
    """An amount with a point and two decimals: `-16.40`."""
    kroner, ore = divmod(abs(amount.minor), 100)
    return f"{'-' if amount.minor < 0 else ''}{kroner}.{ore:02}"


def folder_of(database: Path) -> Path:
    """The folder of a database's keys: `shop.db.signing`."""
    return database.with_name(f"{database.name}.signing")


def verifies(public: str, text: bytes, signature: bytes) -> bool:
    """Whether the signature of a text was made with the private half of a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    padding, sha1 = _scheme()
    try:
        key = load_pem_public_key(public.encode())
        if not isinstance(key, RSAPublicKey) or key.key_size != BITS:
            return False
        key.verify(signature, text, padding, sha1)
    except (ValueError, InvalidSignature):
        return False
    return True


class Keys:
    """The signing keys of one database file."""

    def __init__(self, database: Path, *, is_practice: bool) -> None:
        self._folder = folder_of(database)
        self._letter = PRACTICE if is_practice else ""
        self._loaded: dict[str, tuple[RSAPrivateKey, KeyFile]] = {}

    def prepare(self) -> None:
        """Import the cryptography in the background, so that no sale waits the tenth of a second."""
        Thread(target=_scheme, daemon=True).start()

    def key(self, version: str | None) -> KeyFile:
        """The key of a version. With None it is the first one, made if it does not exist.

        Raises `StoreError`: `signing-key-missing`, `signing-key-open` if others may read the file, `signing-key-wrong`
        if it holds no such key.
        """
        name = version or f"{self._letter}1"
        if name not in self._loaded:
            if version is None:
                self._make(name)
            self._loaded[name] = self._load(name)
        return self._loaded[name][1]

    def next_key(self, version: str | None) -> KeyFile:
        """The key of the next version: a new one, or one that was made earlier and never used."""
        name = f"{self._letter}{int((version or '0').removeprefix(self._letter)) + 1}"
        self._make(name)
        return self.key(name)

    def sign(self, version: str, previous: bytes, what: Signable) -> bytes:
        """The signature that follows `previous`, which is empty before the first."""
        self.key(version)
        return self._loaded[version][0].sign(message(previous, what), *_scheme())

    def _path(self, version: str) -> Path:
        return self._folder / f"{version}.pem"

    def _load(self, version: str) -> tuple[RSAPrivateKey, KeyFile]:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        path = self._path(version)
        try:
            with path.open("rb") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                content = file.read()
        except OSError as error:
            raise StoreError("signing-key-missing", path=path) from error
        if sys.platform != "win32" and mode & ~ONLY_OWNER:
            raise StoreError("signing-key-open", path=path)
        try:
            key = load_pem_private_key(content, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise StoreError("signing-key-wrong", path=path, bits=BITS) from error
        if not isinstance(key, RSAPrivateKey) or key.key_size != BITS:
            raise StoreError("signing-key-wrong", path=path, bits=BITS)
        return key, KeyFile(version, _public(key))

    def _make(self, version: str) -> None:
        """Make the key of a version, unless its file exists. Two tills that begin at once get the same key."""
        path = self._path(version)
        if path.exists():
            return
        try:
            self._folder.mkdir(mode=OWNERS_FOLDER, exist_ok=True)
            made = path.with_name(f"{path.name}.{os.getpid()}.new")
            place = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ONLY_OWNER)
            with os.fdopen(place, "wb") as file:
                file.write(_new_key())
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(made, path)
            except FileExistsError:
                pass
            finally:
                made.unlink()
        except OSError as error:
            raise StoreError("signing-key-unmade", path=path, reason=reason_of(error)) from error


def _scheme() -> tuple[PKCS1v15, SHA1]:
    """Padding and hash of the signatures. The first call imports them, which takes a tenth of a second."""
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA1

    return PKCS1v15(), SHA1()


def _new_key() -> bytes:
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = generate_private_key(EXPONENT, BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _public(key: RSAPrivateKey) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
