"""Orders from before the till, what was counted in all orders, and what was learned."""
