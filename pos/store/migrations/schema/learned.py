"""The state of learning: how many orders the learned pairs come from."""

LEARNED = (
    "ALTER TABLE learned_state ADD COLUMN learned_basis TEXT NOT NULL DEFAULT ''",  # the basis of these counts
    "ALTER TABLE learned_state ADD COLUMN learned_orders INTEGER NOT NULL DEFAULT 0",  # how many; 0: never learned
    # The format before was `basis orders`.
    """
    UPDATE learned_state SET
        learned_basis = (SELECT substr(value, 1, instr(value, ' ') - 1) FROM shop_setting WHERE key = 'learned-from'),
        learned_orders = (
            SELECT CAST(substr(value, instr(value, ' ') + 1) AS INTEGER) FROM shop_setting WHERE key = 'learned-from'
        )
    WHERE EXISTS (SELECT 1 FROM shop_setting WHERE key = 'learned-from')
    """,
    "DELETE FROM shop_setting WHERE key = 'learned-from'",
)

LEARN_EACH_TIME = (
    "ALTER TABLE learned_state DROP COLUMN learned_basis",
    "ALTER TABLE learned_state DROP COLUMN learned_orders",
)
"""Scoring all pairs takes a second, so nothing is kept from the last time."""
