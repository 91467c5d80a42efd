"""Wordings in the ledger: which one an offer had, in which phrase, and the texts; and whether the order already had
something of the kind."""

OFFER_LEDGER = """
    CREATE VIEW offer_ledger AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.till, s.cashier,
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
"""

WORDINGS = (
    "ALTER TABLE words ADD COLUMN also TEXT",  # JSON: other wordings, each with say, many, rush and after_no
    "ALTER TABLE decision ADD COLUMN wording TEXT NOT NULL DEFAULT ''",  # the wording that was shown
    "ALTER TABLE decision ADD COLUMN second INTEGER NOT NULL DEFAULT 0",  # 1: the order already had one of the kind
    # Kept after a menu change, so that a report can still show what was said.
    """
    CREATE TABLE wording (
        id TEXT PRIMARY KEY, -- a digest of its texts
        say_nb TEXT NOT NULL,
        say_en TEXT NOT NULL,
        many_nb TEXT,
        many_en TEXT,
        rush_nb TEXT,
        rush_en TEXT,
        after_no_nb TEXT,
        after_no_en TEXT
    ) STRICT, WITHOUT ROWID
    """,
    "DROP VIEW offer_ledger",
    OFFER_LEDGER,
    "UPDATE asking_sum SET cut = 'phrase' WHERE cut = 'wording'",  # the form of the phrase: plain, after a no
)
