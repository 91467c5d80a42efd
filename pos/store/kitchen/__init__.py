"""The kitchen: tickets that were sent to it, and what it says is done."""
