"""Integer keys: an order's public id stands in `orders` alone, and every other table refers to the order by a number.

A rebuilt table is made under another name, filled, and renamed. Views and triggers of other tables that refer to it are
dropped first and made again at the end.
"""

from __future__ import annotations

from pos.store.migrations.schema.holding import IS_SO, STAYS
from pos.store.migrations.schema.rebuilding import rebuilt

ORDERS = """
    CREATE TABLE new_orders (
        order_key INTEGER PRIMARY KEY, -- in the order in which they began
        order_id TEXT NOT NULL UNIQUE, -- what views and acts call it
        till_id INTEGER NOT NULL REFERENCES till(id), -- where it is, or was last
        call_number INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'held', 'paid', 'abandoned')),
        opened_at TEXT NOT NULL,
        held_at TEXT, -- of a held order
        head_seq INTEGER REFERENCES journal(seq) -- its last row in the journal; empty only while the first is written
    ) STRICT
"""
FILL_ORDERS = """
    INSERT INTO new_orders (order_id, till_id, call_number, state, opened_at, held_at, head_seq)
    SELECT o.order_id, o.till_id, o.call_number, o.state, o.opened_at, o.held_at, o.head_seq
    FROM orders AS o
    LEFT JOIN (
        SELECT order_id, MIN(seq) AS seq FROM journal WHERE order_id IS NOT NULL GROUP BY order_id
    ) AS began ON began.order_id = o.order_id
    ORDER BY began.seq IS NULL, began.seq, o.order_id
"""
# A file whose foreign keys were not checked may refer to missing orders: these keep their ids.
FILL_LOST = """
    INSERT OR IGNORE INTO new_orders (order_id, till_id, call_number, state, opened_at)
    SELECT order_id, till_id, call_number, 'paid', paid_at FROM sale
    UNION ALL SELECT order_id, till_id, call_number, 'abandoned', at FROM write_off
    UNION ALL SELECT order_id, till_id, 0, 'abandoned', at FROM tender
"""
JOURNAL = """
    CREATE TABLE new_journal (
        seq INTEGER PRIMARY KEY, -- from 1, without gaps
        format INTEGER NOT NULL, -- of the canonical form that `hash` is made of
        id BLOB NOT NULL CHECK (length(id) = 16), -- of the act: drawn, or of a row from before the journal its number
        at_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        offset_s INTEGER NOT NULL, -- what the shop's clocks were ahead of that, in seconds
        till INTEGER REFERENCES till(id),
        person INTEGER REFERENCES person(id),
        approver INTEGER REFERENCES person(id),
        shift INTEGER,
        verb TEXT NOT NULL,
        order_key INTEGER REFERENCES orders(order_key), -- the canonical form has the order's id
        parent INTEGER REFERENCES journal(seq), -- what taking it back leads to
        reason TEXT NOT NULL,
        digest BLOB CHECK (length(digest) = 32), -- SHA-256 of the order's body; empty for an act without one
        hash BLOB NOT NULL CHECK (length(hash) = 32) -- SHA-256 of the hash of the row before and the canonical form
    ) STRICT
"""
FILL_JOURNAL = """
    INSERT INTO new_journal
    SELECT
        j.seq, j.format, j.id, j.at_us, j.offset_s, j.till, j.person, j.approver, j.shift, j.verb, o.order_key,
        j.parent, j.reason, j.digest, j.hash
    FROM journal AS j LEFT JOIN orders AS o ON o.order_id = j.order_id
    ORDER BY j.seq
"""
OFFER_EVENT = """
    CREATE TABLE new_offer_event (
        order_key INTEGER NOT NULL REFERENCES orders(order_key),
        seq INTEGER NOT NULL REFERENCES journal(seq), -- the act that brought it
        number INTEGER NOT NULL, -- within the act
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        offer_id TEXT NOT NULL,
        at TEXT NOT NULL,
        outcome TEXT,
        reason TEXT,
        count INTEGER NOT NULL,
        units INTEGER NOT NULL,
        PRIMARY KEY (order_key, seq, number)
    ) STRICT, WITHOUT ROWID
"""
FILL_OFFER_EVENT = """
    INSERT INTO new_offer_event
    SELECT
        o.order_key, e.seq, e.number, e.name, e.kind, e.offer_id, e.at, e.outcome, e.reason, e.count, e.units
    FROM offer_event AS e JOIN orders AS o ON o.order_id = e.order_id
    ORDER BY o.order_key, e.seq, e.number
"""
TENDER = """
    CREATE TABLE new_tender (
        order_key INTEGER NOT NULL REFERENCES orders(order_key),
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
        PRIMARY KEY (order_key, number)
    ) STRICT, WITHOUT ROWID
"""
FILL_TENDER = """
    INSERT INTO new_tender
    SELECT
        o.order_key, t.number, t.till_id, t.cashier, t.kind, t.state, t.amount_minor, t.handed_minor, t.rounding_minor,
        t.change_minor, t.at, t.changed_at, t.business_day
    FROM tender AS t JOIN orders AS o ON o.order_id = t.order_id
    ORDER BY o.order_key, t.number
"""
SALE = """
    CREATE TABLE new_sale (
        id INTEGER PRIMARY KEY,
        order_key INTEGER NOT NULL UNIQUE REFERENCES orders(order_key),
        till_id INTEGER NOT NULL REFERENCES till(id),
        till TEXT NOT NULL,
        series TEXT NOT NULL,
        receipt_number INTEGER NOT NULL, -- without gaps in its series
        call_number INTEGER NOT NULL,
        paid_at TEXT NOT NULL, -- local time with its offset
        paid_unix INTEGER NOT NULL, -- the same in seconds since 1970, UTC
        business_day TEXT NOT NULL,
        cashier TEXT NOT NULL,
        language TEXT NOT NULL,
        serving_mode TEXT NOT NULL,
        channel TEXT, -- empty: at the counter
        total_minor INTEGER NOT NULL, -- before cash rounding
        vat_minor INTEGER NOT NULL,
        rounding_minor INTEGER NOT NULL,
        change_minor INTEGER NOT NULL,
        note TEXT NOT NULL,
        body TEXT NOT NULL, -- JSON: the whole sale, of one from an older file; empty: the journal tells it
        UNIQUE (series, receipt_number)
    ) STRICT
"""
FILL_SALE = """
    INSERT INTO new_sale
    SELECT
        s.id, o.order_key, s.till_id, s.till, s.series, s.receipt_number, s.call_number, s.paid_at, s.paid_unix,
        s.business_day, s.cashier, s.language, s.serving_mode, s.channel, s.total_minor, s.vat_minor, s.rounding_minor,
        s.change_minor, s.note, s.body
    FROM sale AS s JOIN orders AS o ON o.order_id = s.order_id
    ORDER BY s.id
"""
CALL_NUMBER = """
    CREATE TABLE new_call_number (
        number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 99),
        turn INTEGER NOT NULL UNIQUE, -- counts up with each number that is given
        order_key INTEGER NOT NULL REFERENCES orders(order_key), -- the last that it was given to
        since_unix INTEGER NOT NULL -- given, or paid, then
    ) STRICT
"""
FILL_CALL_NUMBER = """
    INSERT INTO new_call_number
    SELECT c.number, c.turn, o.order_key, c.since_unix FROM call_number AS c JOIN orders AS o ON o.order_id = c.order_id
"""
DISCARD = """
    CREATE TABLE new_discard (
        id INTEGER PRIMARY KEY,
        order_key INTEGER NOT NULL REFERENCES orders(order_key),
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
"""
FILL_DISCARD = """
    INSERT INTO new_discard
    SELECT
        d.id, o.order_key, d.till_id, d.cashier, d.reason, d.at, d.business_day, d.units, d.total_minor, d.recalled_at
    FROM discard AS d JOIN orders AS o ON o.order_id = d.order_id
"""
WRITE_OFF = """
    CREATE TABLE new_write_off (
        id INTEGER PRIMARY KEY,
        order_key INTEGER NOT NULL UNIQUE REFERENCES orders(order_key),
        till_id INTEGER NOT NULL REFERENCES till(id),
        till TEXT NOT NULL,
        series TEXT NOT NULL,
        number INTEGER NOT NULL, -- without gaps in its series
        call_number INTEGER NOT NULL, -- 0: nobody waits for it
        purpose TEXT NOT NULL CHECK (purpose IN ('staff', 'remake', 'waste')),
        at TEXT NOT NULL, -- local time with its offset
        at_unix INTEGER NOT NULL, -- the same in seconds since 1970, UTC
        business_day TEXT NOT NULL,
        cashier TEXT NOT NULL,
        serving_mode TEXT NOT NULL,
        worth_minor INTEGER NOT NULL, -- by the menu, VAT included
        cost_minor INTEGER, -- what it cost the shop, before VAT; empty where the menu does not say
        note TEXT NOT NULL,
        body TEXT NOT NULL, -- JSON: all of it, to print it exactly again
        UNIQUE (series, number)
    ) STRICT
"""
FILL_WRITE_OFF = """
    INSERT INTO new_write_off
    SELECT
        w.id, o.order_key, w.till_id, w.till, w.series, w.number, w.call_number, w.purpose, w.at, w.at_unix,
        w.business_day, w.cashier, w.serving_mode, w.worth_minor, w.cost_minor, w.note, w.body
    FROM write_off AS w JOIN orders AS o ON o.order_id = w.order_id
"""
NEXT_VISIT = """
    CREATE TABLE new_next_visit (
        code TEXT PRIMARY KEY, -- a digest of 64 hexadecimal digits, or the ten digits of a code of version 0.1.0
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
        claimed_by INTEGER REFERENCES orders(order_key), -- the order that was the last to carry it
        redeemed_by INTEGER UNIQUE REFERENCES sale(id), -- empty: not used
        redeemed_at TEXT,
        gain_minor INTEGER NOT NULL DEFAULT 0, -- what taking it added to that sale, the discount taken off
        given_minor INTEGER NOT NULL DEFAULT 0 -- the discount
    ) STRICT, WITHOUT ROWID
"""
FILL_NEXT_VISIT = """
    INSERT INTO new_next_visit
    SELECT
        n.code, n.sale_id, n.day, n.offer_id, n.below, n.sku, n.modifier, n.name_nb, n.name_en, n.off_minor, n.last_day,
        n.refused, o.order_key, n.redeemed_by, n.redeemed_at, n.gain_minor, n.given_minor
    FROM next_visit AS n LEFT JOIN orders AS o ON o.order_id = n.claimed_by
"""
NEXT_VISIT_TRY = """
    CREATE TABLE new_next_visit_try (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL, -- local time with its offset
        at_unix INTEGER NOT NULL, -- seconds since 1970
        till_id INTEGER NOT NULL REFERENCES till(id),
        cashier TEXT NOT NULL,
        order_key INTEGER REFERENCES orders(order_key), -- empty: nothing had been rung yet
        outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'unknown', 'used', 'ended', 'in_use'))
    ) STRICT
"""
FILL_NEXT_VISIT_TRY = """
    INSERT INTO new_next_visit_try
    SELECT t.id, t.at, t.at_unix, t.till_id, t.cashier, o.order_key, t.outcome
    FROM next_visit_try AS t LEFT JOIN orders AS o ON o.order_id = t.order_id
"""

