"""Discarded orders: why, by whom, what was in them, and whether they were brought back."""

DISCARDS = (
    """
    CREATE TABLE discard (
        id INTEGER PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES orders(order_id),
        till_id INTEGER NOT NULL REFERENCES till(id),
        cashier TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (
            reason IN ('changed_mind', 'left', 'cannot_pay', 'unavailable', 'mistake', 'test', 'unsaid')
        ),
        at TEXT NOT NULL,
        business_day TEXT NOT NULL,
        units INTEGER NOT NULL,
        total_minor INTEGER NOT NULL,
        recalled_at TEXT -- empty: it stayed discarded
    ) STRICT
    """,
    "CREATE INDEX discard_day ON discard(business_day)",
    """
    CREATE VIEW discards AS
    SELECT
        d.order_id, d.reason, d.at, d.business_day, till.name AS till, d.cashier, d.units, d.total_minor, d.recalled_at
    FROM discard AS d JOIN till ON till.id = d.till_id
    """,
)
