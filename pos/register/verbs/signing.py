"""Signing, where a country wants it: looked at before money is taken, done in the act of the sale or the return."""

from __future__ import annotations

from pos.country import Signable, Signer
from pos.domain.errors import Refused, StoreError
from pos.register.scene import Scene
from pos.store import Fact, Signature, Signed, SigningKeyEntered, Store


def check_signing(scene: Scene) -> None:
    """Look that this till can sign. Raises `Refused`, before money is taken."""
    if scene.signer is not None:
        version = scene.store.signatures.key()  # a file that does not answer says so by itself
        try:
            scene.signer.key(version)
        except StoreError as error:
            raise Refused(error.message_id, **error.values) from error


def signed(scene: Scene, *what: Signable) -> tuple[Fact, ...]:
    """The signatures of sales and returns of one act in their order, to be written before them; in the file's first
    one its key as well. Nothing where nothing is signed. Raises `Refused` where the key is gone."""
    if scene.signer is None:
        return ()
    check_signing(scene)
    return signatures_of(scene.signer, scene.store, scene.till.id, *what)


def signatures_of(signer: Signer, store: Store, till_id: int, *what: Signable) -> tuple[Fact, ...]:
    """What is written of signatures behind the till's last one. Raises `StoreError` where the key is gone."""
    version = store.signatures.key()
    key, last = signer.key(version), store.signatures.last(till_id)
    made: list[Signature] = []
    for one in what:
        last = signer.sign(key.version, last, one)
        series, _, number = one.number.rpartition("-")
        made.append(Signature(series, int(number), one.at, one.total, one.net, key.version, last))
    entered = (SigningKeyEntered(key.version, key.public),) if version is None else ()
    return (*entered, Signed(tuple(made)))
