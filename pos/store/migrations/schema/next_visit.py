"""The table of next-visit offers, and the shop's settings for them."""

NEXT_VISITS = (
    "ALTER TABLE shop ADD COLUMN next_visit_days INTEGER",  # empty: no next-visit offers are given
    "ALTER TABLE shop ADD COLUMN next_visit_off INTEGER",  # per cent of the step's price
    "ALTER TABLE shop ADD COLUMN refusals TEXT NOT NULL DEFAULT 'order'",  # or 'day'
    "ALTER TABLE upgrade_path ADD COLUMN next_visit INTEGER NOT NULL DEFAULT 1",  # 0: its steps do not come back
    """
    CREATE TABLE next_visit (
        code TEXT PRIMARY KEY, -- ten digits
        sale_id INTEGER NOT NULL UNIQUE REFERENCES sale(id), -- whose receipt it is on
        day TEXT NOT NULL, -- of that sale, on the shop's own clock
        offer_id TEXT NOT NULL, -- what was declined
        below TEXT NOT NULL, -- the sku that it was declined for
        sku TEXT, -- what it leads to: one of these two
        modifier TEXT,
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        off_minor INTEGER NOT NULL, -- what it takes off one
        last_day TEXT NOT NULL,
        refused TEXT NOT NULL, -- JSON: the skus and modifiers that the sale said no to
        claimed_by TEXT REFERENCES orders(order_id), -- the order that was the last to carry it
        redeemed_by INTEGER UNIQUE REFERENCES sale(id), -- empty: not used
        redeemed_at TEXT,
        gain_minor INTEGER NOT NULL DEFAULT 0, -- what taking it added to that sale, the discount taken off
        given_minor INTEGER NOT NULL DEFAULT 0 -- the discount
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX next_visit_day ON next_visit(day)",
    """
    CREATE VIEW next_visit_offers AS
    SELECT
        n.code, n.day, n.last_day, g.series AS given_series, g.receipt_number AS given_receipt_number,
        n.offer_id AS offer, n.below, COALESCE(n.sku, n.modifier) AS offered, n.name_nb, n.name_en, n.off_minor,
        n.redeemed_at, u.series AS used_series, u.receipt_number AS used_receipt_number, n.gain_minor, n.given_minor
    FROM next_visit AS n
    JOIN sale AS g ON g.id = n.sale_id
    LEFT JOIN sale AS u ON u.id = n.redeemed_by
    """,
)
