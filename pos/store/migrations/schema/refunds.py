"""Refunds: the parts of a sale that went back, why, how the money was returned, and the papers. Every amount is what
the customer got back, above zero."""

from __future__ import annotations

from collections.abc import Sequence

from pos.store.migrations.schema.holding import IS_SO, STAYS

HELD = ("refund", "refund_line", "refund_line_vat", "refund_vat", "refund_tender", "refund_gain")

REFUNDS = (
    "ALTER TABLE till ADD COLUMN refund_number INTEGER NOT NULL DEFAULT 0",  # the last one given
    # No series of receipts or write-offs begins with this letter.
    "ALTER TABLE till ADD COLUMN refund_series TEXT GENERATED ALWAYS AS ('R' || id) VIRTUAL",
    """
    CREATE TABLE refund (
        id INTEGER PRIMARY KEY,
        sale_id INTEGER NOT NULL REFERENCES sale(id),
        till_id INTEGER NOT NULL REFERENCES till(id), -- whose series its number is of, not that of the sale
        series TEXT NOT NULL,
        number INTEGER NOT NULL, -- without gaps in its series
        person INTEGER REFERENCES person(id),
        at_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        offset_s INTEGER NOT NULL,
        business_day TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (
            reason IN ('made_wrong', 'not_good', 'missing', 'rung_wrong', 'too_slow', 'changed_mind')
        ),
        -- why money of a card or phone went back in cash; empty: it did not
        cash_reason TEXT CHECK (cash_reason IN ('declined', 'card_gone', 'terminal_down')),
        total_minor INTEGER NOT NULL, -- before cash rounding
        vat_minor INTEGER NOT NULL,
        rounding_minor INTEGER NOT NULL,
        leaves_nothing INTEGER NOT NULL, -- 1: nothing of the sale remains
        exchange_id INTEGER REFERENCES sale(id), -- the sale that it paid for, or helped to
        body TEXT NOT NULL, -- JSON: all of it, to print it exactly again
        UNIQUE (series, number)
    ) STRICT
    """,
    "CREATE INDEX refund_sale ON refund(sale_id)",
    "CREATE INDEX refund_day ON refund(business_day)",
    """
    CREATE TABLE refund_line (
        refund_id INTEGER NOT NULL REFERENCES refund(id),
        number INTEGER NOT NULL, -- of the sale's line
        quantity INTEGER NOT NULL,
        gross_minor INTEGER NOT NULL, -- before discounts
        discount_minor INTEGER NOT NULL,
        total_minor INTEGER NOT NULL,
        vat_rate INTEGER NOT NULL, -- basis points; of a line with several rates the first
        vat_minor INTEGER NOT NULL,
        PRIMARY KEY (refund_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE refund_line_vat ( -- of lines with several rates
        refund_id INTEGER NOT NULL REFERENCES refund(id),
        number INTEGER NOT NULL,
        vat_rate INTEGER NOT NULL,
        gross_minor INTEGER NOT NULL,
        vat_minor INTEGER NOT NULL,
        PRIMARY KEY (refund_id, number, vat_rate)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE refund_vat (
        refund_id INTEGER NOT NULL REFERENCES refund(id),
        vat_rate INTEGER NOT NULL,
        gross_minor INTEGER NOT NULL,
        vat_minor INTEGER NOT NULL,
        PRIMARY KEY (refund_id, vat_rate)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE refund_tender (
        refund_id INTEGER NOT NULL REFERENCES refund(id),
        number INTEGER NOT NULL,
        kind TEXT NOT NULL REFERENCES tender_kind(id), -- 'exchange' pays for the sale in its place
        amount_minor INTEGER NOT NULL, -- what it covers of the total
        handed_minor INTEGER NOT NULL, -- what the customer got
        rounding_minor INTEGER NOT NULL,
        PRIMARY KEY (refund_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE refund_gain ( -- what the sale's accepted offers lost by it
        refund_id INTEGER NOT NULL REFERENCES refund(id),
        sale_id INTEGER NOT NULL REFERENCES sale(id),
        kind TEXT NOT NULL CHECK (kind IN ('upsell', 'cross_sell')),
        kept INTEGER NOT NULL, -- so many are not kept any more
        gain_minor INTEGER NOT NULL,
        margin_minor INTEGER NOT NULL,
        PRIMARY KEY (sale_id, kind, refund_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE refund_paper (
        refund_id INTEGER PRIMARY KEY REFERENCES refund(id),
        till_id INTEGER NOT NULL REFERENCES till(id),
        state TEXT NOT NULL CHECK (state IN ('owed', 'printing', 'printed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        problem TEXT NOT NULL DEFAULT '',
        at_us INTEGER NOT NULL, -- of the last change
        offset_s INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX refund_paper_owed ON refund_paper(till_id, refund_id) WHERE state <> 'printed'",
    # The primary key allows one copy, as for a sale (kassasystemforskrifta § 2-6).
    """
    CREATE TABLE refund_copy (
        refund_id INTEGER PRIMARY KEY REFERENCES refund(id),
        at_us INTEGER NOT NULL,
        offset_s INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE refund_begun ( -- a terminal was asked for it, or goods that go back pay for an order
        id INTEGER PRIMARY KEY,
        refund TEXT NOT NULL UNIQUE, -- the id that acts name it by
        sale_id INTEGER NOT NULL REFERENCES sale(id),
        till_id INTEGER NOT NULL REFERENCES till(id), -- where it was last seen to
        state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
        body TEXT NOT NULL -- JSON: all of it, with every way that was tried
    ) STRICT
    """,
    # A sale has at most one unfinished refund.
    "CREATE UNIQUE INDEX refund_open ON refund_begun(sale_id) WHERE state = 'open'",
    "INSERT INTO tender_kind (id, name_nb, name_en, is_cash) VALUES ('exchange', 'Bytte', 'Exchange', 0)",
    "ALTER TABLE asking_state ADD COLUMN refund_id INTEGER NOT NULL DEFAULT 0",  # the last refund in the sums
    *(statement.replace("TABLE", table) for table in HELD for statement in (STAYS, IS_SO)),
    STAYS.replace("TABLE", "refund_begun"),
    STAYS.replace("TABLE", "refund_paper"),
    """
    CREATE TRIGGER refund_begun_ends BEFORE UPDATE ON refund_begun
    WHEN OLD.state <> 'open' OR NEW.refund <> OLD.refund OR NEW.sale_id <> OLD.sale_id
    BEGIN
        SELECT RAISE(ABORT, 'a refund that is over stays as it is');
    END
    """,
    """
    CREATE TRIGGER refund_numbers_go_on BEFORE UPDATE OF refund_number ON till
    WHEN NEW.refund_number < OLD.refund_number
    BEGIN
        SELECT RAISE(ABORT, 'a number is given out once');
    END
    """,
    # The last guard: no more of a line can be refunded than was sold.
    """
    CREATE TRIGGER refund_line_is_left BEFORE INSERT ON refund_line
    WHEN NEW.quantity < 1 OR NEW.quantity + (
        SELECT COALESCE(SUM(line.quantity), 0)
        FROM refund AS r JOIN refund_line AS line ON line.refund_id = r.id AND line.number = NEW.number
        WHERE r.sale_id = (SELECT sale_id FROM refund WHERE id = NEW.refund_id)
    ) > (
        SELECT COALESCE(SUM(sold.quantity), 0) FROM sale_line AS sold
        WHERE sold.sale_id = (SELECT sale_id FROM refund WHERE id = NEW.refund_id) AND sold.number = NEW.number
    )
    BEGIN
        SELECT RAISE(ABORT, 'more goes back than was sold');
    END
    """,
    """
    CREATE VIEW refunds AS
    SELECT
        r.series, r.number, s.series AS sale_series, s.receipt_number AS sale_number, s.business_day AS sale_day,
        strftime('%Y-%m-%dT%H:%M:%S', r.at_us / 1000000 + r.offset_s, 'unixepoch')
            || printf('.%06d%s%02d:%02d', r.at_us % 1000000, CASE WHEN r.offset_s < 0 THEN '-' ELSE '+' END,
                abs(r.offset_s) / 3600, abs(r.offset_s) % 3600 / 60) AS refunded_at,
        r.at_us / 1000000 AS refunded_unix, r.business_day, till.name AS till,
        COALESCE(person.name, '') AS cashier, r.reason, r.cash_reason,
        (SELECT SUM(line.quantity) FROM refund_line AS line WHERE line.refund_id = r.id) AS units,
        r.total_minor, r.vat_minor, r.rounding_minor, r.leaves_nothing, x.series AS exchange_series,
        x.receipt_number AS exchange_number
    FROM refund AS r
    JOIN sale AS s ON s.id = r.sale_id
    JOIN till ON till.id = r.till_id
    LEFT JOIN person ON person.id = r.person
    LEFT JOIN sale AS x ON x.id = r.exchange_id
    """,
    """
    CREATE VIEW refund_lines AS
    SELECT
        r.series, r.number AS refund_number, s.series AS sale_series, s.receipt_number AS sale_number, r.business_day,
        line.number, sold.sku, sold.name_nb, sold.name_en, sold.details, line.quantity, sold.unit_price_minor,
        line.gross_minor, line.discount_minor, line.total_minor,
        CASE WHEN EXISTS (
            SELECT 1 FROM refund_line_vat AS v WHERE v.refund_id = line.refund_id AND v.number = line.number
        ) THEN NULL ELSE line.vat_rate END AS vat_rate,
        line.vat_minor
    FROM refund_line AS line
    JOIN refund AS r ON r.id = line.refund_id
    JOIN sale AS s ON s.id = r.sale_id
    JOIN sale_line AS sold ON sold.sale_id = r.sale_id AND sold.number = line.number
    """,
    """
    CREATE VIEW refund_taxes AS
    SELECT
        r.series, r.number, s.series AS sale_series, s.receipt_number AS sale_number, r.business_day, v.vat_rate,
        v.gross_minor, v.vat_minor
    FROM refund_vat AS v JOIN refund AS r ON r.id = v.refund_id JOIN sale AS s ON s.id = r.sale_id
    """,
    """
    CREATE VIEW refund_tenders AS
    SELECT
        r.series, r.number AS refund_number, s.series AS sale_series, s.receipt_number AS sale_number, r.business_day,
        t.number, t.kind, kinds.name_nb AS kind_nb, kinds.name_en AS kind_en, t.amount_minor, t.handed_minor,
        t.rounding_minor
    FROM refund_tender AS t
    JOIN refund AS r ON r.id = t.refund_id
    JOIN sale AS s ON s.id = r.sale_id
    JOIN tender_kind AS kinds ON kinds.id = t.kind
    """,
)


DECISION_KEPT = "CREATE VIEW decision_kept AS SELECT COLUMNS FROM decision AS d"
LOST = """
    d.COLUMN - COALESCE(
        (SELECT SUM(g.COLUMN) FROM refund_gain AS g WHERE g.sale_id = d.sale_id AND g.kind = d.kind), 0
    ) AS COLUMN
"""


def decision_kept(columns: Sequence[str]) -> str:
    """The view of the decisions with all their columns, less what refunds took away."""
    lost = ("kept", "gain_minor", "margin_minor")
    wanted = (LOST.strip().replace("COLUMN", name) if name in lost else f"d.{name}" for name in columns)
    return DECISION_KEPT.replace("COLUMNS", ", ".join(wanted))


def on_what_is_kept(offer_ledger: str) -> str:
    """The view of the offer ledger, based on what its decisions have kept after refunds."""
    return offer_ledger.replace("FROM decision AS d", "FROM decision_kept AS d")
