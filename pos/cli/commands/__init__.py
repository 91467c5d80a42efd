"""The commands, grouped in modules."""
