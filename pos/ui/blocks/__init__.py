"""Blocks, and what is drawn with them on any screen: letters, digits, rows of keys, colours."""
