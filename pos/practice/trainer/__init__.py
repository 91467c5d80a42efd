"""The trainer's view: people, their figures, rounds and papers."""
