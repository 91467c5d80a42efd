"""Refunds in the file: done ones in a series of each till's own, those that wait for a terminal, and their papers."""
