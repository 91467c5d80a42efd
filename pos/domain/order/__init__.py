"""What a customer is buying, with its two questions."""
