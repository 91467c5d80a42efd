"""Discounts that somebody gives by hand, where the shop allows them."""

DISCOUNTS = (
    "ALTER TABLE shop ADD COLUMN most_discount INTEGER NOT NULL DEFAULT 0",  # basis points of the order; 0: none
)
