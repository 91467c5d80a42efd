"""The table of menus that were replaced."""

MENU_KEPT = (
    """
    CREATE TABLE menu_kept (
        version INTEGER PRIMARY KEY, -- as `menu_version` in `shop` was
        body BLOB NOT NULL -- JSON, deflated (zlib): the whole menu without its pairings
    ) STRICT
    """,
)
