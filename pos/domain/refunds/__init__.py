"""Refunds: what of a sale goes back after it was paid, by which way, and what remains of the sale."""
