"""People for tests: a cashier and a shift lead, each with a PIN and the shift lead with a badge."""

from __future__ import annotations

from hashlib import scrypt
from typing import TYPE_CHECKING

from pos.counter.panels.people import ApprovePanel
from pos.domain.people import Person, Right, Role
from pos.office.people import enter_person, give_key
from pos.register import Clock, Register, ShopGate
from pos.store import KeyKind, Store

if TYPE_CHECKING:
    from tests.rig import Cashier

PINS = {"Kari": "4711", "Ola": "9002"}
BADGE = "OLASBADGE22"
SALT = b"of the tests    "


def digest(kind: KeyKind, code: str) -> bytes:
    """The stored digest of a PIN or badge, with the tests' salt."""
    return scrypt(f"{kind}:{code}".encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32)


def enter(store: Store, gate: ShopGate, name: str, role: Role) -> Person:
    """Enter a person with a PIN."""
    person = gate.do(enter_person, name, role).result
    gate.do(give_key, person, KeyKind.PIN, digest(KeyKind.PIN, PINS[name]))
    return person


def staffed(register: Register, clock: Clock) -> dict[str, Person]:
    """Enter Kari, cashier, and Ola, shift lead."""
    store = register.store
    with store.file.writing() as conn:
        conn.execute("UPDATE key_salt SET salt = ?", (SALT,))
    gate = ShopGate(store, register.country, clock)
    people = {name: enter(store, gate, name, role) for name, role in (("Kari", Role.CASHIER), ("Ola", Role.SHIFT_LEAD))}
    gate.do(give_key, people["Ola"], KeyKind.BADGE, digest(KeyKind.BADGE, BADGE))
    register.catch_up()
    return people


def at_the_till(cashier: Cashier, name: str | None = "Kari") -> None:
    """A shop with people, one of whom has signed in at the counter; with None nobody has."""
    if not cashier.register.view.has_people:
        staffed(cashier.register, cashier.clock)
    cashier.counter.keep_somebody_there()
    if name is not None and cashier.register.view.person is None:
        cashier.press(*PINS[name])
        assert cashier.register.view.cashier == name


def ask_for_approval(cashier: Cashier) -> None:
    """Open the panel that asks for an approval."""
    counter = cashier.counter
    counter.panel = ApprovePanel(Right.REFUND, lambda: None, counter.panel)
