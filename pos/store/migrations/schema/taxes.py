"""Several tax rates on a line: a meal whose parts are taxed differently."""

LINE_TAXES = (
    # Only lines with more than one rate have rows here; the rate of all others is in sale_line.
    """
    CREATE TABLE sale_line_vat (
        sale_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        vat_rate INTEGER NOT NULL, -- basis points
        gross_minor INTEGER NOT NULL,
        vat_minor INTEGER NOT NULL,
        PRIMARY KEY (sale_id, number, vat_rate),
        FOREIGN KEY (sale_id, number) REFERENCES sale_line(sale_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    "DROP VIEW sale_lines",
    """
    CREATE VIEW sale_lines AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.business_day, s.till, s.cashier,
        s.serving_mode, l.number, l.sku, l.name_nb, l.name_en, l.details, l.note, l.quantity, l.unit_price_minor,
        l.gross_minor, l.discount_minor, l.total_minor,
        CASE WHEN EXISTS (
            SELECT 1 FROM sale_line_vat AS v WHERE v.sale_id = l.sale_id AND v.number = l.number
        ) THEN NULL ELSE l.vat_rate END AS vat_rate,
        l.vat_minor
    FROM sale_line AS l
    JOIN sale AS s ON s.id = l.sale_id
    """,
    """
    CREATE VIEW sale_line_taxes AS
    SELECT
        s.order_id, s.series, s.receipt_number, s.paid_at, s.paid_unix, s.business_day, s.till, s.cashier,
        s.serving_mode, l.number, l.sku,
        COALESCE(v.vat_rate, l.vat_rate) AS vat_rate,
        COALESCE(v.gross_minor, l.total_minor) AS gross_minor,
        COALESCE(v.vat_minor, l.vat_minor) AS vat_minor
    FROM sale_line AS l
    JOIN sale AS s ON s.id = l.sale_id
    LEFT JOIN sale_line_vat AS v ON v.sale_id = l.sale_id AND v.number = l.number
    """,
)
