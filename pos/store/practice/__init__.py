"""Practice in the file: when it was on, who practised, and each round."""
