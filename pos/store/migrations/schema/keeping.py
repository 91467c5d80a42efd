"""The backups of a file, and the backup that it was restored from."""

from pos.store.migrations.schema.holding import IS_SO, STAYS

BACKUP = """
    CREATE TABLE backup (
        id INTEGER PRIMARY KEY,
        at_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        offset_s INTEGER NOT NULL, -- what the shop's clocks were ahead of that, in seconds
        name TEXT NOT NULL, -- of the copy, without its folder
        bytes INTEGER NOT NULL,
        head_seq INTEGER NOT NULL, -- the last row of the journal that the copy has
        head_hash TEXT NOT NULL -- the hash of that row, 64 hexadecimal digits
    ) STRICT
"""

FILE_RESTORED = """
    CREATE TABLE file_restored (
        id INTEGER PRIMARY KEY,
        at_us INTEGER NOT NULL, -- as in `backup`
        offset_s INTEGER NOT NULL,
        head_seq INTEGER NOT NULL, -- where the journal of the backup ended
        head_hash TEXT NOT NULL, -- the hash of that row, 64 hexadecimal digits
        lost_to INTEGER NOT NULL -- how far the journal before it is known to have gone; no further: `head_seq`
    ) STRICT
"""

KEEPING = (
    BACKUP,
    FILE_RESTORED,
    *(statement.replace("TABLE", table) for table in ("backup", "file_restored") for statement in (STAYS, IS_SO)),
)
