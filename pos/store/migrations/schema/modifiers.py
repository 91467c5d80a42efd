"""How often an item can have a modifier, how the modifier is taxed, and whether it removes a part."""

MODIFIER_COUNTS = ("ALTER TABLE modifier ADD COLUMN maximum INTEGER NOT NULL DEFAULT 1",)

MODIFIER_KINDS = (
    "ALTER TABLE modifier ADD COLUMN vat TEXT",  # empty: as the item
    "ALTER TABLE modifier ADD COLUMN leaves_out INTEGER NOT NULL DEFAULT 0",  # 1: removes a part
    """
    UPDATE modifier SET leaves_out = 1
    WHERE name_nb LIKE 'uten %' OR name_nb LIKE 'ingen %' OR name_nb LIKE 'no %' OR name_nb LIKE 'without %'
        OR name_en LIKE 'uten %' OR name_en LIKE 'ingen %' OR name_en LIKE 'no %' OR name_en LIKE 'without %'
    """,
)
