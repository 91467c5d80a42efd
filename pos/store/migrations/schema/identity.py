"""The identity of a file, and the numbers that were skipped after an older file was accepted."""

IDENTITY = (
    """
    CREATE TABLE file_identity (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        id TEXT NOT NULL -- 32 hexadecimal digits, drawn when the file was made
    ) STRICT
    """,
    "INSERT INTO file_identity (only, id) VALUES (1, lower(hex(randomblob(16))))",
    """
    CREATE TABLE number_jump (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL, -- when somebody went on with a file that had gone back
        series TEXT NOT NULL,
        from_number INTEGER NOT NULL, -- the last receipt that this file knows
        to_number INTEGER NOT NULL -- the last one that was given out
    ) STRICT
    """,
)
