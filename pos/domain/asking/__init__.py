"""Offers: what can be proposed for an order, in which words, and the order after a yes."""
