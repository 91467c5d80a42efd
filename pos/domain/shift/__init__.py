"""A till's shift: its money, its counts, and what its reports say."""
