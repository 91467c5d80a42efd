"""The tables of learning: orders from before the till, the baskets of its own, counts, and what was learned."""

HISTORY = (
    """
    CREATE TABLE history_file (
        id INTEGER PRIMARY KEY,
        head TEXT NOT NULL UNIQUE, -- a digest of its first bytes and of the columns chosen
        tail TEXT NOT NULL, -- a digest of the last bytes that were read
        name TEXT NOT NULL,
        read_to INTEGER NOT NULL, -- bytes; of a Parquet file, rows
        lines INTEGER NOT NULL, -- read so far
        refused INTEGER NOT NULL, -- of them, those that could not be taken
        refused_bytes INTEGER NOT NULL, -- how long the list of these is
        unpriced INTEGER NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE history_item (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE, -- as the file writes it
        sku TEXT -- what the manager said it is; empty: found by its name, or a thing of its own
    ) STRICT
    """,
    """
    CREATE TABLE history_order (
        id INTEGER PRIMARY KEY,
        ref TEXT NOT NULL, -- the number that the file gives it; may come again another day
        minute INTEGER NOT NULL, -- since 1970, on the shop's own clock
        items BLOB NOT NULL -- the different items: history_item ids, four bytes each, little-endian, ascending
    ) STRICT
    """,
    "CREATE INDEX history_order_ref ON history_order(ref, minute)",
    "CREATE INDEX history_order_minute ON history_order(minute)",
    """
    CREATE TABLE learned_kin (
        id INTEGER PRIMARY KEY,
        kin TEXT NOT NULL UNIQUE, -- a family, a sku, or the name of something that only a history has
        orders INTEGER NOT NULL -- that hold it
    ) STRICT
    """,
    """
    CREATE TABLE learned_pair (
        one INTEGER NOT NULL REFERENCES learned_kin(id), -- the lower number
        other INTEGER NOT NULL REFERENCES learned_kin(id),
        orders INTEGER NOT NULL, -- that hold both
        PRIMARY KEY (one, other)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE learned_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        basis TEXT NOT NULL, -- a digest of which items count as one; with another one all is counted again
        sale_id INTEGER NOT NULL, -- the last sale that was counted
        history_id INTEGER NOT NULL, -- the last order of a history that was counted
        orders INTEGER NOT NULL, -- counted so far
        unapproved INTEGER NOT NULL -- 1: what was learned may be asked before anybody has approved it
    ) STRICT
    """,
    """
    INSERT INTO learned_state (id, basis, sale_id, history_id, orders, unapproved) VALUES (1, '', 0, 0, 0, 0)
    """,
    """
    CREATE TABLE learned_proposal (
        id TEXT PRIMARY KEY,
        trigger_kin TEXT NOT NULL,
        offered_kin TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'off')),
        orders INTEGER NOT NULL, -- all that were counted when it was learned
        triggers INTEGER NOT NULL, -- of them, those with the trigger
        offereds INTEGER NOT NULL, -- with what is offered
        together INTEGER NOT NULL, -- with both
        UNIQUE (trigger_kin, offered_kin)
    ) STRICT, WITHOUT ROWID
    """,
)

BASKETS = (
    """
    CREATE TABLE sold_sku (
        id INTEGER PRIMARY KEY,
        sku TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    # A row for each sale, so that counting reads a quarter of the rows and a tenth of the bytes of its lines.
    """
    CREATE TABLE sale_basket (
        sale_id INTEGER PRIMARY KEY REFERENCES sale(id),
        items BLOB NOT NULL -- the different items: sold_sku ids, four bytes each, little-endian, ascending
    ) STRICT
    """,
    # JSON: the time zones seen in the file so far, and how many rows were refused, by reason.
    "ALTER TABLE history_file ADD COLUMN clock TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE history_file ADD COLUMN reasons TEXT NOT NULL DEFAULT '{}'",
)

FILES = (
    # The file that an order came from; empty for older imports.
    "ALTER TABLE history_order ADD COLUMN file INTEGER REFERENCES history_file(id)",
    # How the file was read (a digest of columns and options), and the order of its last row.
    "ALTER TABLE history_file ADD COLUMN how TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE history_file ADD COLUMN above TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE history_item ADD COLUMN code TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE history_part (
        order_id INTEGER NOT NULL REFERENCES history_order(id) ON DELETE CASCADE,
        file INTEGER NOT NULL REFERENCES history_file(id),
        items BLOB NOT NULL, -- what the file says of the order, as in history_order
        PRIMARY KEY (order_id, file)
    ) STRICT, WITHOUT ROWID
    """,
    "UPDATE history_order SET file = (SELECT MIN(id) FROM history_file) WHERE (SELECT COUNT(*) FROM history_file) = 1",
)
"""An order found in several files has a row in `history_part` for each, and one in `history_order` for all."""
