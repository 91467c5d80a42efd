"""The journal: every act a row, chained; and the witness beside the file."""
