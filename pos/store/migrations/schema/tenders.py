"""Every tender of an order, whether or not it became a sale; call numbers, one series for the shop."""

# How many orders each till has begun: the wordings of an order's offers are drawn by this number.
ORDERS_BEGUN = "ALTER TABLE till RENAME COLUMN call_number TO orders_begun"

CALL_NUMBER = """
    CREATE TABLE call_number (
        number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 99),
        turn INTEGER NOT NULL UNIQUE, -- counts up with each number that is given
        order_id TEXT NOT NULL REFERENCES orders(order_id), -- the last that it was given to
        since_unix INTEGER NOT NULL -- given, or paid, then
    ) STRICT
"""

TENDER = """
    CREATE TABLE tender (
        order_id TEXT NOT NULL REFERENCES orders(order_id),
        number INTEGER NOT NULL, -- from 1, in the order in which they were tried
        till_id INTEGER NOT NULL REFERENCES till(id),
        cashier TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('intent', 'unknown', 'approved', 'declined', 'given_back')),
        amount_minor INTEGER NOT NULL, -- what it covers of the order
        handed_minor INTEGER NOT NULL,
        rounding_minor INTEGER NOT NULL,
        change_minor INTEGER NOT NULL,
        at TEXT NOT NULL, -- when it was tried
        changed_at TEXT NOT NULL, -- when it came to its state
        business_day TEXT NOT NULL, -- of the last change
        PRIMARY KEY (order_id, number)
    ) STRICT, WITHOUT ROWID
"""

FROM_SALES = """
    INSERT INTO tender
    SELECT
        s.order_id, t.number, s.till_id, s.cashier, t.kind, t.state, t.amount_minor, t.handed_minor, t.rounding_minor,
        t.change_minor, t.at, s.paid_at, s.business_day
    FROM tender_of_sale AS t JOIN sale AS s ON s.id = t.sale_id
"""

TENDERS = (
    ORDERS_BEGUN,
    CALL_NUMBER,
    "DROP VIEW tenders",
    "ALTER TABLE tender RENAME TO tender_of_sale",
    TENDER,
    FROM_SALES,
    "DROP TABLE tender_of_sale",
    # For the report. Without failed tenders this index is empty.
    "CREATE INDEX tender_not_approved ON tender(business_day) WHERE state <> 'approved'",
    """
    CREATE VIEW tenders AS
    SELECT
        t.order_id, s.series, s.receipt_number, o.call_number, s.paid_at, s.paid_unix, t.business_day,
        till.name AS till, t.cashier,
        t.number, t.kind, t.state, t.amount_minor, t.handed_minor, t.rounding_minor, t.change_minor, t.at,
        t.changed_at, o.state AS order_state, s.id IS NOT NULL AS is_sale
    FROM tender AS t
    JOIN orders AS o ON o.order_id = t.order_id
    JOIN till ON till.id = t.till_id
    LEFT JOIN sale AS s ON s.order_id = t.order_id
    """,
)
