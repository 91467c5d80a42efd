"""How the shop's scanner sends its codes."""

SCANNER = (
    "ALTER TABLE shop ADD COLUMN scanner TEXT NOT NULL DEFAULT 'keys' CHECK (scanner IN ('keys', 'none'))",
    "ALTER TABLE shop ADD COLUMN scanner_prefix TEXT NOT NULL DEFAULT ''",
)
