"""How long an answer took, measured apart from the clock, which can be set."""

DURATIONS = (
    "ALTER TABLE decision ADD COLUMN answer_ms INTEGER",  # from the question to its answer; empty: see the times
    "DROP VIEW offer_ledger",
    """
    CREATE VIEW offer_ledger AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.business_day, s.till, s.cashier,
        d.kind, d.outcome AS decision, d.reason, d.offer_id AS offer, d.offered, d.second, d.units, d.count, d.kept,
        d.gain_minor, d.margin_minor, d.order_minor, s.total_minor, d.shown_at, d.answered_at,
        COALESCE(
            d.answer_ms / 1000.0,
            CASE WHEN julianday(d.answered_at) >= julianday(d.shown_at)
                THEN ROUND((julianday(d.answered_at) - julianday(d.shown_at)) * 86400.0, 3) END
        ) AS seconds,
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
