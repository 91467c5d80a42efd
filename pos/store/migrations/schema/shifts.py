"""Shifts: their tallies, drawer counts and reports. No row ever changes."""

from pos.store.migrations.schema.holding import IS_SO, STAYS

SHIFTS = (
    """
    CREATE TABLE shift (
        id INTEGER PRIMARY KEY,
        till_id INTEGER NOT NULL REFERENCES till(id),
        number INTEGER NOT NULL, -- without gaps at its till, from 1
        at_us INTEGER NOT NULL, -- when it began: microseconds since 1970, UTC
        offset_s INTEGER NOT NULL, -- the clock's offset then, in seconds
        after_receipt INTEGER NOT NULL, -- the number of the till's last receipt before it
        after_refund INTEGER NOT NULL, -- the number of its last refund before it
        sales_before_minor INTEGER NOT NULL, -- the till's grand total of sales when it began
        returns_before_minor INTEGER NOT NULL,
        UNIQUE (till_id, number)
    ) STRICT
    """,
    """
    CREATE TABLE shift_tally (
        id INTEGER PRIMARY KEY,
        shift_id INTEGER NOT NULL REFERENCES shift(id),
        what TEXT NOT NULL, -- float, pay_in, pay_out, drop, drawer, copy, correction, discard, write_off, …
        reason TEXT NOT NULL, -- an id of a closed list, or empty
        person INTEGER REFERENCES person(id),
        count INTEGER NOT NULL, -- negative: given back
        amount_minor INTEGER NOT NULL,
        business_day TEXT NOT NULL,
        at_us INTEGER NOT NULL,
        offset_s INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX shift_tally_shift ON shift_tally(shift_id)",
    "CREATE UNIQUE INDEX shift_tally_float ON shift_tally(shift_id) WHERE what = 'float'",  # a shift has one float
    """
    CREATE TABLE shift_count (
        id INTEGER PRIMARY KEY,
        shift_id INTEGER NOT NULL REFERENCES shift(id),
        person INTEGER REFERENCES person(id),
        cash_minor INTEGER NOT NULL,
        expected_minor INTEGER NOT NULL, -- what should have lain in the drawer
        pieces TEXT NOT NULL, -- JSON: notes and coins, each its worth in øre and how many; empty: the total alone
        terminals TEXT NOT NULL, -- JSON: each terminal's own total beside the till's
        at_us INTEGER NOT NULL,
        offset_s INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX shift_count_shift ON shift_count(shift_id)",
    """
    CREATE TABLE shift_count_reason (
        count_id INTEGER PRIMARY KEY REFERENCES shift_count(id),
        reason TEXT NOT NULL, -- what the difference is put down to
        person INTEGER REFERENCES person(id),
        at_us INTEGER NOT NULL,
        offset_s INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE shift_report (
        id INTEGER PRIMARY KEY,
        shift_id INTEGER NOT NULL REFERENCES shift(id),
        till_id INTEGER NOT NULL REFERENCES till(id),
        kind TEXT NOT NULL CHECK (kind IN ('x', 'z')),
        number INTEGER NOT NULL, -- of a Z: the next of its till, from 1; of an X: 0
        business_day TEXT NOT NULL, -- of the shift
        at_us INTEGER NOT NULL,
        offset_s INTEGER NOT NULL,
        body TEXT NOT NULL, -- JSON: the whole report
        CHECK ((kind = 'z') = (number > 0))
    ) STRICT
    """,
    "ALTER TABLE till ADD COLUMN z_number INTEGER NOT NULL DEFAULT 0",  # the last one given
    "ALTER TABLE till ADD COLUMN z_series TEXT GENERATED ALWAYS AS ('Z' || id) VIRTUAL",
    """
    CREATE TRIGGER z_numbers_go_on BEFORE UPDATE OF z_number ON till
    WHEN NEW.z_number < OLD.z_number
    BEGIN
        SELECT RAISE(ABORT, 'a number is given out once');
    END
    """,
    "CREATE INDEX shift_report_till ON shift_report(till_id, id)",
    "CREATE UNIQUE INDEX shift_report_z ON shift_report(shift_id) WHERE kind = 'z'",  # a shift is closed once
    "CREATE UNIQUE INDEX shift_report_number ON shift_report(till_id, number) WHERE kind = 'z'",
    *(
        statement.replace("TABLE", table)
        for table in ("shift", "shift_tally", "shift_count", "shift_count_reason", "shift_report")
        for statement in (STAYS, IS_SO)
    ),
    """
    CREATE VIEW shift_reports AS
    SELECT
        report.kind, report.number, till.name AS till, shift.number AS shift, report.business_day, report.at_us,
        report.offset_s, report.body
    FROM shift_report AS report
    JOIN shift ON shift.id = report.shift_id
    JOIN till ON till.id = report.till_id
    """,
)
