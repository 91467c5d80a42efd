"""A trainee's sitting: one customer after another, the score between them, and who comes next."""
