"""The SQLite file itself: its connection, whose turn it is to write, its copies, and how values are kept in it."""
