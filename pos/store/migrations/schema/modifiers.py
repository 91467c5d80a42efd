"""How many of a modifier an item can have; how it is taxed, and whether it takes a part out."""

MODIFIER_COUNTS = ("ALTER TABLE modifier ADD COLUMN maximum INTEGER NOT NULL DEFAULT 1",)

MODIFIER_KINDS = (
    "ALTER TABLE modifier ADD COLUMN vat TEXT",  # empty: as the item that it is put on
    "ALTER TABLE modifier ADD COLUMN leaves_out INTEGER NOT NULL DEFAULT 0",  # 1: a part is left out
    """
    UPDATE modifier SET leaves_out = 1
    WHERE name_nb LIKE 'uten %' OR name_nb LIKE 'ingen %' OR name_nb LIKE 'no %' OR name_nb LIKE 'without %'
        OR name_en LIKE 'uten %' OR name_en LIKE 'ingen %' OR name_en LIKE 'no %' OR name_en LIKE 'without %'
    """,
)
