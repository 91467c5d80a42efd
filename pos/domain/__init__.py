"""The till's subject as values and pure functions: no clock, no randomness, no files."""
