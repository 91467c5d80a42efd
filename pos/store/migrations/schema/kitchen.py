"""A slip for the kitchen, where the shop asks for one, and an age limit for what a modifier adds."""

KITCHEN = (
    "ALTER TABLE shop ADD COLUMN kitchen_slip INTEGER NOT NULL DEFAULT 0",  # 1: printed when an order is paid
    "ALTER TABLE modifier ADD COLUMN age_limit INTEGER",  # years
    """
    CREATE TABLE kitchen_slip (
        sale_id INTEGER PRIMARY KEY REFERENCES sale(id),
        till_id INTEGER NOT NULL REFERENCES till(id),
        state TEXT NOT NULL CHECK (state IN ('owed', 'printing', 'printed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        problem TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX kitchen_slip_owed ON kitchen_slip(till_id, sale_id) WHERE state <> 'printed'",
)
