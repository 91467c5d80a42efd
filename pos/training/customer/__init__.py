"""The customer: who they are, what they say, how they answer and how they pay."""
