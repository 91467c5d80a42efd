"""What a trainer sees: the people, their figures, their rounds, their papers."""
