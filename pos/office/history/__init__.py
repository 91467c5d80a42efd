"""Importing past orders from other tills' files: preview a file, import it, and remove it again."""
