"""The verbs of a till, grouped in modules by subject."""
