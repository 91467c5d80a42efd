"""A modifier can be sold out, and an item in all its sizes."""

SOLD_OUT = (
    "ALTER TABLE eighty_six RENAME TO eighty_six_before",
    """
    CREATE TABLE eighty_six (
        id INTEGER PRIMARY KEY,
        sku TEXT UNIQUE REFERENCES item(sku),
        all_sizes INTEGER NOT NULL DEFAULT 0, -- 1: every size of the item's family is out with it
        machine TEXT UNIQUE,
        modifier TEXT UNIQUE,
        until TEXT, -- empty: until it is restored
        at TEXT NOT NULL,
        CHECK ((sku IS NOT NULL) + (machine IS NOT NULL) + (modifier IS NOT NULL) = 1)
    ) STRICT
    """,
    """
    INSERT INTO eighty_six (id, sku, machine, until, at)
    SELECT id, sku, machine, until, at FROM eighty_six_before
    """,
    "DROP TABLE eighty_six_before",
)
