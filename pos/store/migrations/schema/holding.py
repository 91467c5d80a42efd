"""Triggers that refuse to change what was sold, written off or asked, and to lower a number."""

HELD = (
    "sale",
    "sale_line",
    "sale_line_vat",
    "sale_discount",
    "sale_vat",
    "decision",
    "write_off",
    "write_off_line",
    "offer_event",
)
STAYS = """
    CREATE TRIGGER TABLE_stays BEFORE DELETE ON TABLE
    BEGIN
        SELECT RAISE(ABORT, 'a row of TABLE stays');
    END
"""
IS_SO = """
    CREATE TRIGGER TABLE_is_so BEFORE UPDATE ON TABLE
    BEGIN
        SELECT RAISE(ABORT, 'a row of TABLE stays as it is');
    END
"""

HOLDING = (
    *(statement.replace("TABLE", table) for table in HELD for statement in (STAYS, IS_SO)),
    STAYS.replace("TABLE", "tender"),
    """
    CREATE TRIGGER numbers_go_on BEFORE UPDATE OF receipt_number, write_off_number ON till
    WHEN NEW.receipt_number < OLD.receipt_number OR NEW.write_off_number < OLD.write_off_number
    BEGIN
        SELECT RAISE(ABORT, 'a number is given out once');
    END
    """,
)
