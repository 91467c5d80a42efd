"""The commands of people: who works here, and how they sign in."""

from __future__ import annotations

import sys
from getpass import getpass
from typing import TYPE_CHECKING

from pos.cli.lines import show
from pos.cli.shop import existing, gate_of, is_terminal
from pos.domain.people import Right, Role
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker

KEYS = {
    (True, True): "people-has-both",
    (True, False): "people-has-pin",
    (False, True): "people-has-badge",
    (False, False): "people-has-none",
}
ROLES = tuple(role.replace("_", "-") for role in Role)


def add_people(command: ParserMaker) -> None:
    """`pos people list`, `add`, `pin`, `badge`, `leave`."""
    command("people", "list").set_defaults(run=people_list)
    adding = command("people", "add")
    adding.add_argument("name", metavar="name")
    adding.add_argument("--role", choices=ROLES, default=ROLES[0])
    adding.set_defaults(run=people_add)
    pin = command("people", "pin")
    pin.add_argument("name", metavar="name")
    pin.add_argument("--choose", action="store_true")
    pin.set_defaults(run=people_pin)
    badge = command("people", "badge")
    badge.add_argument("name", metavar="name")
    badge.add_argument("--choose", action="store_true")
    badge.set_defaults(run=people_badge)
    leave = command("people", "leave")
    leave.add_argument("name", metavar="name")
    leave.set_defaults(run=people_leave)


def people_list(arguments: Arguments) -> int:
    """List everybody who works here, with their role, and whether they have a PIN and a badge."""
    words = wording(arguments.language)
    with existing(arguments, changes=False) as store:
        found = store.people.listed()
    if not found:
        print(words.text("people-none"))
        return 0
    rows = [
        (
            one.person.name,
            words.label(one.person.role),
            words.text(KEYS[one.has_pin, one.has_badge]),
        )
        for one in found
    ]
    wide = [max(len(row[place]) for row in rows) for place in range(2)]
    show(f"{name:{wide[0]}}  {role:{wide[1]}}  {key}" for name, role, key in rows)
    return 0


def people_add(arguments: Arguments) -> int:
    """Enter a person with a PIN. A person who is there already gets another role and keeps the PIN."""
    from pos.office.people import checked_name, enter_person, give_pin

    words = wording(arguments.language)
    name, role = checked_name(arguments.text("name")), Role(arguments.text("role").replace("-", "_"))
    with existing(arguments, changes=True) as store:
        gate = gate_of(arguments, store)
        was = {one.person.name: one for one in store.people.listed()}.get(name)
        person = gate.do(enter_person, name, role).result
        if was is None or not was.has_pin:
            print(words.text("people-added", name=name, role=words.label(role), pin=give_pin(gate, person)))
        else:
            print(words.text("people-has-role", name=name, role=words.label(role)))
    return 0


def people_pin(arguments: Arguments) -> int:
    """Give a person another PIN: drawn, or typed with `--choose`."""
    from pos.office.people import give_pin

    words = wording(arguments.language)
    with existing(arguments, changes=True) as store:
        person = store.people.named(arguments.text("name"))
        typed = _typed(words.text("people-type-pin")) if arguments.flag("choose") else None
        pin = give_pin(gate_of(arguments, store), person, typed)
        told = "people-pin-chosen" if typed is not None else "people-pin-drawn"
        print(words.text(told, name=person.name, pin=pin))
    return 0


def people_badge(arguments: Arguments) -> int:
    """Give a person a badge: a new code, also as a QR code to print, or with `--choose` one that is scanned."""
    from pos.devices.qr import half_blocks
    from pos.office.people import give_badge

    words = wording(arguments.language)
    with existing(arguments, changes=True) as store:
        person = store.people.named(arguments.text("name"))
        typed = _typed(words.text("people-type-badge")) if arguments.flag("choose") else None
        code = give_badge(gate_of(arguments, store), person, typed)
        if typed is not None:
            print(words.text("people-badge-chosen", name=person.name))
        else:
            print(words.text("people-badge-drawn", name=person.name, code=code))
            show(half_blocks(code))
    return 0


def people_leave(arguments: Arguments) -> int:
    """Enter that a person no longer works here."""
    from pos.office.people import let_go

    words = wording(arguments.language)
    with existing(arguments, changes=True) as store:
        person = store.people.named(arguments.text("name"))
        gate_of(arguments, store).do(let_go, person)
        print(words.text("people-left", name=person.name))
        left = store.people.listed()
        if left and not any(one.person.may(right) for one in left for right in Right):
            print(words.text("people-nobody-may"))
    return 0


def _typed(prompt: str) -> str:
    """A typed or scanned text; a terminal does not show it."""
    if is_terminal(sys.stdin, sys.stderr):
        return getpass(prompt + " ").strip()
    return sys.stdin.readline().strip()
