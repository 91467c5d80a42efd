"""Keeping the file: backups, what was restored, what belongs to it, and looking at it without a trace."""
