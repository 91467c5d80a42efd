"""Orders and what becomes of them: tenders, sales, write-offs, papers; also tills and sold-out marks."""
