"""Article groups for the accounts, of a category or of a single item; and the shop's own account numbers."""

ARTICLE_GROUPS = (
    "ALTER TABLE category ADD COLUMN article_group TEXT",  # empty: as its items' tax classes are
    "ALTER TABLE item ADD COLUMN article_group TEXT",  # empty: as its category's
    "ALTER TABLE shop ADD COLUMN accounts TEXT",  # JSON; empty: the country's
)
