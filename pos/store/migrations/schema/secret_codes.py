"""New next-visit codes are stored as digests; the code itself only until its receipt is printed. Attempts are
recorded."""

SECRET_CODES = (
    "ALTER TABLE receipt ADD COLUMN next_visit_code TEXT NOT NULL DEFAULT ''",  # to be printed; empty once it is
    """
    CREATE TABLE next_visit_try (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL, -- local time with its offset
        at_unix INTEGER NOT NULL, -- seconds since 1970
        till_id INTEGER NOT NULL REFERENCES till(id),
        cashier TEXT NOT NULL,
        order_id TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'unknown', 'used', 'ended', 'in_use'))
    ) STRICT
    """,
    "CREATE INDEX next_visit_try_wrong ON next_visit_try(at_unix) WHERE outcome = 'unknown'",
    "DROP VIEW next_visit_offers",
    """
    CREATE VIEW next_visit_offers AS
    SELECT
        CASE WHEN length(n.code) = 10 THEN n.code ELSE '' END AS code,
        n.day, n.last_day, g.series AS given_series, g.receipt_number AS given_receipt_number,
        n.offer_id AS offer, n.below, COALESCE(n.sku, n.modifier) AS offered, n.name_nb, n.name_en, n.off_minor,
        n.redeemed_at, u.series AS used_series, u.receipt_number AS used_receipt_number, n.gain_minor, n.given_minor
    FROM next_visit AS n
    JOIN sale AS g ON g.id = n.sale_id
    LEFT JOIN sale AS u ON u.id = n.redeemed_by
    """,
)
