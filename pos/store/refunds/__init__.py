"""Refunds in the file: finished ones, numbered by till; unfinished ones, which wait for a terminal; and their
papers."""
