"""The verbs of people: who is at the till, and who puts a PIN or badge to what somebody else must not do alone."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.people import Person, Right
from pos.register.gate import Change, by_anyone, verb
from pos.register.scene import Scene
from pos.store.people import KeyKind, KeyRefused, SignedIn


@by_anyone
@verb
def sign_in(scene: Scene, digest: bytes, kind: KeyKind = KeyKind.PIN) -> Change[Person | None]:
    """Whoever has the PIN or badge is at the till from now on; the order stays as it is.

    Refused, and kept: `wrong-pin`, `unknown-badge`; `pins-locked` after five wrong PINs within ten minutes.
    """
    found = _holder(scene, digest, kind)
    if isinstance(found, Refused):
        return _refused(found)
    if found == scene.person:
        return Change(found)
    return Change(found, facts=(SignedIn(found.id),), concerns_all=True, by=found)


@by_anyone
@verb
def sign_out(scene: Scene, *, was_idle: bool = False) -> Change[None]:
    """Nobody is at the till any more; the order waits. Without anybody there it leaves no trace."""
    if scene.person is None:
        return Change(None)
    return Change(None, facts=(SignedIn(None, was_idle),), concerns_all=True)


@by_anyone
@verb
def approve(scene: Scene, digest: bytes, right: Right, kind: KeyKind = KeyKind.PIN) -> Change[Person | None]:
    """Who holds a right and puts their PIN or badge to an act: to be handed to `Register.do_approved`.

    Refused, and kept: as for `sign_in`, and `not-allowed` for somebody who does not hold it.
    """
    found = _holder(scene, digest, kind)
    if isinstance(found, Refused):
        return _refused(found)
    if not found.may(right):
        refused = KeyRefused("not-allowed", found.id, right)
        return Change(None, facts=(refused,), refused=Refused("not-allowed", name=found.name))
    return Change(found)


def _holder(scene: Scene, digest: bytes, kind: KeyKind) -> Person | Refused:
    """Whose PIN or badge it is, or why it opens nothing."""
    if kind is KeyKind.PIN:
        until = scene.store.people.locked_until(scene.till.id, scene.now)
        if until is not None:
            raise Refused("pins-locked", at=until)
    found = scene.store.people.known_by(digest)
    if found is not None:
        return found
    return Refused("wrong-pin" if kind is KeyKind.PIN else "unknown-badge")


def _refused(error: Refused) -> Change[Person | None]:
    return Change(None, facts=(KeyRefused(error.message_id),), refused=error)
