"""The tables of the report: the shop's settings for asking, and daily sums of the ledger."""

OFFER_LEDGER = """
    CREATE VIEW offer_ledger AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.till, s.cashier,
        d.kind, d.outcome AS decision, d.reason, d.offer_id AS offer, d.offered, d.units, d.count, d.kept,
        d.gain_minor, d.margin_minor, d.order_minor, s.total_minor, d.shown_at, d.answered_at,
        ROUND((julianday(d.answered_at) - julianday(d.shown_at)) * 86400.0, 3) AS seconds,
        d.phrase AS wording, d.spoken_words, d.propensity,
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
"""

ASKING = (
    "ALTER TABLE decision ADD COLUMN margin_minor INTEGER NOT NULL DEFAULT 0",  # of what was kept, before VAT
    "ALTER TABLE decision ADD COLUMN order_minor INTEGER",  # order total with what was accepted; empty: unknown
    "DROP VIEW offer_ledger",
    OFFER_LEDGER,
    """
    CREATE TABLE shop_setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE asking_state (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        sale_id INTEGER NOT NULL -- the last sale that is in the sums
    ) STRICT
    """,
    "INSERT INTO asking_state (id, sale_id) VALUES (1, 0)",
    # Sums of squares are REAL: integers are exact up to 9e15, and nothing overflows.
    """
    CREATE TABLE asking_sum (
        day TEXT NOT NULL, -- on the shop's own clock
        cut TEXT NOT NULL, -- all, offer, cashier, slot (half an hour), part (of the day, and offer), wording or reason
        name TEXT NOT NULL, -- the offer, the cashier, ...
        kind TEXT NOT NULL,
        shown INTEGER NOT NULL,
        not_asked INTEGER NOT NULL,
        too_fast INTEGER NOT NULL, -- refused before it can have been said
        accepted INTEGER NOT NULL,
        not_applicable INTEGER NOT NULL,
        gain_minor INTEGER NOT NULL,
        gain_squared REAL NOT NULL,
        margin_minor INTEGER NOT NULL,
        answered INTEGER NOT NULL, -- by yes or no
        answer_ms INTEGER NOT NULL, -- of those, each at most a minute
        answer_ms_squared REAL NOT NULL,
        could_leave INTEGER NOT NULL, -- orders that could leave with it: asked, or with it already
        leave INTEGER NOT NULL, -- of those, the ones that did
        PRIMARY KEY (cut, day, name, kind)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE order_sum (
        day TEXT NOT NULL,
        cut TEXT NOT NULL, -- all, cashier, slot, or arm: control and asked
        name TEXT NOT NULL,
        orders INTEGER NOT NULL,
        eligible INTEGER NOT NULL, -- something could be asked
        total_minor INTEGER NOT NULL,
        total_squared REAL NOT NULL,
        gain_minor INTEGER NOT NULL,
        gain_squared REAL NOT NULL,
        total_times_gain REAL NOT NULL,
        could_leave_both INTEGER NOT NULL,
        leave_both INTEGER NOT NULL,
        size_known INTEGER NOT NULL, -- what it came to at the last answer is known
        grown INTEGER NOT NULL, -- by half or more after it
        PRIMARY KEY (cut, day, name)
    ) STRICT, WITHOUT ROWID
    """,
)
