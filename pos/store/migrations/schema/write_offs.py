"""Staff meals, remakes and waste: numbered in a series of their own, counted, and never a sale."""

WRITE_OFFS = (
    "ALTER TABLE till ADD COLUMN write_off_number INTEGER NOT NULL DEFAULT 0",  # the last one given
    # No series of receipts begins with this letter.
    "ALTER TABLE till ADD COLUMN write_off_series TEXT GENERATED ALWAYS AS ('U' || id) VIRTUAL",
    """
    CREATE TABLE write_off (
        id INTEGER PRIMARY KEY,
        order_id TEXT NOT NULL UNIQUE REFERENCES orders(order_id),
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
    """,
    "CREATE INDEX write_off_day ON write_off(business_day)",
    """
    CREATE TABLE write_off_line (
        write_off_id INTEGER NOT NULL REFERENCES write_off(id),
        number INTEGER NOT NULL, -- from 1
        sku TEXT NOT NULL,
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        details TEXT NOT NULL, -- JSON: fillings and modifiers, each with nb and en
        note TEXT NOT NULL,
        quantity INTEGER NOT NULL,
        worth_minor INTEGER NOT NULL,
        cost_minor INTEGER,
        PRIMARY KEY (write_off_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE write_off_paper (
        write_off_id INTEGER NOT NULL REFERENCES write_off(id),
        kind TEXT NOT NULL CHECK (kind IN ('kitchen_slip', 'receipt')),
        till_id INTEGER NOT NULL REFERENCES till(id),
        state TEXT NOT NULL CHECK (state IN ('owed', 'printing', 'printed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        problem TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL,
        PRIMARY KEY (write_off_id, kind)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX write_off_paper_owed ON write_off_paper(till_id, write_off_id) WHERE state <> 'printed'",
    """
    CREATE TRIGGER no_sale_is_written_off BEFORE INSERT ON write_off
    WHEN EXISTS (SELECT 1 FROM sale WHERE sale.order_id = NEW.order_id)
    BEGIN SELECT RAISE(ABORT, 'the order is a sale'); END
    """,
    """
    CREATE TRIGGER written_off_for_good BEFORE UPDATE OF state ON orders
    WHEN OLD.state = 'abandoned' AND EXISTS (SELECT 1 FROM write_off WHERE write_off.order_id = OLD.order_id)
    BEGIN SELECT RAISE(ABORT, 'the order was written off'); END
    """,
    """
    CREATE VIEW write_offs AS
    SELECT
        w.order_id, w.series, w.number, w.call_number, w.purpose, w.at, w.at_unix, w.business_day, w.till, w.cashier,
        w.serving_mode, (SELECT SUM(line.quantity) FROM write_off_line AS line WHERE line.write_off_id = w.id) AS units,
        w.worth_minor, w.cost_minor, w.note
    FROM write_off AS w
    """,
    """
    CREATE VIEW write_off_lines AS
    SELECT
        w.order_id, w.series, w.number AS write_off_number, w.purpose, w.at, w.at_unix, w.business_day, w.till,
        w.cashier, line.number, line.sku, line.name_nb, line.name_en, line.details, line.note, line.quantity,
        line.worth_minor, line.cost_minor
    FROM write_off_line AS line JOIN write_off AS w ON w.id = line.write_off_id
    """,
)
