"""The keys that sign: what the tax office is told of them, and a new one in the place of the last."""

from __future__ import annotations

from pos.country import KeyFile
from pos.domain.errors import Refused
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import SigningKeyEntered


@verb
def enter_signing_key(scene: ShopScene, key: KeyFile) -> Change[None]:
    """A key signs from now on; old signatures are checked with the old ones. Raises `Refused` `signing-key-entered`
    for a version that the file has already."""
    if key.version in scene.store.signatures.public_keys():
        raise Refused("signing-key-entered", version=key.version)
    return Change(None, facts=(SigningKeyEntered(key.version, key.public),))


def renew(gate: ShopGate) -> str:
    """Make a new key, which every till of the file signs with from its next sale on; its version.

    Raises `Refused` `nothing-signed` in a country without signatures, and `StoreError`.
    """
    signer = gate.country.fiscal.signer(gate.store.path, is_practice=False)
    if signer is None:
        raise Refused("nothing-signed")
    key = signer.next_key(gate.store.signatures.key())
    gate.do(enter_signing_key, key)
    return key.version
