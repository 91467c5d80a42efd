"""Orders from before the till, counts over all orders, and what was learned."""
