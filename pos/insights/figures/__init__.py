"""What asking brought in, with how sure that is."""
