"""An order with its two questions."""
