"""The SQLite file itself: its connection, the queue of writers, its copies, and the encoding of values."""
