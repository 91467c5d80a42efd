"""Looking after the file: its backups, whether it was restored from one, which files belong to it, and reading it
without leaving a trace."""
