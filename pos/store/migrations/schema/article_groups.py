"""What things are for the accounts, said of a category or of an item by itself; and the shop's own account numbers."""

ARTICLE_GROUPS = (
    "ALTER TABLE category ADD COLUMN article_group TEXT",  # empty: as its items' tax classes are
    "ALTER TABLE item ADD COLUMN article_group TEXT",  # empty: as its category's
    "ALTER TABLE shop ADD COLUMN accounts TEXT",  # JSON; empty: the country's
)
