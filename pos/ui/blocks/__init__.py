"""Blocks, and what is drawn with them wherever it stands: letters, digits, rows of keys, colours."""
