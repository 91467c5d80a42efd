"""What may be proposed for an order, in which words, and what a yes makes of it."""
