"""People who sign in: their role, PIN or badge, who is at which till, and refused attempts."""

PEOPLE = (
    "ALTER TABLE shop ADD COLUMN lock_after INTEGER NOT NULL DEFAULT 0",  # minutes; 0: never
    "ALTER TABLE person ADD COLUMN role TEXT CHECK (role IN ('cashier', 'trainer', 'shift_lead', 'manager'))",
    "ALTER TABLE person ADD COLUMN has_left INTEGER NOT NULL DEFAULT 0",
    # One salt for the whole file: a PIN identifies its person, so no two people may have the same one.
    """
    CREATE TABLE key_salt (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        salt BLOB NOT NULL CHECK (length(salt) = 16),
        given_us INTEGER NOT NULL DEFAULT 0 -- when somebody last got a PIN or badge: wrong ones before it lock no till
    ) STRICT
    """,
    "INSERT INTO key_salt (id, salt) VALUES (1, randomblob(16))",
    """
    CREATE TABLE person_key (
        digest BLOB PRIMARY KEY CHECK (length(digest) = 32), -- scrypt of the PIN, or of the badge's code
        person INTEGER NOT NULL REFERENCES person(id),
        kind TEXT NOT NULL CHECK (kind IN ('pin', 'badge')),
        UNIQUE (person, kind)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE signed_in (
        till INTEGER PRIMARY KEY REFERENCES till(id),
        person INTEGER REFERENCES person(id) -- empty: nobody
    ) STRICT
    """,
    """
    CREATE TABLE key_refused (
        id INTEGER PRIMARY KEY,
        till INTEGER NOT NULL REFERENCES till(id),
        at_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        why TEXT NOT NULL CHECK (why IN ('wrong-pin', 'unknown-badge', 'not-allowed')),
        person INTEGER REFERENCES person(id) -- whose key it was; empty: nobody's
    ) STRICT
    """,
    "CREATE INDEX key_refused_wrong ON key_refused(till, at_us) WHERE why = 'wrong-pin'",
    "CREATE TRIGGER key_refused_stays BEFORE DELETE ON key_refused "
    "BEGIN SELECT RAISE(ABORT, 'a row of key_refused stays'); END",
    "CREATE TRIGGER key_refused_is_so BEFORE UPDATE ON key_refused "
    "BEGIN SELECT RAISE(ABORT, 'a row of key_refused stays as it is'); END",
    "CREATE TRIGGER person_stays BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'a row of person stays'); END",
)
