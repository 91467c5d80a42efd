"""What is bought together, and the guess at what else a customer would like."""
