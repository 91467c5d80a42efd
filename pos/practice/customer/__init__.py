"""One customer in practice: what they say, what they are asked, and their round."""
