"""What the till is about, as values and pure functions: no clock, no chance, no files."""
