"""The tables of the counter: tills, orders with the log of their acts, and what is sold out."""

COUNTER = (
    """
    CREATE TABLE till (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        series TEXT NOT NULL UNIQUE, -- of its receipt numbers
        call_number INTEGER NOT NULL DEFAULT 0, -- the last one given, 1 to 999
        receipt_number INTEGER NOT NULL DEFAULT 0 -- the last one given
    ) STRICT
    """,
    """
    CREATE TABLE setting (
        till_id INTEGER NOT NULL REFERENCES till(id),
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (till_id, key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE orders (
        order_id TEXT PRIMARY KEY,
        till_id INTEGER NOT NULL REFERENCES till(id), -- where it is, or was last
        call_number INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'held', 'paid', 'abandoned')),
        opened_at TEXT NOT NULL,
        held_at TEXT, -- of a held order
        head_seq INTEGER REFERENCES order_log(seq) -- its last row in the log; empty only while the first is written
    ) STRICT, WITHOUT ROWID
    """,
    # A till has one order at a time; a restart finds it here.
    "CREATE UNIQUE INDEX orders_open ON orders(till_id) WHERE state = 'open'",
    "CREATE INDEX orders_held ON orders(head_seq) WHERE state = 'held'",
    # No index on order_id: no query needs it. No reference to it may be deferred: SQLite would then scan the whole log
    # for each new order.
    """
    CREATE TABLE order_log (
        seq INTEGER PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES orders(order_id),
        till_id INTEGER NOT NULL REFERENCES till(id),
        verb TEXT NOT NULL,
        at TEXT NOT NULL,
        cashier TEXT NOT NULL,
        parent INTEGER REFERENCES order_log(seq), -- what taking it back leads to
        body TEXT NOT NULL -- JSON: the whole order after the verb
    ) STRICT
    """,
    """
    CREATE TABLE offer_event (
        order_id TEXT NOT NULL REFERENCES orders(order_id),
        seq INTEGER NOT NULL REFERENCES order_log(seq), -- the verb that brought it
        number INTEGER NOT NULL, -- within the verb
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        offer_id TEXT NOT NULL,
        at TEXT NOT NULL,
        outcome TEXT,
        reason TEXT,
        count INTEGER NOT NULL,
        units INTEGER NOT NULL,
        PRIMARY KEY (order_id, seq, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE eighty_six (
        id INTEGER PRIMARY KEY,
        sku TEXT UNIQUE REFERENCES item(sku),
        machine TEXT UNIQUE,
        until TEXT, -- empty: until it is restored
        at TEXT NOT NULL,
        CHECK ((sku IS NULL) <> (machine IS NULL))
    ) STRICT
    """,
)
