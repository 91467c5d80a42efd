"""The kitchen: the tickets that were sent to it, and what it has marked as done."""
