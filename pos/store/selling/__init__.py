"""Orders, and what they become: tenders, sales, write-offs, papers; the tills and what is sold out."""