SALES_VIEW = """
    CREATE VIEW sales AS
    SELECT
        o.order_id, s.series, s.receipt_number, s.call_number, s.paid_at, s.paid_unix, s.business_day, s.till,
        s.cashier, s.serving_mode, s.channel, s.language,
        (SELECT COALESCE(SUM(l.quantity), 0) FROM sale_line AS l WHERE l.sale_id = s.id) AS units,
        (SELECT COALESCE(SUM(l.gross_minor), 0) FROM sale_line AS l WHERE l.sale_id = s.id) AS gross_minor,
        (SELECT COALESCE(SUM(d.amount_minor), 0) FROM sale_discount AS d WHERE d.sale_id = s.id) AS discount_minor,
        s.total_minor, s.vat_minor, s.rounding_minor, s.change_minor, s.note,
        (SELECT GROUP_CONCAT(kind, ' ') FROM (
            SELECT DISTINCT t.kind FROM tender AS t WHERE t.order_key = s.order_key AND t.state = 'approved' ORDER BY 1
        )) AS tender_kinds
    FROM sale AS s
    JOIN orders AS o ON o.order_key = s.order_key
"""
SALE_LINES_VIEW = """
    CREATE VIEW sale_lines AS
    SELECT
        o.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.business_day, s.till, s.cashier,
        s.serving_mode, l.number, l.sku, l.name_nb, l.name_en, l.details, l.note, l.quantity, l.unit_price_minor,
        l.gross_minor, l.discount_minor, l.total_minor,
        CASE WHEN EXISTS (
            SELECT 1 FROM sale_line_vat AS v WHERE v.sale_id = l.sale_id AND v.number = l.number
        ) THEN NULL ELSE l.vat_rate END AS vat_rate,
        l.vat_minor
    FROM sale_line AS l
    JOIN sale AS s ON s.id = l.sale_id
    JOIN orders AS o ON o.order_key = s.order_key
"""
SALE_LINE_TAXES_VIEW = """
    CREATE VIEW sale_line_taxes AS
    SELECT
        o.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.business_day, s.till, s.cashier,
        s.serving_mode, l.number, l.sku,
        COALESCE(v.vat_rate, l.vat_rate) AS vat_rate,
        COALESCE(v.gross_minor, l.total_minor) AS gross_minor,
        COALESCE(v.vat_minor, l.vat_minor) AS vat_minor
    FROM sale_line AS l
    JOIN sale AS s ON s.id = l.sale_id
    JOIN orders AS o ON o.order_key = s.order_key
    LEFT JOIN sale_line_vat AS v ON v.sale_id = l.sale_id AND v.number = l.number
"""
TENDERS_VIEW = """
    CREATE VIEW tenders AS
    SELECT
        o.order_id, s.series, s.receipt_number, o.call_number, s.paid_at, s.paid_unix, t.business_day,
        till.name AS till, t.cashier,
        t.number, t.kind, k.name_nb AS kind_nb, k.name_en AS kind_en, t.state, t.amount_minor, t.handed_minor,
        t.rounding_minor, t.change_minor, t.at, t.changed_at, o.state AS order_state, s.id IS NOT NULL AS is_sale
    FROM tender AS t
    JOIN orders AS o ON o.order_key = t.order_key
    JOIN till ON till.id = t.till_id
    LEFT JOIN sale AS s ON s.order_key = t.order_key
    LEFT JOIN tender_kind AS k ON k.id = t.kind
"""
DISCARDS_VIEW = """
    CREATE VIEW discards AS
    SELECT
        o.order_id, d.reason, d.at, d.business_day, till.name AS till, d.cashier, d.units, d.total_minor, d.recalled_at
    FROM discard AS d
    JOIN orders AS o ON o.order_key = d.order_key
    JOIN till ON till.id = d.till_id
"""
WRITE_OFFS_VIEW = """
    CREATE VIEW write_offs AS
    SELECT
        o.order_id, w.series, w.number, w.call_number, w.purpose, w.at, w.at_unix, w.business_day, w.till, w.cashier,
        w.serving_mode, (SELECT SUM(line.quantity) FROM write_off_line AS line WHERE line.write_off_id = w.id) AS units,
        w.worth_minor, w.cost_minor, w.note
    FROM write_off AS w
    JOIN orders AS o ON o.order_key = w.order_key
"""
WRITE_OFF_LINES_VIEW = """
    CREATE VIEW write_off_lines AS
    SELECT
        o.order_id, w.series, w.number AS write_off_number, w.purpose, w.at, w.at_unix, w.business_day, w.till,
        w.cashier, line.number, line.sku, line.name_nb, line.name_en, line.details, line.note, line.quantity,
        line.worth_minor, line.cost_minor
    FROM write_off_line AS line
    JOIN write_off AS w ON w.id = line.write_off_id
    JOIN orders AS o ON o.order_key = w.order_key
"""
OFFER_LEDGER_VIEW = """
    CREATE VIEW offer_ledger AS
    SELECT
        o.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.business_day, s.till, s.cashier,
        d.kind, d.outcome AS decision, d.reason, d.offer_id AS offer, d.offered, d.second, d.units, d.count, d.kept,
        d.gain_minor, d.margin_minor, d.order_minor, s.total_minor, d.shown_at, d.answered_at,
        COALESCE(
            d.answer_ms / 1000.0,
            CASE WHEN julianday(d.answered_at) >= julianday(d.shown_at)
                THEN ROUND((julianday(d.answered_at) - julianday(d.shown_at)) * 86400.0, 3) END
        ) AS seconds,
        d.phrase, d.spoken_words, d.propensity, w.id AS wording, w.say_nb AS wording_nb, w.say_en AS wording_en,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_key = s.order_key AND e.kind = d.kind AND e.name = 'shown') AS times_shown,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_key = s.order_key AND e.kind = d.kind AND e.name = 'passed') AS times_passed,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_key = s.order_key AND e.kind = d.kind AND e.name = 'taken_back') AS times_taken_back,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_key = s.order_key AND e.kind = d.kind AND e.name = 'withdrawn') AS times_withdrawn,
        (SELECT COUNT(*) FROM offer_event AS e
         WHERE e.order_key = s.order_key AND e.kind = d.kind AND e.name = 'changed_mind') AS times_changed_mind
    FROM decision AS d
    JOIN sale AS s ON s.id = d.sale_id
    JOIN orders AS o ON o.order_key = s.order_key
    LEFT JOIN wording AS w ON w.id = d.wording
"""
NEXT_VISIT_OFFERS_VIEW = """
    CREATE VIEW next_visit_offers AS
    SELECT
        CASE WHEN length(n.code) = 10 THEN n.code ELSE '' END AS code,
        n.day, n.last_day, g.series AS given_series, g.receipt_number AS given_receipt_number,
        n.offer_id AS offer, n.below, COALESCE(n.sku, n.modifier) AS offered, n.name_nb, n.name_en, n.off_minor,
        n.redeemed_at, u.series AS used_series, u.receipt_number AS used_receipt_number, n.gain_minor, n.given_minor
    FROM next_visit AS n
    JOIN sale AS g ON g.id = n.sale_id
    LEFT JOIN sale AS u ON u.id = n.redeemed_by
"""

