"""Channels: how orders come in other than at the counter; and the kinds of tenders, one for each platform."""

SALES = """
    CREATE VIEW sales AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.call_number, s.paid_at, s.paid_unix, s.business_day, s.till,
        s.cashier, s.serving_mode, s.channel, s.language,
        (SELECT COALESCE(SUM(l.quantity), 0) FROM sale_line AS l WHERE l.sale_id = s.id) AS units,
        (SELECT COALESCE(SUM(l.gross_minor), 0) FROM sale_line AS l WHERE l.sale_id = s.id) AS gross_minor,
        (SELECT COALESCE(SUM(d.amount_minor), 0) FROM sale_discount AS d WHERE d.sale_id = s.id) AS discount_minor,
        s.total_minor, s.vat_minor, s.rounding_minor, s.change_minor, s.note,
        (SELECT GROUP_CONCAT(kind, ' ') FROM (
            SELECT DISTINCT t.kind FROM tender AS t WHERE t.order_id = s.order_id AND t.state = 'approved' ORDER BY 1
        )) AS tender_kinds
    FROM sale AS s
"""

TENDERS = """
    CREATE VIEW tenders AS
    SELECT
        t.order_id, s.series, s.receipt_number, o.call_number, s.paid_at, s.paid_unix, t.business_day,
        till.name AS till, t.cashier,
        t.number, t.kind, k.name_nb AS kind_nb, k.name_en AS kind_en, t.state, t.amount_minor, t.handed_minor,
        t.rounding_minor, t.change_minor, t.at, t.changed_at, o.state AS order_state, s.id IS NOT NULL AS is_sale
    FROM tender AS t
    JOIN orders AS o ON o.order_id = t.order_id
    JOIN till ON till.id = t.till_id
    LEFT JOIN sale AS s ON s.order_id = t.order_id
    LEFT JOIN tender_kind AS k ON k.id = t.kind
"""

# Sums that include orders of customers who were not present: the next report counts them again without these.
RECOUNT = (
    "DELETE FROM asking_sum WHERE EXISTS (SELECT 1 FROM decision WHERE reason = 'not_present')",
    "DELETE FROM order_sum WHERE EXISTS (SELECT 1 FROM decision WHERE reason = 'not_present')",
    "UPDATE asking_state SET sale_id = 0 WHERE EXISTS (SELECT 1 FROM decision WHERE reason = 'not_present')",
)

CHANNELS = (
    """
    CREATE TABLE channel (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        paid TEXT NOT NULL CHECK (paid IN ('platform', 'here')),
        markup INTEGER NOT NULL, -- on the menu's prices, in basis points
        prices TEXT NOT NULL, -- JSON: SKUs with prices of their own
        serving_mode TEXT, -- how everything goes out; empty: as is said
        deals INTEGER NOT NULL, -- 1: bundles, thresholds and meals count
        retired INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE tender_kind (
        id TEXT PRIMARY KEY, -- as `kind` in tender
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        is_cash INTEGER NOT NULL -- 1: it lies in the drawer, and rounds
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO tender_kind VALUES
        ('cash', 'Kontant', 'Cash', 1), ('card', 'Kort', 'Card', 0), ('mobile', 'Vipps', 'Vipps', 0)
    """,
    "ALTER TABLE sale ADD COLUMN channel TEXT",  # empty: at the counter
    "DROP VIEW sales",
    SALES,
    "DROP VIEW tenders",
    TENDERS,
    *RECOUNT,
)
