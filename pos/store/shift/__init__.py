"""A till's shifts as the file has them: what they count, how the drawer was counted, and the reports."""
