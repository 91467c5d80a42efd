"""Backups, restored files, and the doctor who looks at a shop."""
