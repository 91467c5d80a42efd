"""A trainee's sitting: customers one after another, each with a score, and the choice of the next."""
