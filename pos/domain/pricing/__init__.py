"""The price of an order, and its margin."""
