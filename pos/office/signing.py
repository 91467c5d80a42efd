"""Signing keys: the public keys for the tax office, and renewal."""

from __future__ import annotations

from pos.country import KeyFile
from pos.domain.errors import Refused
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import SigningKeyEntered


@verb
def enter_signing_key(scene: ShopScene, key: KeyFile) -> Change[None]:
    """Record a key that signs from now on; old signatures are verified with the old keys. Raises `Refused`
    `signing-key-entered` for a version that the file already has."""
    if key.version in scene.store.signatures.public_keys():
        raise Refused("signing-key-entered", version=key.version)
    return Change(None, facts=(SigningKeyEntered(key.version, key.public),))


def renew(gate: ShopGate) -> str:
    """Create a new key, with which all tills of the file sign from their next sale on; returns its version.

    Raises `Refused` `nothing-signed` in a country without signatures, and `StoreError`.
    """
    signer = gate.country.fiscal.signer(gate.store.path, is_practice=False)
    if signer is None:
        raise Refused("nothing-signed")
    key = signer.next_key(gate.store.signatures.key())
    gate.do(enter_signing_key, key)
    return key.version
