"""For the accountant: the file for the tax office, and the day in figures."""
