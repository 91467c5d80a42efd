"""Tips, where the shop takes them: what a payment leaves beyond what is due, as the view of payments has it."""

from pos.store.migrations.schema.instants import TENDERS_VIEW

TIPS = (
    "ALTER TABLE shop ADD COLUMN most_tip_minor INTEGER NOT NULL DEFAULT 0",  # the largest at a payment; 0: none
    "DROP VIEW tenders",
    TENDERS_VIEW.replace(
        "t.rounding_minor, t.change_minor,",
        "t.rounding_minor, t.change_minor,\n"
        "        t.handed_minor - t.change_minor - t.amount_minor - t.rounding_minor AS tip_minor,",
    ),
)
