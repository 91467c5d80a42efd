"""The score of a round: its rubric, its lines and its critical faults."""
