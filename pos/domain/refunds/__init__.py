"""Refunds: which goods of a sale were returned, how the money went back, and what remains of the sale."""
