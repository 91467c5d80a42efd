"""Practice in the file: its periods, the trainees, and each round."""
