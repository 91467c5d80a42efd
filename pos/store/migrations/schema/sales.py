"""The tables of finished sales. Names, prices and rates are those of the time of payment. Amounts are in øre."""

SALES = (
    """
    CREATE TABLE sale (
        id INTEGER PRIMARY KEY,
        order_id TEXT NOT NULL UNIQUE REFERENCES orders(order_id),
        till_id INTEGER NOT NULL REFERENCES till(id),
        till TEXT NOT NULL,
        series TEXT NOT NULL,
        receipt_number INTEGER NOT NULL, -- without gaps in its series
        call_number INTEGER NOT NULL,
        paid_at TEXT NOT NULL, -- local time with its offset
        paid_unix INTEGER NOT NULL, -- the same in seconds since 1970, UTC
        cashier TEXT NOT NULL,
        language TEXT NOT NULL,
        serving_mode TEXT NOT NULL,
        total_minor INTEGER NOT NULL, -- before cash rounding
        vat_minor INTEGER NOT NULL,
        rounding_minor INTEGER NOT NULL,
        change_minor INTEGER NOT NULL,
        note TEXT NOT NULL,
        body TEXT NOT NULL, -- JSON: the whole sale, to print it exactly again
        UNIQUE (series, receipt_number)
    ) STRICT
    """,
    "CREATE INDEX sale_paid ON sale(paid_unix, id)",
    """
    CREATE TABLE sale_line (
        sale_id INTEGER NOT NULL REFERENCES sale(id),
        number INTEGER NOT NULL, -- from 1
        sku TEXT NOT NULL,
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        details TEXT NOT NULL, -- JSON: fillings and modifiers, each with nb and en
        note TEXT NOT NULL,
        quantity INTEGER NOT NULL,
        unit_price_minor INTEGER NOT NULL,
        gross_minor INTEGER NOT NULL, -- before discounts
        discount_minor INTEGER NOT NULL,
        total_minor INTEGER NOT NULL,
        vat_rate INTEGER NOT NULL, -- basis points: 1500 is 15 %
        vat_minor INTEGER NOT NULL,
        PRIMARY KEY (sale_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE sale_discount (
        sale_id INTEGER NOT NULL REFERENCES sale(id),
        number INTEGER NOT NULL,
        incentive_id TEXT NOT NULL, -- the id of a bundle, a threshold or a meal
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        amount_minor INTEGER NOT NULL,
        is_threshold INTEGER NOT NULL,
        PRIMARY KEY (sale_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE sale_vat (
        sale_id INTEGER NOT NULL REFERENCES sale(id),
        vat_rate INTEGER NOT NULL, -- basis points
        gross_minor INTEGER NOT NULL,
        vat_minor INTEGER NOT NULL,
        PRIMARY KEY (sale_id, vat_rate)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE tender (
        sale_id INTEGER NOT NULL REFERENCES sale(id),
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL, -- only 'approved' has paid for something
        amount_minor INTEGER NOT NULL, -- what it covers of the order
        handed_minor INTEGER NOT NULL,
        rounding_minor INTEGER NOT NULL,
        change_minor INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (sale_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    # Two for every sale, one of each kind.
    """
    CREATE TABLE decision (
        sale_id INTEGER NOT NULL REFERENCES sale(id),
        kind TEXT NOT NULL CHECK (kind IN ('upsell', 'cross_sell')),
        outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'declined', 'not_asked', 'not_applicable')),
        reason TEXT,
        offer_id TEXT,
        offered TEXT,
        units INTEGER NOT NULL,
        count INTEGER NOT NULL, -- of the units, how many were accepted
        kept INTEGER NOT NULL, -- of those, how many were paid
        gain_minor INTEGER NOT NULL, -- what the kept ones added to the total
        shown_at TEXT,
        answered_at TEXT,
        phrase TEXT NOT NULL,
        spoken_words INTEGER NOT NULL,
        propensity REAL NOT NULL, -- how likely the offer was to be chosen, 0 to 1
        PRIMARY KEY (sale_id, kind)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE receipt (
        sale_id INTEGER PRIMARY KEY REFERENCES sale(id),
        till_id INTEGER NOT NULL REFERENCES till(id),
        state TEXT NOT NULL CHECK (state IN ('owed', 'printing', 'printed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        problem TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX receipt_owed ON receipt(till_id, sale_id) WHERE state <> 'printed'",
    # The primary key allows one copy of a sale (kassasystemforskrifta § 2-6).
    """
    CREATE TABLE receipt_copy (
        sale_id INTEGER PRIMARY KEY REFERENCES sale(id),
        at TEXT NOT NULL
    ) STRICT
    """,
)
