"""Signatures of sales and returns, and their public keys."""

from pos.store.migrations.schema.holding import IS_SO, STAYS

TABLES = (
    """
    CREATE TABLE signing_key (
        id INTEGER PRIMARY KEY, -- the last one signs
        version TEXT NOT NULL UNIQUE,
        public TEXT NOT NULL -- PEM
    ) STRICT
    """,
    # The signed fields stand beside the signature; verification compares them with the sale's act.
    """
    CREATE TABLE signature (
        id INTEGER PRIMARY KEY,
        till_id INTEGER NOT NULL REFERENCES till(id),
        series TEXT NOT NULL,
        number INTEGER NOT NULL,
        at_us INTEGER NOT NULL, -- since 1970, UTC
        offset_s INTEGER NOT NULL,
        total_minor INTEGER NOT NULL, -- before cash rounding; negative for a return
        net_minor INTEGER NOT NULL, -- the same without VAT
        key_id INTEGER NOT NULL REFERENCES signing_key(id),
        signature BLOB NOT NULL CHECK (length(signature) > 0), -- of these, behind the till's signature before
        UNIQUE (series, number)
    ) STRICT
    """,
    "CREATE INDEX signature_last ON signature(till_id, id)",
)
HELD = ("signing_key", "signature")

# A till that has begun to sign makes no unsigned sale or return. The signature is written before the sale.
ARE_SIGNED = (
    """
    CREATE TRIGGER sale_is_signed BEFORE INSERT ON sale
    WHEN EXISTS (SELECT 1 FROM signature WHERE till_id = NEW.till_id)
        AND NOT EXISTS (SELECT 1 FROM signature WHERE series = NEW.series AND number = NEW.receipt_number)
    BEGIN
        SELECT RAISE(ABORT, 'a sale is signed');
    END
    """,
    """
    CREATE TRIGGER refund_is_signed BEFORE INSERT ON refund
    WHEN EXISTS (SELECT 1 FROM signature WHERE till_id = NEW.till_id)
        AND NOT EXISTS (SELECT 1 FROM signature WHERE series = NEW.series AND number = NEW.number)
    BEGIN
        SELECT RAISE(ABORT, 'a refund is signed');
    END
    """,
)

SIGNATURES = (
    *TABLES,
    *(statement.replace("TABLE", table) for table in HELD for statement in (STAYS, IS_SO)),
    *ARE_SIGNED,
)
