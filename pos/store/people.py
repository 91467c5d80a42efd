"""The people who work here: their ids, by which all other tables refer to them, and their PINs and badges."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from enum import StrEnum

from pos.domain.errors import Refused
from pos.domain.people import Person, Right, Role
from pos.domain.value import value
from pos.store.acts import Act
from pos.store.file.codec import to_instant
from pos.store.file.connection import StoreFile

MOST_WRONG = 5
"""After this many wrong PINs, a till takes none for a while."""
LOCKED_FOR = timedelta(minutes=10)

FIND = "SELECT id FROM person WHERE name = :name"
ADD = "INSERT INTO person (name) VALUES (:name) RETURNING id"
NAME = "SELECT name FROM person WHERE id = :id"
NEXT = "SELECT COALESCE(MAX(id), 0) + 1 FROM person"
PEOPLE = """
    SELECT p.id, p.name, p.role,
        EXISTS (SELECT 1 FROM person_key WHERE person = p.id AND kind = 'pin'),
        EXISTS (SELECT 1 FROM person_key WHERE person = p.id AND kind = 'badge')
    FROM person AS p WHERE p.role IS NOT NULL AND NOT p.has_left ORDER BY p.name
"""
EVERYBODY = "SELECT id, name, COALESCE(role, '') FROM person ORDER BY id"
ENTER = """
    INSERT INTO person (id, name, role, has_left) VALUES (:id, :name, :role, 0)
    ON CONFLICT (id) DO UPDATE SET role = excluded.role, has_left = 0
"""
LEAVE = "UPDATE person SET has_left = 1 WHERE id = :id"
LEAVE_TILLS = "UPDATE signed_in SET person = NULL WHERE person = :id"
SALT = "SELECT salt FROM key_salt"
OWNER = "SELECT k.person, p.has_left FROM person_key AS k JOIN person AS p ON p.id = k.person WHERE k.digest = :digest"
NOTE_GIVEN = "UPDATE key_salt SET given_us = :at_us"
FREE_KEY = "DELETE FROM person_key WHERE digest = :digest AND person IN (SELECT id FROM person WHERE has_left)"
GIVE_KEY = """
    INSERT INTO person_key (digest, person, kind) VALUES (:digest, :person, :kind)
    ON CONFLICT (person, kind) DO UPDATE SET digest = excluded.digest
"""
KNOWN = """
    SELECT p.id, p.name, p.role FROM person_key AS k JOIN person AS p ON p.id = k.person
    WHERE k.digest = :digest AND NOT p.has_left
"""
AT_TILL = """
    SELECT EXISTS (SELECT 1 FROM person_key AS k JOIN person AS p ON p.id = k.person WHERE NOT p.has_left),
        p.id, p.name, p.role
    FROM (SELECT 1) LEFT JOIN signed_in AS s ON s.till = :till LEFT JOIN person AS p ON p.id = s.person
"""
ON = """
    SELECT t.name, p.name, p.role
    FROM signed_in AS s JOIN till AS t ON t.id = s.till JOIN person AS p ON p.id = s.person ORDER BY t.name
"""
SIGN_IN = """
    INSERT INTO signed_in (till, person) VALUES (:till, :person)
    ON CONFLICT (till) DO UPDATE SET person = excluded.person
"""
REFUSE = "INSERT INTO key_refused (till, at_us, why, person) VALUES (:till, :at_us, :why, :person)"
LATEST_WRONG = """
    SELECT at_us FROM key_refused WHERE till = :till AND why = 'wrong-pin' AND at_us BETWEEN :since AND :now
        AND at_us >= (SELECT given_us FROM key_salt)
    ORDER BY at_us DESC LIMIT 1 OFFSET :before
