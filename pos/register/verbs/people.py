"""The verbs of people: who is at the till, and who approves with a PIN or badge what somebody else may not do alone."""

from __future__ import annotations

from pos.domain.errors import Refused
from pos.domain.people import Person, Right
from pos.register.gate import Change, by_anyone, verb
from pos.register.scene import Scene
from pos.store.people import KeyKind, KeyRefused, SignedIn


@by_anyone
@verb
def sign_in(scene: Scene, digest: bytes, kind: KeyKind = KeyKind.PIN) -> Change[Person | None]:
    """Sign in the person with a PIN or badge. The order stays as it is.

    Refused, and recorded: `wrong-pin`, `unknown-badge`; `pins-locked` after five wrong PINs within ten minutes.
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
    """Sign out whoever is at the till. The order stays. Recorded only if somebody was signed in."""
    if scene.person is None:
        return Change(None)
    return Change(None, facts=(SignedIn(None, was_idle),), concerns_all=True)


@by_anyone
@verb
def approve(scene: Scene, digest: bytes, right: Right, kind: KeyKind = KeyKind.PIN) -> Change[Person | None]:
    """The person with a PIN or badge, if they hold a right; to be passed to `Register.do_approved`.

    Refused, and recorded: as in `sign_in`, and `not-allowed` for somebody without the right.
    """
    found = _holder(scene, digest, kind)
    if isinstance(found, Refused):
        return _refused(found)
    if not found.may(right):
        refused = KeyRefused("not-allowed", found.id, right)
        return Change(None, facts=(refused,), refused=Refused("not-allowed", name=found.name))
    return Change(found)


def _holder(scene: Scene, digest: bytes, kind: KeyKind) -> Person | Refused:
    """The person with a PIN or badge, or the reason why it is refused."""
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
