"""Tips, where the shop takes them: what a payment leaves beyond what is due, as the view of payments has it."""

MOST_TIP = "ALTER TABLE shop ADD COLUMN most_tip_minor INTEGER NOT NULL DEFAULT 0"  # the largest at a payment; 0: none
TIP = "t.handed_minor - t.change_minor - t.amount_minor - t.rounding_minor AS tip_minor"


def tenders_with_tips(tenders: str) -> str:
    """The view of payments with what of each is a tip, out of the view that the file has by then."""
    return tenders.replace("t.rounding_minor, t.change_minor,", f"t.rounding_minor, t.change_minor,\n        {TIP},")
