"""How many of a modifier an item can have."""

MODIFIER_COUNTS = ("ALTER TABLE modifier ADD COLUMN maximum INTEGER NOT NULL DEFAULT 1",)
