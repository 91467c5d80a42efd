"""A till's shift: its money, its counts and its reports."""