VIEWS = (
    "sales",
    "sale_lines",
    "sale_line_taxes",
    "tenders",
    "discards",
    "write_offs",
    "write_off_lines",
    "offer_ledger",
    "next_visit_offers",
)
INDEXES = (
    "CREATE UNIQUE INDEX orders_open ON orders(till_id) WHERE state = 'open'",
    "CREATE INDEX orders_held ON orders(head_seq) WHERE state = 'held'",
    "CREATE INDEX tender_not_approved ON tender(business_day) WHERE state <> 'approved'",
    "CREATE INDEX sale_paid ON sale(paid_unix, id)",
    "CREATE INDEX discard_day ON discard(business_day)",
    "CREATE INDEX write_off_day ON write_off(business_day)",
    "CREATE INDEX next_visit_day ON next_visit(day)",
    "CREATE INDEX next_visit_try_wrong ON next_visit_try(at_unix) WHERE outcome = 'unknown'",
)
NO_SALE_IS_WRITTEN_OFF = """
    CREATE TRIGGER no_sale_is_written_off BEFORE INSERT ON write_off
    WHEN EXISTS (SELECT 1 FROM sale WHERE sale.order_key = NEW.order_key)
    BEGIN SELECT RAISE(ABORT, 'the order is a sale'); END
"""
WRITTEN_OFF_FOR_GOOD = """
    CREATE TRIGGER written_off_for_good BEFORE UPDATE OF state ON orders
    WHEN OLD.state = 'abandoned' AND EXISTS (SELECT 1 FROM write_off WHERE write_off.order_key = OLD.order_key)
    BEGIN SELECT RAISE(ABORT, 'the order was written off'); END
"""
TRIGGERS = (
    *(
        statement.replace("TABLE", table)
        for table in ("sale", "write_off", "offer_event")
        for statement in (STAYS, IS_SO)
    ),
    STAYS.replace("TABLE", "tender"),
    STAYS.replace("TABLE", "orders"),
    """
    CREATE TRIGGER orders_name_is_so BEFORE UPDATE OF order_key, order_id ON orders
    BEGIN
        SELECT RAISE(ABORT, 'an order keeps its name');
    END
    """,
    """
    CREATE TRIGGER journal_stays BEFORE DELETE ON journal
    BEGIN
        SELECT RAISE(ABORT, 'a row of the journal stays');
    END
    """,
    """
    CREATE TRIGGER journal_is_so BEFORE UPDATE ON journal
    BEGIN
        SELECT RAISE(ABORT, 'a row of the journal stays as it is');
    END
    """,
    """
    CREATE TRIGGER journal_goes_on BEFORE INSERT ON journal
    WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
    BEGIN
        SELECT RAISE(ABORT, 'a row of the journal follows the last');
    END
    """,
    NO_SALE_IS_WRITTEN_OFF,
    WRITTEN_OFF_FOR_GOOD,
)

