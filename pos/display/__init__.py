"""The customer's display: what one till has rung, what it asks, and what is paid. It only reads the file."""
