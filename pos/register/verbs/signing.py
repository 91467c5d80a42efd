"""Signing of sales and returns, in countries that require it: checked before money is taken, done in the act itself."""

from __future__ import annotations

from pos.country import Signable, Signer
from pos.domain.errors import Refused, StoreError
from pos.register.scene import Scene
from pos.store import Fact, Signature, Signed, SigningKeyEntered, Store


def check_signing(scene: Scene) -> None:
    """Check that this till can sign. Raises `Refused`, before money is taken."""
    if scene.signer is not None:
        version = scene.store.signatures.key()  # raises its own error if the file does not answer
        try:
            scene.signer.key(version)
        except StoreError as error:
            raise Refused(error.message_id, **error.values) from error


def signed(scene: Scene, *what: Signable) -> tuple[Fact, ...]:
    """The facts with the signatures of an act's sales and returns, to be written before these; and with the key, if it
    is the file's first signature. None where no signature is required. Raises `Refused` if the key is missing."""
    if scene.signer is None:
        return ()
    check_signing(scene)
    return signatures_of(scene.signer, scene.store, scene.till.id, *what)


def signatures_of(signer: Signer, store: Store, till_id: int, *what: Signable) -> tuple[Fact, ...]:
    """The facts with the signatures that follow the till's last one. Raises `StoreError` if the key is missing."""
    version = store.signatures.key()
    key, last = signer.key(version), store.signatures.last(till_id)
    made: list[Signature] = []
    for one in what:
        last = signer.sign(key.version, last, one)
        series, _, number = one.number.rpartition("-")
        made.append(Signature(series, int(number), one.at, one.total, one.net, key.version, last))
    entered = (SigningKeyEntered(key.version, key.public),) if version is None else ()
    return (*entered, Signed(tuple(made)))