# The orders come first: the other tables take their keys.
KEYS = (
    *(f"DROP VIEW {view}" for view in VIEWS),
    "DROP TRIGGER no_sale_is_written_off",
    "DROP TRIGGER written_off_for_good",
    *rebuilt("orders", ORDERS, FILL_ORDERS, FILL_LOST),
    *rebuilt("journal", JOURNAL, FILL_JOURNAL),
    *rebuilt("offer_event", OFFER_EVENT, FILL_OFFER_EVENT),
    *rebuilt("tender", TENDER, FILL_TENDER),
    *rebuilt("sale", SALE, FILL_SALE),
    *rebuilt("call_number", CALL_NUMBER, FILL_CALL_NUMBER),
    *rebuilt("discard", DISCARD, FILL_DISCARD),
    *rebuilt("write_off", WRITE_OFF, FILL_WRITE_OFF),
    *rebuilt("next_visit", NEXT_VISIT, FILL_NEXT_VISIT),
    *rebuilt("next_visit_try", NEXT_VISIT_TRY, FILL_NEXT_VISIT_TRY),
    *INDEXES,
    *TRIGGERS,
    SALES_VIEW,
    SALE_LINES_VIEW,
    SALE_LINE_TAXES_VIEW,
    TENDERS_VIEW,
    DISCARDS_VIEW,
    WRITE_OFFS_VIEW,
    WRITE_OFF_LINES_VIEW,
    OFFER_LEDGER_VIEW,
    NEXT_VISIT_OFFERS_VIEW,
)
