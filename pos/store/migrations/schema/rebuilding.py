"""A table made anew, as SQLite's documentation of ALTER TABLE says: others go on referring to it by its name."""


def rebuilt(table: str, create: str, *fill: str) -> tuple[str, ...]:
    """The statements that put a new table in the place of one that has its name. `create` makes it as `new_…`, `fill`
    copies the rows. The old one's indexes and triggers go with it."""
    return create, *fill, f"DROP TABLE {table}", f"ALTER TABLE new_{table} RENAME TO {table}"
