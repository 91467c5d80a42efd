"""`pos people`: enters people, gives them PINs and badges, and takes those back. Nothing is deleted."""

from __future__ import annotations

from secrets import choice, randbelow

from pos.domain.errors import BadInput, Refused
from pos.domain.people import LONGEST_BADGE, LONGEST_NAME, PIN_LENGTH, SHORTEST_BADGE, Person, Role, is_badge
from pos.domain.text import is_safe
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import KeyGiven, KeyKind, PersonEntered, PersonLeft, Store

BADGE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What cannot be taken for each other."""
MOST_DRAWS = 200


@verb
def enter_person(scene: ShopScene, name: str, role: Role) -> Change[Person]:
    """Somebody works here from now on; one who is there already has another role."""
    person = Person(scene.store.people.id_for(name), name, role)
    return Change(person, facts=(PersonEntered(person),))


@verb
def give_key(scene: ShopScene, person: Person, kind: KeyKind, digest: bytes) -> Change[None]:
    """A PIN or badge in place of the one before. Refused: `taken-pin`, `taken-badge`."""
    if scene.store.people.is_taken(digest, person.id):
        raise Refused(f"taken-{kind}")
    return Change(None, facts=(KeyGiven(person.id, kind, digest),))


@verb
def let_go(scene: ShopScene, person: Person) -> Change[None]:
    """Somebody does not work here any more: what they did stays theirs, and they cannot sign in."""
    return Change(None, facts=(PersonLeft(person.id),))


def checked_name(name: str) -> str:
    """A name as it may stand on receipts. Raises `BadInput`."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not is_safe(name):
        raise BadInput("bad-person-name", most=LONGEST_NAME)
    return name


def give_pin(gate: ShopGate, person: Person, pin: str | None = None) -> str:
    """Give somebody a PIN, drawn unless they have chosen one; returns it. Raises `BadInput`, `Refused`."""
    if pin is None:
        pin = _free_pin(gate.store, person)
    elif len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        raise BadInput("bad-pin", count=PIN_LENGTH)
    gate.do(give_key, person, KeyKind.PIN, gate.store.people.digest(KeyKind.PIN, pin))
    return pin


def _free_pin(store: Store, person: Person) -> str:
    for _ in range(MOST_DRAWS):
        pin = f"{randbelow(10**PIN_LENGTH):0{PIN_LENGTH}}"
        if not store.people.is_taken(store.people.digest(KeyKind.PIN, pin), person.id):
            return pin
    raise Refused("no-free-pin")


def give_badge(gate: ShopGate, person: Person, code: str | None = None) -> str:
    """Give somebody a badge with a code of its own, or the one they have; returns it. Raises `BadInput`, `Refused`."""
    code = "".join(choice(BADGE_LETTERS) for _ in range(16)) if code is None else code.strip()
    if not is_badge(code):
        raise BadInput("bad-badge", least=SHORTEST_BADGE, most=LONGEST_BADGE)
    gate.do(give_key, person, KeyKind.BADGE, gate.store.people.digest(KeyKind.BADGE, code))
    return code
