"""The journal: a chained row for every act; and the witness beside the file."""
