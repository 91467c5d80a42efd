"""Tickets that are sent to the kitchen before payment, and the kitchen's marks of what is done."""

from pos.store.migrations.schema.holding import IS_SO, STAYS

KITCHEN_TICKETS = (
    """
    CREATE TABLE kitchen_ticket (
        id INTEGER PRIMARY KEY,
        till_id INTEGER NOT NULL REFERENCES till(id),
        at_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        offset_s INTEGER NOT NULL,
        body TEXT NOT NULL -- JSON: what it says
    ) STRICT
    """,
    "CREATE INDEX kitchen_ticket_at ON kitchen_ticket(at_us)",
    """
    CREATE TABLE kitchen_paper (
        ticket_id INTEGER PRIMARY KEY REFERENCES kitchen_ticket(id),
        till_id INTEGER NOT NULL REFERENCES till(id),
        state TEXT NOT NULL CHECK (state IN ('owed', 'printing', 'printed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        problem TEXT NOT NULL DEFAULT '',
        at_us INTEGER NOT NULL, -- of the last change
        offset_s INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX kitchen_paper_owed ON kitchen_paper(till_id, ticket_id) WHERE state <> 'printed'",
    """
    CREATE TABLE kitchen_mark (
        id INTEGER PRIMARY KEY,
        sale_id INTEGER REFERENCES sale(id),
        write_off_id INTEGER REFERENCES write_off(id),
        ticket_id INTEGER REFERENCES kitchen_ticket(id),
        is_done INTEGER NOT NULL CHECK (is_done IN (0, 1)), -- 0: taken back
        at_us INTEGER NOT NULL,
        offset_s INTEGER NOT NULL,
        CHECK ((sale_id IS NOT NULL) + (write_off_id IS NOT NULL) + (ticket_id IS NOT NULL) = 1)
    ) STRICT
    """,
    "CREATE INDEX kitchen_mark_sale ON kitchen_mark(sale_id, id) WHERE sale_id IS NOT NULL",
    "CREATE INDEX kitchen_mark_write_off ON kitchen_mark(write_off_id, id) WHERE write_off_id IS NOT NULL",
    "CREATE INDEX kitchen_mark_ticket ON kitchen_mark(ticket_id, id) WHERE ticket_id IS NOT NULL",
    *(
        statement.replace("TABLE", table)
        for table in ("kitchen_ticket", "kitchen_mark")
        for statement in (STAYS, IS_SO)
    ),
    STAYS.replace("TABLE", "kitchen_paper"),
)
