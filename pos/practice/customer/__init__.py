"""One customer in practice: what they say, what they are asked, and the round with them."""
