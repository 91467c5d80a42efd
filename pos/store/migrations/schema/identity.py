"""What tells one database from another, and the numbers that were left out when a file had gone back."""

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
