"""The customer's display: what one till has rung, asks and is paid, read from the file and never written."""
