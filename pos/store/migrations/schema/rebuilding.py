"""Rebuilding a table as SQLite's documentation of ALTER TABLE says: references by name stay valid."""


def rebuilt(table: str, create: str, *fill: str) -> tuple[str, ...]:
    """The statements that replace a table. `create` makes it as `new_…`, `fill` copies the rows. The old table's
    indexes and triggers are dropped with it."""
    return create, *fill, f"DROP TABLE {table}", f"ALTER TABLE new_{table} RENAME TO {table}"
