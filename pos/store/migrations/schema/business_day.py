"""The business day: a column of every sale and of the views; and the hour at which the shop's day ends."""

DAY = "ALTER TABLE shop ADD COLUMN day_ends TEXT NOT NULL DEFAULT '05:00'"  # local time
SALE_DAY = "ALTER TABLE sale ADD COLUMN business_day TEXT NOT NULL DEFAULT ''"

# paid_at is local time, and daylight saving never begins or ends at five in the morning.
FILL = (
    "UPDATE sale SET business_day = date(substr(paid_at, 1, 19), '-5 hours')",
    "UPDATE next_visit SET day = (SELECT sale.business_day FROM sale WHERE sale.id = next_visit.sale_id)",
)

# Sums of days on which a sale was paid between midnight and five: the next report counts them again.
RECOUNT = (
    "DELETE FROM asking_sum WHERE EXISTS (SELECT 1 FROM sale WHERE business_day <> substr(paid_at, 1, 10))",
    "DELETE FROM order_sum WHERE EXISTS (SELECT 1 FROM sale WHERE business_day <> substr(paid_at, 1, 10))",
    """
    UPDATE asking_state SET sale_id = 0
    WHERE EXISTS (SELECT 1 FROM sale WHERE business_day <> substr(paid_at, 1, 10))
    """,
)

VIEWS = (
    "DROP VIEW sales",
    """
    CREATE VIEW sales AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.call_number, s.paid_at, s.paid_unix, s.business_day, s.till,
        s.cashier, s.serving_mode, s.language,
        (SELECT COALESCE(SUM(l.quantity), 0) FROM sale_line AS l WHERE l.sale_id = s.id) AS units,
        (SELECT COALESCE(SUM(l.gross_minor), 0) FROM sale_line AS l WHERE l.sale_id = s.id) AS gross_minor,
        (SELECT COALESCE(SUM(d.amount_minor), 0) FROM sale_discount AS d WHERE d.sale_id = s.id) AS discount_minor,
        s.total_minor, s.vat_minor, s.rounding_minor, s.change_minor, s.note
    FROM sale AS s
    """,
    "DROP VIEW sale_lines",
    """
    CREATE VIEW sale_lines AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.business_day, s.till, s.cashier,
        s.serving_mode, l.number, l.sku, l.name_nb, l.name_en, l.details, l.note, l.quantity, l.unit_price_minor,
        l.gross_minor, l.discount_minor, l.total_minor, l.vat_rate, l.vat_minor
    FROM sale_line AS l
    JOIN sale AS s ON s.id = l.sale_id
    """,
    "DROP VIEW tenders",
    """
    CREATE VIEW tenders AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.business_day, s.till, s.cashier,
        t.number, t.kind, t.state, t.amount_minor, t.handed_minor, t.rounding_minor, t.change_minor, t.at
    FROM tender AS t
    JOIN sale AS s ON s.id = t.sale_id
    """,
    "DROP VIEW offer_ledger",
    """
    CREATE VIEW offer_ledger AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.business_day, s.till, s.cashier,
        d.kind, d.outcome AS decision, d.reason, d.offer_id AS offer, d.offered, d.second, d.units, d.count, d.kept,
        d.gain_minor, d.margin_minor, d.order_minor, s.total_minor, d.shown_at, d.answered_at,
        ROUND((julianday(d.answered_at) - julianday(d.shown_at)) * 86400.0, 3) AS seconds,
        d.phrase, d.spoken_words, d.propensity, w.id AS wording, w.say_nb AS wording_nb, w.say_en AS wording_en,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_id = s.order_id AND e.kind = d.kind AND e.name = 'shown') AS times_shown,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_id = s.order_id AND e.kind = d.kind AND e.name = 'passed') AS times_passed,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_id = s.order_id AND e.kind = d.kind AND e.name = 'taken_back') AS times_taken_back,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_id = s.order_id AND e.kind = d.kind AND e.name = 'withdrawn') AS times_withdrawn,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_id = s.order_id AND e.kind = d.kind AND e.name = 'changed_mind') AS times_changed_mind
    FROM decision AS d
    JOIN sale AS s ON s.id = d.sale_id
    LEFT JOIN wording AS w ON w.id = d.wording
    """,
)

BUSINESS_DAY = (DAY, SALE_DAY, *FILL, *RECOUNT, *VIEWS)
