"""What an order costs, and what it leaves."""
