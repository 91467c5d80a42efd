"""The journal: a chained row for each act, in place of the log of orders."""

PERSON = """
    CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
    ) STRICT
"""

# From here on, references to the log point to the journal, and the log has its old name again.
REFER = (
    "DROP TRIGGER order_log_stays",
    "DROP TRIGGER order_log_is_so",
    "DROP TRIGGER order_log_body",
    "ALTER TABLE order_log RENAME TO journal",
    "PRAGMA legacy_alter_table = ON",
    "ALTER TABLE journal RENAME TO order_log",
    "PRAGMA legacy_alter_table = OFF",
)

# No index on order_id or id: the queries that use them read only a few rows, or are not urgent.
JOURNAL = """
    CREATE TABLE journal (
        seq INTEGER PRIMARY KEY, -- from 1, without gaps
        format INTEGER NOT NULL, -- of the canonical form that `hash` is made of
        id BLOB NOT NULL CHECK (length(id) = 16), -- of the act: drawn, or of a row from before the journal its number
        at_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        offset_s INTEGER NOT NULL, -- what the shop's clocks were ahead of that, in seconds
        till INTEGER REFERENCES till(id),
        person INTEGER REFERENCES person(id),
        approver INTEGER REFERENCES person(id),
        shift INTEGER,
        verb TEXT NOT NULL,
        order_id TEXT REFERENCES orders(order_id),
        parent INTEGER REFERENCES journal(seq), -- what taking it back leads to
        reason TEXT NOT NULL,
        digest BLOB CHECK (length(digest) = 32), -- SHA-256 of the order's body; empty for an act without one
        hash BLOB NOT NULL CHECK (length(hash) = 32) -- SHA-256 of the hash of the row before and the canonical form
    ) STRICT
"""

# Bodies in the log itself, of files from before there were packs, move to the others.
BODIES = (
    "ALTER TABLE order_body ADD COLUMN facts TEXT NOT NULL DEFAULT '[]'",  # JSON: what else the act made true
    "ALTER TABLE body_pack ADD COLUMN facts BLOB",  # JSON, deflated (zlib): [[seq, facts], …] of the rows with some
    """
    INSERT INTO order_body (seq, body) SELECT seq, body FROM order_log
    WHERE body <> '' AND seq NOT IN (SELECT seq FROM order_body)
    """,
)

# Packs never change, except here: they receive the facts of their rows.
OPEN_PACKS = ("DROP TRIGGER body_pack_is_so", "DROP TRIGGER order_body_is_so")

CLOSE = (
    "DROP TABLE order_log",
    """
    CREATE TRIGGER body_pack_is_so BEFORE UPDATE ON body_pack
    BEGIN
        SELECT RAISE(ABORT, 'a pack stays as it is');
    END
    """,
    """
    CREATE TRIGGER order_body_is_so BEFORE UPDATE ON order_body
    BEGIN
        SELECT RAISE(ABORT, 'a body stays as it is');
    END
    """,
    """
    CREATE TRIGGER journal_stays BEFORE DELETE ON journal
    BEGIN
        SELECT RAISE(ABORT, 'a row of the journal stays');
    END
    """,
    """
    CREATE TRIGGER journal_is_so BEFORE UPDATE ON journal
    BEGIN
        SELECT RAISE(ABORT, 'a row of the journal stays as it is');
    END
    """,
    """
    CREATE TRIGGER journal_goes_on BEFORE INSERT ON journal
    WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
    BEGIN
        SELECT RAISE(ABORT, 'a row of the journal follows the last');
    END
    """,
)
