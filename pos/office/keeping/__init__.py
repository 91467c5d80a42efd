"""Backups, restoring them, and the checks of `pos doctor`."""
