"""Stores orders and what they become: tenders, sales, write-offs and papers; also tills and sold-out marks."""
