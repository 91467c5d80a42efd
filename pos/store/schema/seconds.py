"""Whether the order had something of the offered sort already: a second drink is less welcome."""

SECONDS = ("ALTER TABLE decision ADD COLUMN second INTEGER NOT NULL DEFAULT 0",)  # 1: it had