"""


class KeyKind(StrEnum):
    """How somebody identifies themselves."""

    PIN = "pin"
    BADGE = "badge"


@value
class Staff:
    """Who is at a till. `has_people` says whether the shop has people who sign in at all; `person` is who did."""

    has_people: bool = False
    person: Person | None = None


@value
class Listed:
    """Somebody who works here, and whether they have a PIN and a badge."""

    person: Person
    has_pin: bool
    has_badge: bool


def person_id(conn: sqlite3.Connection, name: str) -> int | None:
    """The id of the person with a name, created the first time; None for no name."""
    if not name:
        return None
    row = conn.execute(FIND, {"name": name}).fetchone()
    if row is None:
        ((number,),) = conn.execute(ADD, {"name": name}).fetchall()
        return int(number)
    return int(row[0])


def person_name(conn: sqlite3.Connection, person: int | None) -> str:
    """The name of a person; '' for nobody, and for one whose name is gone."""
    row = None if person is None else conn.execute(NAME, {"id": person}).fetchone()
    return "" if row is None else str(row[0])


class PersonStore:
    """The people of one file."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def enter(self, name: str) -> int | None:
        """The id of the person with a name, created the first time inside the open transaction; None for no name."""
        with self._file.reading() as conn:
            return person_id(conn, name)

    def name(self, person: int | None) -> str:
        """The name of a person; '' for nobody, and for one whose name is gone."""
        with self._file.reading() as conn:
            return person_name(conn, person)

    def id_for(self, name: str) -> int:
        """The id that the person with a name has, or would get."""
        with self._file.reading() as conn:
            row = conn.execute(FIND, {"name": name}).fetchone() or conn.execute(NEXT).fetchone()
        return int(row[0])

    def everybody(self) -> tuple[tuple[int, str, str], ...]:
        """Everybody named by an act: id, name and role ('' for none)."""
        with self._file.reading() as conn:
            rows = conn.execute(EVERYBODY).fetchall()
        return tuple((int(number), str(name), str(role)) for number, name, role in rows)

    def listed(self) -> tuple[Listed, ...]:
        """Everybody who works here, by name."""
        with self._file.reading() as conn:
            rows = conn.execute(PEOPLE).fetchall()
        return tuple(
            Listed(Person(number, name, Role(role)), bool(pin), bool(badge)) for number, name, role, pin, badge in rows
        )

    def named(self, name: str) -> Person:
        """The person with a name. Raises `Refused` if nobody by that name works here."""
        found = next((entry.person for entry in self.listed() if entry.person.name.casefold() == name.casefold()), None)
        if found is None:
            raise Refused("no-such-person", name=name)
        return found

    def at(self, till_id: int) -> Staff:
        """Who is at a till."""
        with self._file.reading() as conn:
            has_people, number, name, role = conn.execute(AT_TILL, {"till": till_id}).fetchone()
        return Staff(bool(has_people), None if number is None else Person(number, name, Role(role)))

    def on(self) -> tuple[tuple[str, str, Role], ...]:
        """Who is signed in: till, name and role, by till."""
        with self._file.reading() as conn:
            rows = conn.execute(ON).fetchall()
        return tuple((till, name, Role(role)) for till, name, role in rows)

    def salt(self) -> bytes:
        """The salt of every PIN and badge of the file."""
        with self._file.reading() as conn:
            return bytes(conn.execute(SALT).fetchone()[0])

    def digest(self, kind: KeyKind, code: str) -> bytes:
        """The stored digest of a PIN or badge. It is slow to compute (some 60 ms), so that trying all of them takes
        long. Never computed under the lock."""
        from hashlib import scrypt  # loads OpenSSL, which a till without people does not need

        return scrypt(f"{kind}:{code}".encode(), salt=self.salt(), n=2**14, r=8, p=1, dklen=32)

    def known_by(self, digest: bytes) -> Person | None:
        """The person whose PIN or badge has a digest, or None."""
        with self._file.reading() as conn:
            row = conn.execute(KNOWN, {"digest": digest}).fetchone()
        return None if row is None else Person(row[0], row[1], Role(row[2]))

    def is_taken(self, digest: bytes, person_id: int) -> bool:
        """Whether another person who works here has the PIN or badge."""
        with self._file.reading() as conn:
            row = conn.execute(OWNER, {"digest": digest}).fetchone()
        return row is not None and row[0] != person_id and not row[1]

    def locked_until(self, till_id: int, now: datetime) -> datetime | None:
        """Until when a till takes no PIN; None if it takes one. A new PIN or badge for anybody lifts the lock, because
        whoever gives one is at the shop's machine."""
        (since, _), (until, _) = to_instant(now - LOCKED_FOR), to_instant(now)
        values = {"till": till_id, "since": since, "now": until, "before": MOST_WRONG - 1}
        with self._file.reading() as conn:
            row = conn.execute(LATEST_WRONG, values).fetchone()
        return None if row is None else now + timedelta(microseconds=row[0] - since)


@value
class PersonEntered:
    """A person works here from now on, or has another role."""

    person: Person

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(ENTER, {"id": self.person.id, "name": self.person.name, "role": self.person.role})

    def told(self) -> object:
        """The person's number and role. The journal is for ever, and a name must be deletable."""
        return {"person_entered": {"id": self.person.id, "role": self.person.role}}


@value
class PersonLeft:
    """A person no longer works here: their PIN and badge are void."""

    person_id: int

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Keep the person, and sign them out everywhere."""
        conn.execute(LEAVE, {"id": self.person_id})
        conn.execute(LEAVE_TILLS, {"id": self.person_id})

    def told(self) -> object:
        return {"person_left": {"id": self.person_id}}


@value
class KeyGiven:
    """A person has a new PIN or badge, in place of the one before."""

    person_id: int
    kind: KeyKind
    digest: bytes

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        """Store the digest; that of a person who has left is void. A unique index refuses one that is taken."""
        values = {"digest": self.digest, "person": self.person_id, "kind": self.kind}
        conn.execute(FREE_KEY, values)
        conn.execute(GIVE_KEY, values)
        conn.execute(NOTE_GIVEN, {"at_us": to_instant(act.at)[0]})

    def told(self) -> object:
        """Whose it is, and nothing by which it could be found out."""
        return {"key_given": {"person": self.person_id, "kind": self.kind}}


@value
class SignedIn:
    """A person is at the till from now on, or with None nobody. `was_idle`: an idle till signed its person out."""

    person_id: int | None
    was_idle: bool = False

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        conn.execute(SIGN_IN, {"till": act.till, "person": self.person_id})

    def told(self) -> object:
        return {"signed_in": self}


@value
class KeyRefused:
    """A refused PIN or badge: `wrong-pin`, `unknown-badge`, or one of somebody without the right (`not-allowed`), with
    that right."""

    why: str
    person_id: int | None = None
    right: Right | None = None

    def write(self, conn: sqlite3.Connection, act: Act) -> None:
        values = {"till": act.till, "at_us": to_instant(act.at)[0], "why": self.why, "person": self.person_id}
        conn.execute(REFUSE, values)

    def told(self) -> object:
        return {"key_refused": self}
