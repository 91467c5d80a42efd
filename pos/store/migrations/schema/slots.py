"""A slot that is asked about at checkout although it has a default."""

SLOTS = ("ALTER TABLE slot ADD COLUMN ask INTEGER NOT NULL DEFAULT 0",)
