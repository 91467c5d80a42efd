"""`pos people`: enters people, and gives and withdraws PINs and badges. Nothing is deleted."""

from __future__ import annotations

from secrets import choice, randbelow

from pos.domain.errors import BadInput, Refused
from pos.domain.people import LONGEST_BADGE, LONGEST_NAME, PIN_LENGTH, SHORTEST_BADGE, Person, Role, is_badge
from pos.domain.text import is_safe
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import KeyGiven, KeyKind, PersonEntered, PersonLeft, Store

BADGE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Characters that are not mistaken for each other."""
MOST_DRAWS = 200


@verb
def enter_person(scene: ShopScene, name: str, role: Role) -> Change[Person]:
    """Enter a person, or change the role of one who is entered already."""
    person = Person(scene.store.people.id_for(name), name, role)
    return Change(person, facts=(PersonEntered(person),))


@verb
def give_key(scene: ShopScene, person: Person, kind: KeyKind, digest: bytes) -> Change[None]:
    """Give a person a PIN or badge, in place of the previous one. Raises `Refused`: `taken-pin`, `taken-badge`."""
    if scene.store.people.is_taken(digest, person.id):
        raise Refused(f"taken-{kind}")
    return Change(None, facts=(KeyGiven(person.id, kind, digest),))


@verb
def let_go(scene: ShopScene, person: Person) -> Change[None]:
    """Record that a person no longer works here. Their acts stay recorded; they can no longer sign in."""
    return Change(None, facts=(PersonLeft(person.id),))


def checked_name(name: str) -> str:
    """A name that may be printed on receipts. Raises `BadInput`."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not is_safe(name):
        raise BadInput("bad-person-name", most=LONGEST_NAME)
    return name


def give_pin(gate: ShopGate, person: Person, pin: str | None = None) -> str:
    """Give a person a PIN, `pin` or a random one; returns it. Raises `BadInput`, `Refused`."""
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
    """Give a person a badge, with the code of one they have or a new code; returns it. Raises `BadInput`, `Refused`."""
    code = "".join(choice(BADGE_LETTERS) for _ in range(16)) if code is None else code.strip()
    if not is_badge(code):
        raise BadInput("bad-badge", least=SHORTEST_BADGE, most=LONGEST_BADGE)
    gate.do(give_key, person, KeyKind.BADGE, gate.store.people.digest(KeyKind.BADGE, code))
    return code
