"""The menu in the file: written, read, kept when it is replaced."""
